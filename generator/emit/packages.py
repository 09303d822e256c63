"""Emits the packages: `__init__.py` of the service and of each resource."""

from __future__ import annotations

from generator.emit.template import escaped, fill, header
from generator.ir import Service


def emit(service: Service) -> dict[str, str]:
    """Make `__init__.py` and `<resource>/__init__.py`."""
    about = {"__init__.py": service.title}
    for resource in service.resources:
        about[f"{resource.plural}/__init__.py"] = resource.nouns.capitalize()
    return {
        path: fill("package.py", title=escaped(title), header=header(service.source))
        for path, title in about.items()
    }
