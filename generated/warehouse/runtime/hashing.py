"""Secrets: hashed with argon2id off the event loop, before the write and outside of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol

from sqlalchemy import Table

from . import columns
from .database import Database


class Hasher(Protocol):
    """What makes a hash, with its salt and parameters in it, out of a secret."""

    def hash(self, password: str, /) -> str:
        """Hash a secret with a new salt."""


async def hash_secrets(
    database: Database, table: Table, values: Mapping[str, object]
) -> dict[str, object]:
    """Return the values with every secret among them replaced by its hash."""
    hashed = dict(values)
    for name, value in values.items():
        if isinstance(value, str) and isinstance(table.c[name].type, columns.Secret):
            async with database.hashing:
                hashed[name] = await asyncio.to_thread(_hasher().hash, value)
    return hashed


@cache
def _hasher() -> Hasher:
    """Import the hasher where a secret is first written: most services have none."""
    hasher: Hasher = import_module("pwdlib.hashers.argon2").Argon2Hasher()
    return hasher
