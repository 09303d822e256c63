"""Emits `schema.py`: every table of the service, with the digest of all of them."""

from __future__ import annotations

from generator.emit.template import fill, header, literal
from generator.ir import Resource, Service


def emit(service: Service) -> dict[str, str]:
    """Make `schema.py`."""
    text = fill(
        "schema.py",
        header=header(service.source),
        tables=[
            (resource.plural, [resource.plural, *_links(resource)])
            for resource in service.resources
        ],
        digest=literal(service.schema_hash),
    )
    return {"schema.py": text}


def _links(resource: Resource) -> list[str]:
    return [one.link.name for one in resource.relations if one.link]
