"""The operators of rules over values that may be null."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from itertools import product

import pytest

from generator.runtime import three_valued as three

TWO_SIDED: tuple[Callable[[object, object], object], ...] = (
    three.equal,
    three.unequal,
    three.less,
    three.at_most,
    three.more,
    three.at_least,
    three.plus,
    three.minus,
    three.times,
)


@pytest.mark.parametrize("operator", TWO_SIDED)
def test_null_on_either_side_is_null(operator: Callable[[object, object], object]) -> None:
    """A comparison with null is unknown, and arithmetic with it null."""
    assert operator(None, 1) is None
    assert operator(1, None) is None
    assert operator(None, None) is None
    assert operator(1, 2) is not None


def test_the_functions_of_one_value_answer_null_with_null() -> None:
    """Nothing makes something of nothing."""
    assert three.absolute(None) is None
    assert three.length(None) is None
    assert three.lower(None) is None
    assert three.upper(None) is None
    assert three.number(None) is None
    assert three.scaled(None, 2) is None
    assert three.opposite(None) is None
    assert three.one_of(None, (1,)) is None
    assert three.none_of(None, (1,)) is None
    assert three.number_times(None, 1.0) is None
    assert three.number_times(1.0, None) is None
    assert three.known_or(None, 2) == 2


@pytest.mark.parametrize(("one", "two"), list(product((True, False, None), repeat=2)))
def test_conditions_join_as_in_sql(one: bool | None, two: bool | None) -> None:
    """Unknown decides nothing: false and unknown is false, true or unknown is true."""
    known = {True: 1.0, None: 0.5, False: 0.0}
    worth = {1.0: True, 0.5: None, 0.0: False}
    assert three.all_of(one, two) is worth[min(known[one], known[two])]
    assert three.any_of(one, two) is worth[max(known[one], known[two])]
    assert three.opposite(one) is worth[1 - known[one]]


@pytest.mark.parametrize(
    ("one", "two", "left"), [(7, 3, 1), (-7, 3, -1), (7, -3, 1), (-7, -3, -1), (7, 0, None)]
)
def test_a_remainder_has_the_sign_of_the_dividend(one: int, two: int, left: int | None) -> None:
    """As in SQL, not as in Python; null on zero."""
    assert three.remainder(one, two) == left


def test_a_quotient_is_a_number() -> None:
    """Null on zero, never negative zero, exact decimals made doubles first."""
    assert three.quotient(1, 4) == 0.25
    assert three.quotient(Decimal("0.1"), 1) == 0.1
    assert three.quotient(1, 0) is None
    assert three.quotient(1.0, 5e-324) is None
    assert math.copysign(1, three.quotient(0, -5) or 0.0) == 1
    assert three.quotient(5e-324, 1) == 0.0


def test_numbers_near_zero_count_as_zero_in_products() -> None:
    """No product is too small for a double."""
    assert three.number_times(1e-200, 1e-200) == 0.0
    assert three.number_times(2.0**-500, 2.0**-500) == 2.0**-1000
    assert three.number_times(2.0**-501, 4.0) == 0.0
    assert math.copysign(1, three.number_times(0.0, -5.0) or 0.0) == 1


def test_case_is_ascii() -> None:
    """Letters beyond ASCII stay as they are."""
    assert three.lower("ÀAZ") == "Àaz"
    assert three.upper("éßaz") == "éßAZ"


def test_a_decimal_gets_its_digits() -> None:
    """An integer and a shorter decimal are written with the digits of the field."""
    assert str(three.scaled(5, 2)) == "5.00"
    assert str(three.scaled(Decimal("1.5"), 3)) == "1.500"
