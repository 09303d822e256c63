"""The language as data: short and long forms mean the same, defaults stand where nothing does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import SpecError
from generator.field_types import FIELD_TYPES
from generator.parse import parse
from generator.scalars import Plain
from generator.short_form import ShortFormError, TypeSpec, parse_type
from generator.source import read
from generator.spec import USUAL_ENDPOINTS, FieldSpec, ResourceSpec, Section, Spec

ROOT = Path(__file__).parent.parent
PATH = Path("spec/catalog.yaml")
SERVICE = "spec: 1\nservice: {name: catalog, version: 1.0}\n"


def spec_of(rest: str) -> Spec:
    """Parse what stands after edition and service."""
    return parse(read(SERVICE + rest, PATH))


def field_of(text: str) -> FieldSpec:
    """Parse a field as it stands after its name."""
    product = spec_of(f"resources:\n  Product:\n    fields:\n      it: {text}\n").resources[
        "Product"
    ]
    return product.fields["it"]


def resource_of(text: str) -> ResourceSpec:
    """Parse a resource in flow style."""
    return spec_of(f"resources:\n  Product: {text}\n").resources["Product"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string", TypeSpec(name="string")),
        ("string(20)", TypeSpec(name="string", max=20)),
        ("string(3..20)", TypeSpec(name="string", min=3, max=20)),
        ("text(3..)?", TypeSpec(name="text", min=3, nullable=True)),
        ("email(..80)", TypeSpec(name="email", max=80)),
        ("integer(-5..5)", TypeSpec(name="integer", min=-5, max=5)),
        ("integer(0..)", TypeSpec(name="integer", min=0)),
        ("number(0..1.5)", TypeSpec(name="number", min=Decimal(0), max=Decimal("1.5"))),
        ("number(-1e3..)", TypeSpec(name="number", min=Decimal(-1000))),
        ("decimal(10:2)", TypeSpec(name="decimal", precision=10, scale=2)),
        (
            "decimal(10:2 0..9.99)?",
            TypeSpec(
                name="decimal",
                precision=10,
                scale=2,
                min=Decimal(0),
                max=Decimal("9.99"),
                nullable=True,
            ),
        ),
        ("list(string(..20))", TypeSpec(name="list", item=TypeSpec(name="string", max=20))),
        ("list(list(uuid))?", TypeSpec(
            name="list", nullable=True, item=TypeSpec(name="list", item=TypeSpec(name="uuid")))),
        ("  string ( 3 .. 20 ) ?  ", TypeSpec(name="string", min=3, max=20, nullable=True)),
    ],
)  # fmt: skip
def test_a_short_form_says_all_of_a_type(text: str, expected: TypeSpec) -> None:
    """Name, range, digits, item and whether it may be null."""
    assert parse_type(text, FIELD_TYPES) == expected


@given(st.text(alphabet="strinegdcmalu(.)?=:0123456789- x", max_size=25))
def test_any_text_is_a_type_or_is_refused_within_it(text: str) -> None:
    """A refusal marks a place in the text, or its end."""
    try:
        parse_type(text, FIELD_TYPES)
    except ShortFormError as error:
        assert 0 <= error.start <= len(text)
        assert error.start < error.end


def test_a_default_lands_in_one_place_from_both_forms() -> None:
    """After `=` and under `default` it is the same raw value."""
    assert field_of("integer(0..) = 0") == field_of("{type: integer(0..), default: 0}")
    assert field_of("'string = \"a # b\"'").default == "a # b"
    assert field_of("string = 1").default == Plain("1")


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("string = 008672", "008672"),
        ("string = two words", "two words"),
        ("string = null", "null"),
        ("number = -1.50", "-1.50"),
        ("list(string) = []", []),
        ("list(string) = [a, 'b']", ["a", "b"]),
        ("json = {a: 1}", None),
        ("'json = {a: 1}'", {"a": "1"}),
        ("datetime = now", "now"),
        ("string", None),
    ],
)
def test_defaults_are_kept_as_they_are_written(text: str, default: object) -> None:
    """What they mean is the type's affair; nothing is lost on the way there."""
    if default is None and "=" in text:
        with pytest.raises(SpecError):
            field_of(text)
    else:
        assert field_of(text).default == default


def test_text_is_the_text_that_stands_there() -> None:
    """`version: 1.0` is not the number 1."""
    spec = spec_of("enums: {E: [1, true, 1.50]}\nresources: {}\n")
    assert spec.service.version == "1.0"
    assert type(spec.service.version) is str
    assert list(spec.enums["E"]) == ["1", "true", "1.50"]


def test_bounds_are_exact() -> None:
    """A decimal's bound does not pass through a float."""
    assert field_of("{type: 'decimal(10:2)', ge: 0.10}").ge == Decimal("0.10")


