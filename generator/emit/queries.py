"""Emits `<resource>/queries.py`: the statements."""

from __future__ import annotations

from collections.abc import Iterator

from generator.emit.columns import column, python_value
from generator.emit.conditions import listing_parts, page, used_links, used_tables
from generator.emit.constants import rows_of, statement_of
from generator.emit.template import escaped, fill, header, literal
from generator.ir import Operation, Relation, Resource, Service

_MAKERS = {"now": "now", "today": "today", "uuid": "uuid4", "uuid7": "uuid7"}


def module(resource: Resource, service: Service) -> dict[str, str]:
    """Make the statements of a resource."""
    return {f"{resource.plural}/queries.py": _queries(resource, service)}


def _queries(resource: Resource, service: Service) -> str:
    operation = resource.operation
    listing, read = operation("list"), operation("read")
    bulk_create, bulk_delete = operation("bulk_create"), operation("bulk_delete")
    return fill(
        "queries.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        table=resource.plural,
        rows=rows_of(resource),
        live=_live(resource),
        others=_others(resource, service),
        links=_links(resource),
        expansions=list(_expansions(resource, service)) if listing or read else [],
        create=(operation("create") or bulk_create) and _create(resource),
        bulk_create=bulk_create and _bulk_create(bulk_create),
        listing=listing and listing.listing and listing_parts(listing.listing, resource, service),
        unders=[_under(one, resource, service) for one in resource.operations if one.under],
        read=read,
        replace=operation("replace") and {"made": _touched(resource), "keeps": _keeps(resource)},
        update=operation("update") and {"made": _touched(resource)},
        delete=operation("delete") or bulk_delete,
        soft_delete=resource.soft_delete,
        bulk_delete=bulk_delete,
        members=_members(resource, service).items(),
    )


def _live(resource: Resource) -> str:
    """Write the condition that a row is not deleted, empty where deleting leaves no row."""
    if not resource.soft_delete:
        return ""
    return f"{column(resource.plural, 'deleted_at')}.is_(None)"


def _others(resource: Resource, service: Service) -> list[tuple[str, str, bool, bool]]:
    """The other resources that statements look at: package, rows, whether rows, whether table."""
    rows = {resource.relation(one.under).target for one in resource.operations if one.under}
    rows |= {relation.target for _, relation in _linking(resource)}
    rows |= {one.target for one in resource.expandable if resource.operation("read")}
    listed = resource.operation("list")
    tables: set[str] = set()
    if listed and listed.listing:
        rows |= {one.target for one in resource.expandable}
        tables = used_tables(listed.listing, resource, service)
    named = rows | tables
    return [
        (one.plural, rows_of(one), one.name in rows, one.name in tables)
        for one in service.resources
        if one.name in named and one != resource
    ]


def _links(resource: Resource) -> str:
    listed = resource.operation("list")
    names = used_links(listed.listing, resource) if listed and listed.listing else set()
    return "".join(f"{name}, " for name in sorted(names))


def _expansions(resource: Resource, service: Service) -> Iterator[tuple[str, str]]:
    for one in resource.expandable:
        target = rows_of(service.resource(one.target))
        yield literal(one.wire), f"Expansion({column(resource.plural, one.field)}, {target})"


def _create(resource: Resource) -> dict[str, str]:
    location = f"{resource.path}/{{key}}" if resource.operation("read") else None
    return {
        "made": _made_on_create(resource),
        "location": literal(location) if location else "",
    }


def _made_on_create(resource: Resource) -> str:
    made: dict[str, str] = {}
    for field in resource.fields:
        if isinstance(field.default, str):
            made[field.name] = _MAKERS[field.default]
        elif field.role == "version":
            # A key that a client gives can come back, and an old tag must not fit the new row.
            made[field.name] = "1" if resource.key.given == "server" else "fresh_version"
        elif field.on_create == "absent" and field.default is not None:
            made[field.name] = python_value(field.type, field.default.value)
    return _mapping(made)


def _touched(resource: Resource) -> str:
    made = {
        one.name: f"{column(resource.plural, one.name)} + 1"
        for one in resource.fields
        if one.role == "version"
    }
    made |= {one.name: "now" for one in resource.fields if one.role == "updated_at"}
    return _mapping(made)


def _keeps(resource: Resource) -> str:
    names = tuple(one.name for one in resource.fields if one.keeps_on_replace)
    return literal(names) if names else ""


def _mapping(entries: dict[str, str]) -> str:
    if not entries:
        return ""
    return "{" + ", ".join(f"{literal(name)}: {value}" for name, value in entries.items()) + "}"


def _bulk_create(operation: Operation) -> str:
    if operation.bulk is None:
        return ""
    keep = f", keep={literal(operation.bulk.keep)}" if operation.bulk.keep else ""
    return keep + (", counts=True" if operation.bulk.counts else "")


def _under(operation: Operation, resource: Resource, service: Service) -> tuple[str, str]:
    """Write the list below the target of a relation: its constant, its arguments."""
    relation = resource.relation(operation.under or "")
    target = rows_of(service.resource(relation.target))
    column_ = column(resource.plural, relation.field)
    return statement_of(operation), f"LIST, {column_}, {target}"


def _members(resource: Resource, service: Service) -> dict[str, str]:
    """Write what is done to single links: by its constant, its arguments."""
    found: dict[str, str] = {}
    for operation, relation in _linking(resource):
        target = rows_of(service.resource(relation.target))
        # The list comes last of the operations of a relation; where there is none, nobody pages.
        paged = page(operation.listing, service) if operation.listing else "Page(size=1, most=1)"
        found[statement_of(operation)] = (
            f"{rows_of(resource)}, {literal(relation.name)}, {target}, page={paged}"
        )
    return found


def _linking(resource: Resource) -> list[tuple[Operation, Relation]]:
    return [(one, resource.relation(one.relation)) for one in resource.operations if one.relation]
