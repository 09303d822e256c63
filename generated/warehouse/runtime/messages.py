"""What a 422 says: a closed table of error types and sentences, ours and not the validator's.

`describe` turns the errors of FastAPI and Pydantic into it. Nothing that the client sent gets into
an answer but the names of unknown keys, cut short; bounds and allowed values come from the model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import TypedDict

MOST_ERRORS = 50
LONGEST_NAME = 100
EXACT = 1e16
"""Up to here, a float's digits are those of the integer that it equals."""
PLURAL = re.compile(r"\b(character|item|digit|decimal)s\b")


class Error(TypedDict):
    """One place where a request breaks the contract."""

    loc: list[str | int]
    msg: str
    type: str


MESSAGES: Mapping[str, str] = {
    "missing": "This is required.",
    "unknown": "There is nothing of this name here.",
    "json_invalid": "The body must be JSON in UTF-8, at most 100 levels deep.",
    "repeated_parameter": "The parameter is given more than once.",
    "empty_parameter": "The parameter has no value.",
    "mixed_directions": "The terms must be all ascending or all descending.",
    "json_null": "This must not be null.",
    "json_value": "This must be a JSON value.",
    "string_type": "This must be a string.",
    "string_characters": "This must be text without NUL and without halves of surrogate pairs.",
    "string_too_short": "This must have at least {min_length} characters.",
    "string_too_long": "This must have at most {max_length} characters.",
    "string_pattern": "This must match the pattern {pattern}",
    "integer_type": "This must be an integer.",
    "number_type": "This must be a finite number.",
    "boolean_type": "This must be true or false.",
    "greater_than": "This must be greater than {gt}.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This must be {le} or less.",
    "multiple_of": "This must be a multiple of {multiple_of}.",
    "enum": "This must be {expected}.",
    "decimal_format": "This must be a decimal number in a string, such as 12.50.",
    "decimal_digits": "This must have at most {max_digits} digits.",
    "decimal_places": "This must have at most {decimal_places} decimals.",
    "decimal_whole_digits": "This must have at most {whole_digits} digits before the point.",
    "date_format": "This must be a date, such as 2026-11-22.",
    "datetime_format": "This must be a time with an offset, such as 2026-11-22T10:00:00Z.",
    "datetime_range": "This must be within the years 1 to 9999 in UTC.",
    "time_format": "This must be a time of day, such as 09:30:00.",
    "duration_format": "This must be a duration in days, hours, minutes and seconds: P1DT2H30M.",
    "uuid_format": "This must be a UUID of 36 characters.",
    "email_format": "This must be an e-mail address.",
    "url_format": "This must be an http or https URL.",
    "array_type": "This must be an array.",
    "array_too_short": "This must have at least {min_length} items.",
    "array_too_long": "This must have at most {max_length} items.",
    "array_not_unique": "Two items are equal.",
    "object_type": "This must be an object.",
    "invalid": "This is not valid.",
}
"""Our types of errors, each with its sentence; `{name}` is a bound of the model."""

ALIASES: Mapping[str, str] = {
    "extra_forbidden": "unknown",
    "unexpected_keyword_argument": "unknown",
    "string_unicode": "string_characters",
    "string_pattern_mismatch": "string_pattern",
    "int_type": "integer_type",
    "int_parsing": "integer_type",
    "int_parsing_size": "integer_type",
    "int_from_float": "integer_type",
    "float_type": "number_type",
    "float_parsing": "number_type",
    "finite_number": "number_type",
    "bool_type": "boolean_type",
    "bool_parsing": "boolean_type",
    "literal_error": "enum",
    "decimal_type": "decimal_format",
    "decimal_parsing": "decimal_format",
    "decimal_max_digits": "decimal_digits",
    "decimal_max_places": "decimal_places",
    "date_type": "date_format",
    "date_parsing": "date_format",
    "date_from_datetime_parsing": "date_format",
    "date_from_datetime_inexact": "date_format",
    "datetime_type": "datetime_format",
    "datetime_parsing": "datetime_format",
    "datetime_from_date_parsing": "datetime_format",
    "datetime_object_invalid": "datetime_format",
    "timezone_aware": "datetime_format",
    "time_type": "time_format",
    "time_parsing": "time_format",
    "time_delta_type": "duration_format",
    "time_delta_parsing": "duration_format",
    "uuid_type": "uuid_format",
    "uuid_parsing": "uuid_format",
    "url_type": "url_format",
    "url_parsing": "url_format",
    "url_scheme": "url_format",
    "list_type": "array_type",
    "tuple_type": "array_type",
    "set_type": "array_type",
    "too_short": "array_too_short",
    "too_long": "array_too_long",
    "unique_items": "array_not_unique",
    "model_type": "object_type",
    "model_attributes_type": "object_type",
    "dict_type": "object_type",
}
"""What Pydantic and the wire types call an error that has another name here."""


_NAMED = {
    type_: [name for _, name, _, _ in Formatter().parse(sentence) if name]
    for type_, sentence in MESSAGES.items()
}
"""The bounds that a sentence names."""


def describe(errors: Sequence[Mapping[str, object]], *, malformed_body: bool) -> list[Error]:
    """Say what is wrong, each thing once. A body that is no JSON has just that one error."""
    found: dict[tuple[object, ...], Error] = {}
    for error in errors:
        loc = _location(error.get("loc"))
        kind = str(error.get("type"))
        if loc[:1] == ["body"] and (malformed_body or kind == "json_invalid"):
            loc, kind = ["body"], "json_invalid"
        described = _error(loc, kind, error.get("ctx"))
        found.setdefault((described["type"], *loc), described)
        if len(found) == MOST_ERRORS:
            break
    return list(found.values())


def _error(loc: list[str | int], kind: str, bounds: object) -> Error:
    type_ = ALIASES.get(kind, kind)
    sentence = MESSAGES.get(type_)
    if sentence is None:
        type_, sentence = "invalid", MESSAGES["invalid"]
    named = _NAMED[type_]
    if named:
        known = bounds if isinstance(bounds, Mapping) else {}
        if not all(name in known for name in named):
            sentence = MESSAGES["invalid"]
        else:
            values = {name: _bound(known[name]) for name in named}
            if list(values.values()) == [1]:
                sentence = PLURAL.sub(r"\1", sentence)
            sentence = sentence.format(**values)
    return {"loc": loc, "msg": sentence, "type": type_}


def _bound(value: object) -> object:
    """Write a bound as the spec does: Pydantic makes 3 a 3.0 where a float is bounded."""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    return value


def _location(loc: object) -> list[str | int]:
    steps = loc if isinstance(loc, tuple | list) else ()
    return [step if isinstance(step, int) else _name(str(step)) for step in steps]


def _name(name: str) -> str:
    """Cut a name that the client chose, and replace what JSON cannot carry."""
    if name.isascii() and len(name) <= LONGEST_NAME:
        return name
    kept = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"
    return kept.encode("utf-8", "replace").decode("utf-8")
