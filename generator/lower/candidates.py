"""Values that a field might have instead, so that an example keeps a rule: a few, nearest first.

They come from what the rule compares: the value itself and its neighbours, then the ends of the
type. Each is a value of the type; that it keeps the rule is for the caller to see.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from generator.decimal_patterns import decimal_range
from generator.examples import Objects, example, in_range
from generator.ir import Type
from generator.schemas import GRAMMARS, integer_range

LONGEST = 200
"""Of a text that is made longer for a rule; also the most items of a list."""
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_LAST_UUID = 2**128 - 1


def candidates(type_: Type, name: str, objects: Objects, beside: Sequence[Any]) -> Iterator[Any]:
    """Yield Python values of a type, those near the values that stand beside it first."""
    kind = type_.kind.name
    if kind in ("integer", "decimal", "number"):
        found: Iterable[Any] = _MAKERS[kind](type_, [one for one in beside if _is_numeric(one)])
    elif kind in _MAKERS:
        found = _MAKERS[kind](type_, beside)
    elif kind == "list" or type_.max_length is not None:
        found = _sized(type_, name, objects, beside)
    else:
        found = ()
    yield from found


def _is_numeric(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _integers(type_: Type, beside: Sequence[Any]) -> Iterator[int]:
    step = type_.multiple_of or 1
    return _whole(*integer_range(type_), step, [Fraction(one) for one in beside])


def _decimals(type_: Type, beside: Sequence[Any]) -> Iterator[Decimal]:
    scale = type_.scale or 0
    units = [Fraction(one) * 10**scale for one in beside]
    for one in _whole(*decimal_range(type_), 1, units):
        yield Decimal(one).scaleb(-scale)


def _whole(low: int, high: int, step: int, near: Iterable[Fraction]) -> Iterator[int]:
    """Yield whole multiples of a step within bounds: around some values, then the ends."""
    for one in near:
        below = math.floor(one / step) * step
        yield from (n for n in (below, below + step, below - step) if low <= n <= high)
    first, last = -(-low // step) * step, high // step * step
    yield from (n for n in (first, last) if low <= n <= high)


def _numbers(type_: Type, beside: Sequence[Any]) -> Iterator[float]:
    near = [float(one) + away for one in beside for away in (0, 1, -1)]
    ends = [float(one) for one in (type_.ge, type_.le) if one is not None]
    yield from (one + 0.0 for one in (*near, *ends) if in_range(one, type_))


def _dates(_: Type, beside: Sequence[Any]) -> Iterator[date]:
    days = [one for one in beside if isinstance(one, date) and not isinstance(one, datetime)]
    return _around(days, _DAY)


def _datetimes(_: Type, beside: Sequence[Any]) -> Iterator[datetime]:
    return _around([one for one in beside if isinstance(one, datetime)], _HOUR)


def _durations(_: Type, beside: Sequence[Any]) -> Iterator[timedelta]:
    spans = [one for one in beside if isinstance(one, timedelta)]
    return (one for one in _around(spans, _HOUR) if one >= timedelta())


def _around(moments: Iterable[Any], step: timedelta) -> Iterator[Any]:
    for one in moments:
        yield one
        for away in (step, -step):
            try:
                yield one + away
            except OverflowError:  # the calendar ends here
                continue


def _times(_: Type, beside: Sequence[Any]) -> Iterator[time]:
    for one in beside:
        if isinstance(one, time):
            yield one
            yield from (
                one.replace(hour=hour) for hour in (one.hour + 1, one.hour - 1) if 0 <= hour < 24
            )
    yield from (time(0), time(23, 59))


def _uuids(_: Type, beside: Sequence[Any]) -> Iterator[UUID]:
    for one in beside:
        if isinstance(one, UUID):
            yield from (one, UUID(int=min(one.int + 1, _LAST_UUID)), UUID(int=max(one.int - 1, 0)))


def _enums(type_: Type, _: Sequence[Any]) -> Iterator[str]:
    return (one.value for one in type_.values)


def _booleans(_: Type, __: Sequence[Any]) -> Iterator[bool]:
    yield from (True, False)


_MAKERS: Mapping[str, Callable[[Type, Sequence[Any]], Iterable[Any]]] = {
    "integer": _integers,
    "decimal": _decimals,
    "number": _numbers,
    "date": _dates,
    "datetime": _datetimes,
    "duration": _durations,
    "time": _times,
    "uuid": _uuids,
    "enum": _enums,
    "boolean": _booleans,
}


def _sized(type_: Type, name: str, objects: Objects, beside: Sequence[Any]) -> Iterator[Any]:
    """Yield texts that stand beside it, then texts (or lists) of the lengths that do."""
    text = type_.kind.name != "list"
    least, most = (
        (type_.min_length, type_.max_length) if text else (type_.min_items, type_.max_items)
    )
    least, most = least or 0, min(LONGEST if most is None else most, _different(type_))
    if text:
        yield from (one for one in beside if isinstance(one, str) and is_text_of(type_, one))
    counts = [one for one in beside if isinstance(one, int) and not isinstance(one, bool)]
    lengths = [count + away for count in counts for away in (0, 1, -1)]
    for length in dict.fromkeys((*lengths, least, least + 1, most)):
        if not least <= length <= most:
            continue
        if text:
            bounded = replace(type_, min_length=length, max_length=length)
            made = example(bounded, objects, name)
            if isinstance(made, str) and is_text_of(bounded, made):
                yield made
        else:
            yield example(replace(type_, min_items=length, max_items=length), objects, name)


def _different(type_: Type) -> int:
    """Count the items that a list can hold: those of an enum differ where they must."""
    if type_.item is None or not type_.unique_items:
        return LONGEST
    return len(type_.item.values) or (2 if type_.item.kind.name == "boolean" else LONGEST)


def is_text_of(type_: Type, text: str) -> bool:
    """Tell whether a text is a value of a type."""
    pattern = type_.pattern or GRAMMARS.get(type_.kind.name)
    return (
        (type_.min_length or 0) <= len(text) <= (type_.max_length or len(text))
        and "\0" not in text
        and (pattern is None or re.search(pattern, text, re.ASCII) is not None)
    )
