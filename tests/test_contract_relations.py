"""The contract of resources that have to do with each other, with rules, versions and many rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import validate

from generator.emit.contract_conflicts import REFERENCE, REFERENCED, RULE, TOO_MANY, UNIQUE
from generator.runtime.problem_kinds import PROBLEMS as KINDS
from tests.emitted import contract_of
from tests.related_service import SPEC, related_service

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Document:
    """Emit the contract of the service."""
    return read(SPEC)


def read(text: str) -> Document:
    """Emit the contract of a spec, and read it."""
    return contract_of(related_service(text))


def schema(document: Document, name: str) -> Document:
    """Find a schema of a contract."""
    found: Document = document["components"]["schemas"][name]
    return found


def accepts(document: Document, schema: Mapping[str, object], value: object) -> bool:
    """Tell whether a schema of a contract accepts a value."""
    return Draft202012Validator(
        {**schema, "components": document["components"]}, validate_formats=True
    ).is_valid(value)


def test_is_valid_openapi(document: Document) -> None:
    """The contract passes the specification's own schema."""
    validate(document)


def test_every_example_is_valid(document: Document) -> None:
    """Each example of a body, an answer, a parameter, a header or a field fits its schema."""
    seen = 0
    stack: list[object] = [document]
    while stack:
        node = stack.pop()
        stack += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        if isinstance(node, dict) and "schema" in node and "example" in node:
            assert accepts(document, node["schema"], node["example"]), node
            seen += 1
        if isinstance(node, dict) and isinstance(node.get("examples"), list):
            assert all(accepts(document, node, one) for one in node["examples"]), node
            seen += 1
    assert seen > 100


def test_references_are_keys(document: Document) -> None:
    """A body and an answer hold the key of one, and at most so many distinct keys of several."""
    product = schema(document, "Product")
    names = list(product["properties"])
    assert names[-2:] == ["version", "tag_ids"]
    assert {"warehouse_id", "origin_id"} < set(names) == set(product["required"])
    assert "hidden_ids" not in names
    create = schema(document, "ProductCreate")
    assert create["required"] == ["sku", "price", "warehouse_id"]
    assert create["properties"]["warehouse_id"]["minimum"] == 1
    assert create["properties"]["origin_id"]["type"] == ["integer", "null"]
    assert create["properties"]["origin_id"]["examples"] == [7]
    tags = create["properties"]["tag_ids"]
    assert tags["default"] == []
    assert accepts(document, tags, ["new", "on-sale"])
    for refused in (["new", "new"], ["a"], ["a/b"], ["aa", "bb", "cc", "dd"], None):
        assert not accepts(document, tags, refused)
    update = schema(document, "ProductUpdate")["properties"]
    assert "warehouse_id" not in update
    assert "default" not in update["tag_ids"]


def test_what_the_service_makes_is_read_only(document: Document) -> None:
    """A version and a computed field are answered and never sent; the expression stands there."""
    product = schema(document, "Product")["properties"]
    assert product["version"]["readOnly"] is True
    assert product["label"]["readOnly"] is True
    assert product["label"]["description"] == "Computed: `'#' + sku`."
    assert "deleted_at" not in product
    for name in ("ProductCreate", "ProductReplace", "ProductUpdate"):
        assert not {"version", "label", "id"} & set(schema(document, name)["properties"])


def test_expanded_rows_have_a_schema(document: Document) -> None:
    """What is read and listed may hold the rows it refers to, null only where there may be none."""
    whole = schema(document, "ProductExpanded")
    plain = schema(document, "Product")
    assert list(whole["properties"]) == [*plain["properties"], "warehouse", "origin"]
    assert whole["required"] == plain["required"]
    assert whole["additionalProperties"] is False
    assert accepts(document, whole["properties"]["origin"], None)
    assert not accepts(document, whole["properties"]["warehouse"], None)
    page = schema(document, "ProductPage")["properties"]["items"]
    assert page["items"] == {"$ref": "#/components/schemas/ProductExpanded"}
    paths = document["paths"]
    created = paths["/store/products"]["post"]["responses"]["201"]["content"]["application/json"]
    assert created["schema"] == {"$ref": "#/components/schemas/Product"}
    read = paths["/store/products/{product_id}"]["get"]
    assert [one["name"] for one in read["parameters"]] == ["expand"]
    assert read["parameters"][0]["schema"]["items"]["enum"] == ["warehouse", "origin"]


