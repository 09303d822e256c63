"""Lowers types and fields: bounds filled in, literals as JSON carries them, who may send what."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER
from generator.ir import EnumValue, Field, LiteralDefault, ObjectType, Presence, ServerValue, Type
from generator.naming import camel
from generator.scalars import Plain, Raw, value_of
from generator.short_form import TypeSpec
from generator.spec import FieldSpec, Spec, ValueSpec

MAX_ITEMS = 100
"""Of a list that says nothing else."""
SERVER_VALUES: dict[tuple[str, str], ServerValue] = {
    ("datetime", "now"): "now",
    ("date", "today"): "today",
    ("uuid", "uuid"): "uuid",
}


class Types:
    """The types of a spec: those of the language, its enums and its objects."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.camel = spec.service.wire == "camel"

    def wire(self, name: str, given: str | None = None) -> str:
        """Name a field on the wire: as given, else in the service's case."""
        return given or (camel(name) if self.camel else name)

    def value_type(self, value: ValueSpec) -> Type:
        """Lower a type with the constraints that stand beside it."""
        return self._bounded(value.type, value)

    def _bounded(self, type_: TypeSpec, value: ValueSpec | None) -> Type:
        """Lower a type; `value` is None for what a list holds, which has no keys of its own."""
        if type_.name in self.spec.enums:
            members = self.spec.enums[type_.name].items()
            return Type(
                kind=FIELD_TYPES["enum"],
                name=type_.name,
                values=tuple(EnumValue(value=one, description=text or "") for one, text in members),
            )
        if type_.name in self.spec.objects:
            return Type(kind=FIELD_TYPES["object"], name=type_.name)
        kind = FIELD_TYPES[type_.name]
        if type_.item is not None:
            return Type(
                kind=kind,
                item=self._bounded(type_.item, None),
                min_items=value.min_items if value else None,
                max_items=MAX_ITEMS
                if value is None or value.max_items is None
                else value.max_items,
                unique_items=value.unique_items if value else False,
            )
        if kind.default_max_length is not None:
            return _text(type_, value)
        return _ordered(type_, value)

    def field(self, name: str, value: FieldSpec) -> Field:
        """Lower a field of a resource."""
        type_ = self.value_type(value)
        default = default_of(value, type_)
        on_create, on_replace, on_update = _presence(value, type_, default)
        hidden = value.read == "never" or type_.kind.name == "secret"
        return Field(
            name=name,
            wire=self.wire(name, value.as_),
            type=type_,
            nullable=value.type.nullable,
            default=default,
            role="plain",
            description=value.description or "",
            example=None if value.example is None else literal(value.example, type_),
            deprecated=value.deprecated,
            on_create=on_create,
            on_replace=on_replace,
            on_update=on_update,
            keeps_on_replace=on_replace == "optional" and (hidden or isinstance(default, str)),
            answered=not hidden,
            unique=value.unique,
            was=value.was,
        )

    def objects_of(self, fields: Iterable[Field]) -> tuple[ObjectType, ...]:
        """The objects that fields hold, also inside of others: inner ones first, each once."""
        found: dict[str, ObjectType] = {}
        for field in fields:
            self._collect(field.type, found)
        return tuple(found.values())

    def _collect(self, type_: Type, found: dict[str, ObjectType]) -> None:
        if type_.item is not None:
            self._collect(type_.item, found)
        if type_.kind.name != "object" or type_.name is None or type_.name in found:
            return
        spec = self.spec.objects[type_.name]
        members = tuple(self._member(name, one) for name, one in spec.fields.items())
        for member in members:
            self._collect(member.type, found)
        found[type_.name] = ObjectType(
            name=type_.name, description=spec.description or "", fields=members
        )

    def _member(self, name: str, value: ValueSpec) -> Field:
        type_ = self.value_type(value)
        default = default_of(value, type_)
        required = not value.type.nullable and default is None
        presence: Presence = "required" if required else "optional"
        return Field(
            name=name,
            wire=self.wire(name),
            type=type_,
            nullable=value.type.nullable,
            default=default,
            role="plain",
            description=value.description or "",
            example=None if value.example is None else literal(value.example, type_),
            deprecated=False,
            on_create=presence,
            on_replace=presence,
            on_update=presence,
            keeps_on_replace=False,
            answered=True,
        )


