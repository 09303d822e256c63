"""Says to datamodel-code-generator what a model is: shapes as JSON Schema with our Python types.

Beside the schemas stand the few pieces of code that JSON Schema has no words for, which the
template in `templates/models/` puts where they belong: exact bounds of decimals, constraints of a
list's items, defaults that are read like what a client sends, docstrings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.emit.template import docstring, literal
from generator.field_types import MAX_SAFE_INTEGER
from generator.ir import Type
from generator.schemas import Schema, nullable
from generator.shapes import Member, Shape

BASES = {
    "answer": "ResponseModel",
    "object": "RequestModel",
    "request": "RequestModel",
    "query": "QueryModel",
}
LIST = "list_"
"""What `list` is called in a module where a field of a model has that name."""

_KEYWORDS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "gt": "exclusiveMinimum",
    "ge": "minimum",
    "lt": "exclusiveMaximum",
    "le": "maximum",
    "multiple_of": "multipleOf",
    "max_digits": "max_digits",
    "decimal_places": "decimal_places",
}
_PLAIN = frozenset(
    {"string", "text", "email", "url", "secret", "integer", "number", "boolean", "enum"}
)
"""Types whose default in Python is what stands in JSON."""
_MARKERS = {"UniqueItems": "..runtime.wire_types", "OneDirection": "..runtime.orders"}


@dataclass(frozen=True, slots=True)
class ModelCode:
    """What the template writes into a model, by the name that a field has for dcg."""

    docstring: str
    options: str = ""
    """Arguments of the class beside its base."""
    names: dict[str, str] = field(default_factory=dict)
    """Attributes that dcg knows by another name."""
    written: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Pieces of an annotation as dcg writes it, and what is meant by each."""
    defaults: dict[str, str] = field(default_factory=dict)
    docstrings: dict[str, str] = field(default_factory=dict)


def base(shape: Shape) -> str:
    """Name the class that a model extends."""
    return shape.extends.name if shape.extends else BASES[shape.role]


def definition(shape: Shape, imported: Mapping[str, str]) -> Schema:
    """Describe a model to dcg. What has a default is required there: the template writes it."""
    query = shape.role == "query"
    return {
        "type": "object",
        "properties": {_key(one): _property(one, imported, query=query) for one in shape.members},
        "required": [_key(one) for one in shape.members if one.required or one.default is not None],
    }


def aliases(shape: Shape) -> dict[str, str]:
    """Give the attributes of keys that are called otherwise: `Model.wireName` -> name."""
    return {
        f"{shape.name}.{one.wire}": _dcg_name(one.name)
        for one in shape.members
        if one.wire != one.name
    }


def runtime_imports(shapes: Sequence[Shape]) -> dict[str, str]:
    """Give the modules of what models name of the runtime, by name."""
    found = {BASES[shape.role]: "..runtime.models" for shape in shapes if not shape.extends}
    for shape in shapes:
        for member in shape.members:
            for name in _wire_types(member, query=shape.role == "query"):
                found[name] = "..runtime.wire_types"
            for name in _markers(member):
                found[name] = _MARKERS[name]
    return dict(sorted(found.items()))


def hides_list(shapes: Sequence[Shape]) -> bool:
    """Tell whether a field is called `list`: within its model, that name is not the builtin."""
    return any(member.name == "list" for shape in shapes for member in shape.members)


def model_code(shape: Shape, shapes: Sequence[Shape]) -> ModelCode:
    """Collect the code that the template adds to a model."""
    limit = shape.query_limit
    options = f", longest_query={limit:_}" if limit else ""
    code = ModelCode(docstring(shape.description), options)
    answered = {one.name for other in shapes if other.role == "answer" for one in other.members}
    for member in shape.members:
        name = _dcg_name(member.name)
        if name != member.name:
            code.names[name] = member.name
        if pieces := list(_pieces(member, query=shape.role == "query", list_=hides_list(shapes))):
            code.written[name] = pieces
        if member.default is not None:
            code.defaults[name] = _default(member)
        told = shape.role == "query" or (shape.role == "request" and member.name in answered)
        if member.description and not told:
            code.docstrings[name] = docstring(member.description)
    return code


def _dcg_name(name: str) -> str:
    # A field `list` that holds a list would come out renamed.
    return LIST if name == "list" else name


def _key(member: Member) -> str:
    return _dcg_name(member.name) if member.wire == member.name else member.wire


def _property(member: Member, imported: Mapping[str, str], *, query: bool) -> Schema:
    schema = _typed(member.type, member.wire_type, query=query)
    if member.type.name in imported:
        # A model of another module, which dcg takes for a type of ours.
        schema = {"type": "string", "customTypePath": f"resources.{member.type.name}"}
    if not member.nullable:
        return schema
    # dcg takes null from `nullable` where a default or `required` hides that of `type`.
    return {**(nullable(schema) if "type" in schema else schema), "nullable": True}


