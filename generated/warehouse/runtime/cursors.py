"""Cursors: where the next page begins, as an opaque text.

A cursor holds the sort and the last row's values of it, as they are on the wire; they are not
signed, so they are checked as strictly as what clients send. Where the values are too long for a
cursor, it holds the key alone, and the values are read from the row.
"""

from __future__ import annotations

import decimal
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    desc,
    tuple_,
    union_all,
)

from .columns import Decimal, Integer
from .drivers import Row
from .orders import Term
from .prepared import stored
from .problems import Problem
from .rows import Rows
from .stored import DialectName

VERSION = 1
LONGEST = 512


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: its values of the order's terms, the key's last."""

    values: tuple[object, ...]
    """The key alone where the others were too long."""


def write_cursor(
    rows: Rows[Any], terms: Sequence[Term], row: Row, dialect: DialectName, digest: str
) -> str:
    """Write where the page after a row begins."""
    values = [
        stored(term.column).encoder(dialect)(rows.value_of(term.column, row)) for term in terms
    ]
    cursor = _shown(f'[{VERSION},"{digest}",[{",".join(values)}]]')
    return cursor if len(cursor) <= LONGEST else _shown(f'[{VERSION},"{digest}",[{values[-1]}]]')


def read_cursor(rows: Rows[Any], terms: Sequence[Term], cursor: str, digest: str) -> Position:
    """Read a cursor of this list; raise the problem `unknown-cursor` for any other text."""
    try:
        version, made_for, wire = _decode(cursor)
        if version != VERSION or made_for != digest or not isinstance(wire, list):
            raise ValueError
        columns = [term.column for term in terms][-len(wire) :]
        if len(wire) not in (1, len(terms)):
            raise ValueError
        parsed = [rows.parse(column, value) for column, value in zip(columns, wire, strict=True)]
        if not all(map(_fits, columns, parsed)):
            raise ValueError
    except ValueError:
        raise unknown_cursor() from None
    return Position(tuple(parsed))


def unknown_cursor() -> Problem:
    """Make the problem of a cursor that leads nowhere."""
    return Problem("unknown-cursor", "There is no such cursor for this list; begin without one.")


def continued(
    statement: Select[*tuple[Any, ...]], terms: Sequence[Term], dialect: DialectName
) -> Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]:
    """Select, in order, the rows after the position whose values are `cursor__0`, `cursor__1`..."""
    by_rowid = dialect == "sqlite" and isinstance(terms[-1].column.type, Integer)
    if len(terms) == 1 or not by_rowid or not terms[0].indexed:
        rest = statement.where(beyond(terms))
        return rest.order_by(*(term.clause() for term in terms))
    # SQLite looks a row value up in an index as far as the rowid, and no further: of many rows that
    # differ in nothing else, it would pass all before the position. So it merges two ranges.
    marks = _marks(terms)
    equal = [term.column == mark for term, mark in zip(terms[:-1], marks[:-1], strict=True)]
    ties = statement.where(*equal, _beyond(terms[-1:], marks[-1:]))
    merged = union_all(ties, statement.where(_beyond(terms[:-1], marks[:-1])))
    columns = merged.selected_columns
    return merged.order_by(
        *(desc(columns[t.column.key]) if t.descending else columns[t.column.key] for t in terms)
    )


def beyond(terms: Sequence[Term]) -> ColumnElement[bool]:
    """Hold for the rows after the position whose values are `cursor__0`, `cursor__1`..."""
    return _beyond(terms, _marks(terms))


def _marks(terms: Sequence[Term]) -> list[BindParameter[Any]]:
    return [bindparam(f"cursor__{at}", type_=term.column.type) for at, term in enumerate(terms)]


def _beyond(terms: Sequence[Term], marks: Sequence[BindParameter[Any]]) -> ColumnElement[bool]:
    columns = [term.expression for term in terms]
    descending = terms[-1].descending
    if len(terms) == 1:
        return columns[0] < marks[0] if descending else columns[0] > marks[0]
    here, there = tuple_(*columns), tuple_(*marks)
    return here < there if descending else here > there


def digest(rows: Rows[Any], terms: Sequence[Term], under: str = "") -> str:
    """Tell orders, and lists, apart; `under` names the row that a list lies below."""
    text = ",".join(f"{'-' * term.descending}{term.column.key}" for term in terms)
    where = f"{rows.table.name}:{text}" + (f":{under}" if under else "")
    return blake2b(where.encode(), digest_size=6).hexdigest()


def _fits(column: Column[Any], value: object) -> bool:
    """Tell whether a column could hold a decimal: no database compares it with one it cannot."""
    kind = column.type
    if not isinstance(kind, Decimal) or not isinstance(value, decimal.Decimal):
        return True
    return abs(value) < 10 ** (kind.precision - kind.scale) and value == round(value, kind.scale)


def _shown(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[object, object, object]:
    try:
        content = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (Base64Error, UnicodeDecodeError, RecursionError) as error:
        raise ValueError from error
    if not isinstance(content, list) or len(content) != 3:
        raise ValueError
    return content[0], content[1], content[2]
