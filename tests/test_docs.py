"""The documentation is true: specs compile, answers are given, tables say what the code says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from generator import reference
from generator.check.together import understand
from generator.compiler import compile_spec
from generator.diagnostics import SpecError, render
from generator.field_types import Operator
from generator.graph import graph
from generator.lower import lower
from generator.piece_cache import FOLDER, PieceCache
from generator.source import read
from tests.documents import Step, answered, blocks, headings, links, steps
from tests.services import CATALOG, ROOT, WAREHOUSE, client

PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]
STEPS = [
    pytest.param(page, step, id=f"{page.name}:{step.line}")
    for page in PAGES
    for step in steps(page.read_text("utf-8"))
]
SLIPS = [
    ("type: string(..80)?, index", "type: strng(..80)?, idnex"),
    ("filter: [category]", "filter: [categry]"),
]
ASKING = [one for one in STEPS if isinstance(one.values[1], Step) and one.values[1].consoles]


def test_pages_have_specs() -> None:
    """Blocks are found: in the README, the tutorial and the reference."""
    assert {"README.md", "tutorial.md", "reference.md"} <= {
        str(one.id).split(":")[0] for one in STEPS
    }


@pytest.mark.parametrize(("page", "step"), STEPS)
def test_every_spec_compiles(page: Path, step: Step) -> None:
    """Nothing is wrong with any, and nothing is warned of."""
    source = read(step.spec.encode(), ROOT / "spec/catalog.yaml")
    spec, warnings = understand(source)
    assert lower(spec).resources
    assert not warnings


@pytest.mark.parametrize(("page", "step"), ASKING)
def test_every_answer_is_given(
    page: Path, step: Step, fresh_sqlite_url: str, request: pytest.FixtureRequest
) -> None:
    """What stands below a command is what the service of the spec before it answers."""
    with client(step.spec, fresh_sqlite_url) as http:
        given = [(block.text, answered(block.text, http)) for block in step.consoles]
    if request.config.getoption("--update"):
        text = page.read_text("utf-8")
        for old, new in given:
            text = text.replace(f"```console\n{old}```", f"```console\n{new}```", 1)
        page.write_text(text, "utf-8")
    else:
        for told, now in given:
            assert told == now


def test_the_tables_of_the_reference(request: pytest.FixtureRequest) -> None:
    """Each part of the language has its table, and each table says what the code says."""
    page = ROOT / "docs/reference.md"
    text = page.read_text("utf-8")
    now = reference.filled(text)
    if request.config.getoption("--update"):
        page.write_text(now, "utf-8")
        text = now
    assert sorted(one[2] for one in reference.BLOCK.finditer(text)) == sorted(reference.tables())
    assert text == now, "run `make golden`"


def test_every_operator_is_explained() -> None:
    """The reference knows the operators that the language has, in their order."""
    assert tuple(reference.OPERATORS) == get_args(Operator)


def test_the_emitted_code_that_is_shown() -> None:
    """A handler that the README shows stands so in the catalog's router."""
    emitted = (ROOT / "generated/catalog/products/router.py").read_text("utf-8")
    shown = [one.text for one in blocks((ROOT / "README.md").read_text("utf-8"))]
    handlers = [one for one in shown if one.startswith("@router")]
    assert handlers
    assert all(one in emitted for one in handlers)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every local link names a file that is there, and a heading of it."""
    for target, heading in links(page):
        assert target.exists(), target
        assert not heading or heading in headings(target), f"{target.name}#{heading}"


def test_the_diagram_of_the_readme(request: pytest.FixtureRequest) -> None:
    """It is what `restwright graph spec/warehouse.yaml` prints."""
    path, page = ROOT / "spec/warehouse.yaml", ROOT / "README.md"
    spec, _ = understand(read(path.read_bytes(), path))
    drawn, text = graph(lower(spec)), page.read_text("utf-8")
    (shown,) = [one.text for one in blocks(text) if one.language == "mermaid"]
    if request.config.getoption("--update"):
        page.write_text(text.replace(shown, drawn), "utf-8")
    else:
        assert shown == drawn


def test_the_mistakes_that_the_readme_shows(request: pytest.FixtureRequest) -> None:
    """They are what `make check` says of the catalog with three slips of the pen."""
    wrong = CATALOG.read_text("utf-8")
    for right, slip in SLIPS:
        assert wrong.count(right) == 1
        wrong = wrong.replace(right, slip)
    with pytest.raises(SpecError) as refused:
        understand(read(wrong.encode(), CATALOG.relative_to(ROOT)))
    said = f"$ make check\n{render(refused.value.source, refused.value.diagnostics)}"
    page = ROOT / "README.md"
    text = page.read_text("utf-8")
    (shown,) = re.findall(r"^\$ make check\n.*?(?=^```$)", text, re.DOTALL | re.MULTILINE)
    if request.config.getoption("--update"):
        page.write_text(text.replace(shown, said), "utf-8")
    else:
        assert shown == said


def test_the_numbers_of_files_that_the_readme_shows(request: pytest.FixtureRequest) -> None:
    """What `make run` says that it did not change is all that the compiler writes."""
    page = ROOT / "README.md"
    text = now = page.read_text("utf-8")
    for spec in (CATALOG, WAREHOUSE):
        number = len(compile_spec(spec, PieceCache(ROOT / FOLDER)).files)
        ((shown, told),) = re.findall(rf"^({spec.stem}: .* (\d+) unchanged) in", text, re.MULTILINE)
        now = now.replace(shown, shown.replace(f" {told} unchanged", f" {number} unchanged"))
    if request.config.getoption("--update"):
        page.write_text(now, "utf-8")
    else:
        assert text == now, "run `make golden`"