def _typed(type_: Type, wire_type: str | None, *, query: bool) -> Schema:
    kind = type_.kind.name
    if kind == "object":
        return {"$ref": f"#/$defs/{type_.name}"}
    if kind == "enum":
        return {"type": "string", "enum": [one.value for one in type_.values]}
    bounds = {_KEYWORDS[name]: value for name, value in _constraints(type_).items()}
    if kind == "list":
        assert type_.item is not None
        items = _typed(type_.item, None, query=query)
        bare = {key: items[key] for key in items if key not in _KEYWORDS.values()}
        counts = {"minItems": type_.min_items or 0, "maxItems": type_.max_items}
        present = {key: count for key, count in counts.items() if count}
        return {"type": "array", **present, "items": bare}
    path = {"customTypePath": f"runtime.{wire_type or _wire_type(type_, query=query)}"}
    if wire_type is not None:
        return {"type": "string", **path}
    if kind == "json":
        return dict(path)
    if kind == "decimal":
        bounds = {name: bounds[name] for name in ("max_digits", "decimal_places")}
    return {"type": type_.kind.json_type, **bounds, **path}


def _wire_type(type_: Type, *, query: bool) -> str:
    return type_.kind.parameter if query else type_.kind.wire


def _wire_types(member: Member, *, query: bool) -> Iterator[str]:
    type_ = member.type.item or member.type
    if type_.kind.name not in ("enum", "object"):
        yield member.wire_type or _wire_type(type_, query=query)


def _markers(member: Member) -> Iterator[str]:
    """Name the validators that stand beside a list."""
    if member.type.unique_items:
        yield "UniqueItems"
    if member.one_direction:
        yield "OneDirection"


def _constraints(type_: Type) -> dict[str, object]:
    """Give the constraints that the wire type does not carry itself, by Pydantic's names."""
    found: dict[str, object] = {}
    for name in ("gt", "ge", "lt", "le"):
        bound = getattr(type_, name)
        carried = type_.kind.name == "integer" and bound == _EDGES.get(name)
        if bound is not None and not carried:
            found[name] = bound
    if type_.multiple_of is not None:
        found["multiple_of"] = type_.multiple_of
    if type_.kind.name == "decimal":
        found |= {"max_digits": type_.precision, "decimal_places": type_.scale or 0}
    if type_.min_length:
        found["min_length"] = type_.min_length
    if type_.max_length is not None:
        found["max_length"] = type_.max_length
    if type_.pattern is not None:
        found["pattern"] = type_.pattern
    return found


_EDGES = {"ge": -MAX_SAFE_INTEGER, "le": MAX_SAFE_INTEGER}


def _pieces(member: Member, *, query: bool, list_: bool) -> Iterator[tuple[str, str]]:
    """Give the pieces of an annotation to put otherwise than dcg writes them."""
    type_ = member.type
    if type_.kind.name == "decimal":
        digits = f"decimal_places={type_.scale or 0}, max_digits={type_.precision}"
        yield digits, _arguments(type_)
    low, high = (
        (type_.min_length, type_.max_length)
        if type_.item is None
        else (type_.min_items, type_.max_items)
    )
    if low and high:
        yield f"max_length={high}, min_length={low}", f"min_length={low}, max_length={high}"
    if type_.item is None:
        return
    for marker in _markers(member):
        yield ", Field(", f", {marker}, Field("
    if type_.item.kind.name not in ("enum", "object") and _constraints(type_.item):
        item = _wire_type(type_.item, query=query)
        yield f"[{item}]", f"[Annotated[{item}, Field({_arguments(type_.item)})]]"
    if list_:
        yield "list[", f"{LIST}["


def _arguments(type_: Type) -> str:
    decimal = type_.kind.name == "decimal"
    return ", ".join(
        f"{name}={_bound(value) if decimal else literal(value)}"
        for name, value in _constraints(type_).items()
    )


def _bound(value: object) -> str:
    """Write a number that a decimal is compared with: never a float, which is not exact."""
    text = str(value)
    return text if text.lstrip("-").isdigit() else f"Decimal({literal(text)})"


def _default(member: Member) -> str:
    assert member.default is not None
    value = member.default.value
    type_ = member.type.item or member.type
    if value is None or value == [] or type_.kind.name in _PLAIN:
        return ascii(value)
    # The text that a client would send is read as one: only then is it a value of the type.
    return f"Field({ascii(value)}, validate_default=True)"
