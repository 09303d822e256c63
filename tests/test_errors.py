"""Wrong specs: each `tests/errors/<code>/<case>.yaml` earns exactly the text of `<case>.txt`.

A new case starts with `touch case.txt`; `pytest --update` (in `make golden`) then writes what is
printed, for review. It writes no file that is not there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.together import understand
from generator.diagnostics import Diagnostic, SpecError, render
from generator.explain import codes, page
from generator.source import read

ERRORS = Path(__file__).parent / "errors"
CASES = sorted(ERRORS.glob("*/*.yaml"))
SHOWN_AS = Path("spec/catalog.yaml")
"""Where every case says it is: the language wants the service to be called like its file."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_wrong_spec_earns_exactly_this_text(case: Path, request: pytest.FixtureRequest) -> None:
    """What is printed is what stands beside the spec, and the folder's code is in it."""
    found, text = problems_of(case.read_bytes())
    expected = case.with_suffix(".txt")
    if request.config.getoption("--update", default=False) and expected.exists():
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert case.parent.name in {one.code for one in found}


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    """No code is without a held text, and no folder is for a code that is gone."""
    assert sorted(one.name for one in ERRORS.iterdir() if one.is_dir()) == list(codes())
    assert {case.parent.name for case in CASES} == set(codes())


def test_every_expected_text_belongs_to_a_case() -> None:
    """A text whose spec was renamed or removed is left over."""
    texts = {text.with_suffix(".yaml") for text in ERRORS.glob("*/*.txt")}
    assert texts == set(CASES)


@pytest.mark.parametrize("code", codes())
def test_the_page_of_a_code_shows_it(code: str) -> None:
    """The wrong example earns the code and no other, the right example none at all."""
    shown = page(code)
    assert {one.code for one in problems_of(shown.wrong.encode())[0]} == {code}
    assert problems_of(shown.right.encode())[1] == ""


def test_at_least_sixty_wrong_specs_are_held() -> None:
    """The collection does not shrink unnoticed."""
    assert len({case.read_bytes() for case in CASES}) >= 60


def problems_of(text: bytes) -> tuple[tuple[Diagnostic, ...], str]:
    """What is wrong with a spec, and how it is printed."""
    try:
        source = read(text, SHOWN_AS)
        _, found = understand(source)
    except SpecError as error:
        return error.diagnostics, render(error.source, error.diagnostics)
    return found, render(source, found)
