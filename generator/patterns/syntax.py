"""The syntax of patterns: a closed subset that Rust, Python and JavaScript read the same way.

A pattern that parses here compiles in all three (in JavaScript also with the `u` flag, which
JSON Schema asks for) and means the same in each; everything else is refused with what to write.
"""

from __future__ import annotations

import re

from generator.patterns.classes import MUST_ESCAPE, read_class, read_escape, read_literal
from generator.patterns.tree import Characters, Choice, Cursor, Node, Pattern, Repeat, Sequence

MAX_REPEAT = 1000
MAX_NESTING = 20

Bounds = tuple[int, int | None]

_SIMPLE: dict[str, Bounds] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_COUNTED = re.compile(r"\{([0-9]{1,9})(?:(,)([0-9]{1,9})?)?\}")
_GROUP_KINDS = (
    ("(?=", "a look-ahead"),
    ("(?!", "a look-ahead"),
    ("(?<=", "a look-behind"),
    ("(?<!", "a look-behind"),
    ("(?P=", "a back-reference"),
    ("(?P<", "a named group"),
    ("(?<", "a named group"),
    ("(?#", "a comment"),
    ("(?>", "an atomic group"),
)


def parse(text: str) -> Pattern:
    """Parse a pattern, or raise PatternError for the first thing that is refused."""
    from_start = text.startswith("^")
    to_end = _ends_with_anchor(text)
    cursor = Cursor(text, int(from_start), len(text) - int(to_end))
    if cursor.at >= cursor.end:
        cursor.refuse("the pattern says nothing", "leave `pattern` out", 0)
    root = _choice(cursor, 0)
    if cursor.at < cursor.end:
        cursor.refuse("`)` closes no group", "write `\\)` for the character")
    if isinstance(root, Choice) and (from_start or to_end):
        inner = text[int(from_start) : cursor.end]
        grouped = f"{'^' * from_start}({inner}){'$' * to_end}"
        message = "`^` and `$` belong to the first and the last alternative only"
        cursor.refuse(message, f"put the alternatives in a group: `{grouped}`", 0)
    return Pattern(text, root, from_start, to_end)


def _ends_with_anchor(text: str) -> bool:
    """Whether the last character is a `$` after an even number of backslashes."""
    before = text.removesuffix("$")
    return before != text and (len(before) - len(before.rstrip("\\"))) % 2 == 0


def _choice(cursor: Cursor, depth: int) -> Node:
    options = [_sequence(cursor, depth)]
    while cursor.peek() == "|":
        cursor.at += 1
        options.append(_sequence(cursor, depth))
    return options[0] if len(options) == 1 else Choice(tuple(options))


def _sequence(cursor: Cursor, depth: int) -> Node:
    parts: list[Node] = []
    while cursor.peek() not in {"", "|", ")"}:
        parts.append(_repeated(cursor, depth))
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def _repeated(cursor: Cursor, depth: int) -> Node:
    start = cursor.at
    part = _atom(cursor, depth)
    bounds = _quantifier(cursor)
    if bounds is None:
        return part
    follower = cursor.peek()
    if follower == "?":
        message = "a lazy quantifier is not needed: whether a text matches stays the same"
        cursor.refuse(message, "leave the second `?` out, or group what is optional: `(a*)?`")
    if follower == "+":
        message = "a possessive quantifier is not read alike by every engine"
        cursor.refuse(message, "leave the `+` out, or group what is repeated: `(a{2})+`")
    if follower and follower in "*{":
        message = "a quantifier stands right after another"
        cursor.refuse(message, "group what is repeated: `(a{2})*`")
    return Repeat(part, *bounds, start, cursor.at)


def _quantifier(cursor: Cursor) -> Bounds | None:
    character = cursor.peek()
    if character in _SIMPLE:
        cursor.at += 1
        return _SIMPLE[character]
    if character != "{":
        return None
    found = _COUNTED.match(cursor.text, cursor.at, cursor.end)
    if found is None:
        help_text = "write `{3}`, `{2,}` or `{2,5}`; `\\{` for the character"
        cursor.refuse("`{` begins no quantifier here", help_text)
    start, cursor.at = cursor.at, found.end()
    least = int(found[1])
    most = least if found[2] is None else None if found[3] is None else int(found[3])
    if most is not None and most < least:
        message = f"a quantifier from {least} to {most} allows nothing"
        cursor.refuse(message, f"write `{{{most},{least}}}`", start)
    if max(least, most or 0) > MAX_REPEAT:
        message = f"a quantifier above {MAX_REPEAT:,} is more than a pattern may hold"
        cursor.refuse(message, "use `*` or `+`, and the length of the type", start)
    return least, most


def _atom(cursor: Cursor, depth: int) -> Node:
    character = cursor.peek()
    if character == "(":
        return _group(cursor, depth + 1)
    if character == "[":
        return Characters(read_class(cursor))
    if character == "\\":
        point = read_escape(cursor, in_class=False)
        return Characters(((point, point),))
    if character == ".":
        message = "a bare `.` is not read alike by every engine"
        cursor.refuse(message, "write `[^\\n]` for any character of a line, `\\.` for a dot")
    if character in {"^", "$"}:
        place = "beginning" if character == "^" else "end"
        message = f"`{character}` stands only at the {place} of the whole pattern"
        cursor.refuse(message, f"write `\\{character}` for the character")
    if character in MUST_ESCAPE:
        why = "closes nothing" if character in "]}" else "has nothing to repeat"
        cursor.refuse(f"`{character}` {why}", f"write `\\{character}` for the character")
    point = read_literal(cursor)
    return Characters(((point, point),))


def _group(cursor: Cursor, depth: int) -> Node:
    start = cursor.at
    cursor.at += 1
    if depth > MAX_NESTING:
        message = f"groups are nested more than {MAX_NESTING} deep"
        cursor.refuse(message, "write a simpler pattern", start)
    if cursor.peek() == "?":
        _group_kind(cursor, start)
    inner = _choice(cursor, depth)
    if cursor.peek() != ")":
        help_text = "add the `)`, or write `\\(` for the character"
        cursor.refuse("a group is not closed", help_text, start)
    cursor.at += 1
    return Sequence((inner,))


def _group_kind(cursor: Cursor, start: int) -> None:
    opening = cursor.text[start : cursor.end]
    if opening.startswith("(?:"):
        cursor.at = start + 3
        return
    for prefix, kind in _GROUP_KINDS:
        if opening.startswith(prefix):
            cursor.at = start + len(prefix)
            named = kind == "a named group"
            help_text = "write a plain group, `(...)`" if named else "say it without"
            cursor.refuse(f"{kind} is not read alike by every engine", help_text, start)
    cursor.at = start + 2
    message = "a flag is not read alike by every engine"
    cursor.refuse(message, "write both cases into a class, such as `[Aa]`", start)
