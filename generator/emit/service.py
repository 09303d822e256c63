"""Runs every emitter: a piece for each resource, and the files of the service around them."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass

from generator.emit import (
    applications,
    contract,
    models,
    packages,
    queries,
    routers,
    rows,
    runtime,
    schema,
    settings,
    tables,
)
from generator.ir import Resource, Service

__all__ = ["Piece", "emit_around", "emit_pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """All that is emitted for one resource."""

    files: dict[str, str]
    contract: contract.Part


def emit_pieces(
    resources: Sequence[tuple[Resource, Service]], cache: MutableMapping[str, str]
) -> list[Piece]:
    """Make the pieces of resources. Each is shown as much of the service as it depends on."""
    models_of = models.modules(resources, cache)
    pieces: list[Piece] = []
    for resource, service in resources:
        files: dict[str, str] = {}
        for emitter in (packages, tables, rows, queries, routers):
            files |= emitter.module(resource, service)
        for path in (f"{resource.plural}/models.py", f"{resource.plural}/expanded.py"):
            if path in models_of:
                files[path] = models_of[path]
        pieces.append(Piece(files, contract.part(resource, service)))
    return pieces


def emit_around(service: Service, pieces: Iterable[Piece]) -> dict[str, str]:
    """Make what a service has beside its resources: its application, its contract, the runtime."""
    files: dict[str, str] = {}
    for emitter in (packages, applications, settings, schema, runtime):
        files |= emitter.emit(service)
    return files | contract.emit(service, [one.contract for one in pieces])
