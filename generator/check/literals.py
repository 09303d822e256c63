"""Whether a literal of a spec is a value of a type: what defaults and examples are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from generator.check.expressions import read_pattern
from generator.check.facts import Facts
from generator.check.limits import bounds, item_counts, lengths, plain
from generator.field_types import FieldType
from generator.scalars import FLOAT, INTEGER, Plain, Raw, value_of
from generator.schemas import GRAMMARS, TEXT
from generator.spec import ValueSpec
from generator.spelling import suggest

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
Steps = tuple[str | int, ...]
EXAMPLES = {
    "decimal": "1.50", "date": "2026-11-22", "datetime": "2026-11-22T10:00:00Z",
    "time": "09:00:00", "duration": "PT5M", "uuid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "email": "ada@example.com", "url": "https://example.com",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a literal does not fit; `steps` lead to the part of it that is wrong."""

    message: str
    help: str | None = None
    steps: Steps = ()


def mismatches(facts: Facts, raw: Raw, value: ValueSpec) -> Iterator[Mismatch]:
    """Everything for which a literal is no value of a type."""
    kind = facts.kind(value.type)
    match kind.name:
        case "json":
            yield from _json(raw)
        case name if name != "string" and isinstance(raw, Plain) and raw.value is None:
            yield Mismatch(f"`{raw}` is null, and no `{name}`", "the text is written in quotes")
        case "list":
            yield from _list(facts, raw, value)
        case "object":
            yield from _object(facts, raw, value)
        case "boolean":
            if not (isinstance(raw, Plain) and isinstance(raw.value, bool)):
                yield Mismatch(f"{_shown(raw)} is no boolean", "write `true` or `false`")
        case "enum":
            yield from _member(facts, raw, value)
        case "integer" | "number":
            yield from _number(raw, value, kind)
        case _ if not isinstance(raw, str):
            yield Mismatch(f"{_shown(raw)} is no `{kind.name}`", _example(kind))
        case "decimal":
            yield from _decimal(raw, value, kind)
        case _:
            yield from _text(raw, value, kind)


def _text(raw: str, value: ValueSpec, kind: FieldType) -> Iterator[Mismatch]:
    text = str(raw)
    if re.fullmatch(GRAMMARS.get(kind.name, TEXT), text) is None:
        yield Mismatch(f"{_shown(raw)} is no `{kind.name}`", _example(kind))
        return
    if kind.name in {"date", "datetime"} and not _on_calendar(kind.name, text):
        yield Mismatch(f"{_shown(raw)} is not in the calendar")
        return
    if kind.default_max_length is None:
        return
    allowed = lengths(value, kind)
    if not allowed.least <= len(text) <= allowed.most:
        length = f"{len(text)} character{'s' * (len(text) != 1)}"
        yield Mismatch(f"{_shown(raw)} has {length}; {allowed.least} to {allowed.most} are allowed")
    pattern = read_pattern(value)
    if pattern is not None and re.search(pattern.python, text) is None:
        yield Mismatch(f"{_shown(raw)} does not match the pattern `{pattern.text}`")


def _on_calendar(kind: str, text: str) -> bool:
    try:
        if kind == "date":
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _number(raw: Raw, value: ValueSpec, kind: FieldType) -> Iterator[Mismatch]:
    known = isinstance(raw, Plain) and (INTEGER.fullmatch(raw) or FLOAT.fullmatch(raw))
    if not known or not isinstance(raw, Plain) or len(raw) > 400:
        bare = isinstance(raw, str) and FLOAT.fullmatch(raw)
        help = f"write `{raw}`, without quotes" if bare else None
        yield Mismatch(f"{_shown(raw)} is no `{kind.name}`", help)
        return
    exact = Decimal(raw)
    number: Decimal | float = exact
    if kind.name == "integer" and (abs(exact.adjusted()) > 400 or exact % 1):
        yield Mismatch(f"{_shown(raw)} is no `integer`", "write a whole number")
        return
    if kind.name == "number":
        number = float(raw)
        if number in (float("inf"), float("-inf")):
            yield Mismatch(f"{_shown(raw)} is beyond what a number holds")
            return
    yield from _within(raw, number, value, kind)
    if value.multiple_of and exact % value.multiple_of:
        yield Mismatch(f"{_shown(raw)} is no multiple of {value.multiple_of}")


