"""The language of spec files, edition 1: these classes are its reference.

Each class is a mapping in YAML, each attribute a key of it; docstrings and descriptions are what
the reference page and the editor say. Nothing here knows where in the file it stood:
Pydantic's `loc` is a path into the YAML, and `source.span(path)` leads back.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.scalars import Raw
from generator.spec_endpoints import (
    ENDPOINTS,
    USUAL_ENDPOINTS,
    EndpointName,
    EndpointSpec,
    EndpointsSpec,
    ListSpec,
    PageSpec,
    SortSpec,
)
from generator.spec_section import Section
from generator.spec_values import (
    Bound,
    Count,
    Edition,
    Flag,
    Step,
    Terms,
    Text,
    Texts,
    Timestamps,
    TypeText,
    Unique,
    Value,
    as_mapping,
    as_members,
    read_text,
    with_default,
)

__all__ = [
    "ENDPOINTS",
    "USUAL_ENDPOINTS",
    "CorsSpec",
    "DefaultsSpec",
    "EndpointName",
    "EndpointSpec",
    "EndpointsSpec",
    "FieldSpec",
    "KeySpec",
    "ListDefaults",
    "ListSpec",
    "ObjectSpec",
    "PageSpec",
    "ResourceSpec",
    "Section",
    "ServiceSpec",
    "SortSpec",
    "Spec",
    "ValueSpec",
]


class ServiceSpec(Section):
    """The service as a whole."""

    name: Text = Field(
        description="The package, and the prefix of the environment variables. snake_case, "
        "and the name of the file without `.yaml`."
    )
    title: Text | None = Field(
        default=None, description="Title of the API. By default the name in words."
    )
    description: Text | None = Field(default=None, description="What the API is for.")
    version: Text = Field(description="Version of the API, as clients see it.")
    base_path: Text = Field(
        default="", description="Prefix of every path. Begins with `/`, does not end in one."
    )
    wire: Annotated[Literal["snake", "camel"], BeforeValidator(read_text)] = Field(
        default="snake", description="How fields and query parameters read outside."
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


class KeySpec(Section):
    """What tells one row from another. `uuid` is short for `{type: uuid}`."""

    expects = "the name of a key or a mapping"
    type: Text = Field(
        default="integer",
        description="`integer`, `uuid`, `uuid7`, or one of the resource's string fields.",
    )
    given: Annotated[Literal["server", "client"], BeforeValidator(read_text)] = Field(
        default="server", description="Who makes the key of a new row."
    )

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`uuid` -> `{type: uuid}`."""
        return {"type": raw} if isinstance(raw, str) else raw


class ValueSpec(Section):
    """A value: its type, what bounds it, its default and its documentation."""

    expects = "a type or a mapping"
    type: TypeText = Field(description="The type with its range, `?` where it may be null.")
    gt: Bound | None = Field(default=None, description="Greater than this.")
    ge: Bound | None = Field(default=None, description="This or greater.")
    lt: Bound | None = Field(default=None, description="Less than this.")
    le: Bound | None = Field(default=None, description="This or less.")
    multiple_of: Step | None = Field(default=None, description="An integer's step.")
    min_length: Count | None = Field(default=None, description="Fewest characters (code points).")
    max_length: Count | None = Field(default=None, description="Most characters (code points).")
    pattern: Text | None = Field(
        default=None,
        description="A regular expression of the closed subset that every engine reads alike.",
    )
    min_items: Count | None = Field(default=None, description="Fewest items of a list.")
    max_items: Count | None = Field(
        default=None, description="Most items of a list. By default 100."
    )
    unique_items: Flag = Field(default=False, description="No item of a list occurs twice.")
    default: Value = Field(
        default=None,
        description="What stands where the client sends nothing: a literal of the type, or "
        "`now` (datetime), `today` (date), `uuid` (uuid).",
    )
    description: Text | None = Field(
        default=None, description="What the value is, for readers of the API."
    )
    example: Value = Field(default=None, description="A value as a client might send it.")

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """`integer = 0` -> `{type: integer, default: 0}`."""
        return with_default({"type": raw} if isinstance(raw, str) else raw)


class FieldSpec(ValueSpec):
    """A field of a resource. A text is short for its `type` and `default`: `integer(0..) = 0`."""

    unique: Unique = Field(
        default="no",
        description="No two rows have the same value; `ignore_case`: nor in other ASCII case.",
    )
    index: Flag = Field(default=False, description="Keep an index on the field.")
    write: Annotated[Literal["always", "create", "never"], BeforeValidator(read_text)] = Field(
        default="always", description="When clients may set it; `never`: the server alone."
    )
    read: Annotated[Literal["always", "never"], BeforeValidator(read_text)] = Field(
        default="always", description="`never`: stored, but not answered, filtered or sorted by."
    )
    deprecated: Flag = Field(default=False, description="Clients should stop using it.")
    as_: Text | None = Field(default=None, alias="as", description="The name on the wire.")


class ObjectSpec(Section):
    """A closed JSON object that fields can hold."""

    description: Text | None = Field(default=None, description="What the object is.")
    fields: Annotated[dict[str, ValueSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="Its members by name."
    )


class ResourceSpec(Section):
    """A kind of thing that the service stores and answers."""

    opens = frozenset({"cors"})

    description: Text | None = Field(default=None, description="What one of them is.")
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
    unique: Annotated[dict[str, Texts], BeforeValidator(as_mapping)] = Field(
        default={}, description="Named sets of fields whose values together occur once."
    )
    indexes: Annotated[dict[str, Terms], BeforeValidator(as_mapping)] = Field(
        default={}, description="Named lists of fields; `-` for descending."
    )
    timestamps: Timestamps = Field(
        default=None,
        description="`created_at` and `updated_at`, set by the server; `created`: the first alone.",
    )
    fields: Annotated[dict[str, FieldSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="Its fields by name, in the order in which they are answered."
    )
    endpoints: EndpointsSpec = Field(
        default=EndpointsSpec.model_validate(list(USUAL_ENDPOINTS)),
        description="What can be done with it. By default create, list, read, update and delete.",
    )
    cors: CorsSpec | None = Field(
        default=None, description="Replaces the service's `cors` for its paths."
    )


class ListDefaults(Section):
    """Defaults of the endpoint `list`."""

    page: PageSpec = Field(default=PageSpec(), description="How lists are cut into pages.")


class DefaultsSpec(Section):
    """What holds for every resource that does not say otherwise, key by key."""

    timestamps: Timestamps = Field(default=None, description="As in a resource.")
    key: KeySpec | None = Field(default=None, description="As in a resource, but no field's name.")
    list: ListDefaults = Field(default=ListDefaults(), description="For every endpoint `list`.")


class Spec(Section):
    """A spec file: one service."""

    opens = frozenset({"cors"})

    spec: Edition = Field(description="The edition of the language: 1.")
    service: ServiceSpec = Field(description="The service as a whole.")
    cors: CorsSpec | None = Field(
        default=None, description="Which web pages of other origins may call it."
    )
    defaults: DefaultsSpec = Field(
        default=DefaultsSpec(), description="What holds for every resource."
    )
    enums: Annotated[
        dict[str, Annotated[dict[str, Text | None], BeforeValidator(as_members)]],
        BeforeValidator(as_mapping),
    ] = Field(
        default={},
        description="Closed sets of text: a value with its description, or a list of values.",
    )
    objects: Annotated[dict[str, ObjectSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="Closed JSON objects that fields can hold, by name."
    )
    resources: Annotated[dict[str, ResourceSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="What the service stores and answers, by name."
    )
