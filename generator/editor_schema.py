"""The JSON Schema of spec files, for editors: completion, hover texts, a check while typing.

It is what Pydantic makes of the classes of the language, with their short forms put beside.
It never refuses what the compiler takes; what only the compiler can know, it lets pass.
"""

from __future__ import annotations

import json
from typing import Any

from generator.field_types import FIELD_TYPES
from generator.spec import ENDPOINTS, Spec

Schema = dict[str, Any]

NOTHING: Schema = {"type": "null"}
NAMES: Schema = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
TYPE_NAMES = [name for name in FIELD_TYPES if name not in {"enum", "object"}]
SHORT_TYPE: Schema = {
    "description": "A type, perhaps with a range, `?` and a default: `string(3..20)? = none`.",
    "anyOf": [
        {"enum": [*TYPE_NAMES, *(f"{name}?" for name in TYPE_NAMES)]},
        {"type": "string", "pattern": r"^ *[A-Za-z_][A-Za-z0-9_-]* *(\(.*\))? *\?? *(=.*)?$"},
    ],
}
SHORT_FORMS: dict[str, Schema] = {
    "FieldSpec": SHORT_TYPE,
    "ValueSpec": SHORT_TYPE,
    "KeySpec": {"anyOf": [{"enum": ["integer", "uuid", "uuid7"]}, {"type": "string"}]},
    "SortSpec": NAMES,
    "RuleSpec": {"description": "An expression that holds for every row.", "type": "string"},
    "EndpointsSpec": {"type": "array", "items": {"enum": list(ENDPOINTS)}, "uniqueItems": True},
}


def editor_schema() -> str:
    """Write the schema as it stands in `spec/.schema/spec-1.schema.json`."""
    schema = Spec.model_json_schema()
    parts: dict[str, Schema] = {
        name: _section(part) for name, part in sorted(schema.pop("$defs").items())
    }
    whole = _section(schema)
    # Two mappings whose short form is a list, though no class of their own stands for them.
    whole["properties"]["enums"] = _short_members(whole["properties"]["enums"])
    filters = parts["ListSpec"]["properties"]["filter"]
    parts["ListSpec"]["properties"]["filter"] = {**filters, "anyOf": [NAMES, *filters["anyOf"]]}
    for name, short in SHORT_FORMS.items():
        parts[name] = {"anyOf": [short, parts[name]]}
    written = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Restwright spec, edition 1",
        **whole,
        "$defs": parts,
    }
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"


def _section(schema: Schema) -> Schema:
    """A mapping of the language: any key that has a default may have nothing after it."""
    required = schema.get("required", [])
    properties = {
        name: _described(one) if name in required else _optional(_described(one))
        for name, one in schema["properties"].items()
    }
    return {**_described(schema), "properties": properties}


def _described(schema: Schema) -> Schema:
    """Without the titles and the empty defaults that Pydantic puts everywhere."""
    telling = {
        key: value
        for key, value in schema.items()
        if key != "title" and not (key == "default" and (value is None or isinstance(value, dict)))
    }
    return {key: telling[key] for key in ("description", *telling) if key in telling}


def _optional(schema: Schema) -> Schema:
    about: Schema = {key: schema[key] for key in ("description", "default") if key in schema}
    value = {key: one for key, one in schema.items() if key not in about}
    if not value or NOTHING in value.get("anyOf", []):
        return schema
    return {**about, "anyOf": [_values_too(value), NOTHING]}


def _values_too(schema: Schema) -> Schema:
    """Of a mapping with free names, a name may have nothing after it."""
    free = schema.get("additionalProperties")
    if not isinstance(free, dict):
        return schema
    return {**schema, "additionalProperties": {"anyOf": [free, NOTHING]}}


def _short_members(enums: Schema) -> Schema:
    mapping, nothing = enums["anyOf"]
    values = mapping["additionalProperties"]
    named = {**mapping, "additionalProperties": {"anyOf": [NAMES, *values["anyOf"]]}}
    return {**enums, "anyOf": [named, nothing]}