def _decimal(raw: str, value: ValueSpec, kind: FieldType) -> Iterator[Mismatch]:
    if DECIMAL.fullmatch(raw) is None or re.fullmatch(r"-[0.]+", raw):
        help = "digits with a point between, no exponent, no `+`, no leading zeros: `1.50`"
        yield Mismatch(f"{_shown(raw)} is no `decimal`", help)
        return
    whole, _, fraction = str(raw).lstrip("-").partition(".")
    precision, scale = value.type.precision or 0, value.type.scale or 0
    before = precision - scale
    if len(fraction) > scale or (whole != "0" and len(whole) > before):
        message = f"{_shown(raw)} is no `decimal({precision}:{scale})`"
        yield Mismatch(message, f"at most {before} digits before the point and {scale} behind")
        return
    yield from _within(raw, Decimal(str(raw)), value, kind)


def _within(
    raw: str, number: Decimal | float, value: ValueSpec, kind: FieldType
) -> Iterator[Mismatch]:
    if bounds(value, kind).holds(number):
        return
    least, most = value.type.min, value.type.max
    ends = (
        ("above", value.gt, value.gt is not None and number <= value.gt),
        ("below", value.lt, value.lt is not None and number >= value.lt),
        ("at least", least or value.ge, number < (least or value.ge or number)),
        ("at most", most or value.le, number > (most or value.le or number)),
    )
    told = [f"{word} {end}" for word, end, broken in ends if broken]
    yield Mismatch(f"{_shown(raw)} is not {told[0] if told else 'within what the type holds'}")


def _member(facts: Facts, raw: Raw, value: ValueSpec) -> Iterator[Mismatch]:
    known = facts.spec.enums[value.type.name]
    if isinstance(raw, str) and raw in known:
        return
    help = suggest(str(raw), tuple(known)) if isinstance(raw, str) else None
    yield Mismatch(f"{_shown(raw)} is no value of `{value.type.name}`", help)


def _json(raw: Raw) -> Iterator[Mismatch]:
    if value_of(raw) is None:
        yield Mismatch("a bare null is no value", "leave it out, or write a value in brackets")
    elif _has_no_json(value_of(raw)):
        yield Mismatch("infinite numbers and numbers that are none cannot stand in JSON")


def _has_no_json(value: object) -> bool:
    if isinstance(value, list):
        return any(_has_no_json(one) for one in value)
    if isinstance(value, dict):
        return any(_has_no_json(one) for one in value.values())
    return isinstance(value, float) and value - value != 0


def _list(facts: Facts, raw: Raw, value: ValueSpec) -> Iterator[Mismatch]:
    if not isinstance(raw, list):
        yield Mismatch(f"{_shown(raw)} is no list", "write the items in brackets: `[a, b]`")
        return
    allowed = item_counts(value)
    if not allowed.least <= len(raw) <= allowed.most:
        yield Mismatch(
            f"{len(raw)} items stand here; {allowed.least} to {allowed.most} are allowed"
        )
    seen: list[object] = []
    for place, one in enumerate(raw):
        if value.type.item is not None:
            for found in mismatches(facts, one, plain(value.type.item)):
                yield Mismatch(found.message, found.help, (place, *found.steps))
        if value.unique_items and value_of(one) in seen:
            yield Mismatch(f"{_shown(one)} stands here twice", None, (place,))
        seen.append(value_of(one))


def _object(facts: Facts, raw: Raw, value: ValueSpec) -> Iterator[Mismatch]:
    if not isinstance(raw, dict):
        yield Mismatch(f"{_shown(raw)} is no `{value.type.name}`", "write a mapping of its fields")
        return
    members = {
        facts.wire(name): one for name, one in facts.spec.objects[value.type.name].fields.items()
    }
    for name, one in raw.items():
        if name not in members:
            help = suggest(name, tuple(members))
            yield Mismatch(f"`{value.type.name}` has no `{name}`", help, (name,))
        elif not (members[name].type.nullable and value_of(one) is None):
            for found in mismatches(facts, one, members[name]):
                yield Mismatch(found.message, found.help, (name, *found.steps))
    for name, member in members.items():
        if name not in raw and member.default is None and not member.type.nullable:
            yield Mismatch(f"`{name}` of `{value.type.name}` is missing")


def _shown(raw: Raw) -> str:
    if isinstance(raw, list):
        return "a list"
    if isinstance(raw, dict):
        return "a mapping"
    text = str(raw or "")
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"


def _example(kind: FieldType) -> str | None:
    return f"for example `{EXAMPLES[kind.name]}`" if kind.name in EXAMPLES else None
