"""Keys for paths: of rows that there are, and of rows that there are not."""

from __future__ import annotations

import random
import string
import uuid
from urllib.parse import quote

from .contract import Operation
from .parameters import Key
from .verdict import Tally

TRIES = 10_000


def absent_key(key: Key, rows: set[str], chance: random.Random) -> str:
    """Make up a key that the contract allows and that no row has."""
    for _ in range(TRIES):
        made = _made_up(key.parameter.type, key.parameter.format, chance)
        if made not in rows and key.parameter.accepts([made]):
            return made
    raise LookupError(key.parameter.name)


def _made_up(type_: str, format_: str | None, chance: random.Random) -> str:
    if type_ == "integer":
        return str(chance.randint(1, 2**53 - 1))
    if format_ == "uuid":
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))
    letters = chance.choice((string.ascii_uppercase, string.ascii_lowercase, string.digits))
    return "".join(chance.choices(letters, k=chance.randint(1, 12)))


def target_of(operation: Operation, tally: Tally, chance: random.Random) -> str:
    """Return a path of the operation: of rows that there are, where there are some."""
    segments = operation.path.split("/")
    for key in operation.keys:
        rows = tally.rows.keys(key.collection or operation.keys[0].collection)
        chosen = rows[-1] if rows else absent_key(key, set(), chance)
        segments[key.place] = quote(chosen, safe="")
    return "/".join(segments)
