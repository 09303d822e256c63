"""Types and constraints: what fits a type, and whether the bounds leave anything over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.check.facts import Facts, Path
from generator.check.limits import MAX_PRECISION, bounds, item_counts, lengths, plain
from generator.diagnostics import Diagnostic, Span
from generator.field_types import MAX_SAFE_INTEGER, FieldType
from generator.short_form import TypeSpec
from generator.spec import ValueSpec

CONSTRAINTS = (
    "gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern",
    "min_items", "max_items", "unique_items",
)  # fmt: skip
NUMERIC = frozenset({"integer", "number", "decimal"})
MANY_SPELLINGS = frozenset({"number", "decimal", "datetime", "time", "duration", "uuid"})
"""Two items of such a type can differ as sent and be equal as stored."""
NOT_IN_LISTS = frozenset({"list", "json", "secret"})
LARGEST_NUMBER = Decimal("1.797e308")
EMPTY = "nothing lies within these bounds"


def values(facts: Facts) -> Iterator[Diagnostic]:
    """Check the type and the constraints of every field."""
    for path, value in facts.values():
        kind = facts.kind(value.type)
        yield from _fitting(facts, path, value, kind)
        yield from _twice(facts, path, value, kind)
        yield from _range(facts, path, value, kind)
        if value.type.item is not None:
            yield from _list(facts, path, value, value.type.item)
        if path[0] == "objects" and kind.name == "secret":
            message = "an object cannot hold a secret: it is stored and answered as a whole"
            help = "make it a field of the resource"
            yield facts.error(
                "wrong-item", message, (*path, "type"), help, at=_short(facts, path, value)
            )


def bounded(facts: Facts, path: Path, value: ValueSpec) -> bool:
    """Whether the bounds of a value are right, so that others may be measured by them."""
    kind = facts.kind(value.type)
    return next(_range(facts, path, value, kind), None) is None


def _fitting(facts: Facts, path: Path, value: ValueSpec, kind: FieldType) -> Iterator[Diagnostic]:
    there = facts.source.keys(path)
    for name in CONSTRAINTS:
        if name not in there:
            continue
        shown = value.type.name
        if name not in kind.constraints:
            known = ", ".join(f"`{one}`" for one in CONSTRAINTS if one in kind.constraints)
            help = f"`{shown}` takes {known}" if known else f"`{shown}` takes no constraint"
            if kind.name == "list":
                help += "; what it holds is bounded in the brackets: `list(string(..20))`"
        elif name == "unique_items" and (why := _not_compared(facts, value.type.item)):
            help = why
        else:
            continue
        message = f"`{name}` does not fit `{shown}`"
        span = facts.key_span((*path, name))
        yield facts.error("wrong-constraint", message, (*path, name), help, at=span)


def _not_compared(facts: Facts, item: TypeSpec | None) -> str | None:
    """Why the items of a list cannot be told apart as the contract would, if they cannot."""
    kind = facts.kind(item).name if item is not None else ""
    if kind == "object":
        return "only scalars and members of an enum are compared"
    if kind in MANY_SPELLINGS:
        return f"a `{kind}` can be written in several ways, which a JSON Schema tells apart"
    return None


def _twice(facts: Facts, path: Path, value: ValueSpec, kind: FieldType) -> Iterator[Diagnostic]:
    numeric = kind.name in NUMERIC
    low = ["gt", "ge"] if numeric else ["min_length"]
    high = ["lt", "le"] if numeric else ["max_length"]
    for end, names, given in (("least", low, value.type.min), ("most", high, value.type.max)):
        keys = [name for name in names if getattr(value, name) is not None]
        if len(keys) > 1:
            message = f"`{keys[0]}` and `{keys[1]}` both say what is the {end}"
        elif keys and given is not None:
            message = f"the type says already what is the {end}"
        else:
            continue
        path_ = (*path, keys[-1])
        span = facts.key_span(path_)
        yield facts.error("constraint-twice", message, path_, "keep one of the two", at=span)


def _range(facts: Facts, path: Path, value: ValueSpec, kind: FieldType) -> Iterator[Diagnostic]:
    if kind.name in NUMERIC:
        wrong = list(_numbers(facts, path, value, kind))
        yield from wrong
        if not wrong:
            yield from _numeric_range(facts, path, value, kind)
    elif kind.default_max_length is not None:
        yield from _text_range(facts, path, value, kind)
    elif kind.name == "list":
        counts = item_counts(value)
        if counts.most < 1:
            message = "a list of no items says nothing"
            yield facts.error("out-of-range", message, (*path, "max_items"), "at least 1")
        elif counts.least > counts.most:
            message = f"at least {counts.least} and at most {counts.most} items cannot be"
            help = None if value.max_items else "without `max_items`, a list has at most 100"
            yield facts.error("empty-range", message, _later(facts, path, "min_items"), help)


def _text_range(
    facts: Facts, path: Path, value: ValueSpec, kind: FieldType
) -> Iterator[Diagnostic]:
    found = lengths(value, kind)
    longest = kind.hard_max_length or 0
    if 1 <= found.most <= longest and found.least <= found.most:
        return
    span = None if value.type.min is None and value.type.max is None else _short(facts, path, value)
    where = _later(facts, path, "min_length", "max_length")
    if not 1 <= found.most <= longest:
        message = f"the greatest length of a `{kind.name}` is 1 to {longest:,}, not {found.most:,}"
        yield facts.error("out-of-range", message, where, at=span)
    else:
        message = f"at least {found.least} and at most {found.most} characters cannot be"
        help = None
        if value.max_length is None and value.type.max is None:
            help = f"a `{kind.name}` that says nothing else has at most {found.most}: say more"
        yield facts.error("empty-range", message, where, help, at=span)


def _numbers(facts: Facts, path: Path, value: ValueSpec, kind: FieldType) -> Iterator[Diagnostic]:
    """Each bound by itself: can the type hold it?"""
    short = value.type
    if kind.name == "decimal" and (problem := _digits(short)):
        yield facts.error("out-of-range", problem, path, at=_short(facts, path, value))
        return
    ends: tuple[tuple[str, Decimal | int | None], ...] = (
        ("range", short.min),
        ("range", short.max),
        *((name, getattr(value, name)) for name in ("gt", "ge", "lt", "le", "multiple_of")),
    )
    for name, bound in ends:
        if bound is None:
            continue
        for message, help in _unfit(Decimal(bound), short, kind.name):
            in_type = name == "range"
            span = _short(facts, path, value) if in_type else facts.source.span((*path, name))
            yield facts.error("out-of-range", message, path, help, at=span)


def _digits(short: TypeSpec) -> str | None:
    precision, scale = short.precision or 0, short.scale or 0
    if not 1 <= precision <= MAX_PRECISION:
        return f"a decimal has 1 to {MAX_PRECISION} digits, not {precision}"
    if not 0 <= scale <= precision:
        return f"of {precision} digits, {scale} cannot stand behind the point"
    return None


def _unfit(bound: Decimal, short: TypeSpec, kind: str) -> Iterator[tuple[str, str | None]]:
    """Why a type cannot hold a bound, and what to do."""
    if kind == "integer" and bound != bound.to_integral_value():
        yield f"`{bound}` is no integer", "write a whole number"
    elif kind == "integer" and abs(bound) > MAX_SAFE_INTEGER:
        help = "integers stay within ±(2^53 - 1), which every JSON reader keeps exact"
        yield f"`{bound}` is beyond what an integer holds", help
    elif kind == "number" and abs(bound) > LARGEST_NUMBER:
        yield f"`{bound}` is beyond what a number holds", None
    elif kind == "decimal" and not bound.is_zero():
        precision, scale = short.precision or 0, short.scale or 0
        before = precision - scale
        if bound.adjusted() >= before or bound != round(bound, scale):
            help = f"at most {before} digits before the point and {scale} behind"
            yield f"`{bound}` is no `decimal({precision}:{scale})`", help


def _numeric_range(
    facts: Facts, path: Path, value: ValueSpec, kind: FieldType
) -> Iterator[Diagnostic]:
    found = bounds(value, kind)
    if found.empty:
        short = value.type.min is not None and value.type.max is not None
        span = _short(facts, path, value) if short else None
        where = _later(facts, path, "gt", "ge", "lt", "le")
        yield facts.error("empty-range", EMPTY, where, "the least is above the most", at=span)
    elif value.multiple_of and found.low is not None and found.high is not None:
        step = value.multiple_of
        if int(found.low) + -int(found.low) % step > found.high:
            message = f"no multiple of {step} lies from {found.low} to {found.high}"
            yield facts.error("empty-range", message, (*path, "multiple_of"))


def _list(facts: Facts, path: Path, value: ValueSpec, item: TypeSpec) -> Iterator[Diagnostic]:
    kind = facts.kind(item)
    if kind.name in NOT_IN_LISTS:
        span = facts.source.span_within((*path, "type"), item.start, item.end)
        message = f"a list cannot hold `{item.name}`"
        help = "a list holds scalars, members of an enum, or objects"
        yield facts.error("wrong-item", message, path, help, at=span)
        return
    inner = plain(item)
    problems = list(_range(facts, path, inner, kind))
    yield from problems
    counts = item_counts(value)
    if problems or not value.unique_items:
        return
    distinct = _distinct(facts, inner, kind)
    if distinct is not None and counts.least > distinct:
        message = f"there are only {distinct} different items, fewer than `min_items`"
        yield facts.error("empty-range", message, (*path, "min_items"))


def _distinct(facts: Facts, item: ValueSpec, kind: FieldType) -> int | None:
    """How many different values there are, where they are few."""
    if kind.name == "enum":
        return len(facts.spec.enums[item.type.name])
    if kind.name == "boolean":
        return 2
    found = bounds(item, kind) if kind.name == "integer" else None
    if found is None or found.low is None or found.high is None:
        return None
    return int(found.high) - int(found.low) + 1


def _short(facts: Facts, path: Path, value: ValueSpec) -> Span:
    return facts.range_span(path, value.type)


def _later(facts: Facts, path: Path, *names: str) -> Path:
    """Of these constraints the one that stands last; the field where none does."""
    there = [(*path, name) for name in names if facts.source.has((*path, name))]
    return max(there, key=facts.source.span, default=path)


def _is(facts: Facts, type_: TypeSpec, name: str) -> bool:
    return facts.kind(type_).name == name
