"""The examples of the contract: rows that the service would take, and what it would answer."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check import check
from generator.expressions import ExpressionError, translate
from generator.expressions import understand as understood
from generator.ir import Expression, LiteralDefault, Resource, Service
from generator.lower import lower
from generator.lower.evaluate import evaluate
from generator.lower.values import read, write
from generator.parse import parse
from generator.runtime import three_valued
from generator.source import read as read_source
from tests.emitted import contract_of
from tests.expression_samples import OPERANDS, expressions, rows

ROOT = Path(__file__).parent.parent
SPECS = sorted([*ROOT.glob("spec/*.yaml"), *ROOT.glob("tests/specs/*.yaml")])
METHODS = ("get", "post", "put", "patch")
KNOWN = {**vars(three_valued), "decimal": decimal, "datetime": datetime}

Json: TypeAlias = Any
Document: TypeAlias = dict[str, Any]


def lowered(spec: Path | str) -> Service:
    """Lower a spec, a file or the text of one."""
    text = spec if isinstance(spec, str) else spec.read_text()
    source = read_source(text.encode(), ROOT / "spec/sample.yaml" if text is spec else Path(spec))
    parsed = parse(source)
    check(parsed, source)
    return lower(parsed)


def computed_by(expression: Expression, values: Mapping[str, object]) -> Json:
    """Evaluate the Python that is emitted for an expression."""
    return eval(expression.python, {**KNOWN, "row": values})


def examples(contract: Document) -> Iterator[tuple[Document, Json]]:
    """Yield the schema and the example of every body and every answer that succeeds."""
    for item in contract["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            parts = [operation.get("requestBody", {})]
            parts += [one for status, one in operation["responses"].items() if status < "300"]
            for part in parts:
                for media in part.get("content", {}).values():
                    yield media["schema"], media["example"]


def shown(schema: Document, value: Json, contract: Document) -> Iterator[tuple[str, Document]]:
    """Yield every object of an example with the name of its schema."""
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = contract["components"]["schemas"][name]
        if isinstance(value, dict):
            yield name, value
    if isinstance(value, dict):
        for key, one in schema.get("properties", {}).items():
            if key in value:
                yield from shown(one, value[key], contract)
    elif isinstance(value, list):
        for one in value:
            yield from shown(schema["items"], one, contract)


def stored(resource: Resource, example: Document, *, created: bool) -> dict[str, object]:
    """Give what the row of an example holds, by column, as far as it is known."""
    values: dict[str, object] = {}
    for field in resource.fields:
        if field.wire in example:
            values[field.name] = read(field.type, example[field.wire])
        elif created and isinstance(field.default, LiteralDefault):
            values[field.name] = read(field.type, field.default.value)
        elif created and field.nullable and field.default is None and field.compute is None:
            values[field.name] = None
    return values


def row_examples(service: Service) -> Iterator[tuple[Resource, str, Document]]:
    """Yield every row of an example, with its resource and the name of its schema."""
    contract = contract_of(service)
    names = {
        f"{one.name}{suffix}": one
        for one in service.resources
        for suffix in ("", "Expanded", "Create", "Replace", "Update")
    }
    for schema, example in examples(contract):
        for name, value in shown(schema, example, contract):
            if name in names:
                yield names[name], name, value


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_examples_are_possible_rows(path: Path) -> None:
    """No row of an example breaks a rule, or shows what its computation does not give."""
    service = lowered(path)
    seen = set()
    for resource, name, value in row_examples(service):
        values = stored(resource, value, created=name.endswith("Create"))
        seen.add(name)
        for rule in resource.rules:
            if set(rule.fields) <= set(values):
                assert computed_by(rule.check, values) is not False, (name, rule.name, value)
        for field in resource.fields:
            if field.compute is not None and field.wire in value:
                wanted = write(field.type, computed_by(field.compute, values))
                assert value[field.wire] == wanted, (name, field.name)
    assert len(seen) >= 2 * len(service.resources)


HARD = """
spec: 1
service: {name: sample, version: 1}
enums: {State: [open, paid, done]}
resources:
  Span:
    fields:
      low: integer(0..1000)
      high: integer(0..1000)
      even: {type: integer(0..100), multiple_of: 7}
      price: decimal(8:2 0..)
      cost: {type: decimal(8:2 0..), example: "20.00"}
      weight: number(0..)
      day: date
      end: date
      at: datetime
      until: datetime
      opens: time
      closes: time
      short: duration
      long: duration
      state: State
      paid: boolean
      code: {type: string(2..8), pattern: "^[A-Z0-9]+$"}
      name: string(..40)
      words: {type: list(string), max_items: 5}
      one: uuid
      two: uuid
      noted: date?
      secretly: {type: integer(0..9) = 0, write: never, example: 5}
      gap: {type: integer, compute: high - low}
    rules:
      apart: low + 500 < high
      not_seven: even > 7
      profit: price > cost * 2
      heavy: weight > 30
      later: day < end
      until_later: at < until
      closes_later: opens < closes
      longer: long > short
      is_done: state == 'done'
      unpaid: not paid
      said: len(code) == 7
      long_name: len(name) >= 30
      many: len(words) == 3
      differ: one != two
      noted_late: noted > end
      secret_low: secretly < 3
