"""Runs every emitter: the files of a whole service."""

from __future__ import annotations

from collections.abc import MutableMapping

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
from generator.ir import Service

__all__ = ["emit"]


def emit(service: Service, cache: MutableMapping[str, str]) -> dict[str, str]:
    """Make every file of a service, by path below its folder."""
    files: dict[str, str] = {}
    emitters = (packages, applications, settings, schema, tables, rows, queries, routers)
    for emitter in emitters:
        files |= emitter.emit(service)
    files |= models.emit(service, cache)
    files |= contract.emit(service)
    files |= runtime.emit(service)
    return files
