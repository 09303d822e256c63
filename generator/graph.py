"""Resources and relations of a service as a Mermaid diagram, which GitHub draws in Markdown.

A resource shows what tells its rows apart: its key and its unique sets. An edge has the names of
both of its sides: what the many are called, and what each of them calls the one.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.ir import Field, Relation, Resource, Service

KEY_WORDS = ("pk", "fk", "uk")


def graph(service: Service) -> str:
    """Draw a service as an `erDiagram`."""
    lines = ["erDiagram"]
    for resource in service.resources:
        lines += _entity(resource)
    for resource in service.resources:
        lines += [_edge(resource, relation) for relation in resource.relations]
    return "\n".join(lines) + "\n"


def _entity(resource: Resource) -> Iterator[str]:
    yield f"    {_name(resource.name)} {{"
    for field in resource.fields:
        marks = _marks(resource, field)
        if {"PK", "UK"} & set(marks):
            # Mermaid reads a column of this name as its own word, whatever its case.
            name = f"*{field.name}" if field.name in KEY_WORDS else field.name
            sets = _sets(resource, field)
            comment = f' "{", ".join(sets)}"' if sets else ""
            yield f"        {field.type.kind.name} {name} {', '.join(marks)}{comment}"
    yield "    }"


def _marks(resource: Resource, field: Field) -> list[str]:
    found = {
        "PK": field.role == "key",
        "FK": field.role == "reference",
        "UK": any(field.name in one.fields and not one.primary for one in resource.unique_sets),
    }
    return [mark for mark, holds in found.items() if holds]


def _sets(resource: Resource, field: Field) -> list[str]:
    """Name the sets that a field is unique in together with others."""
    sets = resource.unique_sets
    return [one.name for one in sets if field.name in one.fields and len(one.fields) > 1]


def _edge(resource: Resource, relation: Relation) -> str:
    """Draw the target first, so that it stands above those that refer to it."""
    if relation.to_many:
        ends = "}o--o{"
    else:
        ends = ("||" if relation.required else "|o") + "--" + ("o|" if relation.unique else "o{")
    names = f"{relation.inverse} / {relation.name}"
    return f'    {_name(relation.target)} {ends} {_name(resource.name)} : "{names}"'


def _name(resource: str) -> str:
    """Quote a name: bare, `One` or `Style` would be words of Mermaid's."""
    return f'"{resource}"'
