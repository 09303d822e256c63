"""What is wrong with a spec, and how a reader is told: text with a caret, JSON, or GitHub's lines.

A `Diagnostic` says what is wrong, its `help` what to do. Its code is stable and names a page of
`generator/codes/` (shown by `restwright explain CODE`) and a folder of `tests/errors/`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Severity = Literal["error", "warning"]
Format = Literal["full", "json", "github"]
MOST_SHOWN = 50
WIDEST = 120
"""Characters of a source line that are shown; of a longer one, the part around the caret."""
LONGEST = 400
"""Characters of a message that are shown: names in it come from the spec."""
LINE_BREAK = re.compile(r"\r\n|\n|\r")
COLOURS = {"error": "31", "warning": "33", "note": "36", "help": "36", "caret": "31", "bold": "1"}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of one line, counted from 1, columns in characters; `end` is the column after it."""

    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Another place that has to do with it: `it stands first here`."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem of a spec, at its place."""

    code: str
    message: str
    span: Span
    severity: Severity = "error"
    help: str | None = None
    notes: tuple[Note, ...] = ()


class SourceText(Protocol):
    """A file as it is shown: `Source` is one."""

    @property
    def path(self) -> Path:
        """Where it is, as the reader named it."""

    @property
    def text(self) -> str:
        """All of it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read as far as a `Source`."""

    path: Path
    text: str


class SpecError(Exception):
    """A spec with errors; its warnings are among the diagnostics. Always at least one."""

    def __init__(self, source: SourceText, diagnostics: Iterable[Diagnostic]) -> None:
        self.source = source
        self.diagnostics = in_order(diagnostics)
        super().__init__(f"{source.path.as_posix()}: {summary(self.diagnostics)}")


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by position, and drop what was said twice."""
    return tuple(
        sorted(dict.fromkeys(diagnostics), key=lambda one: (one.span, one.code, one.message))
    )


def shown(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first of them, as many as a reader can take in; errors before warnings."""
    errors_first = sorted(in_order(diagnostics), key=lambda one: one.severity != "error")
    return in_order(errors_first[:MOST_SHOWN])


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """`3 errors, 1 warning`."""
    counts = {
        one: sum(each.severity == one for each in diagnostics) for one in ("error", "warning")
    }
    return ", ".join(
        f"{count} {word}{'s' * (count != 1)}" for word, count in counts.items() if count
    )


def wants_colour(terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR; FORCE_COLOR colours a pipe too."""
    if environment.get("NO_COLOR"):
        return False
    return terminal or bool(environment.get("FORCE_COLOR"))


def render(
    source: SourceText,
    diagnostics: Sequence[Diagnostic],
    format: Format = "full",
    colour: bool = False,
) -> str:
    """Show problems to a reader; ends in a line break, and is empty where there is none."""
    listed, path = shown(diagnostics), source.path.as_posix()
    left_off = len(in_order(diagnostics)) - len(listed)
    if format == "json":
        return _json(path, listed, diagnostics, left_off)
    if not listed:
        return ""
    if format == "github":
        return "".join(_github(path, one) for one in listed)
    paint = _painted if colour else _plain
    lines = LINE_BREAK.split(source.text)
    blocks = [_block(path, lines, one, paint) for one in listed]
    if left_off:
        blocks.append([f"... and {left_off} more"])
    blocks.append([f"Found {summary(in_order(diagnostics))} in {path}"])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


class Paint(Protocol):
    """Puts text into a colour, or leaves it."""

    def __call__(self, text: str, colour: str) -> str:
        """Paint a text."""


def _plain(text: str, colour: str) -> str:
    return text


def _painted(text: str, colour: str) -> str:
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m"


def _block(path: str, lines: Sequence[str], one: Diagnostic, paint: Paint) -> list[str]:
    place = paint(f"{path}:{one.span.line}:{one.span.column}:", "bold")
    message = paint(_printable(one.message), "bold")
    block = [f"{place} {paint(one.severity, one.severity)}: {message} [{one.code}]"]
    block += _excerpt(lines, one.span, paint)
    for note in one.notes:
        place = f"{path}:{note.span.line}:{note.span.column}:"
        block.append(f"{place} {paint('note', 'note')}: {_printable(note.message)}")
        block += _excerpt(lines, note.span, paint)
    if one.help:
        block.append(f"{paint('help', 'help')}: {_printable(one.help)}")
    return block


def _excerpt(lines: Sequence[str], span: Span, paint: Paint) -> list[str]:
    """The line, and carets under the part that is meant."""
    if span.line > len(lines) or not lines[span.line - 1].strip():
        return []
    line, first = lines[span.line - 1].rstrip(), span.column - 1
    last = max(min(span.end - 1, len(line)), first + 1)
    begin = max(0, min(first - WIDEST // 3, len(line) - WIDEST)) if len(line) > WIDEST else 0
    before, marked = line[begin:first], line[first : min(last, begin + WIDEST)] or " "
    cut = "..." if begin else ""
    text = line[begin : begin + WIDEST] + ("..." if begin + WIDEST < len(line) else "")
    margin = " " * (len(cut) + _width(_printable(before)))
    carets = paint("^" * max(_width(_printable(marked)), 1), "caret")
    return [f"  {cut}{_printable(text)}", f"  {margin}{carets}"]


def _printable(text: str) -> str:
    """Text that a terminal shows as it is: no escape sequence of a spec ever reaches it."""
    shortened = text if len(text) <= LONGEST else text[:LONGEST] + "..."
    return "".join(
        one if one.isprintable() else " " if one == "\t" else "\ufffd" for one in shortened
    )


def _width(text: str) -> int:
    """How many columns of a terminal it takes."""
    wide = sum(unicodedata.east_asian_width(one) in {"W", "F"} for one in text)
    return len(text) + wide - sum(unicodedata.combining(one) > 0 for one in text)


def _github(path: str, one: Diagnostic) -> str:
    """A workflow command: GitHub shows it at the line of the pull request."""
    about = {
        "file": path,
        "line": one.span.line,
        "col": one.span.column,
        "endColumn": one.span.end,
        "title": one.code,
    }
    told = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in about.items())
    notes = [f"{note.message} (line {note.span.line})" for note in one.notes]
    text = "\n".join([one.message, *notes, *([one.help] if one.help else [])])
    return f"::{one.severity} {told}::{_escaped(text)}\n"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(one):02X}" if one in f"%\r\n{more}" else one for one in text)


def _json(
    path: str, listed: Sequence[Diagnostic], diagnostics: Sequence[Diagnostic], left_off: int
) -> str:
    problems = [
        {
            "code": one.code,
            "severity": one.severity,
            "message": one.message,
            "help": one.help,
            **_place(one.span),
            "notes": [{"message": note.message, **_place(note.span)} for note in one.notes],
        }
        for one in listed
    ]
    count = {word: sum(one.severity == word for one in in_order(diagnostics))
             for word in ("error", "warning")}  # fmt: skip
    answer = {
        "file": path,
        "errors": count["error"],
        "warnings": count["warning"],
        "left_off": left_off,
        "problems": problems,
    }
    return json.dumps(answer, indent=2) + "\n"


def _place(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_column": span.end}
