"""PostgreSQL: literals have narrow types of their own, which a column beside them widens.

Where there is none beside, they are cast: `2000000000 * 2` would be an overflow. Text without a
column would have no collation: what is done with literals alone was done when they were read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from generator.expressions.sql import SqlWriter, number, text
from generator.expressions.typed import Node
from generator.expressions.writing import ATOM, Written

MICROSECOND = timedelta(microseconds=1)


def write(node: Node, columns: Mapping[str, str]) -> str:
    """Translate an expression."""
    writer = _PostgreSQL(columns)
    written = writer.write(node)
    return writer.firm(written, node).text if written.loose else written.text


class _PostgreSQL(SqlWriter):
    def moment(self, node: Node) -> Written:
        match node.value:
            case float() as value:
                return number(repr(value))
            case datetime() as value:
                there = text(value.replace(tzinfo=None).isoformat(sep=" ") + "+00")
                return Written(f"TIMESTAMPTZ {there}", ATOM, True)
            case date() as value:
                return Written(f"DATE {text(value.isoformat())}", ATOM, True)
            case time() as value:
                return Written(f"TIME {text(value.isoformat())}", ATOM, True)
            case timedelta() as value:
                return Written(str(value // MICROSECOND), ATOM, True)
        raise TypeError(f"no literal: {node.value!r}")

    def number(self, node: Node) -> Written:
        part = node.parts[0]
        if part.operator == "literal":
            return number(repr(float(str(part.value))))
        return Written(f"CAST({self.write(part).text} AS DOUBLE PRECISION)", ATOM)

    def scale(self, node: Node) -> Written:
        return self.write(node.parts[0])

    def firm(self, part: Written, node: Node) -> Written:
        types = {"integer": "BIGINT", "number": "DOUBLE PRECISION"}
        if node.kind not in types:
            return part
        return Written(f"CAST({part.text} AS {types[node.kind]})", ATOM)
