"""Lowers endpoints into operations: method, path, schemas, statuses, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from generator.ir import (
    Bulk,
    ConflictCode,
    Field,
    Listing,
    ObjectType,
    Operation,
    OperationKind,
    PathParameter,
    Relation,
    Resource,
    Type,
)
from generator.lower.conflicts import Stored, conflicts
from generator.lower.lists import listing, members_listing, under_listing
from generator.lower.relations import member_name
from generator.naming import article, kebab, nested, pascal, singular, words
from generator.sizes import Keys, body_bytes, body_limit, bulk_create_limit, bulk_delete_limit
from generator.spec import BulkCreateSpec, BulkDeleteSpec, ListSpec, ResourceSpec, Spec

ALWAYS = (414, 422, 500, 503)
READS_BODY = (413, 415)
MOST_IN_BULK = 100
"""Items of a bulk operation that says nothing else."""
METHODS: dict[OperationKind, Literal["GET", "POST", "PUT", "PATCH", "DELETE"]] = {
    "create": "POST",
    "list": "GET",
    "read": "GET",
    "replace": "PUT",
    "update": "PATCH",
    "delete": "DELETE",
    "bulk_create": "POST",
    "bulk_delete": "POST",
    "add_member": "PUT",
    "remove_member": "DELETE",
    "list_members": "GET",
}
STATUSES: dict[OperationKind, int] = {
    "create": 201,
    "delete": 204,
    "bulk_create": 201,
    "add_member": 204,
    "remove_member": 204,
}
BODIES: dict[OperationKind, str] = {
    "create": "{}Create",
    "replace": "{}Replace",
    "update": "{}Update",
    "bulk_create": "{}BulkCreate",
    "bulk_delete": "{}BulkDelete",
}
OF_ONE_ROW = frozenset(
    {"read", "replace", "update", "delete", "add_member", "remove_member", "list_members"}
)
CONDITIONAL_WRITES = frozenset({"replace", "update", "delete"})


def operations(
    resource: Resource, one: ResourceSpec, each: Stored, spec: Spec
) -> tuple[Operation, ...]:
    """Every operation of a resource: its endpoints, lists under others, members of relations."""
    making = _Making(resource, one, each, spec)
    under = one.endpoints.list.under if one.endpoints.list else ()
    found = (
        *(making.endpoint(kind) for kind in one.endpoints.names),
        *(making.under(resource.relation(name)) for name in under),
        *(
            operation
            for relation in resource.relations
            for operation in making.members(relation, one.relations[relation.name].members)
        ),
    )
    return tuple(
        replace(one, conditional=True) if _is_conditional(one, resource, each) else one
        for one in found
    )


def _is_conditional(operation: Operation, resource: Resource, each: Mapping[str, Resource]) -> bool:
    """Tell whether what is read has tags: a row, or a list of rows."""
    answered = resource
    if operation.relation is not None:
        answered = each[resource.relation(operation.relation).target]
    return operation.method == "GET" and answered.etag


class _Making:
    """A resource with the others and what the spec says of it."""

    def __init__(self, resource: Resource, one: ResourceSpec, each: Stored, spec: Spec) -> None:
        self.resource, self.one, self.each, self.spec = resource, one, each, spec

    def endpoint(self, kind: OperationKind) -> Operation:
        """Make an operation of `endpoints`."""
        resource = self.resource
        listed = self._listing() if kind == "list" else None
        found = conflicts(kind, resource, self.each)
        many = kind in ("list", "bulk_create", "bulk_delete")
        cursor = listed is not None and listed.style == "cursor"
        return Operation(
            kind=kind,
            name=f"{kind}_{resource.plural if many else resource.singular}",
            method=METHODS[kind],
            path=_path(kind, resource),
            summary=_summary(kind, resource.noun, resource.nouns),
            status=STATUSES.get(kind, 200),
            body=BODIES[kind].format(resource.name) if kind in BODIES else None,
            answer=_answer(kind, resource, cursor=cursor),
            problems=self._problems(kind, found, cursor=cursor),
            conflicts=found,
            body_limit=self._body_limit(kind),
            path_parameters=(self._own_key,) if kind in OF_ONE_ROW else (),
            listing=listed,
            bulk=self._bulk(kind),
            read_parameters=f"{resource.name}ReadParams"
            if kind == "read" and resource.expandable
            else None,
        )

    def under(self, relation: Relation) -> Operation:
        """Make the list below the target of a relation to one."""
        resource, target = self.resource, self.each[relation.target]
        listed = under_listing(self._listing(), relation, self._under_schema(relation), resource)
        cursor = listed.style == "cursor"
        return Operation(
            kind="list",
            name=f"list_{target.singular}_{self._under_name(relation)}",
            method="GET",
            path=f"{target.item_path}/{kebab(relation.inverse)}",
            summary=f"List the {words(relation.inverse)} of {article(target.noun)}.",
            status=200,
            body=None,
            answer=_answer("list", resource, cursor=cursor),
            problems=tuple(sorted({404, *self._problems("list", cursor=cursor)})),
            body_limit=0,
            path_parameters=(PathParameter(name=target.item_parameter, resource=target.name),),
            listing=listed,
            under=relation.name,
        )

    def members(
        self, relation: Relation, chosen: tuple[Literal["add", "remove", "list"], ...]
    ) -> Iterator[Operation]:
        """Make the operations on single links of a relation to many."""
        if "add" in chosen:
            yield self._member("add_member", relation)
        if "remove" in chosen:
            yield self._member("remove_member", relation)
        if "list" in chosen:
            yield self._member("list_members", relation)

    def _member(
        self, kind: Literal["add_member", "remove_member", "list_members"], relation: Relation
    ) -> Operation:
        resource, target = self.resource, self.each[relation.target]
        whole = kind == "list_members"
        key = PathParameter(name=member_name(relation.name, resource, target), resource=target.name)
        path = f"{resource.item_path}/{kebab(relation.name)}"
        one = singular(relation.name)
        noun, nouns = article(words(one)), words(relation.name)
        ends = {
            "add_member": f"Add {noun} to {article(resource.noun)}.",
            "remove_member": f"Remove {noun} from {article(resource.noun)}.",
            "list_members": f"List the {nouns} of {article(resource.noun)}.",
        }
        verb = kind.partition("_")[0]
        found = conflicts(kind, resource, self.each)
        return Operation(
            kind=kind,
            name=f"{verb}_{resource.singular}_{relation.name if whole else one}",
            method=METHODS[kind],
            path=path if whole else f"{path}/{{{key.name}}}",
            summary=ends[kind],
            status=STATUSES.get(kind, 200),
            body=None,
            answer=target.name if whole else None,
            problems=self._problems(kind, found),
            conflicts=found,
            body_limit=0,
            path_parameters=(self._own_key,) if whole else (self._own_key, key),
            listing=members_listing(relation, resource, self.spec) if whole else None,
            relation=relation.name,
        )

    def _listing(self) -> Listing:
        options = self.one.endpoints.list or ListSpec()
        return listing(self.resource, options, self.each, self.spec)

    def _under_name(self, relation: Relation) -> str:
        above = self.each[relation.target].singular
        return nested(above, relation.inverse, self.resource.plural)

    def _under_schema(self, relation: Relation) -> str:
        name = self._under_name(relation)
        rows = self.resource.name if name == self.resource.plural else pascal(singular(name))
        return f"{relation.target}{rows}ListParams"

    @property
    def _own_key(self) -> PathParameter:
        return PathParameter(name=self.resource.item_parameter, resource=self.resource.name)

    def _problems(
        self, kind: OperationKind, found: tuple[ConflictCode, ...] = (), *, cursor: bool = False
    ) -> tuple[int, ...]:
        statuses = set(ALWAYS)
        if kind in BODIES:
            statuses |= set(READS_BODY)
        if STATUSES.get(kind) != 204:
            statuses.add(406)
        if kind in OF_ONE_ROW or cursor:
            statuses.add(404)
        if found:
            statuses.add(409)
        if self.resource.etag and kind in CONDITIONAL_WRITES:
            statuses.add(412)
        return tuple(sorted(statuses))

    def _bulk(self, kind: OperationKind) -> Bulk | None:
        one = self.one.endpoints.bulk_create if kind == "bulk_create" else None
        if one is not None:
            kept = tuple(name for name, choice in one.on_conflict.items() if choice == "keep")
            return Bulk(most=_most(one), keep=kept, counts=one.answer == "counts")
        if kind == "bulk_delete" and self.one.endpoints.bulk_delete is not None:
            return Bulk(most=_most(self.one.endpoints.bulk_delete))
        return None

    def _body_limit(self, kind: OperationKind) -> int:
        """Bytes of the largest body that an operation must be able to read, 0 if it reads none."""
        if kind not in BODIES:
            return 0
        bulk = self._bulk(kind)
        if kind == "bulk_delete" and bulk is not None:
            return bulk_delete_limit(self._key_type(self.resource.name), bulk.most)
        if bulk is not None:
            return bulk_create_limit(body_bytes(*self._sent("create")), bulk.most)
        return body_limit(*self._sent(kind))

    def _sent(self, kind: OperationKind) -> tuple[list[Field], tuple[ObjectType, ...], list[Keys]]:
        """What stands in a body: fields, the objects that they hold, keys of relations to many."""
        resource = self.resource
        fields = [one for one in resource.fields if getattr(one, f"on_{kind}") != "absent"]
        keys = [
            (one.field_wire, self._key_type(one.target), one.max)
            for one in resource.relations
            if getattr(one, f"on_{kind}") != "absent"
        ]
        return fields, resource.objects, keys

    def _key_type(self, name: str) -> Type:
        resource = self.each[name]
        return resource.field(resource.key.field).type


def _path(kind: OperationKind, resource: Resource) -> str:
    if kind in ("bulk_create", "bulk_delete"):
        return f"{resource.path}:{kebab(kind)}"
    return resource.item_path if kind in OF_ONE_ROW else resource.path


def _summary(kind: OperationKind, noun: str, nouns: str) -> str:
    one = article(noun)
    return {
        "create": f"Create {one}.",
        "list": f"List {nouns}.",
        "read": f"Read {one}.",
        "replace": f"Replace {one}.",
        "update": f"Change the given fields of {one}.",
        "delete": f"Delete {one}.",
        "bulk_create": f"Create many {nouns}, all or none.",
        "bulk_delete": f"Delete many {nouns}, all or none.",
    }[kind]


def _answer(kind: OperationKind, resource: Resource, *, cursor: bool) -> str | None:
    if kind in ("bulk_create", "bulk_delete"):
        return f"{resource.name}{'BulkCreated' if kind == 'bulk_create' else 'BulkDeleted'}"
    if cursor:
        return f"{resource.name}Page"
    if kind == "delete":
        return None
    return resource.answer if kind in ("read", "list") else resource.name


def _most(one: BulkCreateSpec | BulkDeleteSpec) -> int:
    return MOST_IN_BULK if one.max is None else one.max