"""


def test_rules_of_every_kind_are_kept() -> None:
    """A value is found for rules over each kind of field, and the spec's own example stays."""
    service = lowered(HARD)
    found = {name: value for _, name, value in row_examples(service)}
    for name, value in found.items():
        values = stored(service.resources[0], value, created=name == "SpanCreate")
        for rule in service.resources[0].rules:
            if set(rule.fields) <= set(values):
                assert computed_by(rule.check, values) is not False, (name, rule.name)
    row = found["Span"]
    assert row["cost"] == "20.00"
    assert row["noted"] is None
    assert row["gap"] == row["high"] - row["low"]
    assert found["SpanCreate"].keys() == row.keys() - {"id", "gap", "secretly"}


def test_what_no_search_finds_stays() -> None:
    """A rule that no row of the search keeps leaves the example as it would be without it."""
    text = """
spec: 1
service: {name: sample, version: 1}
resources:
  Item:
    fields: {name: string(..40), low: integer(1..9), high: integer(1..9)}
    rules: {spelled: "lower(name) == 'abc' and len(name) == 4", apart: low < high}
"""
    row = dict(lowered(text).resources[0].example)
    assert row["name"] == "Name"
    assert row["low"] != row["high"]
    assert lowered(text) == lowered(text)


@settings(max_examples=60)
@given(st.lists(expressions(), min_size=5, max_size=5), rows())
def test_examples_are_computed_as_services_compute(
    texts: list[str], values: dict[str, object]
) -> None:
    """The value of an expression in an example is the one that the emitted Python gives."""
    for text in texts:
        try:
            typed = understood(text, OPERANDS)
        except ExpressionError:
            continue
        here, there = evaluate(typed, values), computed_by(translate(typed, {}), values)
        assert repr(here) == repr(there), text


def conflict(contract: Document, path: str, method: str) -> str:
    """Name the kind of problem that an operation's 409 shows."""
    response = contract["paths"][path][method]["responses"]["409"]
    component = contract["components"]["responses"][response["$ref"].rpartition("/")[2]]
    kind: str = component["content"]["application/problem+json"]["example"]["type"]
    return kind.removeprefix("/problems/")


def test_conflicts_that_an_operation_can_have() -> None:
    """The example of a 409 is a conflict that the operation can have; without any there is none."""
    contract = contract_of(lowered(ROOT / "spec/warehouse.yaml"))
    shown = {
        (method, path): conflict(contract, path, method)
        for path, item in contract["paths"].items()
        for method in item
        if method != "parameters" and "409" in item[method]["responses"]
    }
    assert shown["post", "/v1/warehouses"] == "unique-taken"
    assert shown["patch", "/v1/warehouses/{warehouse_id}"] == "rule-broken"
    assert shown["delete", "/v1/warehouses/{warehouse_id}"] == "still-referenced"
    assert shown["patch", "/v1/products/{product_id}"] == "reference-missing"
    assert shown["put", "/v1/products/{product_id}/tags/{tag_id}"] == "reference-missing"
    assert shown["post", "/v1/purchase-order-lines:bulk-create"] == "unique-taken"
    assert ("patch", "/v1/suppliers/{supplier_id}") not in shown
    assert ("delete", "/v1/customers/{customer_id}") not in shown
