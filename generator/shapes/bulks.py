"""The shapes of operations on many rows: what they read, and what they answer."""

from __future__ import annotations

from generator.field_types import FIELD_TYPES, MAX_SAFE_INTEGER
from generator.ir import Operation, Resource, Type
from generator.shapes import Member, Shape
from generator.shapes.rows import key_example, key_type, row_type


def bulk_shapes(operation: Operation, resource: Resource) -> tuple[Shape, Shape]:
    """Shape the body and the answer of an operation on many rows."""
    if operation.kind == "bulk_create":
        return _items(operation, resource), _created(operation, resource)
    return _keys(operation, resource), _deleted(operation, resource)


def _items(operation: Operation, resource: Resource) -> Shape:
    assert operation.body is not None
    assert operation.bulk is not None
    items = Member(
        name="items",
        wire="items",
        type=_list_of(row_type(f"{resource.name}Create"), least=1, most=operation.bulk.most),
        required=True,
    )
    description = f"What creates {resource.nouns}, all of them or none."
    return Shape(name=operation.body, role="request", description=description, members=(items,))


def _created(operation: Operation, resource: Resource) -> Shape:
    assert operation.answer is not None
    assert operation.bulk is not None
    nouns = resource.nouns
    if operation.bulk.counts:
        description = f"How many {nouns} were created."
        members = [
            _count("created", f"How many {nouns} are new.", 1),
            _count("kept", f"How many items had one of the {nouns} already, which was kept.", 0),
        ]
    else:
        description = f"The {nouns} as they are now."
        items = _list_of(row_type(resource.name), least=1, most=operation.bulk.most)
        about = "In the order of the request."
        if operation.bulk.keep:
            about += " One that was there already stands in the place of its item."
        members = [Member(name="items", wire="items", type=items, required=True, description=about)]
    return Shape(
        name=operation.answer, role="answer", description=description, members=tuple(members)
    )


def _keys(operation: Operation, resource: Resource) -> Shape:
    assert operation.body is not None
    assert operation.bulk is not None
    ids = Member(
        name="ids",
        wire="ids",
        type=_list_of(key_type(resource), least=1, most=operation.bulk.most, distinct=True),
        required=True,
        example=[key_example(resource)],
    )
    return Shape(
        name=operation.body,
        role="request",
        description=f"The keys of {resource.nouns} to delete.",
        members=(ids,),
    )


def _deleted(operation: Operation, resource: Resource) -> Shape:
    assert operation.answer is not None
    deleted = _count("deleted", f"How many {resource.nouns} there were of these keys.", 1)
    description = f"How many {resource.nouns} were deleted."
    return Shape(name=operation.answer, role="answer", description=description, members=(deleted,))


def _count(name: str, description: str, example: int) -> Member:
    return Member(
        name=name,
        wire=name,
        type=Type(kind=FIELD_TYPES["integer"], ge=0, le=MAX_SAFE_INTEGER),
        required=True,
        description=description,
        example=example,
    )


def _list_of(item: Type, *, least: int, most: int, distinct: bool = False) -> Type:
    return Type(
        kind=FIELD_TYPES["list"],
        item=item,
        min_items=least,
        max_items=most,
        unique_items=distinct,
    )
