"""What services make by themselves, made the same in both: keys, times, request ids, hashes."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.parity.exact import WRITERS, Fate
from tests.services import Compiled

HASHED = "not a hash of "


class PlainHasher:
    """Takes the place of argon2, which has a salt, and takes a tenth of a second."""

    def hash(self, password: str, /) -> str:
        """Make something of a secret."""
        return HASHED + password


def share_fate(fate: Fate, services: tuple[Compiled, ...], patch: pytest.MonkeyPatch) -> None:
    """Put the services under one clock and one chance."""
    for service in services:
        modules: dict[str, ModuleType] = {
            name: service.module(f"runtime.{name}") for name in (*WRITERS, "made")
        }
        fate.rule(modules, patch)
        patch.setattr(service.module("runtime.hashing"), "_hasher", PlainHasher)
        request_ids = service.module("runtime.request_ids")
        patch.setattr(request_ids, "_new_id", lambda: f"{fate.requests:032x}")
