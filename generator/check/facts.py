"""What the checks ask of a spec: its fields with their kinds, and the names that follow from it.

Every check is a function from `Facts` to diagnostics; `Facts.error` knows where things stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.check.columns import (
    MADE_KEYS,
    Column,
    columns_of,
    key_of,
    key_value,
    kind_of,
    setting,
    wire_name,
)
from generator.diagnostics import Diagnostic, Note, Span
from generator.field_types import FieldType
from generator.naming import constant, kebab, plural, snake
from generator.short_form import TypeSpec, split_default
from generator.source import Source
from generator.spec import KeySpec, MixedSpec, ObjectSpec, ResourceSpec, Spec, ValueSpec
from generator.traits import Mixed, Path, mix

__all__ = ["MADE_KEYS", "Column", "Facts", "Path", "Resource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource with the names that follow from its own."""

    name: str
    spec: ResourceSpec
    """With what its traits mix in: `Facts.place` says where a part of it stands."""
    mixed: Mixed
    path: Path
    singular: str
    plural: str
    segment: str
    key: KeySpec
    key_path: Path
    """Where the key is given, the resource's own path where it is not."""
    columns: tuple[Column, ...]
    soft_delete: bool
    etag: bool

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


@dataclass(frozen=True, slots=True)
class RowConstants:
    """The constants that stand for rows, in the order of the resources."""

    names: tuple[str, ...]
    suffixed: bool
    """Whether one of them ends in `_ROWS`, as others may do too."""


@dataclass(frozen=True)
class Facts:
    """A spec with its source."""

    spec: Spec
    source: Source

    def kind(self, type_: TypeSpec) -> FieldType:
        """The row of the table of types for a type as written."""
        return kind_of(self.spec, type_)

    def values(self) -> Iterator[tuple[Path, ValueSpec]]:
        """Every field of every resource and trait, and every member of every object."""
        parts: tuple[tuple[str, Mapping[str, ObjectSpec | MixedSpec]], ...] = (
            ("objects", self.spec.objects),
            ("traits", self.spec.traits),
            ("resources", self.spec.resources),
        )
        for part, sections in parts:
            for name, one in sections.items():
                for member, value in one.fields.items():
                    yield (part, name, "fields", member), value

    def sections(self) -> Iterator[tuple[Path, MixedSpec]]:
        """Every trait and every resource as it is written: what its traits mix in is not there."""
        for name, trait in self.spec.traits.items():
            yield ("traits", name), trait
        for name, resource in self.spec.resources.items():
            yield ("resources", name), resource

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource."""
        return tuple(self._resource(name) for name in self.spec.resources)

    def resource(self, name: str) -> Resource | None:
        """Look up a resource by its name."""
        return self._by_name.get(name)

    @cached_property
    def row_constants(self) -> RowConstants:
        """What modules of statements call the rows of each resource."""
        names = tuple(constant(one.name) for one in self.resources)
        return RowConstants(names, any(name.endswith("_ROWS") for name in names))

    @cached_property
    def _by_name(self) -> dict[str, Resource]:
        return {one.name: one for one in self.resources}

    def place(self, resource: Resource, part: str, name: str) -> Path:
        """Where a part of a resource stands (`"fields"`, `"sku"`): in it, or in a trait of it."""
        return resource.mixed.places[part, name]

    def key_value(self, target: str) -> ValueSpec:
        """A key of a resource as a value that others hold."""
        return key_value(self.spec, self._mixed, target)

    def wire(self, name: str) -> str:
        """A name as the service writes it outside."""
        return wire_name(self.spec, name)

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

    @cached_property
    def _mixed(self) -> dict[str, Mixed]:
        return {name: mix(self.spec, name) for name in self.spec.resources}

    def _resource(self, name: str) -> Resource:
        mixed = self._mixed[name]
        singular = snake(name)
        many = mixed.spec.plural or plural(singular)
        own: Path = ("resources", name)
        defaults: Path = own if self.spec.defaults.key is None else ("defaults", "key")
        return Resource(
            name=name,
            spec=mixed.spec,
            mixed=mixed,
            path=own,
            singular=singular,
            plural=many,
            segment=mixed.spec.path or kebab(many),
            key=key_of(self.spec, name),
            key_path=defaults if mixed.spec.key is None else (*own, "key"),
            columns=tuple(columns_of(self.spec, self._mixed, name)),
            soft_delete=bool(setting(self.spec, mixed, "soft_delete")),
            etag=setting(self.spec, mixed, "concurrency") == "etag",
        )


def _visible(message: str) -> str:
    """Write out what a terminal would not show, or would obey."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in message)
