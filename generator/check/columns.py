"""The columns of a resource as a spec names them: its fields, its relations to one, what is made.

In `filter`, `sort`, `unique`, `indexes` and rules a relation is called by its own name; what it is
called in Python, in SQL and outside follows from that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.field_types import FIELD_TYPES, FieldType, Operator
from generator.naming import camel, singular
from generator.short_form import TypeSpec
from generator.spec import FieldSpec, KeySpec, RelationSpec, Spec, ValueSpec
from generator.traits import Mixed, Path

MADE_KEYS = ("integer", "uuid", "uuid7")
KEY_OPERATORS: tuple[Operator, ...] = ("eq", "in")
LONGEST_KEY = 64
STAMPS: Mapping[str, tuple[str, ...]] = {
    "both": ("created_at", "updated_at"),
    "created": ("created_at",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a resource: a field, a relation to one, or what a feature makes."""

    name: str
    """In the spec: `warehouse`."""
    stored: str
    """In Python and in SQL: `warehouse_id`."""
    wire: str
    """In JSON and in query parameters: `warehouse_id`, `warehouseId`."""
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
    relation: RelationSpec | None = None

    @property
    def made(self) -> bool:
        """Whether a feature makes it, and not the spec names it."""
        return self.spec is None and self.relation is None

    @property
    def type_name(self) -> str:
        """Its type as a sentence shows it."""
        return self.spec.type.name if self.spec else self.kind.name


def kind_of(spec: Spec, type_: TypeSpec) -> FieldType:
    """The row of the table of types for a type as written."""
    if type_.name in spec.enums:
        return FIELD_TYPES["enum"]
    if type_.name in spec.objects:
        return FIELD_TYPES["object"]
    return FIELD_TYPES[type_.name]


def wire_name(spec: Spec, name: str) -> str:
    """A name as the service writes it outside."""
    return camel(name) if spec.service.wire == "camel" else name


def wire_ids(spec: Spec, name: str, relation: RelationSpec) -> str:
    """What the key, or the keys, of a relation are called in JSON."""
    if not relation.to_many:
        return wire_name(spec, f"{relation.as_ or name}_id")
    return relation.as_ or wire_name(spec, stored_ids(name, relation))


def stored_ids(name: str, relation: RelationSpec) -> str:
    """What the key, or the keys, of a relation are called in Python: `warehouse_id`, `tag_ids`."""
    if relation.to_many:
        return relation.ids or f"{singular(name)}_ids"
    return f"{name}_id"


def key_of(spec: Spec, resource: str) -> KeySpec:
    """The key of a resource, be it by default."""
    return spec.resources[resource].key or spec.defaults.key or KeySpec()


def key_value(spec: Spec, mixed: Mapping[str, Mixed], resource: str) -> ValueSpec:
    """A key of a resource as a value that others hold."""
    key = key_of(spec, resource)
    if key.type == "integer":
        return ValueSpec.model_construct(type=TypeSpec(name="integer", min=1))
    if key.type in MADE_KEYS:
        return ValueSpec.model_construct(type=TypeSpec(name="uuid"))
    field = mixed[resource].spec.fields.get(key.type)
    if field is None or field.type.name != "string":
        return ValueSpec.model_construct(type=TypeSpec(name="string", max=LONGEST_KEY))
    most = field.max_length if field.type.max is None else int(field.type.max)
    least = field.min_length if field.type.min is None else int(field.type.min)
    type_ = TypeSpec(name="string", min=max(least or 1, 1), max=most or LONGEST_KEY)
    return ValueSpec.model_construct(type=type_, pattern=field.pattern)


def columns_of(spec: Spec, mixed: Mapping[str, Mixed], name: str) -> Iterator[Column]:
    """Every column of a resource, in the order in which it is stored."""
    one, places = mixed[name].spec, mixed[name].places
    key = key_of(spec, name)
    if key.type in MADE_KEYS:
        kind = FIELD_TYPES["integer" if key.type == "integer" else "uuid"]
        path: Path = ("defaults", "key")
        if one.key is not None or spec.defaults.key is None:
            path = ("resources", name, "key") if one.key else ("resources", name)
        yield replace(_made(spec, "id", kind, path, "the key"), operators=KEY_OPERATORS)
    for field, value in one.fields.items():
        yield _field(spec, field, value, places["fields", field])
    for relation, said in one.relations.items():
        if not said.to_many and said.target in spec.resources:
            path = places["relations", relation]
            yield _reference(spec, relation, said, path, key_value(spec, mixed, said.target))
    yield from _features(spec, mixed[name])


def _features(spec: Spec, mixed: Mixed) -> Iterator[Column]:
    if setting(spec, mixed, "concurrency") == "etag":
        path = setting_path(mixed, "concurrency")
        yield _made(spec, "version", FIELD_TYPES["integer"], path, "`concurrency`")
    kind = FIELD_TYPES["datetime"]
    path = setting_path(mixed, "timestamps")
    for name in STAMPS.get(str(setting(spec, mixed, "timestamps")), ()):
        yield _made(spec, name, kind, path, "`timestamps`")
    if setting(spec, mixed, "soft_delete"):
        path = setting_path(mixed, "soft_delete")
        mark = _made(spec, "deleted_at", kind, path, "`soft_delete`")
        yield replace(mark, nullable=True, hidden=True)


def setting(spec: Spec, mixed: Mixed, name: str) -> object:
    """What a resource, a trait of it or the defaults say of a feature; None where none does."""
    said: object = getattr(mixed.spec, name)
    return getattr(spec.defaults, name) if said is None else said


def setting_path(mixed: Mixed, name: str) -> Path:
    """Where a feature is asked for."""
    return mixed.places.get((name, ""), ("defaults", name))


def _field(spec: Spec, name: str, value: FieldSpec, path: Path) -> Column:
    kind = kind_of(spec, value.type)
    return Column(
        name=name,
        stored=name,
        wire=value.as_ or wire_name(spec, name),
        kind=kind,
        nullable=value.type.nullable,
        hidden=value.read == "never" or kind.name == "secret",
        operators=kind.operators,
        sortable=kind.sortable,
        path=path,
        origin=f"the field `{name}`",
        spec=value,
    )


def _reference(spec: Spec, name: str, one: RelationSpec, path: Path, key: ValueSpec) -> Column:
    kind = FIELD_TYPES[key.type.name]
    return Column(
        name=name,
        stored=stored_ids(name, one),
        wire=wire_ids(spec, name, one),
        kind=kind,
        nullable=one.to.nullable,
        hidden=False,
        operators=kind.operators,
        sortable=kind.sortable,
        path=path,
        origin=f"the relation `{name}`",
        relation=one,
    )


def _made(spec: Spec, name: str, kind: FieldType, path: Path, origin: str) -> Column:
    return Column(
        name=name,
        stored=name,
        wire=wire_name(spec, name),
        kind=kind,
        nullable=False,
        hidden=False,
        operators=tuple(one for one in kind.operators if one != "is_null"),
        sortable=True,
        path=path,
        origin=f"`{name}` of {origin}",
    )
