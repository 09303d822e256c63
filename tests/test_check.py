"""Checks as a whole: what they derive is what lowering makes, and they hold at scale."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.check import check, claims
from generator.check.facts import Facts
from generator.check.parameters import parameters
from generator.check.sizes import largest
from generator.diagnostics import SpecError
from generator.ir import Service
from generator.lower import lower
from generator.naming import sql_name
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
        columns = {(one.stored, one.wire, one.kind.name, one.nullable) for one in mine.columns}
        fields = {(one.name, one.wire, one.type.kind.name, one.nullable) for one in theirs.fields}
        assert columns == fields
        assert {one.name for one in mine.columns if one.relation} == {
            one.relation for one in theirs.fields if one.relation
        }
        assert {one.stored for one in mine.columns if not one.hidden} == {
            one.name for one in theirs.fields if one.answered
        }
        for field in theirs.fields:
            value = mine.spec.fields.get(field.name)
            if value is not None and field.role == "plain":
                size = object_bytes([(field.wire, largest(facts, value))])
                assert max(LEAST_LIMIT, size) == body_limit([field], theirs.objects)
    styles = {one.listing.style for r in service.resources for one in r.operations if one.listing}
    assert styles <= LIST_PARAMETERS.keys()


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_names_that_are_held_apart_are_those_that_lowering_makes(path: Path) -> None:
    """Operations, schemas, parameters, and every name in SQL."""
    source = read(path.read_bytes(), path)
    spec = parse(source)
    facts = Facts(spec, source)
    service = lower(spec)
    made = [one for resource in service.resources for one in resource.operations]
    assert {one.name for one in claims.operations(facts)} == {one.name for one in made}
    named = {one.name for one in claims.schemas(facts)}
    assert {one.body for one in made if one.body} <= named
    assert {one.answer for one in made if one.answer} <= named
    assert {one.listing.parameters for one in made if one.listing} <= named
    assert {one.read_parameters for one in made if one.read_parameters} <= named
    assert sql_names_of(service) == {one.name for one in claims.sql_names(facts)}
    for mine, theirs in zip(facts.resources, service.resources, strict=True):
        listed = theirs.operation("list")
        if listed is not None and listed.listing is not None:
            asked = {(claim.name, wire) for wire, claim in parameters(facts, mine)}
            assert {(one.name, one.wire) for one in listed.listing.filters} <= asked


def sql_names_of(service: Service) -> set[str]:
    """List the tables, indexes and constraints of a service; primary keys have no name of ours."""
    found: set[str] = set()
    for one in service.resources:
        links = [relation.link for relation in one.relations if relation.link is not None]
        found |= {one.plural, *(rule.sql_name for rule in one.rules)}
        found |= {unique.sql_name for unique in one.unique_sets if not unique.primary}
        found |= {index.sql_name for index in one.indexes}
        found |= {relation.sql_name for relation in one.relations if not relation.to_many}
        found |= {
            sql_name("ck", one.plural, field.name)
            for field in one.fields
            if field.type.kind.name == "enum"
        }
        for link in links:
            found |= {link.name, link.owner_sql_name, link.member_sql_name, link.index_sql_name}
    return found


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
    start = time.process_time()
    assert check(spec, source) == ()
    assert time.process_time() - start < 10
