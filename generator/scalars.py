"""What a scalar of a spec file means: text where text is expected, else what YAML 1.2 reads.

`version: 1.0` is the text `1.0`, `gt: 1.0` a number: which one, only the language knows, not YAML.
So reading keeps what stands there as a `Plain`, and whoever expects a value asks for it.
"""

from __future__ import annotations

import re

NULL = re.compile(r"null|Null|NULL|~|")
BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
INTEGER = re.compile(r"[-+]?[0-9]+")
OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
LONGEST_NUMBER = 400
"""Python refuses to convert integers of more than 4,300 digits; nobody writes so many by hand."""


class Plain(str):
    """A scalar without quotes: the text that stands there, and the value that YAML 1.2 gives it."""

    __slots__ = ()

    @property
    def value(self) -> str | int | float | bool | None:
        """Resolve by the core schema of YAML 1.2: `no`, `on` and `1:30` stay text."""
        text = str(self)
        if NULL.fullmatch(text):
            return None
        if BOOLEAN.fullmatch(text):
            return text.lower() == "true"
        return text if len(text) > LONGEST_NUMBER else _number(text)


Raw = Plain | str | list["Raw"] | dict[str, "Raw"] | None
"""Data as it is written: None where nothing stands, text in quotes a `str` that is no `Plain`."""


def value_of(raw: Raw) -> object:
    """Resolve every plain scalar in it: what a JSON reader would have got."""
    if isinstance(raw, Plain):
        return raw.value
    if isinstance(raw, list):
        return [value_of(item) for item in raw]
    if isinstance(raw, dict):
        return {key: value_of(item) for key, item in raw.items()}
    return raw


def _number(text: str) -> str | int | float:
    if INTEGER.fullmatch(text):
        return int(text)
    if OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(text)
    if NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return text
