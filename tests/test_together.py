"""A spec that does not parse is checked as far as it can be, and nothing is said that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.together import understand
from generator.diagnostics import SpecError
from generator.source import read

PATH = Path("spec/catalog.yaml")
SERVICE = "spec: 1\nservice: {name: catalog, version: 1.0.0}\n"


def found(text: str) -> list[str]:
    """List the problems of a spec as `line:code`; warnings too where there is nothing else."""
    try:
        return [f"{one.span.line}:{one.code}" for one in understand(read(text, PATH))[1]]
    except SpecError as error:
        return [f"{one.span.line}:{one.code}" for one in error.diagnostics]


def test_a_misspelt_key_hides_no_other_problem() -> None:
    """Unknown keys, a wrong type and what only the checks see, all in one run."""
    text = (
        SERVICE
        + """\
resources:
  Product:
    tags: Inventory
    fields:
      sku: {type: string(5..2), uniqe: true}
      title: strng
      stock: integer(0..) = -1
    endpoints:
      lst:
      list: {filter: [title, colour], sort: [stock, titel]}
"""
    )
    assert found(text) == [
        "5:unknown-key",
        "7:empty-range",
        "7:unknown-key",
        "8:unknown-type",
        "9:wrong-default",
        "11:unknown-key",
        "12:unknown-field",
        "12:unknown-field",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The field is there, though nobody knows its type.
        (
            "resources: {Product: {fields: {sku: strng}, key: sku, unique: {one: [sku]},\n"
            "  endpoints: {list: {filter: {sku: [prefix]}, sort: [sku]}}}}\n",
            ["3:unknown-type"],
        ),
        # An item too many hides neither what stands beside it nor where.
        (
            "resources: {Product: {fields: {a: string}, with: [A, A, B],\n"
            "  unique: {one: [a, a,\n  b]}, description: [],\n"
            "  rules: {r: b > 3}}}\n",
            [
                "3:unknown-trait",
                "3:duplicate-item",
                "3:unknown-trait",
                "4:duplicate-item",
                "5:unknown-field",
                "5:wrong-shape",
                "6:expression-name",
            ],
        ),
        # Fields under a misspelt key are not missing.
        (
            "resources: {Product: {fiels: {sku: string}, unique: {one: [sku]}}}\n",
            ["3:unknown-key"],
        ),
        ("resorces: {Product: {fields: {sku: string}}}\n", ["3:unknown-key"]),
        # Nor is what a misspelt enum, object or feature would have brought.
        (
            "enum: {Colour: [red]}\nresources: {Product: {fields: {c: Colour = red}}}\n",
            ["3:unknown-key", "4:unknown-type"],
        ),
        (
            "resources: {Product: {fields: {a: string}, timestamps: yes,\n"
            "  endpoints: {list: {sort: [created_at]}}}}\n",
            ["3:wrong-shape"],
        ),
        (
            "resources: {Product: {fields: {a: string}, endpoints:\n"
            '  {list: {page: {size: 200, max: "500"}}}}}\n',
            ["4:wrong-shape"],
        ),
        # Nor is what a relation, a trait or a feature would have brought.
        (
            "resources: {Shop: {fields: {a: string}}, Product: {fields: {b: string},\n"
            "  relations: {shop: {to: Shp, inverse: products}}, unique: {one: [b, shop]},\n"
            "  endpoints: {list: {filter: [shop, shop.a], under: [shop], sort: [shop]}}}}\n",
            ["4:unknown-resource"],
        ),
        (
            "resources: {Shop: {fields: {a: string}}, Product: {fields: {b: string},\n"
            "  relation: {shop: {to: Shop, inverse: products}}, unique: {one: [b, shop]},\n"
            "  endpoints: {list: {filter: [shop, shop.a], under: [shop], sort: [shop]}}}}\n",
            ["4:unknown-key"],
        ),
        (
            "trait: {Named: {fields: {name: string}}}\n"
            "resources: {Product: {with: [Named], unique: {one: [name]}}}\n",
            ["3:unknown-key"],
        ),
        (
            "traits: {Named: {fields: {name: strng}, tag: Names}}\n"
            "resources: {Product: {with: [Named], unique: {one: [name]}}}\n",
            ["3:unknown-type", "3:unknown-key"],
        ),
        (
            "resources: {Product: {fields: {a: string}, concurrency: true, soft_delete: yes,\n"
            "  indexes: {one: [version]}}}\n",
            ["3:wrong-shape", "3:wrong-shape"],
        ),
    ],
)
def test_nothing_follows_from_what_was_left_out(text: str, expected: list[str]) -> None:
    """One mistake is one problem."""
    assert found(SERVICE + text) == expected


def test_what_cannot_be_missed_is_stood_in_for() -> None:
    """A spec without service or edition is checked all the same."""
    text = "resources: {Product: {fields: {sku: integer = x}}}\n"
    assert found(text) == ["1:missing-key", "1:missing-key", "1:wrong-default"]


def test_a_file_of_another_edition_is_wrong_in_that_alone() -> None:
    """Its words mean something else."""
    assert found("spec: 2\nresources: {Product: {fields: {sku: integer = x}}}\n") == [
        "1:unknown-edition"
    ]
