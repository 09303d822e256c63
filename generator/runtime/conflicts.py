"""Conflicts: what is in the way of a write, and how a client is told.

Databases name what a write breaks in different ways, and another thing where several are broken. So
the service looks for itself, in the order of the spec (references, unique sets, rules); the
database's report is for races that looking loses.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Column, bindparam, select
from sqlalchemy.engine import Dialect

from .columns import Secret
from .database import Database
from .drivers import ViolationError
from .prepared import dialect_name, prepare, stored
from .problems import Problem
from .references import absent, target
from .rows import Rows, Unique, wire_value
from .rules import Rule, broken
from .steps import Steps
from .stored import DialectName
from .unique_sets import Member, holders, member_of

T = TypeVar("T")
ATTEMPTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What a write puts into one row."""

    rows: Rows[Any]
    values: Mapping[str, object]
    """Python values by column."""
    members: Mapping[str, Sequence[object]] = field(default_factory=dict)
    """The keys of what the row is linked to, by relation to many."""
    own: object | None = None
    """The key of the row that is written; None where it is a new one."""
    body: BaseModel | None = None
    """Whose names of columns are the client's, where they are not answered."""


async def refuse_conflicts(database: Database, write: Write, run: Callable[[], Awaitable[T]]) -> T:
    """Run a write of one row; raise the problem of the first conflict where it is refused."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await run()
        except ViolationError as error:
            found = await database.transact(
                lambda: find_conflicts({0: write}, database.engine.dialect)
            )
            if not found and attempt < ATTEMPTS:
                continue
            raise (found[0] if found else reported(write, error)) from error
    raise AssertionError("the last attempt returns or raises")


def find_conflicts(writes: Mapping[int, Write], dialect: Dialect) -> Steps[dict[int, Problem]]:
    """Return the first thing that is in the way of each write, by its index."""
    found: dict[int, Problem] = {}
    if not writes:
        return found
    rows = next(iter(writes.values())).rows
    merged = {index: write.values for index, write in writes.items()}
    for index, write in writes.items():
        if write.own is not None:
            merged[index] = {**(yield from _stored_values(write, dialect)), **write.values}
    for problems in (
        (yield from _missing_references(rows, writes, dialect)),
        (yield from _missing_members(rows, writes, dialect)),
        (yield from _taken_sets(rows, writes, merged, dialect)),
        _broken_rules(rows, writes, merged),
    ):
        for index, problem in problems:
            found.setdefault(index, problem)
    return dict(sorted(found.items()))


def sought(
    writes: Mapping[int, Write],
    column: Column[Any],
    given: Mapping[int, Collection[object]],
) -> dict[int, set[object]]:
    """Return which of the keys that writes give, by index, have to be there before.

    A new row may refer to itself and to the new rows before it, where clients give the keys.
    """
    rows = next(iter(writes.values())).rows
    own_table = target(column) is rows.key
    made: set[object] = set()
    found: dict[int, set[object]] = {}
    for index, write in writes.items():
        if own_table and write.own is None:
            made.add(write.values.get(rows.key.key))
        found[index] = set(given[index]) - made - {None}
    return found


def missing_reference(write: Write, relation: str) -> Problem:
    """Make the problem of a write that refers to a row that is not there."""
    rows = write.rows
    for reference in rows.references:
        if reference.name == relation:
            return _missing(write, relation, reference.column, rows.table.c[reference.column])
    link = rows.link(relation)
    return _missing(write, relation, link.attribute, link.member)


def reported(write: Write, violation: ViolationError) -> Problem:
    """Name what the database named; whatever is in the way is gone, or not yet to be seen."""
    rows, report = write.rows, violation.report
    if violation.kind == "unique":
        for unique in rows.unique:
            if unique.reported_in(report, rows.table.name):
                return _taken(write, unique, None)
    if violation.kind == "rule":
        for rule in rows.rules:
            if rule.reported_in(report):
                return _broken(write, rule)
    if violation.kind == "reference":
        for relation, column in _given_columns(write):
            names = {
                relation,
                *(one.constraint.name for one in column.foreign_keys if one.constraint),
            }
            if report in names or "FOREIGN KEY" in report:
                return missing_reference(write, relation)
    raise LookupError(f"the database reported what the service does not know: {report}")


def _stored_values(write: Write, dialect: Dialect) -> Steps[dict[str, object]]:
    """Read what an update leaves as it is: of a secret, whether there is one.

    What is computed changes with the rest.
    """
    rows, name = write.rows, dialect_name(dialect)
    columns = [column for column in rows.table.c if column.computed is None]
    prepared = rows.lookups.get(
        (name, "stored"),
        lambda: prepare(
            select(
                *(one.is_not(None) if isinstance(one.type, Secret) else one for one in columns)
            ).where(rows.key == bindparam("key")),
            dialect,
        ),
    )
    for row in (yield prepared.sql, prepared.values({"key": write.own})):
        return {
            column.key: _known(column, raw, name) for column, raw in zip(columns, row, strict=True)
        }
    return {}


def _known(column: Column[Any], raw: object, dialect: DialectName) -> object:
    """Return a value as rules read it."""
    if isinstance(column.type, Secret):
        return True if raw else None
    return None if raw is None else stored(column).decoder(dialect)(raw)


Found = list[tuple[int, Problem]]


def _missing_references(
    rows: Rows[Any], writes: Mapping[int, Write], dialect: Dialect
) -> Steps[Found]:
    found: Found = []
    for reference in rows.references:
        column = rows.table.c[reference.column]
        given = {index: [write.values.get(column.key)] for index, write in writes.items()}
        wanted = sought(writes, column, given)
        missing = yield from absent(
            rows, column, set().union(*wanted.values()), dialect, lock=False
        )
        for index, keys in wanted.items():
            if not missing.isdisjoint(keys):
                found.append((index, missing_reference(writes[index], reference.name)))
    return found


def _missing_members(
    rows: Rows[Any], writes: Mapping[int, Write], dialect: Dialect
) -> Steps[Found]:
    found: Found = []
    for link in rows.links:
        given = {index: write.members.get(link.name, ()) for index, write in writes.items()}
        wanted = sought(writes, link.member, given)
        keys = set().union(*wanted.values())
        missing = yield from absent(rows, link.member, keys, dialect, lock=False)
        for index, members in wanted.items():
            if not missing.isdisjoint(members):
                found.append((index, missing_reference(writes[index], link.name)))
    return found


def _taken_sets(
    rows: Rows[Any],
    writes: Mapping[int, Write],
    merged: Mapping[int, Mapping[str, object]],
    dialect: Dialect,
) -> Steps[Found]:
    """Find sets that a row of the table has, or an earlier one of the writes."""
    found: Found = []
    for unique in rows.unique:
        wanted: dict[int, Member] = {}
        for index, write in writes.items():
            member = member_of(unique, merged[index])
            if member is not None and not write.values.keys().isdisjoint(unique.columns):
                wanted[index] = member
        own = next((write.own for write in writes.values()), None)
        held = yield from holders(rows, unique, dict.fromkeys(wanted.values()), dialect, own)
        seen: set[Member] = set()
        for index, member in wanted.items():
            if member in held:
                key = wire_value(rows.key, held[member], dialect_name(dialect))
                found.append((index, _taken(writes[index], unique, key)))
            elif member in seen:
                found.append((index, _taken(writes[index], unique, None)))
            seen.add(member)
    return found


def _broken_rules(
    rows: Rows[Any],
    writes: Mapping[int, Write],
    merged: Mapping[int, Mapping[str, object]],
) -> Iterable[tuple[int, Problem]]:
    for index, write in writes.items():
        for rule in broken(rows.rules, merged[index]):
            yield index, _broken(write, rule)


def _given_columns(write: Write) -> Iterable[tuple[str, Column[Any]]]:
    """Yield the relations that a write gives, each with the column that holds the keys."""
    for reference in write.rows.references:
        if write.values.get(reference.column) is not None:
            yield reference.name, write.rows.table.c[reference.column]
    for link in write.rows.links:
        if write.members.get(link.name):
            yield link.name, link.member


def _missing(write: Write, relation: str, attribute: str, column: Column[Any]) -> Problem:
    wire = write.rows.wire_name(attribute, write.body)
    noun = target(column).table.info.get("noun", relation)
    detail = f"There is no {noun} that {wire} refers to."
    return Problem("reference-missing", detail, relation=relation, fields=[wire])


def _taken(write: Write, unique: Unique, key: object) -> Problem:
    fields = [write.rows.wire_name(name, write.body) for name in unique.columns]
    what = fields[0] if len(fields) == 1 else f"combination of {', '.join(fields)}"
    detail = f"Another {write.rows.noun} has this {what}."
    if key is None:
        return Problem("unique-taken", detail, constraint=unique.name, fields=fields)
    return Problem("unique-taken", detail, constraint=unique.name, fields=fields, key=key)


def _broken(write: Write, rule: Rule) -> Problem:
    fields = [write.rows.wire_name(name, write.body) for name in rule.columns]
    return Problem("rule-broken", rule.message, rule=rule.name, message=rule.message, fields=fields)
