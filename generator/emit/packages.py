"""Emits the packages: `__init__.py` of the service and of each resource."""

from __future__ import annotations

from generator.emit.template import escaped, fill, header
from generator.ir import Resource, Service


def emit(service: Service) -> dict[str, str]:
    """Make `__init__.py`."""
    return {"__init__.py": _package(service.title, service)}


def module(resource: Resource, service: Service) -> dict[str, str]:
    """Make that of one resource."""
    return {f"{resource.plural}/__init__.py": _package(resource.nouns.capitalize(), service)}


def _package(title: str, service: Service) -> str:
    return fill("package.py", title=escaped(title), header=header(service.source))
