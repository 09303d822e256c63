"""The contract: complete, valid, and true to the IR."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import validate

from generator.emit.contract_problems import PROBLEMS
from generator.ir import Key, LiteralDefault, ObjectType, Resource, Service
from generator.runtime.problem_kinds import PROBLEMS as KINDS
from tests.emitted import contract_of, contract_text
from tests.sample_service import (
    enum,
    field,
    filter_by,
    listing,
    of,
    sample_resource,
    sample_service,
)

Document = dict[str, Any]
HOSTILE = "\"quotes\" \\ {braces} \n $ref: '#/x' \u2028 é 😀"


@pytest.fixture(scope="module")
def service() -> Service:
    """Make a service with most of what a contract says."""
    title = field("title", of("string", min_length=1, max_length=40), example="A tool")
    price = field("price", of("decimal", precision=8, scale=2, ge=0), example="5")
    note = field("note", of("text"), nullable=True, description="For the shop.")
    colour = field("colour", enum("Colour", "red", "blue"), default=LiteralDefault(value="red"))
    place = field("place", of("object", name="Place"), nullable=True)
    secret = field("password", of("secret", min_length=8), answered=False, keeps_on_replace=True)
    seen = field("seen_at", of("datetime"), default="now", example="2026-11-22T10:00:00+02:00")
    made = field(
        "created_at", of("datetime"), on_create="absent", on_replace="absent", on_update="absent"
    )
    inner = ObjectType(
        name="Place", description=HOSTILE, fields=(field("city", of("string", max_length=9)),)
    )
    listed = listing(
        filters=(
            filter_by(title, "eq"),
            filter_by(title, "in"),
            filter_by(title, "contains"),
            filter_by(price, "ge"),
            filter_by(note, "is_null"),
            filter_by(colour, "ne"),
        ),
        sorts=("title", "price"),
        count=True,
    )
    fields = (title, price, note, colour, place, secret, seen, made)
    return sample_service(
        sample_resource(*fields, objects=(inner,), listed=listed, description=HOSTILE),
        description=HOSTILE,
    )


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping within a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def accepts(document: Document, schema: Mapping[str, object], value: object) -> bool:
    """Tell whether a schema of a document accepts a value, formats included."""
    whole = {**schema, "components": document["components"]}
    return Draft202012Validator(whole, validate_formats=True).is_valid(value)


def test_is_valid_openapi(service: Service) -> None:
    """The contract passes the specification's own schema, and ends in a line end."""
    text = contract_text(service)
    validate(json.loads(text))
    assert text.endswith("}\n")
    assert contract_text(service) == text


def test_every_status_is_documented(service: Service) -> None:
    """An operation documents each status of the IR, with media type and schema, and no default."""
    document = contract_of(service)
    for operation in service.resources[0].operations:
        responses = document["paths"][operation.path][operation.method.lower()]["responses"]
        assert list(responses) == [str(operation.status), *map(str, operation.problems)]
        for status in operation.problems:
            name = responses[str(status)]["$ref"].rpartition("/")[2]
            response = document["components"]["responses"][name]
            assert list(response["content"]) == ["application/problem+json"]
            assert "X-Request-Id" in response["headers"]
            assert ("Retry-After" in response["headers"]) == (status == 503)


def test_problems_are_those_of_the_service() -> None:
    """Codes, titles and statuses in the contract's examples are what the service answers."""
    for status, problem in PROBLEMS.items():
        assert KINDS[problem.code].status == status
        assert KINDS[problem.code].title == problem.title


def test_every_example_is_valid(service: Service) -> None:
    """Each example of a body, an answer, a parameter or a field fits its schema."""
    document = contract_of(service)
    found = 0
    for node in nodes(document):
        if "schema" in node and "example" in node:
            assert accepts(document, node["schema"], node["example"]), node
            found += 1
        for example in node.get("examples", ()) if isinstance(node.get("examples"), list) else ():
            assert accepts(document, node, example), node
            found += 1
    assert found > 30
    for path in document["paths"].values():
        parameters = [one for part in nodes(path) for one in part.get("parameters", ())]
        assert all("example" in one for one in parameters if isinstance(one, dict))


def test_answers_are_whole_and_closed(service: Service) -> None:
    """An answer requires each field that is read, and has no other; a secret is never in it."""
    document = contract_of(service)
    sample = document["components"]["schemas"]["Sample"]
    assert sample["required"] == list(sample["properties"])
    assert sample["additionalProperties"] is False
    assert "password" not in sample["properties"]
    assert sample["properties"]["id"]["readOnly"] is True
    assert sample["properties"]["created_at"]["readOnly"] is True
    assert accepts(document, sample["properties"]["price"], "5.00")
    assert not accepts(document, sample["properties"]["price"], "5")
    create = document["components"]["schemas"]["SampleCreate"]
    assert create["properties"]["password"]["writeOnly"] is True
    assert accepts(document, create["properties"]["price"], "5")


def test_bodies_say_what_absence_means(service: Service) -> None:
    """A body requires what has no default, states the defaults, and an update requires nothing."""
    schemas = contract_of(service)["components"]["schemas"]
    create = schemas["SampleCreate"]
    assert create["required"] == ["title", "price", "password"]
    assert create["properties"]["note"]["default"] is None
    assert create["properties"]["colour"] == {
        "$ref": "#/components/schemas/Colour", "default": "red"
    }  # fmt: skip
    assert "default" not in create["properties"]["seen_at"]
    assert "created_at" not in create["properties"]
    update = schemas["SampleUpdate"]
    assert "required" not in update
    assert not any("default" in one for one in update["properties"].values())
    assert update["properties"]["note"]["type"] == ["string", "null"]


