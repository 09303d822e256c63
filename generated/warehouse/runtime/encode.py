"""A row as JSON text, straight from the values that the driver returned.

The text equals what the response model would write of the same row with `model_dump_json`, byte
for byte; no Python value is made on the way, and nothing is validated again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy.types import TypeEngine

from .json_text import write_string
from .stored import DialectName, Stored

RowEncoder = Callable[[Sequence[Any]], str]


def row_encoder(members: Iterable[tuple[str, TypeEngine[Any]]], dialect: DialectName) -> RowEncoder:
    """Make the encoder of rows whose values are of these types, each under its JSON key."""
    parts = []
    for key, type_ in members:
        if not isinstance(type_, Stored):
            raise TypeError(f"{key} is not of a type of columns.py")
        parts.append((f"{write_string(key)}:", type_.encoder(dialect)))

    def encode(row: Sequence[Any]) -> str:
        text = [
            f"{name}null" if value is None else name + write(value)
            for (name, write), value in zip(parts, row, strict=True)
        ]
        return f"{{{','.join(text)}}}"

    return encode
