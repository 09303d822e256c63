"""The words of an expression, each with where it stands: `12`, `'text'`, `date'2026-11-22'`, `<=`.

Every mistake in an expression is an `ExpressionError`, with offsets into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "number", "text", "quoted", "sign", "end"]

LONGEST = 1_000
"""Characters of an expression."""
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
TEXT = re.compile(r"'((?:[^']|'')*)'")
SIGN = re.compile(r"==|!=|<=|>=|[-+*/%<>(),\[\]]")
SPACE = re.compile(r"[ \t\r\n]+")
INSTEAD = {
    "&&": "`and`", "||": "`or`; text is joined by `+`", "<>": "`!=`", "=": "`==`", "!": "`not`",
    "&": "`and`", "|": "`or`", "**": "`*`", "//": "`/`, which is always a number",
    '"': "single quotes: `'text'`", "`": "single quotes: `'text'`", "≤": "`<=`", "≥": "`>=`",
    "≠": "`!=`", "{": "parentheses", "}": "parentheses", "?": "`coalesce(x, y)`",
}  # fmt: skip
"""What other languages write, and what is written here."""
WRONG = re.compile(r"&&|\|\||<>|\*\*|//|.", re.DOTALL)


class ExpressionError(ValueError):
    """What is wrong with an expression, from character `start` up to `end`."""

    def __init__(
        self, message: str, start: int, end: int, help: str | None = None,
        code: str = "bad-expression",
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.help = help
        self.code = code


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression."""

    kind: TokenKind
    text: str
    """As written; of a text what is between the quotes."""
    start: int
    end: int
    prefix: str = ""
    """Of a quoted literal: `date`."""


def tokens(text: str) -> tuple[Token, ...]:
    """Split an expression into its words; the last stands for its end."""
    if len(text) > LONGEST:
        message = f"an expression has at most {LONGEST:,} characters"
        raise ExpressionError(message, LONGEST, len(text), "say it in several rules")
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while True:
        space = SPACE.match(text, at)
        at = space.end() if space else at
        if at == len(text):
            yield Token("end", "", at, at + 1)
            return
        token = _token(text, at)
        yield token
        at = token.end


def _token(text: str, at: int) -> Token:
    word = WORD.match(text, at)
    if word is not None:
        quoted = TEXT.match(text, word.end())
        if quoted is not None:
            return Token("quoted", _between(quoted), at, quoted.end(), word.group())
        return Token("word", word.group(), at, word.end())
    for kind, pattern in NUMBERS_AND_TEXT:
        found = pattern.match(text, at)
        if found is not None:
            return Token(kind, _between(found) if kind == "text" else found[0], at, found.end())
    wrong = WRONG.match(text, at)
    instead = INSTEAD.get(wrong[0]) if wrong else None
    sign = SIGN.match(text, at)
    if sign is not None and (instead is None or wrong is None or len(wrong[0]) < 2):
        return Token("sign", sign[0], at, sign.end())
    if text[at] == "'":
        message = "this text has no end"
        raise ExpressionError(message, at, len(text), "close it with `'`; a quote inside is `''`")
    shown = wrong[0] if wrong else text[at]
    help = f"write {instead}" if instead else None
    raise ExpressionError(f"`{shown}` has no meaning here", at, at + len(shown), help)


NUMBERS_AND_TEXT: tuple[tuple[TokenKind, re.Pattern[str]], ...] = (
    ("number", NUMBER),
    ("text", TEXT),
)


def _between(found: re.Match[str]) -> str:
    return found[1].replace("''", "'")
