"""The language of spec files, edition 1: these classes are its reference.

Each class is a mapping in YAML, each attribute a key of it; docstrings and descriptions are what
the reference page and the editor say. Nothing here knows where in the file it stood:
Pydantic's `loc` is a path into the YAML, and `source.span(path)` leads back.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.spec_endpoints import (
    ENDPOINTS,
    USUAL_ENDPOINTS,
    BulkCreateSpec,
    BulkDeleteSpec,
    EndpointName,
    EndpointSpec,
    EndpointsSpec,
    ListSpec,
    PageSpec,
    SortSpec,
)
from generator.spec_fields import FieldSpec, KeySpec, ObjectSpec, ValueSpec
from generator.spec_forms import as_mapping, as_members
from generator.spec_resources import (
    CorsSpec,
    MixedSpec,
    RelationSpec,
    ResourceSpec,
    RuleSpec,
    TraitSpec,
)
from generator.spec_section import Section
from generator.spec_values import Concurrency, Edition, Flag, Text, Timestamps, read_text

__all__ = [
    "ENDPOINTS",
    "USUAL_ENDPOINTS",
    "BulkCreateSpec",
    "BulkDeleteSpec",
    "CorsSpec",
    "DefaultsSpec",
    "EndpointName",
    "EndpointSpec",
    "EndpointsSpec",
    "FieldSpec",
    "KeySpec",
    "ListDefaults",
    "ListSpec",
    "MixedSpec",
    "ObjectSpec",
    "PageSpec",
    "RelationSpec",
    "ResourceSpec",
    "RuleSpec",
    "Section",
    "ServiceSpec",
    "SortSpec",
    "Spec",
    "TraitSpec",
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
        default="snake", description="How fields, relations and query parameters read outside."
    )


class ListDefaults(Section):
    """Defaults of the endpoint `list`."""

    page: PageSpec = Field(default=PageSpec(), description="How lists are cut into pages.")


class DefaultsSpec(Section):
    """What holds for every resource that does not say otherwise, key by key."""

    timestamps: Timestamps = Field(default=None, description="As in a resource.")
    soft_delete: Flag | None = Field(default=None, description="As in a resource.")
    concurrency: Concurrency = Field(default=None, description="As in a resource.")
    key: KeySpec | None = Field(default=None, description="As in a resource, but no field's name.")
    list: ListDefaults = Field(default=ListDefaults(), description="For every endpoint `list`.")


class Spec(Section):
    """A spec file: one service."""

    opens = frozenset({"cors"})

    spec: Edition = Field(description="The edition of the language: 1.")
    service: ServiceSpec = Field(description="The service as a whole.")
    cors: CorsSpec | None = Field(
        default=None, description="Which web pages of other origins may call it. By default none."
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
    traits: Annotated[dict[str, TraitSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="What several resources have in common, by name."
    )
    resources: Annotated[dict[str, ResourceSpec], BeforeValidator(as_mapping)] = Field(
        default={}, description="What the service stores and answers, by name."
    )
