"""What emitters make of a service that is IR already, before it is laid out.

Each resource is shown as much of the service as the compiler shows it. Where a test wants every
file, and laid out, it calls `generator.pieces.compiled`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, MutableMapping
from typing import Any

from generator.emit import contract, models
from generator.ir import Resource, Service

Emitter = Callable[[Resource, Service], dict[str, str]]
"""The `module` of an emitter."""


def modules(service: Service, *emitters: Emitter) -> dict[str, str]:
    """Emit modules of every resource."""
    files: dict[str, str] = {}
    for resource, around in _shown(service):
        for emitter in emitters:
            files |= emitter(resource, around)
    return files


def models_of(service: Service, cache: MutableMapping[str, str] | None = None) -> dict[str, str]:
    """Emit the models of every resource. It costs by far the most of all."""
    return models.modules(_shown(service), {} if cache is None else cache)


def contract_text(service: Service) -> str:
    """Emit the contract."""
    parts = [contract.part(resource, around) for resource, around in _shown(service)]
    return contract.emit(service, parts)["openapi.json"]


def contract_of(service: Service) -> dict[str, Any]:
    """Emit the contract, and read it."""
    document: dict[str, Any] = json.loads(contract_text(service))
    return document


def _shown(service: Service) -> list[tuple[Resource, Service]]:
    return [(one, service.around(one.name)) for one in service.resources]
