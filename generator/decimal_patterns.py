"""Patterns of decimals: precision, scale and bounds compiled into one exact regular expression.

A decimal travels as text, where JSON Schema knows no `minimum`; so the bounds become part of the
pattern, digit by digit. Bounds are kept as whole numbers of the last decimal place ("cents").
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import groupby

from generator.ir import Type


def decimal_pattern(type_: Type, *, exact: bool = False) -> str:
    """Compile a type `decimal(precision:scale)` with its bounds into an anchored pattern.

    `exact` asks for the answered form, with all decimals; else fewer will do: `1`, `1.5`, `1.50`.
    Neither form has leading zeros, a plus sign, an exponent or a negative zero.
    """
    low, high = decimal_range(type_)
    form = _Form(type_.scale or 0, exact)
    most = _most(type_)
    if (low, high) == (-most, most):
        return f"^{_symmetric(most, form)}$"
    parts: list[str] = []
    if high >= 0:
        parts += _between(max(low, 0), high, form)
    if low < 0:
        parts += ["-" + part for part in _between(max(-high, 1), -low, form)]
    return f"^{_group(parts)}$" if parts else "^[^\\s\\S]$"


def decimal_range(type_: Type) -> tuple[int, int]:
    """Give the smallest and the greatest value in units of the last decimal place."""
    most = _most(type_)
    low, high = -most, most
    for bound, exclusive in ((type_.ge, False), (type_.gt, True)):
        if bound is not None:
            scaled = _scaled(bound, type_.scale or 0)
            low = max(low, math.floor(scaled) + 1 if exclusive else math.ceil(scaled))
    for bound, exclusive in ((type_.le, False), (type_.lt, True)):
        if bound is not None:
            scaled = _scaled(bound, type_.scale or 0)
            high = min(high, math.ceil(scaled) - 1 if exclusive else math.floor(scaled))
    return low, high


def _most(type_: Type) -> int:
    assert type_.precision is not None
    return int("9" * type_.precision)


def _scaled(bound: int | float | Decimal, scale: int) -> Decimal:
    with localcontext(prec=100):
        return Decimal(str(bound)).scaleb(scale)


@dataclass(frozen=True, slots=True)
class _Form:
    """How many decimals a value has: exactly so many, or at most."""

    scale: int
    exact: bool

    @property
    def any_decimals(self) -> str:
        """The decimals of a value whose whole part alone decides that it is in range."""
        if not self.scale:
            return ""
        if self.exact:
            return rf"\.[0-9]{_times(self.scale, self.scale)}"
        return rf"(\.[0-9]{_times(1, self.scale)})?"


@dataclass(frozen=True, slots=True)
class _Digits:
    """The digits still to write, between a lower and an upper edge; None where that edge is open.

    An edge is as long as what is still to write.
    """

    low: str | None
    high: str | None
    room: int
    short: bool
    """Whether the text may end early, as if zeros followed."""

    @property
    def free(self) -> bool:
        """Whether any digits will do."""
        return self.low is None and self.high is None

    @property
    def may_end(self) -> bool:
        """Whether the text may end here."""
        return not self.room or (self.short and self.low is None)

    def after(self, digit: str) -> _Digits:
        """Give what is still to write after a digit."""
        low = self.low[1:] if self.low and self.low[0] == digit else None
        high = self.high[1:] if self.high and self.high[0] == digit else None
        return _digits(low, high, self.room - 1, self.short)

    def choices(self) -> Iterator[str]:
        """Give the digits that may come next."""
        first = int(self.low[0]) if self.low else 0
        last = int(self.high[0]) if self.high else 9
        return (str(digit) for digit in range(first, last + 1))


def _digits(low: str | None, high: str | None, room: int, short: bool) -> _Digits:
    """Make the state, with an edge that excludes nothing left open."""
    low = low if low and low.strip("0") else None
    high = high if high and high.strip("9") else None
    return _Digits(low, high, room, short)


def _symmetric(most: int, form: _Form) -> str:
    """Write the pattern without bounds: the same digits on both sides of zero, but for `-0`."""
    whole = most // 10**form.scale
    tiny = "".join(_fraction(1, 10**form.scale - 1, form)) if form.scale else ""
    if not whole:
        return _group([f"0{form.any_decimals}", f"-0{tiny}"])
    digits = "[1-9]" + _repeat("[0-9]", 0, len(str(whole)) - 1)
    plain = f"(0|-?{digits}){form.any_decimals}"
    return _group([plain, f"-0{tiny}"]) if form.scale else plain


def _between(low: int, high: int, form: _Form) -> list[str]:
    """Write alternatives for the values of `low..high`, none of them negative."""
    if low > high:
        return []
    unit = 10**form.scale
    (low_whole, low_part), (high_whole, high_part) = divmod(low, unit), divmod(high, unit)
    if low_whole == high_whole:
        return [f"{low_whole}{_fraction(low_part, high_part, form)}"]
    parts: list[str] = []
    if low_part:
        parts.append(f"{low_whole}{_fraction(low_part, unit - 1, form)}")
        low_whole += 1
    last = high_whole if high_part == unit - 1 else high_whole - 1
    if low_whole <= last:
        parts.append(f"{_group(_wholes(low_whole, last))}{form.any_decimals}")
    if last != high_whole:
        parts.append(f"{high_whole}{_fraction(0, high_part, form)}")
    return parts


def _fraction(low: int, high: int, form: _Form) -> str:
    """Write the decimals whose value is `low..high`, with their point."""
    if not form.scale:
        return ""
    edges = str(low).zfill(form.scale), str(high).zfill(form.scale)
    digits = _digits(*edges, form.scale, not form.exact)
    if digits.free:
        return form.any_decimals
    text = rf"\.{_written(digits)}"
    return f"({text})?" if digits.may_end else text


def _written(digits: _Digits) -> str:
    """Write at least one digit, and all that may follow."""
    branches: list[str] = []
    following = [(digit, digits.after(digit)) for digit in digits.choices()]
    for rest, group in groupby(following, key=lambda pair: pair[1]):
        branches.append(_class([digit for digit, _ in group]) + _rest(rest))
    return _group(branches)


def _rest(digits: _Digits) -> str:
    if digits.free:
        return _repeat("[0-9]", 0 if digits.short else digits.room, digits.room)
    text = _written(digits)
    if not digits.may_end:
        return text
    return f"{text}?" if len(text) == 1 else f"({text})?"


def _wholes(low: int, high: int) -> list[str]:
    """Write alternatives for the whole numbers `low..high`, without leading zeros."""
    parts = ["0"] if low == 0 else []
    low = max(low, 1)
    start = len(str(low))
    for length in range(start, len(str(high)) + 1):
        smallest, greatest = max(low, 10 ** (length - 1)), min(high, 10**length - 1)
        if smallest <= greatest:
            parts.append(_fixed(smallest, greatest, length))
    return _joined_lengths(parts)


def _fixed(low: int, high: int, length: int) -> str:
    if low == 10 ** (length - 1) and high == 10**length - 1:
        return f"[1-9]{_repeat('[0-9]', length - 1, length - 1)}"
    return _written(_digits(str(low), str(high), length, False))


def _joined_lengths(parts: list[str]) -> list[str]:
    """Join alternatives that differ in nothing but their length: `[1-9]|[1-9][0-9]`."""
    full = {f"[1-9]{_repeat('[0-9]', more, more)}": more for more in range(32)}
    lengths = [full[part] for part in parts if part in full]
    if parts[:2] == ["0", "[1-9]"] and len(lengths) == 1:
        return ["[0-9]", *parts[2:]]
    if len(lengths) < 2:
        return parts
    joined = f"[1-9]{_repeat('[0-9]', min(lengths), max(lengths))}"
    first = next(index for index, part in enumerate(parts) if part in full)
    rest = [part for part in parts if part not in full]
    return [*rest[:first], joined, *rest[first:]]


def _class(digits: list[str]) -> str:
    if len(digits) == 1:
        return digits[0]
    if len(digits) == 2:
        return f"[{digits[0]}{digits[1]}]"
    return f"[{digits[0]}-{digits[-1]}]"


def _group(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({'|'.join(parts)})"


def _repeat(what: str, least: int, most: int) -> str:
    if most == 0:
        return ""
    if (least, most) == (0, 1):
        return f"{what}?"
    return f"{what}{_times(least, most)}"


def _times(least: int, most: int) -> str:
    if (least, most) == (1, 1):
        return ""
    return f"{{{most}}}" if least == most else f"{{{least},{most}}}"
