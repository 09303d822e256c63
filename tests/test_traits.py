"""Traits: what is mixed in is as if the resource had said it, and each part keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check import check
from generator.check.facts import Facts
from generator.diagnostics import Diagnostic, SpecError
from generator.lower import lower
from generator.parse import parse
from generator.source import Source, read
from generator.spec import Spec
from generator.traits import mix

HEAD = "spec: 1\nservice: {name: catalog, version: 1.0.0}\n"
TRAITS = """\
traits:
  Named:
    with: [Noted]
    timestamps: true
    fields: {name: string(1..80)}
    unique: {name_and_note: [name, note]}
    indexes: {by_name: [-name]}
    rules: {long: len(name) > 2}
  Noted:
    timestamps: created
    soft_delete: true
    concurrency: etag
    fields: {note: string(..80)?}
    relations: {shop: {to: Shop?, inverse: noted}}
"""
MIXED = """\
resources:
  Shop: {fields: {city: string}}
  Product:
    with: [Noted, Named]
    concurrency: none
    fields: {sku: string}
"""
WRITTEN = """\
resources:
  Shop: {fields: {city: string}}
  Product:
    timestamps: created
    soft_delete: true
    concurrency: none
    fields: {sku: string, note: string(..80)?, name: string(1..80)}
    relations: {shop: {to: Shop?, inverse: noted}}
    unique: {name_and_note: [name, note]}
    indexes: {by_name: [-name]}
    rules: {long: len(name) > 2}
"""


def parsed(text: str) -> tuple[Spec, Source]:
    """Read a spec."""
    source = read(text, Path("spec/catalog.yaml"))
    return parse(source), source


def problems(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a spec, warnings too."""
    try:
        return check(*parsed(text))
    except SpecError as error:
        return error.diagnostics


def test_what_is_mixed_in_is_as_if_it_were_written_there() -> None:
    """The same service comes of a resource with traits and of one that says all of it itself."""
    with_traits, _ = parsed(HEAD + TRAITS + MIXED)
    written_out, _ = parsed(HEAD + WRITTEN)
    assert lower(with_traits) == lower(written_out)


def test_the_nearest_says_what_holds() -> None:
    """A setting comes from the resource, else from the first trait that says it, in depth."""
    spec, _ = parsed(HEAD + TRAITS + MIXED)
    mixed = mix(spec, "Product")
    assert mixed.spec.timestamps == "created"
    assert mixed.spec.concurrency == "none"
    assert mixed.spec.soft_delete is True
    assert mixed.places["timestamps", ""] == ("traits", "Noted", "timestamps")
    assert mixed.places["concurrency", ""] == ("resources", "Product", "concurrency")
    assert mixed.clashes == ()


def test_every_part_keeps_its_place() -> None:
    """A problem is shown where the part stands, be it in a trait."""
    facts = Facts(*parsed(HEAD + TRAITS + MIXED))
    _, product = facts.resources
    assert facts.place(product, "fields", "sku") == ("resources", "Product", "fields", "sku")
    assert facts.place(product, "fields", "note") == ("traits", "Noted", "fields", "note")
    assert facts.place(product, "rules", "long") == ("traits", "Named", "rules", "long")
    columns = [one.stored for one in product.columns]
    assert columns == ["id", "sku", "note", "name", "shop_id", "created_at", "deleted_at"]


def test_a_trait_by_two_ways_is_mixed_in_once() -> None:
    """`Named` brings `Noted` along, and the resource names it too: nothing clashes."""
    assert problems(HEAD + TRAITS + MIXED) == ()


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        ("{fields: {name: string(9..3)}}", "empty-range"),
        ("{fields: {class: string}}", "reserved-name"),
        ("{fields: {name: string}, unique: {one: [nam]}}", "unknown-field"),
        ("{relations: {shop: {to: Shop, inverse: a, max: 3}}}", "wrong-relation"),
        ("{indexes: {one: [note]}, fields: {note: text}}", "not-indexable"),
        ("{fields: {a: {type: string, was: sku}}}", "wrong-rename"),
        ("{fields: {name: string}, with: [Other]}", "unknown-trait"),
    ],
)
def test_a_mistake_in_a_trait_is_told_once_whoever_has_it(trait: str, expected: str) -> None:
    """Two resources have the trait: the problem stands in it, and is one."""
    own = "fields: {sku: string}"
    text = (
        f"{HEAD}traits:\n  Odd: {trait}\nresources:\n  Shop: {{fields: {{city: string}}}}\n"
        f"  Product: {{with: [Odd], {own}}}\n  Part: {{with: [Odd], {own}}}\n"
    )
    found = [one for one in problems(text) if one.severity == "error"]
    assert {(one.code, one.span.line) for one in found} == {(expected, 4)}
    # What depends on the resource is told of each: the field that it lacks, the one that it has.
    assert len(found) == (2 if expected in {"unknown-field", "wrong-rename"} else 1)


def test_a_trait_cannot_say_what_belongs_to_a_resource() -> None:
    """Keys, paths and endpoints are a resource's own."""
    for key in ("key", "plural", "path", "tag", "endpoints", "cors", "was"):
        with pytest.raises(SpecError) as refused:
            parsed(f"{HEAD}traits: {{Named: {{{key}: x}}}}\nresources: {{}}\n")
        assert {one.code for one in refused.value.diagnostics} == {"unknown-key"}