def test_a_key_with_nothing_after_it_has_its_defaults() -> None:
    """In every section, and whole sections too."""
    named = resource_of(
        "{fields: {a: string}, tag: , endpoints: {list: {page: , filter: }, read: }}"
    )
    assert named.tag is None
    assert named.endpoints.list is not None
    assert named.endpoints.list.page.style is None
    assert named.endpoints.names == ("list", "read")
    assert resource_of("{fields: {a: string}, endpoints: }").endpoints.names == USUAL_ENDPOINTS
    assert resource_of("").fields == {}


def test_endpoints_left_out_are_the_usual_ones() -> None:
    """All but replace."""
    assert resource_of("{fields: {a: string}}").endpoints.names == USUAL_ENDPOINTS


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("endpoints: [list, read]", "endpoints: {list: , read: }"),
        ("endpoints: {list: {filter: [a]}}", "endpoints: {list: {filter: {a: [eq]}}}"),
        ("endpoints: {list: {filter: {a: }}}", "endpoints: {list: {filter: {a: [eq]}}}"),
        ("endpoints: {list: {sort: [a]}}", "endpoints: {list: {sort: {by: [a]}}}"),
        ("key: uuid", "key: {type: uuid, given: server}"),
        ("rules: {long: len(a) > 2}", "rules: {long: {check: len(a) > 2}}"),
        (
            "endpoints: [bulk_create, bulk_delete]",
            "endpoints: {bulk_create: {on_conflict: , answer: items}, bulk_delete: {max: }}",
        ),
        (
            "relations: {p: {to: Product?, inverse: q}}",
            "relations: {p: {inverse: q, to: Product ?}}",
        ),
    ],
)
def test_a_short_form_means_its_long_form(short: str, long: str) -> None:
    """Lists of names, and names of keys."""
    fields = "fields: {a: string}"
    assert resource_of(f"{{{fields}, {short}}}") == resource_of(f"{{{fields}, {long}}}")


@pytest.mark.parametrize(
    ("text", "to_many", "nullable"),
    [("Product", False, False), ("Product?", False, True), ("list(Product)", True, False)],
)
def test_a_relation_leads_to_one_to_one_or_none_or_to_many(
    text: str, to_many: bool, nullable: bool
) -> None:
    """Its target is read as a type is."""
    relation = resource_of(f"{{relations: {{it: {{to: {text}, inverse: them}}}}}}").relations["it"]
    assert (relation.target, relation.to_many) == ("Product", to_many)
    assert relation.to.nullable == nullable


@pytest.mark.parametrize(
    "text",
    ["Prodct", "list(Product)?", "list(list(Product))", "list", "Product(3)", "string", "[a]"],
)
def test_what_leads_to_no_rows_is_no_relation(text: str) -> None:
    """Nor does a list that may be null: an empty one says as much."""
    with pytest.raises(SpecError):
        resource_of(f"{{relations: {{it: {{to: {text}, inverse: them}}}}}}")


def test_what_a_resource_leaves_to_the_defaults_is_told_from_what_it_undoes() -> None:
    """`none` and `false` undo a default; nothing leaves it."""
    undone = resource_of("{concurrency: none, soft_delete: false, timestamps: false}")
    assert (undone.concurrency, undone.soft_delete, undone.timestamps) == ("none", False, "none")
    left = resource_of("{concurrency: , soft_delete: , timestamps: }")
    assert (left.concurrency, left.soft_delete, left.timestamps) == (None, None, None)


def test_the_words_for_three_states_are_told_apart() -> None:
    """`unique` and `timestamps` take true, false or a word."""
    assert field_of("{type: string, unique: true}").unique == "yes"
    assert field_of("{type: string, unique: ignore_case}").unique == "ignore_case"
    assert field_of("{type: string, unique: false}").unique == "no"
    states = {text: resource_of(f"{{timestamps: {text}}}").timestamps
              for text in ("true", "false", "created", "")}  # fmt: skip
    assert states == {"true": "both", "false": "none", "created": "created", "": None}


def test_a_field_is_called_what_it_likes_on_the_wire() -> None:
    """`as` is a keyword of Python, so the attribute has an underscore; the language has none."""
    assert field_of("{type: string, as: photoUrls}").as_ == "photoUrls"


def sections() -> list[type[Section]]:
    """List every section of the language."""
    found, todo = [], [Section]
    while todo:
        todo += (found_here := todo.pop().__subclasses__())
        found += found_here
    return found


@pytest.mark.parametrize("section", sections(), ids=lambda one: one.__name__)
def test_every_word_of_the_language_is_described(section: type[Section]) -> None:
    """Docstrings and descriptions are the reference page and the editor's hover text."""
    assert section.__doc__
    assert all(field.description for field in section.model_fields.values())


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("spec/*.yaml"), *ROOT.glob("tests/specs/*.yaml")]),
    ids=lambda one: one.stem,
)
def test_the_specs_of_the_project_are_of_the_language(path: Path) -> None:
    """They parse, and are the same value each time."""
    assert parse(read(path.read_bytes(), path)) == parse(read(path.read_text(), path))
