"""Emits the runtime: the modules of `generator/runtime`, copied as they are."""

from __future__ import annotations

from importlib.resources import files

from generator.ir import Service


def emit(service: Service) -> dict[str, str]:
    """Make `runtime/`. It is the same in every service."""
    folder = files("generator") / "runtime"
    return {
        f"runtime/{module.name}": module.read_text("utf-8")
        for module in sorted(folder.iterdir(), key=lambda one: one.name)
        if module.name.endswith(".py")
    }