def test_parameters_of_lists(document: Document) -> None:
    """A list filters by keys, through a relation and by links, searches, and expands."""
    listed = document["paths"]["/store/products"]["get"]["parameters"]
    schemas = {one["name"]: one["schema"] for one in listed}
    assert list(schemas) == [
        "warehouse_id", "warehouse_id_in", "origin_id_is_null", "warehouse_city",
        "warehouse_city_prefix", "tag_ids_any", "tag_ids_all", "tag_ids_none", "q", "sort",
        "expand", "cursor", "page_size",
    ]  # fmt: skip
    assert schemas["q"]["minLength"] == 1
    assert schemas["q"]["maxLength"] == 200
    assert schemas["tag_ids_all"]["maxItems"] == 100
    assert schemas["warehouse_city"]["maxLength"] == 40
    [city] = [one for one in listed if one["name"] == "warehouse_city"]
    assert city["description"] == "Only products whose `warehouse.city` is this."
    assert city["example"] == "Ghent"


def test_nested_lists(document: Document) -> None:
    """The list below a parent has the key of the parent, and not the filter by it."""
    path = document["paths"]["/store/warehouses/{warehouse_id}/products"]
    assert [one["name"] for one in path["parameters"]] == ["warehouse_id"]
    names = [one["name"] for one in path["get"]["parameters"]]
    assert "warehouse_id" not in names
    assert "warehouse_city" in names
    links = document["paths"]["/store/warehouses"]["post"]["responses"]["201"]["links"]
    assert links["list_warehouse_products"]["parameters"] == {"warehouse_id": "$response.body#/id"}


