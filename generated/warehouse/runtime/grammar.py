"""What a value looks like on the wire: one ASCII regular expression per type.

The contract publishes the same expressions, so a value is matched here before anything converts it;
Python's and Pydantic's own parsers, which accept more, never decide.
"""

from __future__ import annotations

import re

_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_MONTH_DAY = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_HOUR_MINUTE = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_CLOCK = rf"{_HOUR_MINUTE}:[0-5][0-9](?:\.[0-9]{{1,6}})?"
_COUNT = "[0-9]{1,8}"
_SECONDS = rf"{_COUNT}(?:\.[0-9]{{1,6}})?S"
_FRACTION = r"(?:\.[0-9]+)?"
_HEX = "[0-9A-Fa-f]"
_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
# A label of a host name whose third and fourth characters are no two hyphens.
_LABEL = (
    "[A-Za-z0-9](?:[A-Za-z0-9-]?[A-Za-z0-9]"
    "|[A-Za-z0-9-](?:[A-Za-z0-9][A-Za-z0-9-]{0,59}|-(?:[A-Za-z0-9][A-Za-z0-9-]{0,58})?)[A-Za-z0-9])?"
)
_IN_PATH = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%{_HEX}{{2}})*"
_IN_QUERY = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%{_HEX}{{2}})*"

GRAMMARS: dict[str, str] = {
    "String": r"^[^\u0000]*$",
    "Decimal": (
        rf"^(?:(?:0|[1-9][0-9]*){_FRACTION}"
        rf"|-(?:[1-9][0-9]*{_FRACTION}|0\.[0-9]*[1-9][0-9]*))$"
    ),
    "Date": f"^{_YEAR}-{_MONTH_DAY}$",
    "DateTime": f"^{_YEAR}-{_MONTH_DAY}T{_CLOCK}(?:Z|[+-]{_HOUR_MINUTE})$",
    "Time": f"^{_CLOCK}$",
    "Duration": (
        f"^P(?:[0-9]{{1,7}}D|(?:[0-9]{{1,7}}D)?T(?:{_COUNT}H(?:{_COUNT}M)?(?:{_SECONDS})?"
        f"|{_COUNT}M(?:{_SECONDS})?|{_SECONDS}))$"
    ),
    "Uuid": f"^{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}$",
    "Email": rf"^{_ATOM}(?:\.?{_ATOM}){{0,63}}@{_LABEL}(?:\.{_LABEL})*$",
    "Url": (
        rf"^https?://[A-Za-z0-9.-]+(?::[0-9]{{1,5}})?(?:/{_IN_PATH})?"
        rf"(?:\?{_IN_QUERY})?(?:#{_IN_QUERY})?$"
    ),
    "IntegerParameter": "^(?:0|-?[1-9][0-9]*)$",
    "NumberParameter": rf"^-?(?:0|[1-9][0-9]*){_FRACTION}(?:[eE][+-]?[0-9]+)?$",
    "BooleanParameter": "^(?:true|false)$",
    "NaturalKey": "^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$",
    "Cursor": "^[A-Za-z0-9_-]{1,512}$",
}
"""By the name of the type in `wire_types`. Where a type is not here, JSON itself is its grammar."""

_COMPILED = {name: re.compile(pattern, re.ASCII) for name, pattern in GRAMMARS.items()}


def matches(name: str, text: str) -> bool:
    """Tell whether the whole text is of the grammar of that name."""
    return _COMPILED[name].fullmatch(text) is not None
