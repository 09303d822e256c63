"""What the contract says of a value: a type of the IR as JSON Schema 2020-12.

Emitted models are made from the same facts (`shapes/`), so that contract and behaviour agree.
A value that such a schema accepts is never answered 422: whatever the service refuses stands here.
"""

from __future__ import annotations

from dataclasses import replace

from generator import patterns
from generator.decimal_patterns import decimal_pattern
from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER
from generator.ir import Type
from generator.runtime import grammar
from generator.sizes import MAX_PARAMETER_LENGTH

Schema = dict[str, object]

TEXT = grammar.GRAMMARS["String"]
"""Of every string: no NUL, which PostgreSQL cannot hold. (A lone surrogate is no text at all.)"""
NATURAL_KEY = grammar.GRAMMARS["NaturalKey"]
CURSOR = grammar.GRAMMARS["Cursor"]

GRAMMARS: dict[str, str] = {
    kind: grammar.GRAMMARS[FIELD_TYPES[kind].wire]
    for kind in ("date", "datetime", "time", "duration", "uuid", "email", "url")
}
"""What is accepted, by the name of the type: the expressions that the service matches itself.

Where a `format` stands beside one, everything that it matches has that format, but for days that a
month does not have: validators differ in whether they mind a format.
"""

_DATE = GRAMMARS["date"].strip("^$")
_CLOCK = GRAMMARS["time"].strip("^$").replace("{1,6}", "{6}")

ANSWERED_GRAMMARS: dict[str, str] = {
    "datetime": f"^{_DATE}T{_CLOCK}Z$",
    "time": f"^{_CLOCK}$",
    "uuid": GRAMMARS["uuid"].replace("A-F", ""),
}
"""What is answered, where that is narrower: one way to write each value."""

_TEXTS = {"string", "text", "secret"}


def json_schema(type_: Type, *, answered: bool = False) -> Schema:
    """Describe the values of a type: what is accepted, or what is answered."""
    kind = type_.kind.name
    if kind == "object" or (kind == "enum" and type_.name):
        return {"$ref": f"#/components/schemas/{type_.name}"}
    if kind == "json":
        return {"type": ["object", "array", "string", "number", "boolean"]}
    if kind == "list":
        return _list(type_)
    schema: Schema = {"type": type_.kind.json_type}
    if type_.kind.format:
        schema["format"] = type_.kind.format
    if kind == "enum":
        return schema | {"enum": [one.value for one in type_.values]}
    if kind in ("integer", "number"):
        return schema | _bounds(type_)
    return schema | _lengths(type_) | _text(type_, answered=answered)


def nullable(schema: Schema) -> Schema:
    """Let a schema accept null, too."""
    declared = schema.get("type")
    if declared is None:
        return {"anyOf": [schema, {"type": "null"}]}
    types = declared if isinstance(declared, list) else [declared]
    widened = schema | {"type": [*types, "null"]}
    if isinstance(values := schema.get("enum"), list):
        widened["enum"] = [*values, None]
    return widened


def enum_schema(type_: Type) -> Schema:
    """Describe a declared enum: the component that its fields refer to."""
    schema: Schema = {"type": "string"}
    lines = [f"- `{one.value}`: {one.description}" for one in type_.values if one.description]
    if lines:
        schema["description"] = "\n".join(lines)
    return schema | {"enum": [one.value for one in type_.values]}


def as_parameter(type_: Type) -> Type:
    """Fit a type into a query: text is neither empty nor longer than a query may be."""
    if type_.item is not None:
        return replace(type_, item=as_parameter(type_.item))
    if type_.max_length is None:
        return type_
    most = min(type_.max_length, MAX_PARAMETER_LENGTH)
    return replace(type_, min_length=type_.min_length or 1, max_length=most)


def admits_nul(pattern: str) -> bool:
    """Tell whether a text that matches may hold a NUL."""
    return patterns.admits(patterns.parse(pattern), ((0, 0),))


def _list(type_: Type) -> Schema:
    schema: Schema = {"type": "array"}
    if type_.min_items:
        schema["minItems"] = type_.min_items
    if type_.max_items is not None:
        schema["maxItems"] = type_.max_items
    if type_.unique_items:
        schema["uniqueItems"] = True
    assert type_.item is not None
    return schema | {"items": json_schema(type_.item)}


def _bounds(type_: Type) -> Schema:
    schema: Schema = {}
    if type_.kind.name == "integer":
        lowest, highest = integer_range(type_)
        schema = {"minimum": lowest, "maximum": highest}
    else:
        names = {
            "gt": "exclusiveMinimum",
            "ge": "minimum",
            "lt": "exclusiveMaximum",
            "le": "maximum",
        }
        for name, keyword in names.items():
            if (bound := getattr(type_, name)) is not None:
                schema[keyword] = bound
    if type_.multiple_of is not None:
        schema["multipleOf"] = type_.multiple_of
    return schema


def integer_range(type_: Type) -> tuple[int, int]:
    """Give the smallest and the greatest integer of a type."""
    lowest, highest = -MAX_SAFE_INTEGER, MAX_SAFE_INTEGER
    if type_.ge is not None:
        lowest = max(lowest, int(type_.ge))
    if type_.gt is not None:
        lowest = max(lowest, int(type_.gt) + 1)
    if type_.le is not None:
        highest = min(highest, int(type_.le))
    if type_.lt is not None:
        highest = min(highest, int(type_.lt) - 1)
    return lowest, highest


def _lengths(type_: Type) -> Schema:
    schema: Schema = {}
    if type_.min_length:
        schema["minLength"] = type_.min_length
    if type_.max_length is not None:
        schema["maxLength"] = type_.max_length
    return schema


def _text(type_: Type, *, answered: bool) -> Schema:
    kind = type_.kind.name
    if kind == "decimal":
        return {"pattern": decimal_pattern(type_, exact=answered)}
    if kind in _TEXTS:
        if type_.pattern is None:
            return {"pattern": TEXT}
        guard: Schema = {"allOf": [{"pattern": TEXT}]} if admits_nul(type_.pattern) else {}
        return {"pattern": type_.pattern} | guard
    if kind not in GRAMMARS:
        return {}
    pattern = ANSWERED_GRAMMARS.get(kind, GRAMMARS[kind]) if answered else GRAMMARS[kind]
    own: Schema = {} if type_.pattern is None else {"allOf": [{"pattern": type_.pattern}]}
    return {"pattern": pattern} | own
