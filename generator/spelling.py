"""Did you mean: the word that was probably meant, and the list of known words where it is short."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

SHORT_LIST = 13

TYPE_SYNONYMS = {
    "int": "integer", "bigint": "integer", "smallint": "integer", "long": "integer",
    "str": "string", "varchar": "string", "char": "string", "password": "secret",
    "float": "number", "double": "number", "real": "number", "numeric": "decimal",
    "money": "decimal", "bool": "boolean", "timestamp": "datetime", "timestamptz": "datetime",
    "instant": "datetime", "timedelta": "duration", "interval": "duration", "guid": "uuid",
    "uri": "url", "array": "list", "dict": "json", "object": "json", "map": "json", "any": "json",
    "jsonb": "json",
}  # fmt: skip
"""What other languages call a type of ours."""


def closest(
    word: str, known: Collection[str], synonyms: Mapping[str, str] | None = None
) -> str | None:
    """Find the known word that was probably meant: `requird` -> `required`."""
    if synonyms and synonyms.get(word.lower()) in known:
        return synonyms[word.lower()]
    plain = {_plain(one): one for one in reversed(list(known))}
    if _plain(word) in plain:
        return plain[_plain(word)]
    if word.endswith(("_id", "Id")) and _plain(word).removesuffix("id") in plain:
        return plain[_plain(word).removesuffix("id")]  # a relation, by the name of its column
    found = get_close_matches(_plain(word), list(plain), n=1, cutoff=0.7)
    return plain[found[0]] if found else None


def suggest(
    word: str, known: Collection[str], synonyms: Mapping[str, str] | None = None
) -> str | None:
    """Write the help for an unknown word; None where there is nothing useful to say."""
    meant = closest(word, known, synonyms)
    listed = ", ".join(f"`{one}`" for one in known) if 0 < len(known) <= SHORT_LIST else ""
    if meant is None:
        return f"known here: {listed}" if listed else None
    question = f"did you mean `{meant}`?"
    return f"{question} Known here: {listed}" if listed and len(known) > 1 else question


def _plain(word: str) -> str:
    """`maxLength` and `max-length` are near to `max_length`."""
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")
