"""Checks as a whole: what they derive is what lowering makes, and they hold at scale."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.check import check
from generator.check.facts import Facts
from generator.check.sizes import largest
from generator.diagnostics import SpecError
from generator.lower import lower
from generator.parse import parse
from generator.reserved_names import LIST_PARAMETERS
from generator.sizes import LEAST_LIMIT, MOST_BYTES, body_limit, object_bytes
from generator.source import Source, read
from generator.spec import Spec

ROOT = Path(__file__).parent.parent
SPECS = sorted([*ROOT.glob("spec/*.yaml"), *ROOT.glob("tests/specs/*.yaml")])
HEAD = "spec: 1\nservice: {name: catalog, version: 1.0.0}\n"
HOSTILE = "\"q\" 'q' \\\\ {{ b }} {% tag %} */ <!-- ''' \"\"\" \\u2028 é \U0001f600 class"


def parsed(text: str) -> tuple[Spec, Source]:
    """Read a spec."""
    source = read(text, Path("spec/catalog.yaml"))
    return parse(source), source


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_specs_of_the_project_are_right(path: Path) -> None:
    """Neither has an error."""
    source = read(path.read_bytes(), path)
    assert all(one.severity == "warning" for one in check(parse(source), source))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_what_is_checked_is_what_lowering_makes(path: Path) -> None:
    """Names, columns, parameters and sizes are derived twice, and alike."""
    source = read(path.read_bytes(), path)
    spec = parse(source)
    facts = Facts(spec, source)
    service = lower(spec)
    for mine, theirs in zip(facts.resources, service.resources, strict=True):
        assert (mine.singular, mine.plural) == (theirs.singular, theirs.plural)
        assert f"{spec.service.base_path}/{mine.segment}" == theirs.path
        assert mine.key_name == theirs.key.field
        columns = {(one.name, one.wire, one.kind.name, one.nullable) for one in mine.columns}
        fields = {(one.name, one.wire, one.type.kind.name, one.nullable) for one in theirs.fields}
        assert columns == fields
        assert {one.name for one in mine.columns if not one.hidden} == {
            one.name for one in theirs.fields if one.answered
        }
        for field in theirs.fields:
            value = mine.spec.fields.get(field.name)
            if value is not None and field.role == "plain":
                size = object_bytes([(field.wire, largest(facts, value))])
                assert max(LEAST_LIMIT, size) == body_limit([field], theirs.objects)
    styles = {one.listing.style for r in service.resources for one in r.operations if one.listing}
    assert styles <= LIST_PARAMETERS.keys()


def test_the_largest_body_counts_every_character_escaped() -> None:
    """A text of the upper planes takes twelve bytes a character, and a small body a mebibyte."""
    spec, _ = parsed(f"{HEAD}resources:\n  Book:\n    fields:\n      pages: text(..100000)\n")
    (book,) = lower(spec).resources
    limit = body_limit([one for one in book.fields if one.name == "pages"], ())
    assert 12 * 100_000 < limit < 12 * 100_000 + 100
    assert body_limit([], ()) == LEAST_LIMIT < MOST_BYTES


def test_hostile_text_is_accepted_where_text_is_free() -> None:
    """Quotes, backslashes, braces and tags in titles and descriptions are text like other."""
    text = HOSTILE.replace('"', '\\"')
    spec, source = parsed(
        f'spec: 1\nservice: {{name: catalog, version: "{text}", title: "{text}", '
        f'description: "{text}"}}\nenums: {{Kind: {{new: "{text}"}}}}\n'
        f'resources:\n  Product:\n    description: "{text}"\n    tag: "{text}"\n    fields:\n'
        f'      sku: {{type: string, description: "{text}", example: "{text}", '
        f'default: "{text}"}}\n'
    )
    assert check(spec, source) == ()


def test_all_problems_are_reported_at_once() -> None:
    """A check does not hide what another finds."""
    fields = "      class: string(9..3)\n      price: {type: number, max_length: 5}\n"
    spec, source = parsed(f"{HEAD}resources:\n  Product:\n    key: sku\n    fields:\n{fields}")
    with pytest.raises(SpecError) as refused:
        check(spec, source)
    codes = {one.code for one in refused.value.diagnostics}
    assert codes == {"reserved-name", "empty-range", "wrong-constraint", "unknown-field"}


def test_a_large_spec_is_checked_in_seconds() -> None:
    """Five hundred resources of fifty fields each."""
    fields = "".join(f"      field_{n}: {{type: string(..40), index: true}}\n" for n in range(50))
    resources = "".join(
        f"  Thing{chr(65 + n // 26)}{n}:\n    fields:\n{fields}" for n in range(300)
    )
    spec, source = parsed(f"{HEAD}resources:\n{resources}")
    start = time.perf_counter()
    assert check(spec, source) == ()
    assert time.perf_counter() - start < 10