def test_parameters(service: Service) -> None:
    """Every query parameter is bounded, described and never null."""
    operation = contract_of(service)["paths"]["/samples"]["get"]
    parameters = {one["name"]: one for one in operation["parameters"]}
    assert list(parameters) == [
        "title", "title_in", "title_contains", "price_ge", "note_is_null", "colour_ne",
        "sort", "page", "page_size",
    ]  # fmt: skip
    assert all(one["description"] for one in parameters.values())
    assert '"null"' not in json.dumps(parameters)
    assert parameters["title"]["schema"]["minLength"] == 1
    assert parameters["title_in"]["schema"]["maxItems"] == 100
    assert parameters["title_in"]["explode"] is True
    assert parameters["note_is_null"]["schema"] == {"type": "boolean"}
    assert parameters["sort"]["schema"]["items"]["enum"] == ["title", "price", "-title", "-price"]
    assert parameters["page"]["schema"]["maximum"] == 100_000


def test_headers(service: Service) -> None:
    """A creation tells where the row is; a list leads to its pages, and counts if asked to."""
    paths = contract_of(service)["paths"]
    created = paths["/samples"]["post"]["responses"]["201"]["headers"]
    assert created["Location"]["required"] is True
    listed = paths["/samples"]["get"]["responses"]["200"]["headers"]
    assert list(listed) == ["X-Request-Id", "Link", "X-Total-Count"]
    blind = sample_service(sample_resource(kinds=("create",)))
    paths = contract_of(blind)["paths"]
    assert "Location" not in paths["/samples"]["post"]["responses"]["201"]["headers"]


def test_links(service: Service) -> None:
    """What was created or read leads to what can be done with it."""
    paths = contract_of(service)["paths"]
    links = paths["/samples"]["post"]["responses"]["201"]["links"]
    assert list(links) == ["read_sample", "replace_sample", "update_sample", "delete_sample"]
    assert links["read_sample"]["parameters"] == {"sample_id": "$response.body#/id"}
    links = paths["/samples/{sample_id}"]["get"]["responses"]["200"]["links"]
    assert list(links) == ["replace_sample", "update_sample", "delete_sample"]
    assert links["delete_sample"]["parameters"] == {"sample_id": "$request.path.sample_id"}


def test_cursor_style() -> None:
    """A list with cursors answers a page, and sorts in one direction."""
    title = field("title", of("string"))
    document = contract_of(
        sample_service(
            sample_resource(title, listed=listing(style="cursor", sorts=("title", "id"))),
            wire="camel",
        )
    )
    operation = document["paths"]["/samples"]["get"]
    parameters = {one["name"]: one["schema"] for one in operation["parameters"]}
    assert list(parameters) == ["sort", "cursor", "pageSize"]
    for terms, accepted in ((["title", "id"], True), (["-id"], True), (["title", "-id"], False)):
        assert accepts(document, parameters["sort"], terms) is accepted
    page = document["components"]["schemas"]["SamplePage"]
    assert page["required"] == ["items", "nextCursor"]
    assert "Link" not in operation["responses"]["200"]["headers"]
    validate(document)


@pytest.mark.parametrize(
    ("resource", "good", "bad"),
    [
        (sample_resource(), [1, 2**53 - 1], [0, -1, 2**53]),
        (
            replace(
                sample_resource(field("code", of("string", max_length=64))),
                key=Key(field="code", kind="natural", given="client"),
            ),
            ["a", "A-1~_.b"],
            ["", ".", "..", ".a", "a/b", "é"],
        ),
    ],
    ids=["integer", "natural"],
)
def test_keys_in_paths(resource: Resource, good: list[object], bad: list[object]) -> None:
    """The key in a path has a grammar of its own."""
    document = contract_of(sample_service(resource))
    [parameter] = document["paths"]["/samples/{sample_id}"]["parameters"]
    assert all(accepts(document, parameter["schema"], one) for one in good)
    assert not any(accepts(document, parameter["schema"], one) for one in bad)
    assert accepts(document, parameter["schema"], parameter["example"])


def test_shared_components_are_stated_once() -> None:
    """Two resources that use an enum or an object refer to one schema, and their tag is one."""
    colour = field("colour", enum("Colour", "red"))
    one = sample_resource(colour, tag="Things")
    two = replace(
        sample_resource(colour, tag="Things"), name="Other", plural="others", path="/others"
    )
    document = contract_of(sample_service(one, replace(two, operations=())))
    assert document["tags"] == [{"name": "Things"}]
    assert list(document["components"]["schemas"]).count("Colour") == 1


def test_bounds_are_exact_numbers() -> None:
    """Integers stay integers, and decimals are patterns, not floats."""
    fields = (
        field("count", of("integer")),
        field("price", of("decimal", precision=4, scale=2, gt=Decimal("0.05"))),
    )
    text = contract_text(sample_service(sample_resource(*fields)))
    assert '"maximum": 9007199254740991' in text
    assert "e+" not in text
