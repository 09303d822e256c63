"""The names of the constants that emitted modules import from each other."""

from __future__ import annotations

from generator.ir import Operation, Resource
from generator.naming import constant


def rows_of(resource: Resource) -> str:
    """Name the rows of a resource: `PRODUCT`."""
    return constant(resource.name)


def statement_of(operation: Operation) -> str:
    """Name the statement of an operation: `BULK_CREATE`, `LIST_OF_WAREHOUSE`, `LINKED_TAGS`."""
    if operation.under:
        return f"LIST_OF_{operation.under.upper()}"
    if operation.relation:
        return f"LINKED_{operation.relation.upper()}"
    return operation.kind.upper()
