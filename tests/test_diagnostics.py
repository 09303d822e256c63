"""How problems are shown: text with carets, JSON, GitHub's workflow commands, colour."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.diagnostics import (
    Diagnostic,
    Note,
    Severity,
    Span,
    SpecError,
    Unread,
    in_order,
    render,
    wants_colour,
)

SOURCE = Unread(Path("spec/catalog.yaml"), "spec: 1\nname: 商品 wrong\nlast: \x1b[31m\n")


def problem(line: int, column: int, end: int, severity: Severity = "error") -> Diagnostic:
    """Make a problem at a place."""
    return Diagnostic(
        code="some-code",
        message="this, is: wrong",
        span=Span(line, column, end),
        severity=severity,
        help="put it right\nor not",
        notes=(Note("it began here", Span(1, 1, 5)),),
    )


def test_text_shows_line_caret_note_and_help() -> None:
    """Carets stand under the characters also behind wide ones."""
    assert render(SOURCE, [problem(2, 10, 15)]) == (
        "spec/catalog.yaml:2:10: error: this, is: wrong [some-code]\n"
        "  name: 商品 wrong\n"
        "             ^^^^^\n"
        "spec/catalog.yaml:1:1: note: it began here\n"
        "  spec: 1\n"
        "  ^^^^\n"
        "help: put it right\ufffdor not\n"
        "\n"
        "Found 1 error in spec/catalog.yaml\n"
    )


def test_no_escape_sequence_of_a_spec_reaches_the_terminal() -> None:
    """A hostile spec cannot paint over what is said of it."""
    text = render(SOURCE, [problem(3, 7, 12)])
    assert "\x1b" not in text


def test_problems_stand_in_the_order_of_the_file_and_once() -> None:
    """Whatever order the checks found them in."""
    first, second = problem(1, 1, 2), problem(2, 1, 2)
    assert in_order([second, first, second]) == (first, second)


def test_at_most_fifty_are_shown_errors_first() -> None:
    """The rest are counted."""
    many = [problem(1, column, column + 1, "warning") for column in range(1, 60)]
    text = render(SOURCE, [*many, problem(3, 1, 2)])
    assert text.count("[some-code]") == 50
    assert "spec/catalog.yaml:3:1: error" in text
    assert text.endswith("\n\n... and 10 more\n\nFound 1 error, 59 warnings in spec/catalog.yaml\n")


def test_nothing_wrong_is_nothing_to_say() -> None:
    """Empty text, and JSON that says so."""
    assert render(SOURCE, []) == ""
    assert render(SOURCE, [], "github") == ""
    assert json.loads(render(SOURCE, [], "json"))["problems"] == []


def test_json_tells_a_machine_the_same() -> None:
    """One object a file."""
    told = json.loads(render(SOURCE, [problem(2, 10, 15), problem(1, 1, 2, "warning")], "json"))
    assert (told["file"], told["errors"], told["warnings"]) == ("spec/catalog.yaml", 1, 1)
    assert told["problems"][1] == {
        "code": "some-code",
        "severity": "error",
        "message": "this, is: wrong",
        "help": "put it right\nor not",
        "line": 2,
        "column": 10,
        "end_column": 15,
        "notes": [{"message": "it began here", "line": 1, "column": 1, "end_column": 5}],
    }


def test_github_gets_a_line_a_problem() -> None:
    """Line breaks, colons and commas are escaped as its runner wants them."""
    assert render(SOURCE, [problem(2, 10, 15)], "github") == (
        "::error file=spec/catalog.yaml,line=2,col=10,endColumn=15,title=some-code::"
        "this, is: wrong%0Ait began here (line 1)%0Aput it right%0Aor not\n"
    )


@pytest.mark.parametrize(
    ("terminal", "environment", "colour"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals(terminal: bool, environment: dict[str, str], colour: bool) -> None:
    """NO_COLOR and FORCE_COLOR are honoured, the first before the second."""
    assert wants_colour(terminal, environment) is colour


def test_colour_changes_no_character() -> None:
    """Without the escape sequences it is the plain text."""
    coloured = render(SOURCE, [problem(2, 10, 15)], colour=True)
    assert coloured != render(SOURCE, [problem(2, 10, 15)])
    for code in ("0", "1", "31", "33", "36"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == render(SOURCE, [problem(2, 10, 15)])


def test_a_place_beyond_the_file_is_named_and_not_shown() -> None:
    """An empty file has no line to show."""
    text = render(
        Unread(Path("a.yaml"), ""), [Diagnostic(code="c", message="m", span=Span(1, 1, 2))]
    )
    assert text == "a.yaml:1:1: error: m [c]\n\nFound 1 error in a.yaml\n"


def test_an_error_says_how_many_problems_it_holds() -> None:
    """For whoever prints the exception and not the diagnostics."""
    assert str(SpecError(SOURCE, [problem(1, 1, 2)])) == "spec/catalog.yaml: 1 error"
