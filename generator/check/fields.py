"""Fields: defaults, examples, who writes and reads them, what may be unique or indexed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from generator.check.facts import Facts, Path
from generator.check.indexes import able_types
from generator.check.literals import mismatches
from generator.check.values import bounded
from generator.diagnostics import Diagnostic
from generator.scalars import Plain, Raw
from generator.spec import FieldSpec, ValueSpec

MADE = {"now": "datetime", "today": "date", "uuid": "uuid"}
"""Defaults that the server makes, with the type that they belong to."""


def fields(facts: Facts) -> Iterator[Diagnostic]:
    """Check what a field says beside its type."""
    for path, value in facts.values():
        yield from _default(facts, path, value)
        yield from _example(facts, path, value)
        if isinstance(value, FieldSpec):
            yield from _written(facts, path, value)
            yield from _indexed(facts, path, value)


def _default(facts: Facts, path: Path, value: ValueSpec) -> Iterator[Diagnostic]:
    raw, kind = value.default, facts.kind(value.type).name
    if raw is None:
        return
    span = facts.default_span(path)
    if kind == "secret":
        message = "a secret has no default"
        help = "a default would be known to everyone who reads the spec"
        yield facts.error("wrong-default", message, path, help, at=span)
    elif isinstance(raw, Plain) and MADE.get(raw) == kind:
        if not isinstance(value, FieldSpec):
            message = f"`{raw}` is made for fields of a resource, not inside an object"
            yield facts.error("wrong-default", message, path, "give a literal, or none", at=span)
    elif isinstance(raw, Plain) and raw in MADE and kind in {*MADE.values(), "time", "duration"}:
        fitting = next((word for word, type_ in MADE.items() if type_ == kind), None)
        help = f"did you mean `{fitting}`?" if fitting else "give a literal, or none"
        message = f"`{raw}` is a default for `{MADE[raw]}`, not for `{kind}`"
        yield facts.error("wrong-default", message, path, help, at=span)
    else:
        yield from _literal(facts, path, value, "default")


def _example(facts: Facts, path: Path, value: ValueSpec) -> Iterator[Diagnostic]:
    if value.example is not None:
        yield from _literal(facts, path, value, "example")


def _literal(
    facts: Facts, path: Path, value: ValueSpec, what: Literal["default", "example"]
) -> Iterator[Diagnostic]:
    if not bounded(facts, path, value):
        return
    raw: Raw = getattr(value, what)
    span = facts.source.span((*path, what))
    if what == "default":
        span = facts.default_span(path)
    nothing = isinstance(raw, Plain) and raw.value is None
    if nothing and facts.kind(value.type).name != "json":
        message = f"null is no {what}"
        help = f"leave the {what} out: a field whose type ends in `?` is null where nothing is sent"
        if facts.kind(value.type).json_type == "string":
            help += f'; for the text, write `"{raw}"`'
        yield facts.error(f"wrong-{what}", message, path, help, at=span)
        return
    for found in mismatches(facts, raw, value):
        at = span
        if found.steps and facts.source.has((*path, what, *found.steps)):
            at = facts.source.span((*path, what, *found.steps))
        yield facts.error(f"wrong-{what}", found.message, path, found.help, at=at)


def _written(facts: Facts, path: Path, value: FieldSpec) -> Iterator[Diagnostic]:
    if value.compute is not None or value.write != "never":
        return
    if value.default is None and not value.type.nullable:
        message = "nobody can ever set this field"
        help = "with `write: never`, give it a default, or make it nullable with `?`"
        yield facts.error("never-set", message, (*path, "write"), help)


def _indexed(facts: Facts, path: Path, value: FieldSpec) -> Iterator[Diagnostic]:
    kind = facts.kind(value.type)
    if value.unique != "no" and not kind.unique:
        message = f"`{value.type.name}` cannot be unique"
        yield facts.error("not-indexable", message, (*path, "unique"), able_types("unique"))
    elif value.unique == "ignore_case" and kind.name not in {"string", "email", "url"}:
        message = f"`{value.type.name}` has no case to ignore"
        yield facts.error("not-indexable", message, (*path, "unique"), "write `unique: true`")
    if value.index and not kind.indexable:
        message = f"`{value.type.name}` cannot be indexed"
        yield facts.error("not-indexable", message, (*path, "index"), able_types("indexable"))
