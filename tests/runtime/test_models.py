"""What models of bodies, answers and query parameters have in common."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Annotated, Any, Literal

import pytest
from fastapi import FastAPI, Query
from fastapi.testclient import TestClient
from pydantic import MISSING, Field, ValidationError

from generator.runtime.models import QueryModel, RequestModel, ResponseModel, WireModel
from generator.runtime.wire_types import (
    Cursor,
    DateTime,
    Decimal,
    Duration,
    Email,
    Empty,
    Integer,
    IntegerParameter,
    NumberParameter,
    Repeated,
    Secret,
    String,
)

TWO: Any = ["2"]


class Street(RequestModel):
    """An object within a body."""

    name: Annotated[String, Field(max_length=5, pattern="^[^,]*$")]
    sizes: list[Annotated[Decimal, Field(max_digits=3, decimal_places=1)]] = Field(default=TWO)


class House(RequestModel):
    """A body."""

    price: Annotated[
        Decimal, Field(default="1.5", alias="rentPrice", max_digits=5, decimal_places=2)
    ]
    street: Street | None = None
    streets: Annotated[list[Street], Field(max_length=2)] | MISSING = MISSING
    seen: DateTime | MISSING = MISSING
    password: Secret | MISSING = MISSING
    inner: list[House] | MISSING = MISSING


class Answer(ResponseModel):
    """An answer."""

    item_count: Annotated[Integer, Field(alias="itemCount")]
    took: Duration


class Params(QueryModel):
    """Query parameters."""

    name: Annotated[String, Field(min_length=1, max_length=5)] | MISSING = MISSING
    email_in: Annotated[list[Email], Field(min_length=1, max_length=3)] | MISSING = MISSING
    state: Literal["on", "off"] | MISSING = MISSING
    price_ge: Annotated[NumberParameter | MISSING, Field(alias="priceGe")] = MISSING
    sort: list[Literal["name", "-name"]] | MISSING = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=9)] = 1
    cursor: Cursor | MISSING = MISSING


def kinds(model: type[WireModel], value: object) -> list[tuple[str, tuple[int | str, ...]]]:
    """Return the kinds and the places of a model's errors."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(value)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


def test_defaults_are_values() -> None:
    """A default that is written as on the wire comes out as a Python value."""
    house = House.model_validate({"street": {"name": "A"}})
    assert house.price == decimal.Decimal("1.50")
    assert house.street is not None
    assert house.street.sizes == [decimal.Decimal("2.0")]
    assert house.model_dump_json() == ('{"rentPrice":"1.50","street":{"name":"A","sizes":["2.0"]}}')


def test_absent_is_not_null() -> None:
    """What was not sent is MISSING, is not among the fields set, and null is refused for it."""
    house = House.model_validate({})
    assert house.seen is MISSING
    assert house.model_fields_set == set()
    assert [kind for kind, _ in kinds(House, {"seen": None})] == ["datetime_format"]


def test_bodies_are_closed() -> None:
    """Unknown keys are refused at every depth; so are Python names where the wire has another."""
    assert kinds(House, {"x": 1, "street": {"name": "A", "y": 1}, "price": "1"}) == [
        ("extra_forbidden", ("street", "y")),
        ("extra_forbidden", ("x",)),
        ("extra_forbidden", ("price",)),
    ]


def test_grammars_hold_at_every_depth() -> None:
    """Constraints narrow the grammar of a type in objects, in lists and in the model itself."""
    broken = {"name": "\0"}
    assert kinds(
        House,
        {
            "rentPrice": "1.500",
            "street": broken,
            "streets": [{"name": ",", "sizes": ["1.00"]}],
            "inner": [{"street": broken}],
        },
    ) == [
        ("decimal_max_places", ("rentPrice",)),
        ("string_characters", ("street", "name")),
        ("string_pattern_mismatch", ("streets", 0, "name")),
        ("decimal_max_places", ("streets", 0, "sizes", 0)),
        ("string_characters", ("inner", 0, "street", "name")),
    ]


def test_an_inherited_field_keeps_its_grammar() -> None:
    """A subclass checks as its parent does."""

    class Street2(Street):
        """A subclass."""

    assert kinds(Street2, {"name": "\0"}) == [("string_characters", ("name",))]


def test_answers_are_written_under_their_wire_names() -> None:
    """The canonical form needs no options."""
    answer = Answer.model_validate({"itemCount": 1, "took": dt.timedelta(hours=36)})
    assert answer.model_dump_json() == '{"itemCount":1,"took":"P1DT12H"}'


def test_errors_do_not_show_what_was_sent() -> None:
    """A rejected value is not in the text of an error, which may be logged."""
    with pytest.raises(ValidationError) as caught:
        House.model_validate({"password": 12345})
    assert "12345" not in str(caught.value)


def test_a_query_refuses_markers() -> None:
    """A parameter given twice or without a value is refused whatever its type."""
    for name in ("name", "state", "priceGe", "page", "cursor"):
        assert kinds(Params, {name: Repeated("on")}) == [("repeated_parameter", (name,))]
        assert kinds(Params, {name: Empty()}) == [("empty_parameter", (name,))]
    assert kinds(Params, {"email_in": ["a@b", Empty()]}) == [("empty_parameter", ("email_in",))]
    assert kinds(Params, {"sort": [Empty()]}) == [("empty_parameter", ("sort",))]


def test_a_query_model_works_in_fastapi() -> None:
    """FastAPI reads the model's parameters, lists and aliases among them, and no others."""
    app = FastAPI()

    @app.get("/")
    def read(params: Annotated[Params, Query()]) -> dict[str, object]:
        return params.model_dump(mode="json")

    client = TestClient(app)
    assert client.get("/").json() == {"page": 1}
    query = "?email_in=a@b&email_in=c@d&priceGe=1e2&sort=-name&page=2&name=x&state=on"
    assert client.get("/" + query).json() == {
        **{"name": "x", "email_in": ["a@b", "c@d"], "state": "on", "priceGe": 100.0},
        **{"sort": ["-name"], "page": 2},
    }
    for query in ("?x=1", "?page=10", "?page=01", "?name=%00", "?price_ge=1", "?cursor=*"):
        assert client.get("/" + query).status_code == 422
