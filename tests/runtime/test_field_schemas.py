"""Schemas of fields that are made once for all models, and those that never are."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field, ValidationError, ValidationInfo, field_validator

from generator.runtime import field_schemas
from generator.runtime.models import RequestModel, ResponseModel
from generator.runtime.wire_types import Decimal, Number, String


class Inner(RequestModel):
    """A model that others hold."""

    name: Annotated[String, Field(max_length=3)]


def kinds(model: type[RequestModel], value: object) -> list[str]:
    """Name the kinds of errors of a value."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"value": value})
    return [f"{one['type']} {one.get('ctx', {})}" for one in caught.value.errors()]


def test_equal_fields_share_a_schema() -> None:
    """Two models with the same type and bounds add one schema."""

    class One(RequestModel):
        value: Annotated[Decimal, Field(max_digits=7, decimal_places=3)]

    known = dict(field_schemas._KNOWN)

    class Other(RequestModel):
        renamed: Annotated[Decimal, Field(max_digits=7, decimal_places=3)] = Field(alias="value")

    assert known == field_schemas._KNOWN
    assert kinds(One, "1.2345") == kinds(Other, "1.2345")


def test_bounds_that_are_equal_but_read_differently_are_apart() -> None:
    """`ge=0` and `ge=0.0` are equal, and say different things."""

    class Whole(RequestModel):
        value: Annotated[Number, Field(ge=3)]

    class Broken(RequestModel):
        value: Annotated[Number, Field(ge=3.0)]

    assert (
        len({repr(field_schemas._key(one.model_fields["value"])) for one in (Whole, Broken)}) == 2
    )


def test_the_same_values_in_another_order_are_apart() -> None:
    """Literals are equal whatever the order of their values, which messages name in order."""

    class One(RequestModel):
        value: Literal["new", "used"]

    class Other(RequestModel):
        value: Literal["used", "new"]

    class Inside(RequestModel):
        value: list[Annotated[Number, Field(ge=3)]]

    class InsideBroken(RequestModel):
        value: list[Annotated[Number, Field(ge=3.5 - 0.5)]]

    assert kinds(One, 1) == ["literal_error {'expected': \"'new' or 'used'\"}"]
    assert kinds(Other, 1) == ["literal_error {'expected': \"'used' or 'new'\"}"]
    assert kinds(Inside, [1]) != kinds(InsideBroken, [1])


def test_models_in_models_are_not_shared() -> None:
    """A field that holds a model keeps the model it was declared with."""

    class Longer(RequestModel):
        name: Annotated[String, Field(max_length=5)]

    class One(RequestModel):
        value: Inner

    class Other(RequestModel):
        value: Longer

    One.model_validate({"value": {"name": "abc"}})
    Other.model_validate({"value": {"name": "abcde"}})
    assert kinds(One, {"name": "abcde"}) == ["string_too_long {'max_length': 3}"]


def test_a_model_of_the_team_can_say_more() -> None:
    """Validators of a subclass hold for it alone, and know their field."""

    class Plain(RequestModel):
        value: Annotated[String, Field(max_length=9)]

    class Stricter(Plain):
        @field_validator("value")
        @classmethod
        def _named(cls, value: str, info: ValidationInfo) -> str:
            return f"{info.field_name}: {value}"

    assert Stricter.model_validate({"value": "a"}).value == "value: a"
    assert Plain.model_validate({"value": "a"}).value == "a"
    assert kinds(Stricter, "\0") == kinds(Plain, "\0")


def test_answers_are_made_when_something_asks() -> None:
    """A response model validates and serialises as any other."""

    class Answer(ResponseModel):
        value: Annotated[String, Field(max_length=9)]

    assert Answer.model_validate({"value": "a"}).model_dump_json() == '{"value":"a"}'
