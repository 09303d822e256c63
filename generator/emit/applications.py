"""Emits `app.py`, and the team's own application that is written once."""

from __future__ import annotations

from generator.emit.template import escaped, fill, header, literal
from generator.ir import Cors, Service


def emit(service: Service) -> dict[str, str]:
    """Make `app.py`."""
    text = fill(
        "app.py",
        header=header(service.source),
        title=escaped(service.title),
        name=service.name,
        routers=[resource.plural for resource in service.resources],
        cors=[(literal(path), cors_rule(cors)) for path, cors in _policies(service)],
        title_literal=literal(service.title),
        version=literal(service.version),
    )
    return {"app.py": text}


def application(service: Service) -> str:
    """Make `app/<name>.py`, which belongs to the team from then on."""
    return fill("application.py", title=escaped(service.title), name=service.name)


def cors_rule(cors: Cors) -> str:
    """Write a cross-origin policy: `CorsRule(origins=("https://a.example",), ...)`."""
    parts = {
        "origins": cors.origins,
        "methods": cors.methods,
        "headers": cors.headers,
        "expose": cors.expose,
        "credentials": cors.credentials,
        "max_age": cors.max_age,
    }
    return f"CorsRule({', '.join(f'{name}={literal(value)}' for name, value in parts.items())},)"


def _policies(service: Service) -> list[tuple[str, Cors]]:
    """Every policy with the path it begins at, the service's own first."""
    every = [("", service.cors), *((one.path, one.cors) for one in service.resources)]
    return [(path, cors) for path, cors in every if cors is not None]
