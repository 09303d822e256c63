"""Characters in a pattern: literals, escapes and classes, and what to write instead of the rest."""

from __future__ import annotations

from typing import NoReturn

from generator.patterns.tree import Cursor, Interval, complement, union

MUST_ESCAPE = frozenset("^$\\.*+?()[]{}|")
MAY_ESCAPE = MUST_ESCAPE | {"/"}
CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
REPLACEMENTS = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\r\\n"}
SET_OPERATIONS = frozenset({"&&", "--", "~~", "||"})
LAST_LITERAL = 0xFFFF
"""Above it, engines disagree on what one character is."""


def read_literal(cursor: Cursor) -> int:
    """Read a character that stands for itself."""
    character = cursor.peek()
    point = ord(character)
    if not character.isprintable() or point > LAST_LITERAL:
        cursor.refuse(
            f"the character U+{point:04X} is not read alike by every engine",
            "a pattern holds printable characters up to U+FFFF, and `\\n`, `\\r`, `\\t`",
        )
    cursor.at += 1
    return point


def read_escape(cursor: Cursor, *, in_class: bool) -> int:
    """Read a backslash and what follows it."""
    start = cursor.at
    character = cursor.pair()[1:]
    cursor.at = min(start + 2, cursor.end)
    if character in CONTROLS:
        return ord(CONTROLS[character])
    if character and (character in MAY_ESCAPE or (in_class and character == "-")):
        return ord(character)
    return _refuse_escape(cursor, character, start, in_class=in_class)


def read_class(cursor: Cursor) -> tuple[Interval, ...]:
    """Read `[...]` or `[^...]`."""
    start = cursor.at
    cursor.at += 1
    negated = cursor.peek() == "^"
    cursor.at += int(negated)
    intervals: list[Interval] = []
    while cursor.peek() != "]":
        if not cursor.peek():
            help_text = "add the `]`, or write `\\[` for the character"
            cursor.refuse("a class is not closed", help_text, start)
        intervals.append(_read_range(cursor))
    cursor.at += 1
    if not intervals:
        help_text = "put the characters between the brackets; `\\]` for the bracket itself"
        cursor.refuse("a class is empty", help_text, start)
    found = union(intervals)
    return complement(found) if negated else found


def _read_range(cursor: Cursor) -> Interval:
    start = cursor.at
    low = _read_member(cursor)
    if cursor.peek() != "-" or cursor.pair() in {"-]", "-"}:
        return low, low
    cursor.at += 1
    high = _read_member(cursor)
    if high < low:
        written = cursor.text[start : cursor.at]
        first, _, last = written.partition("-")
        cursor.refuse(f"the range `{written}` runs backwards", f"write `{last}-{first}`", start)
    return low, high


def _read_member(cursor: Cursor) -> int:
    character, pair = cursor.peek(), cursor.pair()
    if pair in SET_OPERATIONS:
        start, cursor.at = cursor.at, cursor.at + 2
        once = "\\-" if character == "-" else character
        message = f"`{pair}` in a class is a set operation to some engines"
        cursor.refuse(message, f"write `{once}`, once", start)
    if pair == "[:":
        start, cursor.at = cursor.at, cursor.at + 2
        message = "a POSIX class is not read alike by every engine"
        cursor.refuse(message, "write the characters, such as `[A-Za-z]`", start)
    if character == "[":
        message = "`[` inside a class is not read alike by every engine"
        cursor.refuse(message, "write `\\[` for the character")
    if character == "\\":
        return read_escape(cursor, in_class=True)
    return read_literal(cursor)


def _refuse_escape(cursor: Cursor, character: str, start: int, *, in_class: bool) -> NoReturn:
    if not character:
        cursor.refuse("a backslash ends the pattern", "write `\\\\` for the character", start)
    if character.lower() in REPLACEMENTS:
        shown = REPLACEMENTS[character.lower()]
        help_text = f"write `[{shown}]`"
        if character.isupper():
            help_text = f"write `[^{shown}]`" + (", a class of its own" if in_class else "")
        elif in_class:
            help_text = f"write `{shown}`"
        message = f"`\\{character}` means other characters to other engines"
        cursor.refuse(message, help_text, start)
    if character in "bBAzZG<>":
        message = f"`\\{character}` is not read alike by every engine"
        cursor.refuse(message, "anchor with `^` and `$`, and name the characters between", start)
    if character.isdigit() or character == "k":
        cursor.refuse("a back-reference cannot be checked", "repeat the part itself", start)
    if character in "pP":
        message = "a character property is not read alike by every engine"
        cursor.refuse(message, "write the characters, such as `[A-Za-z]`", start)
    if character.isalpha():
        message = f"`\\{character}` is not read alike by every engine"
        cursor.refuse(message, "write the character itself; of escapes, `\\n`, `\\r`, `\\t`", start)
    message = f"`{character}` takes no backslash here; some engines refuse it"
    cursor.refuse(message, f"write `{character}`", start)
