"""The part of the language under `resources`: relations, rules, traits, resources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.scalars import Raw
from generator.spec_endpoints import USUAL_ENDPOINTS, EndpointsSpec
from generator.spec_fields import FieldSpec, KeySpec
from generator.spec_forms import as_mapping
from generator.spec_section import Section
from generator.spec_values import (
    Concurrency,
    Count,
    Flag,
    TargetText,
    Terms,
    Text,
    Texts,
    Timestamps,
    Value,
    read_list,
    read_text,
)


class CorsSpec(Section):
    """Which web pages of other origins may call the service. Without it, none."""

    origins: Texts = Field(description='Exact origins (`scheme://host[:port]`), or `["*"]`.')
    methods: Texts | None = Field(
        default=None, description="Allowed methods. By default those that the endpoints use."
    )
    headers: Texts | None = Field(
        default=None,
        description="Allowed request headers. By default those that the endpoints read.",
    )
    expose: Texts | None = Field(
        default=None,
        description="Response headers that a page may read. "
        "By default those that the endpoints send and a browser hides.",
    )
    credentials: Flag = Field(default=False, description="Allow cookies and `Authorization`.")
    max_age: Count = Field(default=600, description="Seconds for which a preflight may be cached.")


class RelationSpec(Section):
    """What rows of a resource refer to: a row of another, or many. One entry names both sides."""

    to: TargetText = Field(
        description="`Warehouse` (one), `Supplier?` (one or none), `list(Tag)` (many)."
    )
    inverse: Text = Field(
        description="What it is called from the other side: `products`. It names the nested path."
    )
    on_delete: (
        Annotated[Literal["restrict", "cascade", "set_null"], BeforeValidator(read_text)] | None
    ) = Field(
        default=None,
        description="Of a relation to one, when its target is deleted: `restrict` refuses that, "
        "`cascade` deletes the row too, `set_null` clears an optional relation. "
        "By default `restrict`.",
    )
    unique: Flag = Field(
        default=False, description="Of a relation to one: no two rows refer to the same."
    )
    max: Count | None = Field(
        default=None,
        description="Of a relation to many: the most that a row refers to. By default 100.",
    )
    members: Annotated[
        tuple[Annotated[Literal["add", "remove", "list"], BeforeValidator(read_text)], ...],
        BeforeValidator(read_list),
    ] = Field(
        default=(),
        description="Of a relation to many, endpoints for single links: `add` and `remove` "
        "(`PUT` and `DELETE /products/{product_id}/tags/{tag_id}`), `list`.",
    )
    ids: Text | None = Field(
        default=None,
        description="Of a relation to many: the name of the keys in JSON. "
        "By default the singular with `_ids`.",
    )
    body: Flag = Field(
        default=True,
        description="Of a relation to many: `false` leaves it out of bodies and answers.",
    )
    expand: Flag = Field(
        default=False,
        description="Of a relation to one: `?expand=warehouse` answers the whole target.",
    )
    write: Annotated[Literal["always", "create", "never"], BeforeValidator(read_text)] = Field(
        default="always", description="When clients may set it; `create`: it never changes."
    )
    description: Text | None = Field(
        default=None, description="What the relation is, for readers of the API."
    )
    example: Value = Field(default=None, description="A key, or keys, as a client might send them.")
    deprecated: Flag = Field(default=False, description="Clients should stop using it.")
    as_: Text | None = Field(
        default=None, alias="as", description="The name on the wire. By default its own."
    )
    was: Text | None = Field(
        default=None, description="The name it had before: the migration keeps its data."
    )

    @property
    def to_many(self) -> bool:
        """Whether a row refers to many."""
        return self.to.item is not None

    @property
    def target(self) -> str:
        """The resource that it leads to."""
        return self.to.item.name if self.to.item is not None else self.to.name


class RuleSpec(Section):
    """A check over one row. A text is short for its `check`."""

    expects = "an expression or a mapping"
    check: Text = Field(description="An expression that holds, or is unknown, for every row.")
    message: Text | None = Field(
        default=None,
        description="What clients are told. By default that the expression must hold.",
    )

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`ends > begins` -> `{check: ends > begins}`."""
        return {"check": raw} if isinstance(raw, str) else raw


class MixedSpec(Section):
    """What traits and resources both hold."""

    description: Text | None = Field(default=None, description="What one of them is.")
    with_: Texts = Field(
        default=(),
        alias="with",
        description="Traits whose fields, relations, rules, unique sets and indexes are mixed in.",
    )
    unique: Annotated[dict[str, Texts], BeforeValidator(as_mapping)] = Field(
        default={},
        description="Named sets of fields and relations whose values together occur once.",
    )
    indexes: Annotated[dict[str, Terms], BeforeValidator(as_mapping)] = Field(
        default={}, description="Named lists of fields and relations; `-` for descending."
    )
    rules: Annotated[dict[str, RuleSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="Named checks over one row."
    )
    timestamps: Timestamps = Field(
        default=None,
        description="`created_at` and `updated_at`, set by the server; `created`: the first alone. "
        "By default `false`.",
    )
    soft_delete: Flag | None = Field(
        default=None,
        description="Deleting marks the row: it is answered, listed and referred to no more. "
        "By default `false`.",
    )
    concurrency: Concurrency = Field(
        default=None,
        description="`etag`: a `version` that every change raises, `ETag` on answers, and "
        "`If-Match` on writes. By default `none`.",
    )
    fields: Annotated[dict[str, FieldSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="Its fields by name, in the order in which they are answered."
    )
    relations: Annotated[dict[str, RelationSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="What its rows refer to, by name."
    )


class TraitSpec(MixedSpec):
    """What several resources have in common. It is nothing by itself: `with` mixes it in."""


class ResourceSpec(MixedSpec):
    """A kind of thing that the service stores and answers."""

    opens = frozenset({"cors"})

    tag: Text | None = Field(
        default=None, description="OpenAPI tag. By default the plural in words."
    )
    plural: Text | None = Field(
        default=None,
        description="For the path, the table and operations. By default the English plural.",
    )
    path: Text | None = Field(
        default=None, description="Last path segment. By default the plural in kebab-case."
    )
    key: KeySpec | None = Field(
        default=None, description="What tells one row from another. By default `integer`."
    )
    endpoints: EndpointsSpec = Field(
        default=EndpointsSpec.model_validate(list(USUAL_ENDPOINTS)),
        description="What can be done with it. By default create, list, read, update and delete.",
    )
    cors: CorsSpec | None = Field(
        default=None, description="Replaces the service's `cors` for its paths."
    )
    was: Text | None = Field(
        default=None, description="The name it had before: the migration keeps its rows."
    )
