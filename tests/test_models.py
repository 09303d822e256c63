"""Emitted models: their look, and that they read and refuse what the contract says."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from types import ModuleType

import pytest
from pydantic import MISSING, ValidationError

from generator.emit import models
from generator.emit.models import RenamedError
from generator.ir import Field, LiteralDefault, ObjectType, Resource, Type
from generator.tidy import tidy
from tests.emitted import models_of
from tests.sample_service import (
    enum,
    field,
    filter_by,
    listing,
    of,
    sample_resource,
    sample_service,
)

HOSTILE = 'Says """no""" and \'\'\'no\'\'\' \\ {braces} {{ 1 }} {% raw %}\n#\n\x00\u2028 "'


Load = Callable[[Resource], ModuleType]


def emit(resource: Resource) -> str:
    """Emit the models of a resource, laid out."""
    return tidy(models_of(sample_service(resource)))["samples/models.py"]


@pytest.fixture
def load() -> Iterator[Load]:
    """Import emitted models, on top of the runtime where it stands here."""
    made: list[str] = []

    def load_models(resource: Resource) -> ModuleType:
        module = ModuleType(f"emitted_models_{len(made)}")
        sys.modules[module.__name__] = module
        made.append(module.__name__)
        code = emit(resource).replace("from ..runtime", "from generator.runtime")
        exec(compile(code, module.__name__, "exec"), module.__dict__)
        return module

    yield load_models
    for name in made:
        del sys.modules[name]


def test_look() -> None:
    """Models read as if written by hand: types, constraints, defaults, few docstrings."""
    title = field("title", of("string", min_length=1, max_length=200), description="On the label.")
    price = field("price", of("decimal", precision=10, scale=2, gt=Decimal("0.05")))
    note = field("note", of("text", max_length=80), nullable=True)
    colour = field("colour", enum("Colour", "red", "blue"), default=LiteralDefault(value="red"))
    made = field("made", of("datetime"), default="now")
    tags = field(
        "tags",
        of("list", item=of("string", min_length=1, max_length=30), unique_items=True, max_items=5),
        default=LiteralDefault(value=[]),
    )
    fields = (title, price, note, colour, made, tags)
    resource = sample_resource(
        *fields,
        kinds=("create", "list", "update"),
        listed=listing(filters=(filter_by(title, "eq"), filter_by(price, "in"))),
    )
    assert emit(resource) == EXPECTED


EXPECTED = '''"""Samples: what the API reads and writes.

Generated from spec/sample.yaml. Do not edit: change the spec and run `make generate`.
"""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from ..runtime.models import QueryModel, RequestModel, ResponseModel
from ..runtime.wire_types import DateTime, Decimal, Integer, IntegerParameter, String, UniqueItems


class Sample(ResponseModel):
    """What tests are made of."""

    id: Annotated[Integer, Field(ge=1)]
    title: Annotated[String, Field(min_length=1, max_length=200)]
    """On the label."""
    price: Annotated[Decimal, Field(gt=Decimal("0.05"), max_digits=10, decimal_places=2)]
    note: Annotated[String | None, Field(max_length=80)]
    colour: Literal["red", "blue"]
    made: DateTime
    tags: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=30)]],
        UniqueItems,
        Field(max_length=5),
    ]


class SampleCreate(RequestModel):
    """What creates a sample."""

    title: Annotated[String, Field(min_length=1, max_length=200)]
    price: Annotated[Decimal, Field(gt=Decimal("0.05"), max_digits=10, decimal_places=2)]
    note: Annotated[String | None, Field(max_length=80)] = None
    colour: Literal["red", "blue"] = "red"
    made: DateTime | MISSING = MISSING
    tags: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=30)]],
        UniqueItems,
        Field(max_length=5),
    ] = []


class SampleListParams(QueryModel):
    """What narrows, sorts and pages a list of samples."""

    title: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    price_in: Annotated[
        list[Annotated[Decimal, Field(max_digits=10, decimal_places=2)]] | MISSING,
        Field(max_length=100),
    ] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20


class SampleUpdate(RequestModel):
    """The fields of a sample to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    price: Annotated[
        Decimal | MISSING, Field(gt=Decimal("0.05"), max_digits=10, decimal_places=2)
    ] = MISSING
    note: Annotated[String | None | MISSING, Field(max_length=80)] = MISSING
    colour: Literal["red", "blue"] | MISSING = MISSING
    made: DateTime | MISSING = MISSING
    tags: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=30)]] | MISSING,
        UniqueItems,
        Field(max_length=5),
    ] = MISSING
