"""Emits `schema.py`: every table of the service, with the digest of all of them."""

from __future__ import annotations

from generator.emit.template import fill, header, literal
from generator.ir import Service


def emit(service: Service) -> dict[str, str]:
    """Make `schema.py`."""
    text = fill(
        "schema.py",
        header=header(service.source),
        tables=[resource.plural for resource in service.resources],
        digest=literal(service.schema_hash),
    )
    return {"schema.py": text}
