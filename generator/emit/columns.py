"""Python expressions that several emitters write alike: a column, a value that a field holds."""

from __future__ import annotations

from generator.emit.template import literal
from generator.ir import Type

# Methods of SQLAlchemy's collection of columns: a field of such a name is reached by its key.
_TAKEN = frozenset(
    [
        "add",
        "as_readonly",
        "as_collection",
        "clear",
        "compare",
        "contains_column",
        "corresponding_column",
        "extend",
        "get",
        "has_key",
        "items",
        "keys",
        "remove",
        "update",
        "values",
    ]
)
_CONVERTED = {
    "decimal": "decimal.Decimal({})",
    "date": "datetime.date.fromisoformat({})",
    "datetime": "datetime.datetime.fromisoformat({})",
    "time": "datetime.time.fromisoformat({})",
    "duration": "read_duration({})",
    "uuid": "uuid.UUID({})",
}


def column(table: str, name: str) -> str:
    """Write a column of a table: `products.c.title`, `products.c["keys"]`."""
    return f'{table}.c["{name}"]' if name in _TAKEN else f"{table}.c.{name}"


def python_value(type_: Type, value: object) -> str:
    """Write the Python value of a JSON value: `5`, `decimal.Decimal('1.50')`."""
    if value is not None and type_.kind.name in _CONVERTED:
        return _CONVERTED[type_.kind.name].format(literal(value))
    return literal(value)