'''


def every_field() -> tuple[Field, ...]:
    """Make a field of every type, each with a default of its type."""
    defaults: list[tuple[str, Type, object]] = [
        ("a_string", of("string"), 'it\'s "x"'),
        ("a_text", of("text"), "line\nline"),
        ("an_integer", of("integer", ge=0), 5),
        ("a_number", of("number", gt=0), 1),
        ("a_decimal", of("decimal", precision=6, scale=2, ge=Decimal("0.50")), "1.50"),
        ("a_boolean", of("boolean"), True),
        ("a_date", of("date"), "2026-11-22"),
        ("a_datetime", of("datetime"), "2026-11-22T10:00:00Z"),
        ("a_time", of("time"), "10:00:00"),
        ("a_duration", of("duration"), "PT5M"),
        ("a_uuid", of("uuid"), "0190b5a2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"),
        ("an_email", of("email"), "a@b.example"),
        ("a_url", of("url"), "https://a.example/"),
        ("a_json", of("json"), {"deep": [None, True, 1.5]}),
        ("an_enum", enum("Way", "in-transit", "class"), "in-transit"),
        ("a_list", of("list", item=of("decimal", precision=4, scale=1)), ["1.5"]),
        ("an_object", of("object", name="Place"), {"city": "Ghent"}),
    ]
    return tuple(
        field(name, type_, default=LiteralDefault(value=value)) for name, type_, value in defaults
    )


PLACE = ObjectType(
    name="Place",
    description="Somewhere.",
    fields=(field("city", of("string", max_length=20)), field("zip", of("string"), nullable=True)),
)


def test_defaults_are_values_of_their_types(load: Load) -> None:
    """A default that JSON carries as text comes out as the Python value."""
    body = load(sample_resource(*every_field(), objects=(PLACE,))).SampleCreate()
    assert body.a_decimal == Decimal("1.50")
    assert body.a_date == dt.date(2026, 11, 22)
    assert body.a_datetime == dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
    assert body.a_duration == dt.timedelta(minutes=5)
    assert body.a_list == [Decimal("1.5")]
    assert body.an_object.city == "Ghent"
    assert body.an_object.zip is None
    assert body.a_string == 'it\'s "x"'
    assert body.an_enum == "in-transit"


def test_absent_is_not_null(load: Load) -> None:
    """In an update, absent keeps and null clears, only where the field may be null."""
    resource = sample_resource(
        field("title", of("string")), field("note", of("string"), nullable=True)
    )
    update = load(resource).SampleUpdate
    assert update().title is MISSING
    assert update(note=None).note is None
    with pytest.raises(ValidationError):
        update(title=None)


def test_replace_keeps_what_the_server_made(load: Load) -> None:
    """In a replacement, absent is the default, but keeps what the server made or hides."""
    resource = sample_resource(
        field("colour", of("string"), default=LiteralDefault(value="red")),
        field("made", of("datetime"), default="now"),
        field(
            "note",
            of("string"),
            nullable=True,
            on_replace="optional",
            keeps_on_replace=True,
            answered=False,
        ),
    )
    body = load(resource).SampleReplace()
    assert body.colour == "red"
    assert body.made is MISSING
    assert body.note is MISSING


def test_items_keep_their_constraints(load: Load) -> None:
    """The items of a list are checked as fields are."""
    tags = of("list", item=of("string", max_length=3, pattern="^[a-z]+$"), unique_items=True)
    create = load(sample_resource(field("tags", tags))).SampleCreate
    assert create(tags=["abc"]).tags == ["abc"]
    for refused in (["abcd"], ["A"], ["a", "a"], "abc"):
        with pytest.raises(ValidationError):
            create(tags=refused)


def test_decimal_bounds_are_exact(load: Load) -> None:
    """A bound is not taken through a binary fraction: 0.01 is 0.01, and 18 digits count."""
    bound = Decimal("123456789012345.678")
    price = field("price", of("decimal", precision=18, scale=3, ge=bound))
    tiny = field("tiny", of("decimal", precision=4, scale=2, ge=Decimal("0.01")))
    create = load(sample_resource(price, tiny)).SampleCreate
    assert create(price=str(bound), tiny="0.01").tiny == Decimal("0.01")
    with pytest.raises(ValidationError):
        create(price="123456789012345.677", tiny="0.01")


def test_wire_names_are_the_only_aliases(load: Load) -> None:
    """A field is read by its name on the wire, and by no other."""
    photo = field("photo_urls", of("list", item=of("url")), wire="photoUrls")
    odd = field("page", of("string"), wire="list", nullable=True)
    create = load(sample_resource(photo, odd)).SampleCreate
    assert create(photoUrls=[], list="a").page == "a"
    with pytest.raises(ValidationError):
        create(photo_urls=[])


@pytest.mark.parametrize(
    "name", ["list", "str", "int", "bytes", "type", "match", "date", "time", "id_", "decimal"]
)
def test_names_are_carried(load: Load, name: str) -> None:
    """A field may be called like a builtin, a type or a soft keyword, beside lists of things."""
    type_ = of("list", item=of("number")) if name == "list" else of("date")
    named = field(name, type_, nullable=True)
    others = field("others", of("list", item=of("integer", ge=0)), nullable=True)
    day = field("day", of("date"), nullable=True)
    resource = sample_resource(named, others, day)
    assert "alias" not in emit(resource)
    value: object = [1.5] if name == "list" else "2026-11-22"
    for model in ("SampleCreate", "SampleUpdate"):
        body = getattr(load(resource), model)(**{name: value, "others": [1]})
        assert getattr(body, name) is not None
        assert body.others == [1]


def test_sorts_of_cursors_have_one_direction(load: Load) -> None:
    """Terms that ascend and terms that descend do not mix where a cursor must follow them."""
    title = field("title", of("string"))
    resource = sample_resource(title, listed=listing(style="cursor", sorts=("title", "id")))
    module = load(resource)
    params = module.SampleListParams
    assert params(sort=["title", "id"]).sort == ["title", "id"]
    assert params(sort=["-title"]).sort == ["-title"]
    with pytest.raises(ValidationError):
        params(sort=["title", "-id"])
    row = {"id": 1, "title": "a"}
    assert module.SamplePage(items=[row], next_cursor=None).items[0].title == "a"


def test_an_empty_body_is_a_model(load: Load) -> None:
    """An update that nothing may be sent to still refuses every key."""
    fixed = field("fixed", of("string"), on_update="absent")
    update = load(sample_resource(fixed)).SampleUpdate
    update()
    with pytest.raises(ValidationError):
        update(fixed="a")


def test_hostile_text(load: Load) -> None:
    """Text of a spec ends up in docstrings and literals, whatever it holds."""
    title = field("title", of("string"), description=HOSTILE, default=LiteralDefault(value=HOSTILE))
    resource = replace(sample_resource(title), description=HOSTILE, nouns='"""')
    module = load(resource)
    assert module.SampleCreate.model_construct().title == HOSTILE
    assert re.sub(r"\s", "", module.Sample.__doc__).startswith('Says"""no"""and')


def test_models_are_cached() -> None:
    """Unchanged schemas are not generated again; a changed one costs its resource alone."""
    one = sample_resource(field("title", of("string")))
    two = replace(sample_resource(field("name", of("string"))), plural="others")
    cache: dict[str, str] = {}
    first = models_of(sample_service(one, two), cache)
    with pytest.MonkeyPatch.context() as patch:
        generated: list[object] = []
        patch.setattr(models, "_generate", generated.append)
        assert models_of(sample_service(one, two), cache) == first
        assert not generated
    assert len(cache) == 2


@pytest.mark.parametrize(
    ("written", "renamed"),
    [
        ("class Sample(", "class Sample1("),
        (" title:", " title_:"),
        ("title: Annotated[String, Field(", "title: Annotated[String, Field(alias='x', "),
    ],
)
def test_renaming_is_a_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, written: str, renamed: str
) -> None:
    """A model, attribute or alias that is not the spec's is never emitted."""
    resource = sample_resource(field("title", of("string")), kinds=())
    good = models_of(sample_service(resource))["samples/models.py"]
    assert written in good
    monkeypatch.setattr(models, "_generate", lambda _: good.replace(written, renamed))
    with pytest.raises(RenamedError):
        models_of(sample_service(resource))