def default_of(value: ValueSpec, type_: Type) -> LiteralDefault | ServerValue | None:
    """Lower a default: what the server makes, a literal, or None where there is none."""
    raw = value.default
    if raw is None:
        return None
    made = SERVER_VALUES.get((type_.kind.name, raw)) if isinstance(raw, str) else None
    return made or LiteralDefault(value=literal(raw, type_))


def literal(raw: object, type_: Type) -> object:
    """Turn a literal of the spec into the JSON value that it is for this type."""
    if isinstance(raw, Plain) and raw.value is None:
        return None
    if isinstance(raw, list) and type_.item is not None:
        return [literal(one, type_.item) for one in raw]
    if isinstance(raw, str) and type_.kind.json_type is not None:
        return _literal_text(raw, type_)
    return value_of(cast(Raw, raw))


def _literal_text(raw: str, type_: Type) -> object:
    """Turn the text of a scalar into a JSON value: text where the type is text."""
    match type_.kind.name:
        case "decimal":
            return f"{Decimal(raw):.{type_.scale}f}"
        case "number":
            return float(raw)
        case "integer":
            return int(Decimal(raw))
        case "boolean":
            return value_of(raw)
    return str(raw)


def _text(type_: TypeSpec, value: ValueSpec | None) -> Type:
    kind = FIELD_TYPES[type_.name]
    low = value.min_length if value else None
    high = value.max_length if value else None
    return Type(
        kind=kind,
        min_length=low if type_.min is None else int(type_.min),
        max_length=(high or kind.default_max_length) if type_.max is None else int(type_.max),
        pattern=value.pattern if value else None,
    )


def _ordered(type_: TypeSpec, value: ValueSpec | None) -> Type:
    kind = FIELD_TYPES[type_.name]
    bounds: dict[str, int | float | Decimal | None] = {
        "gt": value.gt if value else None,
        "ge": type_.min if type_.min is not None else value.ge if value else None,
        "lt": value.lt if value else None,
        "le": type_.max if type_.max is not None else value.le if value else None,
    }
    if kind.name == "integer":
        if bounds["gt"] is None and bounds["ge"] is None:
            bounds["ge"] = -MAX_SAFE_INTEGER
        if bounds["lt"] is None and bounds["le"] is None:
            bounds["le"] = MAX_SAFE_INTEGER
    typed = {name: _typed(bound, kind.name) for name, bound in bounds.items()}
    return Type(
        kind=kind,
        gt=typed["gt"],
        ge=typed["ge"],
        lt=typed["lt"],
        le=typed["le"],
        multiple_of=value.multiple_of if value else None,
        precision=type_.precision,
        scale=type_.scale,
    )


def _typed(bound: int | float | Decimal | None, kind: str) -> int | float | Decimal | None:
    if bound is None:
        return None
    if kind == "decimal":
        return Decimal(bound)
    exact = Decimal(bound)
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 2**53 else float(exact)


def _presence(
    value: FieldSpec, type_: Type, default: LiteralDefault | ServerValue | None
) -> tuple[Presence, Presence, Presence]:
    """On create, replace and update: the table of section 7."""
    if value.write == "never" or value.compute is not None:
        return "absent", "absent", "absent"
    required = not value.type.nullable and default is None
    on_create: Presence = "required" if required else "optional"
    if value.write == "create":
        return on_create, "absent", "absent"
    hidden = value.read == "never" or type_.kind.name == "secret"
    return on_create, "optional" if hidden else on_create, "optional"
