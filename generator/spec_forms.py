"""The short forms of the spec language: lists that stand for mappings, defaults after a `=`.

Each function takes data as it is written, and gives the long form of it.
"""

from __future__ import annotations

from collections.abc import Collection

from generator.scalars import Plain, Raw
from generator.short_form import split_default
from generator.source import read_value
from generator.spec_values import WrongValueError, read_list, wrong_shape

MAPPING = "a mapping"


def as_mapping(raw: Raw, expects: str = MAPPING) -> dict[str, Raw]:
    """Take a mapping; nothing is an empty one."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        help = "write `key: value`, a key a line" if expects == MAPPING else None
        raise wrong_shape(expects, raw, help)
    return raw


def as_section(raw: Raw, keys: Collection[str], opens: Collection[str], expects: str) -> Raw:
    """Leave out keys with nothing after them, which have their defaults; open those of `opens`."""
    written = as_mapping(raw, expects)
    opened = {key: _opened(value) if key in opens else value for key, value in written.items()}
    # An unknown key stays, to be refused.
    return {key: value for key, value in opened.items() if value is not None or key not in keys}


def _opened(raw: Raw) -> Raw:
    return {} if raw is None else raw


def as_named(raw: Raw) -> Raw:
    """`[create, read]` -> `{create: , read: }`: names without options."""
    if not isinstance(raw, list):
        return raw
    names: dict[str, Raw] = {}
    for index, item in enumerate(read_list(raw)):
        if not isinstance(item, str):
            error = wrong_shape("a name", item)
            raise WrongValueError(error.code, error.message, at=(index,))
        names[str(item)] = None
    return names


def as_members(raw: Raw) -> Raw:
    """`[new, used]` -> `{new: , used: }`: the values of an enum."""
    return as_mapping(as_named(raw), "a list of values or a mapping")


def as_filters(raw: Raw) -> Raw:
    """`[category]` -> `{category: [eq]}`."""
    named = as_mapping(as_named(raw), "a list of fields or a mapping")
    return {
        name: [Plain("eq")] if operators is None else operators for name, operators in named.items()
    }


def with_default(raw: Raw) -> Raw:
    """Move what stands after `=` in the type to the key `default`."""
    written = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(written, str):
        return raw
    text, default, start = split_default(written)
    if default is None:
        return raw
    if raw.get("default") is not None:
        raise WrongValueError(
            "default-twice",
            "the type gives a default already",
            "keep one of the two",
            at=("default",),
        )
    return {**raw, "type": text, "default": read_default(default, start)}


def read_default(text: str, start: int) -> Raw:
    """`0`, `tools`, `"a text"`, `[]` as they stand after `=` in a short form."""
    end = start + len(text)
    quote = (
        "YAML reads ` #` as a comment and `: ` as a key, so quote all of it: `'string = \"#fff\"'`"
    )
    if not text:
        message, help = "nothing stands after `=`", f'{quote}; the empty text is `""`'
        raise WrongValueError("bad-default", message, help, at=("type",), within=(start - 2, end))
    if text[0] not in "\"'[{":
        return Plain(text)
    value = read_value(text)
    if value is None:
        message = "this default does not read"
        raise WrongValueError("bad-default", message, quote, at=("type",), within=(start, end))
    return value
