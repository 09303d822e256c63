"""The names that a spec takes, and those that follow from it: each with its place and its origin.

What lowering makes of a spec is called the same here; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from generator.check.columns import Column, stored_ids, wire_ids
from generator.check.facts import Facts, Path, Resource
from generator.naming import fitted, nested, pascal, singular, sql_name
from generator.reserved_names import SCHEMA_SUFFIXES
from generator.spec import EndpointName, ListSpec, RelationSpec

OF_MANY = frozenset({"list", "bulk_create", "bulk_delete"})
"""Endpoints whose operations are called after the plural."""

Kind = Literal["ix", "uq", "ck", "fk"]
PARTS: tuple[tuple[str, Kind, str], ...] = (
    ("unique", "uq", "the unique set"),
    ("indexes", "ix", "the index"),
    ("rules", "ck", "the rule"),
)
"""What a resource names that is called after its table in SQL."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that takes a name: where, and what it is called in a sentence."""

    name: str
    path: Path
    origin: str
    derived: bool = False
    """Whether the compiler makes it: then the one that a spec gives has to give way."""


def schemas(facts: Facts) -> Iterator[Claim]:
    """Schemas of the contract, which are classes of the package too."""
    for part, what in (("resources", "resource"), ("enums", "enum"), ("objects", "object")):
        for name in getattr(facts.spec, part):
            yield Claim(name, (part, name), f"the {what} `{name}`")
    for one in facts.resources:
        for suffix in SCHEMA_SUFFIXES:
            name = f"{one.name}{suffix}"
            origin = f"the schema that the resource `{one.name}` makes"
            yield Claim(name, one.path, origin, derived=True)
        origin = f"the type of the keys of `{one.name}`"
        yield Claim(f"{one.name}Id", one.path, origin, derived=True)
        for place, relation in under(one):
            target = facts.resource(relation[1].target)
            if target is None:
                continue
            rows = nested(target.singular, relation[1].inverse, one.plural)
            middle = one.name if rows == one.plural else pascal(singular(rows))
            origin = f"the list of `{one.name}` under `{relation[0]}`"
            yield Claim(f"{target.name}{middle}ListParams", place, origin, derived=True)
        for name, said in one.spec.relations.items():
            if said.to_many and "list" in said.members:
                path = (*facts.place(one, "relations", name), "members")
                origin = f"the list of the members of `{name}` of `{one.name}`"
                schema = f"{one.name}{pascal(singular(name))}ListParams"
                yield Claim(schema, path, origin, derived=True)


def operations(facts: Facts) -> Iterator[Claim]:
    """Operations: handlers in Python, and ids in the contract."""
    for one in facts.resources:
        for kind in one.spec.endpoints.names:
            path: Path = (*one.path, "endpoints", kind)
            if not facts.source.has(path):
                path = one.path
            yield Claim(operation(one, kind), path, f"the endpoint `{kind}` of `{one.name}`")
        for place, relation in under(one):
            target = facts.resource(relation[1].target)
            if target is not None:
                rows = nested(target.singular, relation[1].inverse, one.plural)
                name = f"list_{target.singular}_{rows}"
                yield Claim(name, place, f"the list of `{one.name}` under `{relation[0]}`")
        for name, said in one.spec.relations.items():
            for place_, member in enumerate(said.members):
                path = (*facts.place(one, "relations", name), "members", place_)
                called = name if member == "list" else singular(name)
                origin = f"the member endpoint `{member}` of `{name}` of `{one.name}`"
                yield Claim(f"{member}_{one.singular}_{called}", path, origin)


def operation(resource: Resource, kind: EndpointName) -> str:
    """Name the operation of an endpoint: `list_products`."""
    return f"{kind}_{resource.plural if kind in OF_MANY else resource.singular}"


def under(resource: Resource) -> Iterator[tuple[Path, tuple[str, RelationSpec]]]:
    """The relations to one below whose targets rows are listed, each with its place."""
    for place, name in enumerate((resource.spec.endpoints.list or ListSpec()).under):
        relation = resource.spec.relations.get(name)
        if relation is not None and not relation.to_many:
            yield (*resource.path, "endpoints", "list", "under", place), (name, relation)


def constants(facts: Facts, resource: Resource) -> Iterator[Claim]:
    """Constants of the module of a resource's statements, the rows that it may import among them.

    Those that every such module has are names that no resource can have.
    """
    own: list[Claim] = []
    for place, (name, _) in under(resource):
        origin = f"the list of `{resource.name}` under `{name}`"
        own.append(Claim(f"LIST_OF_{name.upper()}", place, origin))
    for name, one in resource.spec.relations.items():
        if one.members:
            path = facts.place(resource, "relations", name)
            origin = f"the members of `{name}` of `{resource.name}`"
            own.append(Claim(f"LINKED_{name.upper()}", path, origin))
    if own or facts.row_constants.suffixed:
        for each, name in zip(facts.resources, facts.row_constants.names, strict=True):
            yield Claim(name, each.path, f"the rows of `{each.name}`")
    yield from own


