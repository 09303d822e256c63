"""Emits `settings.py`: what a deployment may change."""

from __future__ import annotations

from generator.emit.template import fill, header, literal
from generator.ir import Service


def emit(service: Service) -> dict[str, str]:
    """Make `settings.py`."""
    prefix = f"{service.name.upper()}_"
    text = fill(
        "settings.py",
        header=header(service.source),
        prefix=prefix,
        prefix_literal=literal(prefix),
        cors=service.cors is not None,
        credentials=service.cors is not None and service.cors.credentials,
        database_url=literal(f"sqlite+aiosqlite:///./var/{service.name}.db"),
    )
    return {"settings.py": text}
