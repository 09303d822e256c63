"""What libyaml says of a text that is not YAML, in words for whoever wrote the text."""

from __future__ import annotations

import re

import yaml

from generator.diagnostics import Diagnostic, Note, Span

COLON = "mapping values are not allowed in this context"
KEY = "did not find expected key"
START = "found character that cannot start any token"
WORDS: dict[str, tuple[str, str | None]] = {
    COLON: (
        "this line stands too far right, or the one above is not finished",
        "keys of one mapping begin in one column",
    ),
    KEY: (
        "this line does not fit the lines above",
        "keys of one mapping begin in one column, and so do the items of one list",
    ),
    "found unknown escape character": (
        "in double quotes a backslash begins an escape, and there is none of this name",
        "use single quotes, in which a backslash is only a backslash",
    ),
    "could not find expected ':'": ("there is no `:` after this key", "write `key: value`"),
    "did not find expected '-' indicator": (
        "this line does not fit the list above",
        "items of one list begin in one column, each with `- `",
    ),
    "did not find expected <document start>": (
        "here the document is over",
        "a spec is one mapping",
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here",
        "begin it on a line of its own, or write it in brackets: `[a, b]`",
    ),
}
IN_FLOW = "did not find expected ',' or "
LAST_KEY = re.compile(r"(?:^|[{,\s])([A-Za-z_][A-Za-z0-9_]*): [^{}]*$")
OPENERS = {"[": "this `[` is never closed", "{": "this `{` is never closed"}
"""What a flow collection or quoted text that runs on into other lines has at its beginning."""


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """Say what is wrong, at the bracket or quote that was never closed where it is that."""
    lines = text.splitlines()
    place = _place(error.problem_mark, lines)
    begun = _place(error.context_mark, lines) if error.context_mark else place
    known = error.problem or error.context or "this is not YAML"
    opener = lines[begun.line - 1][begun.column - 1] if _holds(lines, begun) else ""
    holds = _holds(lines, place)
    never_closed = "flow" in (error.context or "") and begun.line < place.line
    if holds and known.startswith(IN_FLOW) and lines[place.line - 1][place.column - 1] in OPENERS:
        never_closed = False  # a text goes on with a bracket, and the lines around it are fine
    if never_closed and opener in OPENERS:
        notes = (Note("what does not fit is here", place),) if holds else ()
        closing = "]" if opener == "[" else "}"
        return _syntax(OPENERS[opener], begun, f"write the `{closing}`", notes)
    if "quoted scalar" in (error.context or "") and known.startswith("found unexpected"):
        return _syntax("this quote is never closed", begun, f"write the closing `{opener}`")
    message, help = WORDS.get(known, (f"this is not YAML: {known}", None))
    if holds:
        line, at = lines[place.line - 1], place.column - 1
        message, help = _in_line(known, line[:at].strip(), line[at]) or (message, help)
    return _syntax(message, place, help)


def quoted(text: str) -> str:
    """Write a text in quotes; in double ones where that needs no escape."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _in_line(known: str, before: str, character: str) -> tuple[str, str] | None:
    """Say what the line itself shows; None where it shows nothing more."""
    if known == START:
        return f"a value cannot begin with `{character}`", "put the text in quotes: `'...'`"
    if known == COLON and ": " in before:
        return (
            "a second `:` cannot stand in the line",
            "put text that holds `: ` in quotes: `'...'`",
        )
    if known.startswith(IN_FLOW):
        return _in_flow(known, before, character)
    if known == KEY and before.endswith(("'", '"')):
        return (
            "the text goes on after its closing quote",
            "put all of it in quotes of the other kind",
        )
    return None


def _in_flow(known: str, before: str, character: str) -> tuple[str, str]:
    """Say how a text goes on in brackets: most often it is an expression."""
    pair = "`{ }`" if known.endswith("'}'") else "`[ ]`"
    key = LAST_KEY.search(before)
    shown = f"{key[1]}: " if key is not None and pair == "`{ }`" else ""
    help = f'inside {pair} put the whole text in quotes: `{shown}"..."`'
    if character == ":":
        help += "; or write a `,` between two keys"
    return f"a text in {pair} cannot go on with `{character}`", help


def _syntax(message: str, span: Span, help: str | None, notes: tuple[Note, ...] = ()) -> Diagnostic:
    return Diagnostic(code="yaml-syntax", message=message, span=span, help=help, notes=notes)


def _place(mark: yaml.Mark | None, lines: list[str]) -> Span:
    """Where a mark is; the end of the file is the end of its last line."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if lines and line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    return Span(line + 1, column + 1, column + 2)


def _holds(lines: list[str], span: Span) -> bool:
    return span.line <= len(lines) and span.column <= len(lines[span.line - 1])
