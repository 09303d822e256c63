"""`restwright explain`: a page for every code, every resource with all of its defaults.

Of each spec in `tests/explained/` exactly the text beside it is printed: of one that leaves out
what can be left out, and of one that has every key. `pytest --update` writes the texts anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from generator.check.together import understand
from generator.diagnostics import SpecError
from generator.explain import UnknownCodeError, codes, explain, page
from generator.explain_resource import explain_resource
from generator.field_types import FIELD_TYPES
from generator.ir import Service
from generator.lower import lower
from generator.source import read
from generator.spec import (
    BulkCreateSpec,
    BulkDeleteSpec,
    CorsSpec,
    EndpointSpec,
    EndpointsSpec,
    FieldSpec,
    KeySpec,
    ListSpec,
    PageSpec,
    RelationSpec,
    ResourceSpec,
    RuleSpec,
    Section,
    SortSpec,
    Spec,
)
from generator.traits import mix

EXPLAINED = Path(__file__).parent / "explained"
FEW_WORDS, EVERY_WORD = EXPLAINED / "few-words.yaml", EXPLAINED / "every-word.yaml"
MIXED_IN = {"with"}
"""What is not shown, since what it stands for is."""


@pytest.mark.parametrize("code", codes())
def test_every_code_is_explained_with_a_wrong_and_a_right_example(code: str) -> None:
    """The page names the code, says what it means, and shows both."""
    text = explain(code)
    assert text.startswith(f"{code}: {page(code).title}\n")
    assert "\nWrong:\n" in text
    assert "\nRight:\n" in text
    assert text.endswith("\n")
    assert page(code).wrong != page(code).right


def test_a_misspelt_code_is_met_with_the_one_meant() -> None:
    """Did you mean."""
    with pytest.raises(UnknownCodeError, match="did you mean `unknown-key`"):
        explain("unknown_kye")


@pytest.mark.parametrize("code", ["../spec", "", "README", "unknown-key.md", "/etc/passwd"])
def test_what_is_no_code_reads_no_file(code: str) -> None:
    """Only listed pages are opened."""
    with pytest.raises(UnknownCodeError):
        explain(code)


def test_codes_are_kebab_case() -> None:
    """They are stable names that people paste into searches."""
    assert all(code.replace("-", "").isalnum() and code == code.lower() for code in codes())


@pytest.mark.parametrize("spec", [FEW_WORDS, EVERY_WORD], ids=lambda spec: spec.stem)
def test_a_resource_is_explained_by_exactly_this_text(
    spec: Path, request: pytest.FixtureRequest
) -> None:
    """Every default stands there; and the text is a spec again, of the very same resources."""
    text, expected = explained(spec.read_text("utf-8")), spec.with_suffix(".txt")
    if request.config.getoption("--update", default=False):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text("utf-8")
    head = spec.read_text("utf-8").partition("resources:\n")[0]
    again = f"{head}resources:\n{indent(text, '  ')}"
    assert understood(again)[1] == understood(spec.read_text("utf-8"))[1]


def test_every_key_is_shown_of_a_resource_that_has_it() -> None:
    """A key that is added to the language is one that `explain` has to say."""
    for section, keys in shown(EVERY_WORD, "Product"):
        assert set(section.words()) - MIXED_IN - set(keys) == set(), section.__name__


def test_every_default_is_shown_of_a_resource_that_leaves_it_out() -> None:
    """What has a value, or says what it is by default, is filled in."""
    for section, keys in shown(FEW_WORDS, "ProductLine"):
        usual = {
            field.alias or name
            for name, field in section.model_fields.items()
            if not field.is_required()
            and (field.default is not None or "By default" in (field.description or ""))
        }
        assert usual - MIXED_IN - set(keys) == set(), section.__name__


@pytest.mark.parametrize("kind", [one for one in FIELD_TYPES if one not in ("enum", "object")])
def test_a_list_says_whether_items_are_distinct_where_it_can(kind: str) -> None:
    """`unique_items` is printed of exactly the lists that take it."""
    item = "decimal(5:2)" if kind == "decimal" else kind
    text = "spec: 1\nservice: {name: catalog, version: 1}\nresources: {Box: {fields: {a: %s}}}\n"
    if not accepted(text % f"list({item})"):
        return
    printed = "unique_items: false" in explained(text % f"list({item})")
    assert printed == accepted(text % f"{{type: list({item}), unique_items: false}}")


def understood(text: str) -> tuple[Spec, Service]:
    """Read and lower a spec."""
    spec = understand(read(text.encode(), Path("spec/catalog.yaml")))[0]
    return spec, lower(spec)


def accepted(text: str) -> bool:
    """Whether a spec has no mistake."""
    try:
        understood(text)
    except SpecError:
        return False
    return True


def explained(text: str) -> str:
    """Explain the resources of a spec, one below the other."""
    spec, service = understood(text)
    return "".join(explain_resource(one, mix(spec, one.name).spec) for one in service.resources)


def shown(spec: Path, resource: str) -> list[tuple[type[Section], Iterable[str]]]:
    """Give the keys that are printed of a resource, by the section that they are keys of."""
    said: dict[str, Any] = yaml.safe_load(explained(spec.read_text("utf-8")))[resource]
    endpoints, parts = said["endpoints"], {}
    for part in ("fields", "relations", "rules"):
        parts[part] = {key for one in said[part].values() for key in one}
    return [
        (ResourceSpec, said),
        (KeySpec, said["key"]),
        (FieldSpec, parts["fields"]),
        (RelationSpec, parts["relations"]),
        (RuleSpec, parts["rules"]),
        (CorsSpec, said["cors"]),
        (EndpointsSpec, endpoints),
        (EndpointSpec, endpoints["create"]),
        (ListSpec, endpoints["list"]),
        (SortSpec, endpoints["list"]["sort"]),
        (PageSpec, endpoints["list"]["page"]),
        (BulkCreateSpec, endpoints["bulk_create"]),
        (BulkDeleteSpec, endpoints["bulk_delete"]),
    ]