def link_table(resource: Resource, relation: str) -> str:
    """Name the table of the links of a relation to many: `product_tags`."""
    return fitted(f"{resource.singular}_{relation}")


def link_columns(facts: Facts, resource: Resource, name: str) -> tuple[str, str]:
    """Name the columns of a table of links, which are the parameters of its paths too."""
    target = facts.resource(resource.spec.relations[name].target)
    itself = target is None or target.name == resource.name
    member = singular(name) if itself or target is None else target.singular
    return f"{resource.singular}_id", f"{member}_id"


def sql_names(facts: Facts) -> Iterator[Claim]:
    """Tables, indexes and constraints: in PostgreSQL they share one space of names."""
    tables: set[str] = set()
    for one in facts.resources:
        if one.plural in tables:
            continue  # which is told already, and all of its names would be told again
        tables.add(one.plural)
        yield Claim(one.plural, one.path, f"the table of `{one.name}`")
        yield from _of_columns(one)
        yield from _of_links(facts, one)
        for part, kind, what in PARTS:
            for name in getattr(one.spec, part):
                path = facts.place(one, part, name)
                origin = f"{what} `{name}` of `{one.name}`"
                yield Claim(sql_name(kind, one.plural, name), path, origin)


def _of_columns(one: Resource) -> Iterator[Claim]:
    table = one.plural
    for column in one.columns:
        origin = f"{column.origin} of `{one.name}`"
        if column.relation is not None:
            if column.relation.unique:
                yield Claim(sql_name("uq", table, column.name), column.path, origin)
            if not column.relation.unique or one.soft_delete:
                yield Claim(sql_name("ix", table, column.name), column.path, origin)
            yield Claim(sql_name("fk", table, column.name), column.path, origin)
        if column.spec is None or column.name == one.key_name:
            continue
        if column.spec.unique != "no":
            yield Claim(sql_name("uq", table, column.name), (*column.path, "unique"), origin)
        if column.spec.index:
            yield Claim(sql_name("ix", table, column.name), (*column.path, "index"), origin)
        if column.kind.name == "enum":
            yield Claim(sql_name("ck", table, column.name), column.path, origin)


def _of_links(facts: Facts, one: Resource) -> Iterator[Claim]:
    for name, relation in one.spec.relations.items():
        if not relation.to_many:
            continue
        path = facts.place(one, "relations", name)
        table = link_table(one, name)
        origin = f"the links of `{name}` of `{one.name}`"
        yield Claim(table, path, origin)
        owner, member = (key.removesuffix("_id") for key in link_columns(facts, one, name))
        yield Claim(sql_name("ix", table, member), path, origin)
        if owner != member:  # which is told by the names of the columns
            yield Claim(sql_name("fk", table, owner), path, origin)
            yield Claim(sql_name("fk", table, member), path, origin)


def json_keys(facts: Facts, resource: Resource) -> Iterator[Claim]:
    """What stands in the JSON of a row, in whatever body."""
    return _of_row(
        facts,
        resource,
        lambda column: column.wire,
        partial(wire_ids, facts.spec),
        lambda name, relation: relation.as_ or facts.wire(name),
    )


def attributes(facts: Facts, resource: Resource) -> Iterator[Claim]:
    """What a row is made of in Python, and its columns in SQL."""
    return _of_row(facts, resource, lambda column: column.stored, stored_ids, lambda name, _: name)


def _of_row(
    facts: Facts,
    resource: Resource,
    of_column: Callable[[Column], str],
    of_keys: Callable[[str, RelationSpec], str],
    of_expanded: Callable[[str, RelationSpec], str],
) -> Iterator[Claim]:
    """The columns of a row, the keys that it is linked to, and the rows that are expanded in it."""
    # What is called like a column that is made is refused for that already.
    made = {one.name for one in resource.columns if one.made}
    for column in resource.columns:
        if column.made or column.name not in made:
            yield Claim(of_column(column), column.path, column.origin)
    for name, one in resource.spec.relations.items():
        path = facts.place(resource, "relations", name)
        if one.to_many:
            yield Claim(of_keys(name, one), path, f"the relation `{name}`")
        elif one.expand and name not in made:
            yield Claim(of_expanded(name, one), path, f"the expanded relation `{name}`")


def spec_names(facts: Facts, resource: Resource) -> Iterator[Claim]:
    """What filters, sorts, sets and rules call by name."""
    for part, what in (("fields", "field"), ("relations", "relation")):
        for name in getattr(resource.spec, part):
            yield Claim(name, facts.place(resource, part, name), f"the {what} `{name}`")
