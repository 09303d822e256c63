"""The tables of `docs/reference.md`: what the language takes, from the classes that read it.

The page is prose with marked blocks, `<!-- table: FieldSpec -->` to `<!-- end -->`; `filled` writes
what stands between. `make golden` does so to the page, and a stale one fails `tests/test_docs.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from generator import spec as language
from generator.explain import codes, page
from generator.field_types import FIELD_TYPES, FieldType, Operator
from generator.spec import MixedSpec, Section, ValueSpec

BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
USUALLY = re.compile(r" ?By default (.+?)\.(?= |$)")
"""How a description says what holds where the key is left out."""
SECTIONS = {
    "ServiceSpec": ("service", "service"),
    "CorsSpec": ("cors", "cors"),
    "DefaultsSpec": ("defaults", "defaults"),
    "ListDefaults": ("list", "defaults"),
    "ObjectSpec": ("object", "objects"),
    "TraitSpec": ("trait", "traits"),
    "ResourceSpec": ("resource", "resources"),
    "KeySpec": ("key", "keys"),
    "ValueSpec": ("value", "values"),
    "FieldSpec": ("field", "fields"),
    "RelationSpec": ("relation", "relations"),
    "RuleSpec": ("rule", "rules"),
    "EndpointsSpec": ("endpoints", "endpoints"),
    "EndpointSpec": ("no options", "endpoints"),
    "ListSpec": ("options", "list"),
    "SortSpec": ("orders", "sort"),
    "PageSpec": ("pages", "page"),
    "BulkCreateSpec": ("options", "bulk_create"),
    "BulkDeleteSpec": ("options", "bulk_delete"),
}
"""What a part of the language is called, and the heading of the page that it stands under."""
ALSO: dict[str, type[Section]] = {
    "FieldSpec": ValueSpec,
    "ResourceSpec": MixedSpec,
    "TraitSpec": MixedSpec,
}
"""Parts that take the keys of another, which has a table of its own."""
TYPES = {"type": "[type](#types)", "to": "resource, `?`, `list(...)`"}
OPERATORS: dict[Operator, tuple[str, str]] = {
    "eq": ("`category=tools`", "the value is this"),
    "ne": ("`category_ne=tools`", "it is another, or null"),
    "in": ("`category_in=a&category_in=b`", "it is one of these, 1 to 100 of them"),
    "gt": ("`price_gt=5`", "it is greater"),
    "ge": ("`price_ge=5`", "it is this or greater"),
    "lt": ("`price_lt=5`", "it is less"),
    "le": ("`price_le=5`", "it is this or less"),
    "prefix": ("`sku_prefix=HAM`", "the text begins so; case matters, `%` and `_` are letters"),
    "contains": ("`title_contains=claw`", "this is in the text; likewise"),
    "is_null": ("`category_is_null=true`", "it is null, or with `false` is not"),
    "any": ("`tag_ids_any=3&tag_ids_any=5`", "a relation to many leads to one of these"),
    "all": ("`tag_ids_all=3&tag_ids_all=5`", "it leads to all of these"),
    "none": ("`tag_ids_none=3`", "it leads to none of these"),
}


def filled(text: str) -> str:
    """Write every marked block of the page anew."""
    return BLOCK.sub(lambda block: f"{block[1]}{table(block[2])}{block[3]}", text)


def tables() -> tuple[str, ...]:
    """Name every block that the page must have."""
    parts = (name for name in language.__all__ if name not in {"Section", "EndpointSpec"})
    sections = (name for name in parts if isinstance(getattr(language, name), type))
    return (*sorted(name for name in sections if name != "TraitSpec"), *sorted(OTHERS))


def table(name: str) -> str:
    """Write a table: of a class of the language by its name, or one of `OTHERS`."""
    if name in OTHERS:
        return OTHERS[name]()
    section = getattr(language, name)
    assert issubclass(section, Section)
    above = ALSO.get(name)
    shared = set(above.model_fields) if above else set[str]()
    properties = section.model_json_schema(ref_template="{model}")["properties"]
    fields = section.model_fields.items()
    rows = [
        _row(field.alias or key, field, properties[field.alias or key])
        for key, field in fields
        if key not in shared
    ]
    return _table(("key", "value", "default", "meaning"), rows)


def _row(key: str, field: FieldInfo, schema: dict[str, Any]) -> list[str]:
    """Tell of a key what may stand there, what holds without it, and what it means."""
    description = field.description or ""
    usual = USUALLY.search(description)
    stated = "required" if field.is_required() else _default(schema.get("default"))
    default = usual[1] if usual else stated
    return [f"`{key}`", _value(key, schema), default, USUALLY.sub("", description)]


def _default(value: object) -> str:
    if isinstance(value, dict) or value in (None, []):
        return ""
    spoken = {True: "`true`", False: "`false`", "no": "`false`", "": '`""`'}
    return spoken.get(value, f"`{value}`") if isinstance(value, bool | str) else f"`{value}`"


def _value(key: str, schema: dict[str, Any]) -> str:
    """Say what may stand after a key."""
    for one in schema.get("anyOf", []):
        if one != {"type": "null"}:
            return _value(key, one)
    if "$ref" in schema:
        text, heading = SECTIONS[schema["$ref"]]
        return f"[{text}](#{heading})"
    if isinstance(free := schema.get("additionalProperties"), dict):
        return f"names with {_value('', free)}"
    if items := schema.get("items"):
        return f"list of {_value('', items)}"
    return _scalar(key, schema)


def _scalar(key: str, schema: dict[str, Any]) -> str:
    type_ = schema.get("type")
    if words := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return ", ".join(f"`{_word(one)}`" for one in words)
    if type_ == "string":
        return TYPES[key]
    spoken = {"boolean": "`true`, `false`", "integer": "whole number", "number": "number"}
    return "literal" if type_ is None else spoken.get(str(type_), "text")


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _types() -> str:
    names = ("type", "in JSON", "constraints", "filters", "sorts", "unique", "index")
    rows = []
    for one in FIELD_TYPES.values():
        shown = {"enum": "an enum", "object": "an object"}.get(one.name, f"`{one.name}`")
        marks = ("yes" if held else "" for held in (one.sortable, one.unique, one.indexable))
        rows.append([shown, _json(one), _constraints(one), " ".join(one.operators), *marks])
    return _table(names, rows)


def _json(one: FieldType) -> str:
    shape = one.json_type or "any value but null"
    return f"{shape}, `{one.format}`" if one.format else shape


def _constraints(one: FieldType) -> str:
    names = sorted(one.constraints, key=list(ValueSpec.model_fields).index)
    longest = f"; at most {one.default_max_length:,} characters" if one.default_max_length else ""
    return ", ".join(f"`{name}`" for name in names) + longest


def _operators() -> str:
    rows = [[f"`{name}`", *told] for name, told in OPERATORS.items()]
    return _table(("operator", "in a query", "holds where"), rows)


def _codes() -> str:
    return _table(("code", "what it means"), ([f"`{one}`", page(one).title] for one in codes()))


OTHERS: dict[str, Callable[[], str]] = {"Types": _types, "Operators": _operators, "Codes": _codes}
"""Tables that are not of a class of the language."""


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
