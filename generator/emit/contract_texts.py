"""The contract's sentences about operations: what no schema can say of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit.contract_schemas import described
from generator.ir import Operation, OperationKind, Relation, Resource, Service
from generator.naming import article

_WRITES: tuple[OperationKind, ...] = ("create", "replace", "update", "bulk_create")
_DELETES: tuple[OperationKind, ...] = ("delete", "bulk_delete")
_CHANGES: tuple[OperationKind, ...] = ("replace", "update", "delete")


def description(operation: Operation, resource: Resource, service: Service) -> str:
    """Describe an operation beyond its one line."""
    sentences = [
        _opening(operation, resource, service),
        *_references(operation, resource),
        *_deletion(operation, resource, service),
        *_versions(operation, resource, service),
    ]
    rules = resource.rules if operation.kind in _WRITES else ()
    return described(" ".join(sentences), rules)


def _opening(operation: Operation, resource: Resource, service: Service) -> str:
    if operation.listing and operation.relation is None:
        return _LISTING[operation.listing.style].format(nouns=resource.nouns)
    if operation.relation is not None:
        relation = resource.relation(operation.relation)
        target = service.resource(relation.target)
        member = article(target.noun).capitalize()
        return _MEMBERS[operation.kind].format(member=member, most=relation.max)
    if operation.kind == "bulk_create":
        return _bulk_create(operation, resource)
    if operation.kind in _DELETES and resource.soft_delete:
        return _SOFT[operation.kind].format(noun=resource.noun)
    return _DESCRIPTIONS[operation.kind].format(noun=resource.noun, one=article(resource.noun))


def _bulk_create(operation: Operation, resource: Resource) -> str:
    assert operation.bulk is not None
    text = (
        f"All of the {resource.nouns} are created, or none. Each item is read like the body that"
        " creates one; a conflict names the item by its `index`."
    )
    for name in operation.bulk.keep:
        unique = next(one for one in resource.unique_sets if one.name == name)
        fields = _listed([f"`{resource.field(one).wire}`" for one in unique.fields])
        text += (
            f" Where {article(resource.noun)} has an item's {fields} already, it is kept as it is."
        )
    return text


def _references(operation: Operation, resource: Resource) -> Iterator[str]:
    """Say that what a body refers to has to be there."""
    if operation.kind not in _WRITES:
        return
    kind = "create" if operation.kind == "bulk_create" else operation.kind
    sent = [one.wire for one in resource.fields if one.relation and _takes(one, kind)]
    sent += [
        one.field_wire
        for one in resource.relations
        if one.to_many and one.in_body and _takes(one, kind)
    ]
    if sent:
        names = _listed([f"`{name}`" for name in sent])
        yield f"What {names} {'refers' if len(sent) == 1 else 'refer'} to must be there (409)."


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _takes(one: object, kind: str) -> bool:
    presence: str = getattr(one, f"on_{kind}")
    return presence != "absent"


def _deletion(operation: Operation, resource: Resource, service: Service) -> Iterator[str]:
    """Say what becomes of the rows that refer to one that is deleted."""
    if operation.kind in _DELETES:
        for other in service.resources:
            for relation in other.relations:
                if relation.target == resource.name and not relation.to_many:
                    yield _deleted_with(relation, other)


def _deleted_with(relation: Relation, other: Resource) -> str:
    return {
        "restrict": (
            f"As long as {article(other.noun)} refers to it as its `{relation.field_wire}`, it"
            " stays (409)."
        ),
        "cascade": f"The {other.nouns} of which it is the `{relation.field_wire}` go with it.",
        "set_null": (
            f"The `{relation.field_wire}` of {other.nouns} that refer to it becomes null."
        ),
    }[relation.on_delete]


def _versions(operation: Operation, resource: Resource, service: Service) -> Iterator[str]:
    """Say how a request is made conditional.

    The headers are no parameters: a request that the contract's schemas accept is never 412.
    """
    if operation.conditional:
        yield "To a request whose `If-None-Match` names the answer's `ETag`, it is 304."
    elif resource.etag and operation.kind in _CHANGES:
        yield (
            f"With `If-Match`, only {article(resource.noun)} of a version that it names is changed;"
            " else, or if it is no list of strong entity tags, the answer is 412."
        )


_DESCRIPTIONS: dict[OperationKind, str] = {
    "create": "What is absent takes its default.",
    "read": "The whole {noun}.",
    "replace": "What is absent takes its default. There must be such {one}: none is created.",
    "update": (
        "What is absent stays as it is, and null clears what may be null. An object or a list that"
        " is given replaces the stored one."
    ),
    "delete": "The {noun} is gone for good.",
    "bulk_delete": "All of them are deleted, or none. A key of no {noun} is passed over.",
}
_SOFT: dict[OperationKind, str] = {
    "delete": "The {noun} is answered, listed and referred to no more.",
    "bulk_delete": (
        "All of them are deleted, or none: they are answered, listed and referred to no more. A key"
        " of no {noun} is passed over."
    ),
}
_MEMBERS: dict[OperationKind, str] = {
    "add_member": (
        "It may be there already. {member} that is not there is refused (409), and so is one more"
        " than {most}."
    ),
    "remove_member": "It need not be there. The other members stay.",
    "list_members": (
        "In the order of their keys. The header `Link` leads to the first, previous and next page."
    ),
}
_LISTING = {
    "page": "All filters must hold. The header `Link` leads to the first, previous and next page.",
    "cursor": (
        "All filters must hold. {nouns} that others create or delete meanwhile neither repeat"
        " nor hide any."
    ),
}
