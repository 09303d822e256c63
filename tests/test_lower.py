"""What lowering decides beyond what one golden case shows: statuses, names, digests."""

from __future__ import annotations

import pytest

from generator.ir import Operation, Service
from generator.lower import lower
from generator.parse import parse
from generator.source import read
from tests.services import ROOT

HEAD = "spec: 1\nservice: {name: shop, version: 1.0.0}\n"
TREE = """
resources:
  Branch:
    fields: {name: string(..20)}
    endpoints: [create, replace, update, delete, bulk_delete]
  Leaf:
    fields: {size: integer, grown_on: date?}
    relations:
      branch: {to: Branch?, inverse: leaves, on_delete: ON_DELETE, write: create}
    rules: RULES
    endpoints: [create, replace, update, delete]
  Insect:
    fields: {name: string(..20)}
    relations: {leaf: {to: Leaf, inverse: insects, on_delete: BELOW}}
    endpoints: [create]
"""


def lowered(text: str) -> Service:
    """Lower a spec."""
    return lower(parse(read(f"{HEAD}{text}".encode(), ROOT / "spec" / "shop.yaml")))


def tree(on_delete: str, below: str = "cascade", rules: str = "{}") -> Service:
    """Lower a tree whose leaves refer to branches, and insects to leaves."""
    text = TREE.replace("ON_DELETE", on_delete).replace("BELOW", below).replace("RULES", rules)
    return lowered(text)


def operation(service: Service, name: str) -> Operation:
    """Look up an operation by its name."""
    every = (one for resource in service.resources for one in resource.operations)
    return next(one for one in every if one.name == name)


@pytest.mark.parametrize(
    ("on_delete", "below", "rules", "conflicts"),
    [
        ("restrict", "cascade", "{}", True),
        ("cascade", "cascade", "{}", False),
        ("cascade", "restrict", "{}", True),
        ("set_null", "restrict", "{}", False),
        ("set_null", "restrict", "{kept: branch is not null}", True),
        ("set_null", "restrict", "{grown: size > 1}", False),
    ],
)
def test_deleting_conflicts_where_a_row_can_be_in_the_way(
    on_delete: str, below: str, rules: str, conflicts: bool
) -> None:
    """What refers to the row, or to what goes with it, and what clearing a reference breaks."""
    service = tree(on_delete, below, rules)
    for name in ("delete_branch", "bulk_delete_branches"):
        assert (409 in operation(service, name).problems) == conflicts


def test_writes_conflict_where_they_can() -> None:
    """A reference that never changes conflicts on create alone; a rule does on every write."""
    service = tree("restrict")
    assert 409 in operation(service, "create_leaf").problems
    assert 409 not in operation(service, "replace_leaf").problems
    assert 409 not in operation(service, "create_branch").problems
    ruled = tree("restrict", rules="{grown: size > 1}")
    assert 409 in operation(ruled, "replace_leaf").problems
    assert 409 in operation(ruled, "update_leaf").problems


LIBRARY = """
resources:
  Person: {fields: {name: string(..20)}, endpoints: [create, read]}
  Book:
    fields: {title: string(..20)}
    relations:
      author: {to: Person, inverse: books}
      editor: {to: Person, inverse: edited_works}
    endpoints: {list: {under: UNDER, filter: [author, editor]}}
"""


@pytest.mark.parametrize(
    ("under", "names"),
    [
        ("[author]", {"list_person_books": "PersonBookListParams"}),
        (
            "[author, editor]",
            {
                "list_person_books": "PersonBookListParams",
                "list_person_edited_works": "PersonEditedWorkListParams",
            },
        ),
    ],
)
def test_lists_below_others_have_distinct_names(under: str, names: dict[str, str]) -> None:
    """By the resource that is listed, and by the inverse where two relations lead to one target."""
    (_, book) = lowered(LIBRARY.replace("UNDER", under)).resources
    listings = {one.name: one.listing for one in book.operations if one.under}
    assert {name: one.parameters for name, one in listings.items() if one} == names
    first = listings["list_person_books"]
    assert first is not None
    assert [one.name for one in first.filters] == ["editor_id"]


SHELF = """
resources:
  Shelf: {fields: {name: string(..20)}}
  Book:
    fields: {title: string(..20), pages: {type: integer(0..9), description: How long.}}
    relations: {shelf: {to: Shelf?, inverse: books}, readers: {to: list(Shelf), inverse: read}}
    rules: {thin: {check: pages < 9, message: Too thick.}}
"""


def test_the_digest_is_of_what_is_stored() -> None:
    """It changes with foreign keys, links, rules and marks, and with nothing that is said only."""
    before = lowered(SHELF).schema_hash
    stored = {
        "on_delete: set_null, to: Shelf?, inverse: books": "to: Shelf?, inverse: books",
        "to: Shelf?, unique: true": "to: Shelf?",
        "watchers: {": "readers: {",
        "check: pages < 8": "check: pages < 9",
        "Book:\n    soft_delete: true": "Book:",
        "Book:\n    concurrency: etag": "Book:",
        "compute: 1 + 1, type: integer(0..9)": "type: integer(0..9)",
    }
    said = {
        "to: Shelf?, inverse: tomes": "to: Shelf?, inverse: books",
        "expand: true, to: Shelf?": "to: Shelf?",
        "message: Too heavy.": "message: Too thick.",
        "max: 3, to: list(Shelf)": "to: list(Shelf)",
        "as: place, to: Shelf?": "to: Shelf?",
    }
    hashes = {lowered(SHELF.replace(old, new)).schema_hash for new, old in stored.items()}
    assert len(hashes | {before}) == len(stored) + 1
    assert {lowered(SHELF.replace(old, new)).schema_hash for new, old in said.items()} == {before}
