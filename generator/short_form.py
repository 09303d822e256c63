"""The short form of a field: `string(3..20)? = tools` into a `TypeSpec` and a raw default.

An error carries its offset inside the text, so that the caret stands under the character.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NoReturn

from generator.spelling import TYPE_SYNONYMS, suggest

SPACES = re.compile(r"[ ]*")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
WHOLE = re.compile(r"-?[0-9]+")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")

LENGTH_TYPES = frozenset({"string", "text", "email", "url", "secret"})
NEEDS_ARGUMENTS = {
    "decimal": ("its number of digits", "decimal(10:2)"),
    "list": ("to know what it holds", "list(string)"),
}
LONGEST_BOUND = 40
"""More digits than any type of the language holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSpec:
    """A type as written: `decimal(10:2 0..)?`. A range in brackets holds for lengths or values."""

    name: str
    """`string`, `list`, ... or the name of an enum or an object."""
    nullable: bool = False
    min: int | Decimal | None = None
    """Of a length or an integer an `int`, of a number or a decimal a `Decimal`."""
    max: int | Decimal | None = None
    precision: int | None = None
    scale: int | None = None
    item: TypeSpec | None = None
    """What a list holds."""
    start: int = field(default=0, compare=False)
    """Where the name begins in the text that was parsed, and where it ends."""
    end: int = field(default=0, compare=False)


