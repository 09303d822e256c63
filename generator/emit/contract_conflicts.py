"""The conflicts that a service can answer with 409, and what each says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.ir import Operation, Service
from generator.naming import pascal
from generator.schemas import Schema

MOST_CONFLICTS = 50
"""Of a request on many rows: how many of its conflicts are named."""


@dataclass(frozen=True, slots=True)
class ConflictKind:
    """What all conflicts of one kind have in common."""

    code: str
    title: str
    meaning: str
    """A clause: what is in the way."""
    detail: str
    example: Mapping[str, object]
    """The members of such a problem."""


UNIQUE = ConflictKind(
    "unique-taken",
    "Already taken",
    "another row has a value that occurs only once",
    "Another row has these values.",
    {"constraint": "name", "fields": ["name"], "key": 1},
)
REFERENCE = ConflictKind(
    "reference-missing",
    "Reference missing",
    "a row that it refers to is not there",
    "The row that this refers to is not there.",
    {"relation": "parent", "fields": ["parent_id"]},
)
RULE = ConflictKind(
    "rule-broken",
    "Rule broken",
    "a rule does not hold",
    "The row would break a rule.",
    {"rule": "ends_later", "message": "It ends after it begins.", "fields": ["begins", "ends"]},
)
REFERENCED = ConflictKind(
    "still-referenced",
    "Still referenced",
    "other rows refer to what it deletes",
    "Other rows refer to this.",
    {"relation": "parent", "resource": "item"},
)
TOO_MANY = ConflictKind(
    "too-many-members",
    "Too many members",
    "a relation would have more members than it holds",
    "The relation holds no more members.",
    {"relation": "parents", "most": 100},
)


KINDS = (UNIQUE, REFERENCE, RULE, REFERENCED, TOO_MANY)


def conflict_kinds(operations: Iterable[Operation]) -> list[ConflictKind]:
    """Give the kinds of conflicts that operations can answer."""
    codes = {code for one in operations for code in one.conflicts}
    return [kind for kind in KINDS if kind.code in codes]


def conflict_name(operation: Operation) -> str:
    """Name the response of an operation's conflicts: `UniqueTakenOrRuleBroken`."""
    return "Or".join(pascal(kind.code.replace("-", "_")) for kind in conflict_kinds([operation]))


def conflict_members(service: Service) -> dict[str, Schema]:
    """Describe the members of the conflicts that there can be, each once."""
    operations = [one for resource in service.resources for one in resource.operations]
    kinds = conflict_kinds(operations)
    names = {name for kind in kinds for name in kind.example}
    members = {name: schema for name, schema in _MEMBERS.items() if name in names}
    if "fields" in members and kinds != [UNIQUE]:
        about = "The fields whose values are in the way."
        members["fields"] = members["fields"] | {"description": about}
    if any(one.bulk and one.conflicts for one in operations):
        members |= _bulk_members(members)
    return members


def _bulk_members(members: Mapping[str, Schema]) -> dict[str, Schema]:
    """Describe what a request on many rows says besides: its first conflict, and all of them."""
    about = "Of a request on many rows: which of its items is in conflict, from 0."
    index: Schema = {"type": "integer", "minimum": 0}
    every: Schema = {
        "type": "object",
        "required": ["index", "type"],
        "properties": {
            "index": {**index, "description": "Which item it is, from 0."},
            "type": {"type": "string", "description": "The kind of problem."},
            **members,
        },
    }
    return {
        "index": {**index, "description": about},
        "conflicts": {
            "type": "array",
            "maxItems": MOST_CONFLICTS,
            "items": every,
            "description": f"All of its conflicts, {MOST_CONFLICTS} at most.",
        },
    }


_MEMBERS: dict[str, Schema] = {
    "constraint": {"type": "string", "description": "The unique set that is taken."},
    "fields": {
        "type": "array",
        "items": {"type": "string"},
        "description": "The fields whose values are taken together.",
    },
    "key": {
        "type": ["integer", "string"],
        "description": "The key of the row in the way, where there is one.",
    },
    "relation": {"type": "string", "description": "The relation that it is about."},
    "resource": {"type": "string", "description": "What refers to it still."},
    "most": {"type": "integer", "description": "How many members the relation holds."},
    "rule": {"type": "string", "description": "The rule that does not hold."},
    "message": {"type": "string", "description": "What the rule asks for."},
}
