"""What the checks ask of a spec: its fields with their kinds, and the names that follow from it.

Every check is a function from `Facts` to diagnostics; `Facts.error` knows where things stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator.diagnostics import Diagnostic, Note, Span
from generator.field_types import FIELD_TYPES, FieldType, Operator
from generator.naming import camel, kebab, plural, snake
from generator.short_form import TypeSpec, split_default
from generator.source import Source
from generator.spec import FieldSpec, KeySpec, ResourceSpec, Spec, ValueSpec

Path = tuple[str | int, ...]
MADE_KEYS = ("integer", "uuid", "uuid7")
KEY_OPERATORS: tuple[Operator, ...] = ("eq", "in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a resource: one of its own fields, or one that a feature makes."""

    name: str
    wire: str
    kind: FieldType
    nullable: bool
    hidden: bool
    operators: tuple[Operator, ...]
    sortable: bool
    path: Path
    """Where the spec asks for it."""
    origin: str
    """``the field `sku` ``, `the key`: as a sentence names it."""
    spec: FieldSpec | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource with the names that follow from its own."""

    name: str
    spec: ResourceSpec
    path: Path
    singular: str
    plural: str
    segment: str
    key: KeySpec
    key_path: Path
    """Where the key is given, the resource's own path where it is not."""
    columns: tuple[Column, ...]

    @property
    def natural(self) -> bool:
        """Whether its key is one of its own fields."""
        return self.key.type not in MADE_KEYS

    @property
    def key_name(self) -> str:
        """The column of the key."""
        return self.key.type if self.natural else "id"

    def column(self, name: str) -> Column | None:
        """Look up a column by the name that the spec gives it."""
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True)
class Facts:
    """A spec with its source."""

    spec: Spec
    source: Source

    def kind(self, type_: TypeSpec) -> FieldType:
        """The row of the table of types for a type as written."""
        if type_.name in self.spec.enums:
            return FIELD_TYPES["enum"]
        if type_.name in self.spec.objects:
            return FIELD_TYPES["object"]
        return FIELD_TYPES[type_.name]

    def values(self) -> Iterator[tuple[Path, ValueSpec]]:
        """Every field of every resource, and every member of every object."""
        for name, one in self.spec.objects.items():
            for member, value in one.fields.items():
                yield ("objects", name, "fields", member), value
        for name, resource in self.spec.resources.items():
            for member, spec in resource.fields.items():
                yield ("resources", name, "fields", member), spec

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource."""
        return tuple(self._resource(name, one) for name, one in self.spec.resources.items())

    def wire(self, name: str) -> str:
        """A name as the service writes it outside."""
        return camel(name) if self.spec.service.wire == "camel" else name

    def error(
        self,
        code: str,
        message: str,
        path: Path,
        help: str | None = None,
        *,
        at: Span | None = None,
    ) -> Diagnostic:
        """Say that something is wrong with the value at a path, or with what stands at a span."""
        span = at or self.source.span(path)
        return Diagnostic(code=code, message=_visible(message), span=span, help=help)

    def warning(self, code: str, message: str, path: Path, help: str | None = None) -> Diagnostic:
        """Say that something may not be meant."""
        return replace(self.error(code, message, path, help), severity="warning")

    def key_span(self, path: Path) -> Span:
        """Where the key of a path stands."""
        return self.source.key_span(path)

    def note(self, message: str, path: Path) -> Note:
        """Another place, by its key."""
        return Note(message, self.source.key_span(path))

    def default_span(self, path: Path) -> Span:
        """Where a field's default stands, be it in the short form or under its own key."""
        if self.source.has((*path, "default")):
            return self.source.span((*path, "default"))
        type_path = (*path, "type")
        text = self.source.text_at(type_path) or ""
        return self.source.span_within(type_path, split_default(text)[2], len(text.rstrip()))

    def range_span(self, path: Path, type_: TypeSpec) -> Span:
        """Where the range of a short type stands: what is inside its brackets."""
        type_path = (*path, "type")
        text = self.source.text_at(type_path) or ""
        start = text.find("(", type_.end) + 1
        end = text.find(")", start)
        return self.source.span_within(type_path, start, end if end > start else len(text))

    def _resource(self, name: str, one: ResourceSpec) -> Resource:
        path: Path = ("resources", name)
        singular = snake(name)
        many = one.plural or plural(singular)
        key, key_path = self._key(one, path)
        return Resource(
            name=name,
            spec=one,
            path=path,
            singular=singular,
            plural=many,
            segment=one.path or kebab(many),
            key=key,
            key_path=key_path,
            columns=tuple(self._columns(one, key, path, key_path)),
        )

    def _key(self, one: ResourceSpec, path: Path) -> tuple[KeySpec, Path]:
        if one.key is not None:
            return one.key, (*path, "key")
        if self.spec.defaults.key is not None:
            return self.spec.defaults.key, ("defaults", "key")
        return KeySpec(), path

    def _columns(
        self, one: ResourceSpec, key: KeySpec, path: Path, key_path: Path
    ) -> Iterator[Column]:
        if key.type in MADE_KEYS:
            kind = FIELD_TYPES["integer" if key.type == "integer" else "uuid"]
            yield self._made("id", kind, KEY_OPERATORS, key_path, "the key")
        for name, value in one.fields.items():
            yield self._own(name, value, (*path, "fields", name))
        stamps = self.spec.defaults.timestamps if one.timestamps is None else one.timestamps
        stamp_path = (*path, "timestamps") if one.timestamps else ("defaults", "timestamps")
        names = {"both": ("created_at", "updated_at"), "created": ("created_at",)}
        kind = FIELD_TYPES["datetime"]
        for name in names.get(stamps or "none", ()):
            yield self._made(name, kind, kind.operators, stamp_path, "`timestamps`")

    def _own(self, name: str, value: FieldSpec, path: Path) -> Column:
        kind = self.kind(value.type)
        return Column(
            name=name,
            wire=value.as_ or self.wire(name),
            kind=kind,
            nullable=value.type.nullable,
            hidden=value.read == "never" or kind.name == "secret",
            operators=kind.operators,
            sortable=kind.sortable,
            path=path,
            origin=f"the field `{name}`",
            spec=value,
        )

    def _made(
        self, name: str, kind: FieldType, operators: tuple[Operator, ...], path: Path, origin: str
    ) -> Column:
        return Column(
            name=name,
            wire=self.wire(name),
            kind=kind,
            nullable=False,
            hidden=False,
            operators=tuple(one for one in operators if one != "is_null"),
            sortable=True,
            path=path,
            origin=f"`{name}` of {origin}",
        )


def _visible(message: str) -> str:
    """Write out what a terminal would not show, or would obey."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in message)
