"""Rows as JSON text, straight from the values that the driver returned.

The text equals what the response model would write of the same row with `model_dump_json`, byte
for byte; no Python value is made on the way, and nothing is validated again. How rows of some
columns are written is a function that is made once, as source text: one f-string per row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from string import Template
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy.types import TypeEngine

from .json_text import write_string
from .stored import DialectName, Stored


class Member(NamedTuple):
    """A value of a row, and the JSON key that it stands under."""

    key: str
    type: TypeEngine[Any]
    nullable: bool = True
    """Whether it may be null. Elsewhere a null is a ValueError."""


class RowEncoder(NamedTuple):
    """What writes rows of some columns.

    A row of another length is a ValueError, and so is a null that the table should have refused:
    somebody changed the table, and what the contract excludes is not answered.
    """

    one: Callable[[Sequence[Any]], str]
    many: Callable[[Iterable[Sequence[Any]]], list[str]]


_TEMPLATE = """
def many(rows):
    texts = []
    add = texts.append
    for {target} in rows:
        if {missing}:
            raise ValueError("a column holds null that cannot: is the table that of the spec?")
{nulls}
        add({text})
    return texts
"""


def row_encoder(members: Iterable[Member], dialect: DialectName) -> RowEncoder:
    """Make the encoder of rows whose values are of these types."""
    names: dict[str, Any] = {"to_json": to_json}
    pieces: list[str] = []
    nulls: list[str] = []
    targets: list[str] = []
    missing: list[str] = []
    for at, member in enumerate(members):
        value = f"v{at}"
        targets.append(f"{value}, ")
        part = _part(member, value, names, dialect)
        if member.nullable:
            nulls.append(f"        {value} = 'null' if {value} is None else {part}")
            part = f"f'{{{value}}}'"
        else:
            missing.append(f"{value} is None")
        literal = f"{',' if at else ''}{write_string(member.key)}:"
        pieces.append(f"{literal!r} {part}")
    source = _TEMPLATE.format(
        target=f"({''.join(targets)})",
        missing=" or ".join(missing) or "False",
        nulls="\n".join(nulls),
        text=" ".join(["'{'", *pieces, "'}'"]),
    )
    exec(compile(source, "<encoder of rows>", "exec"), names)
    many = names["many"]
    # One function is compiled, not two: that is most of what an encoder costs.
    return RowEncoder(lambda row: many((row,))[0], many)


def _part(member: Member, value: str, names: dict[str, Any], dialect: DialectName) -> str:
    """Write the f-string of one value that is not null; what it calls is put into `names`."""
    if not isinstance(member.type, Stored):
        raise TypeError(f"{member.key} is not of a type of columns.py")
    names[f"write_{value}"] = member.type.encoder(dialect)
    source = member.type.encoder_source(dialect) or f"{{write_{value}($v)}}"
    return f"f'''{Template(source).substitute(v=value)}'''"
