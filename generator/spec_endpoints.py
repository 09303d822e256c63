"""The part of the language under `endpoints`: what can be done with a resource."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from generator.field_types import Operator
from generator.scalars import Raw
from generator.spec_forms import as_filters, as_mapping, as_named
from generator.spec_section import Section
from generator.spec_values import Count, Flag, Terms, Texts, read_operators, read_text

EndpointName = Literal[
    "create", "list", "read", "replace", "update", "delete", "bulk_create", "bulk_delete"
]
ENDPOINTS: tuple[EndpointName, ...] = get_args(EndpointName)
USUAL_ENDPOINTS: tuple[EndpointName, ...] = ("create", "list", "read", "update", "delete")
"""What a resource has where its `endpoints` are left out."""
Operators = Annotated[
    tuple[Annotated[Operator, BeforeValidator(read_text)], ...], BeforeValidator(read_operators)
]


class PageSpec(Section):
    """How a list is cut into pages. What is left out comes from `defaults`, else as described."""

    style: Annotated[Literal["page", "cursor"], BeforeValidator(read_text)] | None = Field(
        default=None,
        description="`page`: numbered pages, answered as an array. "
        "`cursor`: stable under inserts and deletes, answered as `items` and `next_cursor`. "
        "By default `page`.",
    )
    size: Count | None = Field(
        default=None, description="Items on a page that asks for no size. By default 20."
    )
    max: Count | None = Field(
        default=None,
        description="The largest page that may be asked for, at most 10,000. By default 100.",
    )
    count: Flag | None = Field(
        default=None, description="Answer `X-Total-Count` (style `page`). By default `false`."
    )


class SortSpec(Section):
    """What a list may be sorted by. `[title]` is short for `{by: [title]}`."""

    expects = "a list of fields or a mapping"
    by: Texts = Field(default=(), description="Fields that `sort=` may name.")
    default: Terms = Field(
        default=(),
        description="The order when none is asked for; `-` for descending. The key breaks ties. "
        "By default by the key.",
    )

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`[title]` -> `{by: [title]}`."""
        return {"by": raw} if isinstance(raw, list) else raw


class ListSpec(Section):
    """Options of the endpoint `list`."""

    filter: Annotated[dict[str, Operators], BeforeValidator(as_filters)] = Field(
        default={},
        description="Fields that narrow a list, with their operators. "
        "`[category]` is short for `{category: [eq]}`.",
    )
    sort: SortSpec = Field(default=SortSpec(), description="What a list may be sorted by.")
    search: Texts = Field(
        default=(),
        description="Text fields in which `q=` looks for words; ASCII case is ignored.",
    )
    under: Texts = Field(
        default=(),
        description="Relations to one whose target also lists these rows: "
        "`[warehouse]` adds `GET /warehouses/{warehouse_id}/products`.",
    )
    page: PageSpec = Field(default=PageSpec(), description="How a list is cut into pages.")


class EndpointSpec(Section):
    """An endpoint without options."""


class BulkCreateSpec(Section):
    """Options of the endpoint `bulk_create`: many rows in one request, all or none of them."""

    max: Count | None = Field(
        default=None, description="The most items of a request, at most 5,000. By default 100."
    )
    on_conflict: Annotated[
        dict[str, Annotated[Literal["refuse", "keep"], BeforeValidator(read_text)]],
        BeforeValidator(as_mapping),
    ] = Field(
        default={},
        description="By unique set, what is done where a row has an item's values already: "
        "`refuse` all, or `keep` that row. By default `refuse`.",
    )
    answer: Annotated[Literal["items", "counts"], BeforeValidator(read_text)] = Field(
        default="items", description="Answer the rows, or how many were created and kept."
    )


class BulkDeleteSpec(Section):
    """Options of the endpoint `bulk_delete`: many rows in one request, all or none of them."""

    max: Count | None = Field(
        default=None, description="The most keys of a request, at most 5,000. By default 100."
    )


class EndpointsSpec(Section):
    """What can be done with a resource. A list of names is short for names without options."""

    expects = "a list of endpoints or a mapping"
    opens = frozenset(ENDPOINTS)

    create: EndpointSpec | None = Field(default=None, description="`POST /products`")
    list: ListSpec | None = Field(default=None, description="`GET /products`")
    read: EndpointSpec | None = Field(default=None, description="`GET /products/{product_id}`")
    replace: EndpointSpec | None = Field(default=None, description="`PUT /products/{product_id}`")
    update: EndpointSpec | None = Field(default=None, description="`PATCH /products/{product_id}`")
    delete: EndpointSpec | None = Field(default=None, description="`DELETE /products/{product_id}`")
    bulk_create: BulkCreateSpec | None = Field(
        default=None, description="`POST /products:bulk-create`"
    )
    bulk_delete: BulkDeleteSpec | None = Field(
        default=None, description="`POST /products:bulk-delete`"
    )

    @property
    def names(self) -> tuple[EndpointName, ...]:
        """Those that the resource has, in the order of this class."""
        return tuple(name for name in ENDPOINTS if getattr(self, name) is not None)

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`[create, read]` -> `{create: , read: }`."""
        return as_named(raw)