class ShortFormError(ValueError):
    """The text is no type; `start` and `end` are offsets in it."""

    code = "bad-type"

    def __init__(self, message: str, start: int, end: int, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.help = message, start, max(end, start + 1), help


class UnknownTypeError(ShortFormError):
    """No type has this name."""

    code = "unknown-type"


def parse_type(text: str, known: Collection[str], *, noun: str = "type") -> TypeSpec:
    """`list(string(..20))?` -> `TypeSpec`; what stands after `=` is not part of it."""
    reading = _Reading(text, known, noun)
    found = _type(reading, nullable=True)
    reading.spaces()
    if not reading.done:
        _fail_after(reading, found)
    return found


def split_default(text: str) -> tuple[str, str | None, int]:
    """`integer = 0` -> `integer `, `0` and where the default begins; None where there is no `=`."""
    before, equals, after = text.partition("=")
    start = len(before) + 1 + len(after) - len(after.lstrip(" "))
    return before, after.strip(" ") if equals else None, start


class _Reading:
    """A text and a place in it."""

    def __init__(self, text: str, known: Collection[str], noun: str) -> None:
        self.text, self.known, self.noun, self.at = text, known, noun, 0

    @property
    def done(self) -> bool:
        return self.at >= len(self.text)

    def spaces(self) -> None:
        self.take(SPACES)

    def take(self, pattern: re.Pattern[str]) -> str | None:
        match = pattern.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match.group()

    def skip(self, literal: str) -> bool:
        self.spaces()
        found = self.text.startswith(literal, self.at)
        if found:
            self.at += len(literal)
        return found

    def fail(self, message: str, help: str | None = None, length: int = 1) -> NoReturn:
        raise ShortFormError(message, self.at, self.at + length, help)


def _type(reading: _Reading, *, nullable: bool) -> TypeSpec:
    reading.spaces()
    start = reading.at
    name = reading.take(NAME)
    if name is None:
        reading.fail(
            f"a {reading.noun} begins with its name",
            "for example `string(..80)`, `integer`, `date?`",
        )
    if name not in reading.known:
        types = reading.noun == "type"
        known = [one for one in reading.known if types or one != "list"]
        help = suggest(name, known, TYPE_SYNONYMS if types else None)
        raise UnknownTypeError(f"there is no {reading.noun} `{name}`", start, reading.at, help)
    found = TypeSpec(name=name, start=start, end=reading.at)
    if reading.skip("("):
        found = _arguments(reading, found)
        if not reading.skip(")"):
            what = "is missing" if reading.done else "should stand"
            reading.fail(f"`)` {what} here", f"`{name}(...)`")
    elif name in NEEDS_ARGUMENTS:
        needs, example = NEEDS_ARGUMENTS[name]
        example = example if reading.noun == "type" else "list(Tag)"
        raise ShortFormError(f"`{name}` needs {needs}", start, found.end, f"write `{example}`")
    if reading.skip("?"):
        if not nullable:
            reading.at -= 1
            reading.fail("what a list holds cannot be null", "take the `?` away")
        found = replace(found, nullable=True)
    return found


def _arguments(reading: _Reading, found: TypeSpec) -> TypeSpec:
    reading.spaces()
    match found.name:
        case "list":
            return replace(found, item=_type(reading, nullable=False))
        case "decimal":
            return _decimal(reading, found)
        case "integer":
            return _range(reading, found, WHOLE, "integer(0..100)")
        case "number":
            return _range(reading, found, NUMBER, "number(0..1.5)")
        case name if name in LENGTH_TYPES:
            return _length(reading, found)
    taking = ", ".join(
        f"`{name}`" for name in sorted(LENGTH_TYPES | {"integer", "number", *NEEDS_ARGUMENTS})
    )
    reading.at -= 1
    taking = taking if reading.noun == "type" else "`list(Tag)`"
    return reading.fail(f"`{found.name}` takes nothing in brackets", f"brackets belong to {taking}")


def _length(reading: _Reading, found: TypeSpec) -> TypeSpec:
    """`n`, `min..max`, `min..`, `..max`: a number alone is the most."""
    mark = reading.at
    most = _bound(reading, WHOLE)
    if most is not None and not reading.skip(".."):
        return replace(found, max=most)
    reading.at = mark
    return _range(reading, found, WHOLE, f"{found.name}(3..20)")


def _decimal(reading: _Reading, found: TypeSpec) -> TypeSpec:
    """`precision:scale`, then perhaps a range."""
    help = "digits in all, then those behind the point: `decimal(10:2)`, `decimal(10:2 0..)`"
    precision = _bound(reading, WHOLE)
    if precision is None:
        reading.fail("a decimal needs to know how many digits", help)
    if not reading.skip(":"):
        reading.fail("`:` and the digits behind the point should stand here", help)
    reading.spaces()
    scale = _bound(reading, WHOLE)
    if scale is None:
        reading.fail("the digits behind the point should stand here", help)
    found = replace(found, precision=int(precision), scale=int(scale))
    reading.spaces()
    if reading.done or reading.text[reading.at] == ")":
        return found
    return _range(reading, found, NUMBER, "decimal(10:2 0..99.50)")


def _range(reading: _Reading, found: TypeSpec, pattern: re.Pattern[str], example: str) -> TypeSpec:
    help = f"for example `{example}`; either end may be left out"
    start = reading.at
    low = _bound(reading, pattern)
    if not reading.skip(".."):
        if low is None:
            reading.fail("a range `min..max` should stand here", help)
        fraction = reading.text.startswith(".", reading.at)
        reading.fail("this bound is a whole number" if fraction else "`..` is missing here", help)
    reading.spaces()
    high = _bound(reading, pattern)
    if low is None and high is None:
        raise ShortFormError("this range has neither end", start, reading.at, help)
    if high is None and not reading.done and reading.text[reading.at] not in " )":
        reading.fail("a number should stand here", "a number begins with a digit: `0.5`")
    return replace(found, min=low, max=high)


def _bound(reading: _Reading, pattern: re.Pattern[str]) -> int | Decimal | None:
    start = reading.at
    text = reading.take(pattern)
    if text is None:
        return None
    if len(text) > LONGEST_BOUND:
        raise ShortFormError("this number is too long", start, reading.at, None)
    return int(text) if pattern is WHOLE else Decimal(text)


def _fail_after(reading: _Reading, found: TypeSpec) -> NoReturn:
    """Say what is wrong with what stands after a whole type."""
    rest = reading.text[reading.at :]
    help = "a default stands after `=`, a range in brackets: `string(3..20)? = none`"
    if rest.startswith("(") and found.nullable:
        help = f"the `?` comes last: `{found.name}{rest.rstrip()}?`"
    reading.fail(f"`{rest.rstrip()}` cannot stand after a type", help, len(rest.rstrip()))
