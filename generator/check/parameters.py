"""The query parameters of a list: its own, and those of its filters."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.claims import Claim
from generator.check.columns import Column, stored_ids, wire_ids
from generator.check.facts import Facts, Path, Resource
from generator.field_types import MEMBERSHIP, Operator
from generator.naming import camel
from generator.reserved_names import LIST_PARAMETERS
from generator.spec import RelationSpec


def parameters(facts: Facts, resource: Resource) -> Iterator[tuple[str, Claim]]:
    """What a list takes, by its name outside and (in the claim) in Python; its own come first."""
    listing = resource.spec.endpoints.list
    if listing is None:
        return
    path = (*resource.path, "endpoints", "list")
    style = listing.page.style or facts.spec.defaults.list.page.style or "page"
    there = {
        # A key that is made is always sortable, a natural one where it is named.
        "sort": bool(listing.sort.by) or not resource.natural,
        "q": bool(listing.search),
        "expand": any(one.expand for one in resource.spec.relations.values()),
    }
    for name in LIST_PARAMETERS[style]:
        if there.get(name, True):
            yield facts.wire(name), Claim(name, path, "the list's own parameter")
    for name, operators in listing.filter.items():
        where: Path = (*path, "filter", name)
        for operator in operators:
            names = _names(facts, resource, name, operator)
            if names is not None:
                origin = f"the filter `{operator}` of `{name}`"
                yield names[1], Claim(names[0], where, origin)


def through(
    facts: Facts, resource: Resource, name: str
) -> tuple[RelationSpec | None, Resource | None, Column | None]:
    """What `warehouse.city` leads through, to which resource, and to which column of it."""
    before, _, after = name.partition(".")
    relation = resource.spec.relations.get(before)
    if relation is None or relation.to_many:
        return relation, None, None
    target = facts.resource(relation.target)
    return relation, target, target.column(after) if target else None


def _names(
    facts: Facts, resource: Resource, name: str, operator: Operator
) -> tuple[str, str] | None:
    """The parameter in Python and outside: `unit_price_ge`, `unitPriceGe`; None of nothing."""
    camel_case = facts.spec.service.wire == "camel"
    suffix = "" if operator == "eq" else f"_{operator}"
    wire_suffix = camel(f"x{suffix}")[1:] if camel_case else suffix
    relation, _, target = through(facts, resource, name)
    before = name.partition(".")[0]
    column = resource.column(name)
    if operator in MEMBERSHIP and relation is not None and relation.to_many:
        inner, outer = stored_ids(name, relation), wire_ids(facts.spec, name, relation)
    elif "." in name and relation is not None and target is not None:
        inner = f"{before}_{target.stored}"
        wire = relation.as_ or facts.wire(before)
        outer = f"{wire}_{target.wire}"
        if camel_case:
            outer = f"{wire}{target.wire[:1].upper()}{target.wire[1:]}"
    elif column is not None:
        inner, outer = column.stored, column.wire
    else:
        return None
    return f"{inner}{suffix}", f"{outer}{wire_suffix}"
