"""The schema for editors: it takes what the compiler takes, and stays the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, meta

from generator.editor_schema import editor_schema
from generator.explain import codes, page
from generator.scalars import Raw, value_of
from generator.source import read

ROOT = Path(__file__).parent.parent
SPECS = sorted([*ROOT.glob("spec/*.yaml"), *ROOT.glob("tests/specs/*.yaml")])
VALIDATOR = Draft202012Validator(json.loads(editor_schema()))


def schema_problems(text: str) -> list[str]:
    """What an editor would underline."""
    data: Raw = read(text, Path("spec/catalog.yaml")).data
    return [one.message for one in VALIDATOR.iter_errors(value_of(data))]


def test_the_schema_is_a_schema_and_the_same_every_time() -> None:
    """It is valid by the draft it names, and written the same twice."""
    assert meta.is_valid(json.loads(editor_schema()))
    assert editor_schema() == editor_schema()


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_an_editor_takes_every_spec_of_the_project(path: Path) -> None:
    """The specs that compile are not underlined."""
    assert schema_problems(path.read_text()) == []


@pytest.mark.parametrize("code", codes())
def test_an_editor_takes_every_right_example(code: str) -> None:
    """Nor are the right examples of the codes."""
    assert schema_problems(page(code).right) == []


@pytest.mark.parametrize("code", ["unknown-key", "missing-key", "unknown-word", "wrong-shape"])
def test_an_editor_sees_what_a_schema_can_see(code: str) -> None:
    """Misspelt keys, absent keys, unknown words and wrong shapes are underlined while typing."""
    assert schema_problems(page(code).wrong) != []


def test_an_editor_takes_short_forms_and_keys_with_nothing_after_them() -> None:
    """Every short form of the language, and every default left to itself."""
    short = """
spec: 1
service: {name: catalog, version: 1.0, title: , base_path: }
cors:
  origins: ["*"]
  methods:
enums: {Colour: [red, 1, true], Size: {small: , large: Very large.}}
objects: {Address: {fields: {zip: string}}}
defaults: {timestamps: , list: {page: }}
resources:
  Product:
    key: uuid
    timestamps: created
    fields: {sku: string, stock: {type: integer, default: , gt: -1}, place: Address?}
    unique: {both: [sku, stock]}
    endpoints: [create, read]
  Order:
    key: {type: uuid, given: client}
    fields: {number: integer = 1}
    rules: {counted: number > 0, odd: {check: number % 2 == 1, message: }}
    endpoints: {list: {filter: {number: , id: [eq, in]}, sort: [number]}, read: }
  Line:
    fields: {text: "string = a # b"}
    endpoints: {list: {filter: [text], sort: {by: [text], default: [-text]}}}
"""
    assert schema_problems(short) == []
