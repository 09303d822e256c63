"""What a write says of columns: the values of a body, as the parameters of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import MISSING, BaseModel
from sqlalchemy import bindparam

from .conflicts import Write
from .drivers import ViolationError
from .rows import Model, Rows
from .rules import broken


def given(body: BaseModel) -> dict[str, object]:
    """Return what a body holds by attribute, without what the client left to the server."""
    return {name: value for name, value in body.__dict__.items() if value is not MISSING}


def parameters(write: Write) -> dict[str, object]:
    """Name the values of a write as statements do."""
    named: dict[str, object] = {f"set__{name}": value for name, value in write.values.items()}
    named["key"] = write.own
    return named


def refuse_broken(write: Write) -> None:
    """Raise what the database would, where the values of a write break a rule."""
    if write.rows.rules:
        refuse_broken_values(write.rows, write.values)


def refuse_broken_values(rows: Rows[Any], values: Mapping[str, object]) -> None:
    """Raise the same for the values of a row."""
    for rule in broken(rows.rules, values):
        raise ViolationError("rule", rule.sql_name)


def split(
    rows: Rows[Model], values: dict[str, object]
) -> tuple[dict[str, object], dict[str, list[object]]]:
    """Part values of columns from the keys of members, by relation."""
    if not rows.links:
        return values, {}
    links = {link.attribute: link.name for link in rows.links}
    columns = {name: value for name, value in values.items() if name not in links}
    members = {
        # Two spellings of one key are one member.
        links[name]: list(dict.fromkeys(value))
        for name, value in values.items()
        if name in links and isinstance(value, list)
    }
    return columns, members


def assignments(rows: Rows[Model], columns: Iterable[str]) -> dict[str, object]:
    """Assign each column the parameter of its name."""
    types = rows.table.c
    return {name: bindparam(f"set__{name}", type_=types[name].type) for name in columns}