def test_members(document: Document) -> None:
    """A path of two keys describes both; its operations read and answer no body."""
    path = document["paths"]["/store/products/{product_id}/tags/{tag_id}"]
    product, tag = path["parameters"]
    assert product["name"] == "product_id"
    assert accepts(document, product["schema"], 5)
    assert tag["name"] == "tag_id"
    assert tag["example"] == "on-sale"
    for method in ("put", "delete"):
        assert "requestBody" not in path[method]
        assert "content" not in path[method]["responses"]["204"]
    listed = document["paths"]["/store/products/{product_id}/tags"]["get"]
    assert [one["name"] for one in listed["parameters"]] == ["page", "page_size"]
    answer = listed["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["items"] == {"$ref": "#/components/schemas/Tag"}


def test_many_rows(document: Document) -> None:
    """Operations on many rows take so many bodies or distinct keys, and answer rows or numbers."""
    create = schema(document, "ProductBulkCreate")
    item: Document = {"sku": "a", "price": "1", "warehouse_id": 1}
    assert accepts(document, create, {"items": [item] * 50})
    refused: list[list[Document]] = [[], [item] * 51, [{}]]
    for items in refused:
        assert not accepts(document, create, {"items": items})
    delete = schema(document, "ProductBulkDelete")
    assert accepts(document, delete, {"ids": list(range(1, 61))})
    for keys in ([], [1, 1], [0], list(range(1, 62))):
        assert not accepts(document, delete, {"ids": keys})
    created = schema(document, "ProductBulkCreated")
    assert created["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Product"}
    assert schema(document, "LevelBulkCreated")["required"] == ["created", "kept"]
    assert schema(document, "ProductBulkDeleted")["required"] == ["deleted"]
    text = document["paths"]["/store/products:bulk-create"]["post"]["description"]
    assert "`sku`" in text


def test_rules_are_told(document: Document) -> None:
    """The schemas of a row and the operations that write it name its rules, each in a line."""
    rule = "- `above_floor`: The price is above its floor."
    for name in ("Product", "ProductCreate", "ProductReplace", "ProductUpdate"):
        assert rule in schema(document, name)["description"].splitlines()
    for path, method in (
        ("/store/products", "post"),
        ("/store/products:bulk-create", "post"),
        ("/store/products/{product_id}", "put"),
        ("/store/products/{product_id}", "patch"),
    ):
        assert rule in document["paths"][path][method]["description"].splitlines()
    assert "Rules" not in document["paths"]["/store/products/{product_id}"]["get"]["description"]


def test_versions_are_told(document: Document) -> None:
    """Answers of rows with a version have a tag; reads can be 304, writes 412, by no parameter."""
    for path, item in document["paths"].items():
        for method in set(item) - {"parameters"}:
            operation = item[method]
            names = [one["name"] for one in operation.get("parameters", ())]
            assert not {"If-Match", "If-None-Match"} & set(names)
            responses = operation["responses"]
            if method == "get":
                of_tags = path.startswith("/store/tags") or path.endswith("/tags")
                versioned = not of_tags and "levels" not in path
                assert ("304" in responses) is versioned, path
                assert ("ETag" in responses["200"]["headers"]) is versioned
                assert "content" not in responses.get("304", {})
    item = document["paths"]["/store/products/{product_id}"]
    for method in ("put", "patch", "delete"):
        assert "412" in item[method]["responses"]
        assert "`If-Match`" in item[method]["description"]
    strong = item["put"]["responses"]["200"]["headers"]["ETag"]["schema"]
    either = item["get"]["responses"]["304"]["headers"]["ETag"]["schema"]
    weak = document["paths"]["/store/products"]["get"]["responses"]["200"]["headers"]["ETag"]
    for tag, takers in (
        ('"7"', (strong, either)),
        ('W/"0123456789abcdef"', (either, weak["schema"])),
        ("7", ()),
    ):
        for one in (strong, either, weak["schema"]):
            assert accepts(document, one, tag) is any(one is taker for taker in takers)


def test_deletions_are_told(document: Document) -> None:
    """A deletion says what becomes of the rows that refer to it."""
    product = document["paths"]["/store/products/{product_id}"]["delete"]["description"]
    assert "no more" in product
    assert "The `origin_id` of products that refer to it becomes null." in product
    assert "The levels of which it is the `product_id` go with it." in product
    warehouse = document["paths"]["/store/warehouses/{warehouse_id}"]["delete"]
    assert "409" in warehouse["responses"]
    assert "As long as a product refers to it as its `warehouse_id`" in warehouse["description"]


def test_conflicts_are_those_that_there_can_be(document: Document) -> None:
    """The contract has the members of the conflicts that the service answers, and no others."""
    members = set(schema(document, "ConflictProblem")["properties"])
    assert members == {
        "constraint", "fields", "key", "relation", "resource", "most", "rule", "message",
        "index", "conflicts",
    }  # fmt: skip
    plain = """\
spec: 1
service: {name: store, version: 1.0}
resources:
  Tag:
    fields: {slug: {type: string, unique: true}}
"""
    problem = read(plain)["components"]["schemas"]["ConflictProblem"]
    assert set(problem["properties"]) == {"constraint", "fields", "key"}
    ruled = plain.replace(", unique: true}}", "}}\n    rules: {named: slug != ''}")
    response = read(ruled)["components"]["responses"]["RuleBroken"]
    assert response["description"] == "The request conflicts with what is: a rule does not hold."
    assert set(read(ruled)["components"]["schemas"]["ConflictProblem"]["properties"]) == {
        "rule", "message", "fields"
    }  # fmt: skip


def test_conflicts_are_those_of_the_service() -> None:
    """Their codes and titles are what the service answers."""
    for kind in (UNIQUE, REFERENCE, RULE, REFERENCED, TOO_MANY):
        assert KINDS[kind.code].status == 409
        assert KINDS[kind.code].title == kind.title
