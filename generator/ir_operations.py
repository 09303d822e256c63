"""The part of the IR that says what can be done: operations, lists and their filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.field_types import Operator
from generator.ir_fields import Type

OperationKind = Literal[
    "create",
    "list",
    "read",
    "replace",
    "update",
    "delete",
    "bulk_create",
    "bulk_delete",
    "add_member",
    "remove_member",
    "list_members",
]

ConflictCode = Literal[
    "unique-taken", "reference-missing", "rule-broken", "still-referenced", "too-many-members"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One HTTP operation. Routers, contract and clients all read this, so they cannot differ."""

    kind: OperationKind
    name: str
    """`list_products`: the handler and the operationId."""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    summary: str
    """One line with a full stop: `List products.`"""
    status: int
    body: str | None
    """The schema that is read: `ProductCreate`."""
    answer: str | None
    """The schema that is answered: `ProductPage`, or `Product` (an array of them in page style)."""
    problems: tuple[int, ...]
    """Every other status that it answers, ascending."""
    conflicts: tuple[ConflictCode, ...] = ()
    """The kinds of problems that it can answer with 409."""
    body_limit: int
    """Bytes; 0 where no body is read."""
    path_parameters: tuple[PathParameter, ...] = ()
    """In the order of the path."""
    listing: Listing | None = None
    """Of `list`, under another resource too, and of `list_members`."""
    under: str | None = None
    """Of a list below another resource: the relation that leads there, `warehouse`."""
    relation: str | None = None
    """Of the members of a relation to many: that relation, `tags`."""
    conditional: bool = False
    """Whether it answers 304 to a client that has the answer already."""
    bulk: Bulk | None = None
    read_parameters: str | None = None
    """Of a read whose answer can be expanded: the class of its query parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathParameter:
    """A key in a path."""

    name: str
    """`product_id`."""
    resource: str
    """Whose key it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Of an operation on many rows."""

    most: int
    """Items, or keys, of a request."""
    keep: tuple[str, ...] = ()
    """Unique sets (their names) that a row may have already: it is kept."""
    counts: bool = False
    """Whether it answers counts instead of rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list filters by, sorts by, and how it is paged."""

    parameters: str
    """The class of its query parameters: `ProductListParams`."""
    filters: tuple[Filter, ...]
    sorts: tuple[str, ...]
    """Fields that `sort=` may name."""
    default_sort: tuple[Term, ...]
    """Without the key that breaks ties."""
    style: Literal["page", "cursor"]
    size: int
    max_size: int
    count: bool
    query_limit: int
    """Bytes."""
    search: tuple[str, ...] = ()
    """Fields in which `q=` looks for words."""
    expand: tuple[str, ...] = ()
    """Relations that `expand=` may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A field with a direction: of an index, or of an order."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A query parameter that narrows a list."""

    name: str
    """In Python: `category_in`."""
    wire: str
    field: str
    """A column of the resource; of the target, where it goes through a relation to one; the
    attribute of the keys (`tag_ids`) for `any`, `all` and `none`."""
    operator: Operator
    type: Type
    """Of one value: the field's type without its own bounds, but never longer than it."""
    through: str | None = None
    """The relation to one whose target has the field: `warehouse`."""
    relation: str | None = None
    """The relation to many of `any`, `all` and `none`: `tags`."""
