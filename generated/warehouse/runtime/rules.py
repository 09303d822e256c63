"""Rules: what has to hold for every row, whoever writes it.

A rule is said twice, as a CHECK of the table and as a function of a row's values; both have one
meaning. A rule that is unknown, since a value is null, holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""Python values by column; null is None."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check over the columns of one row."""

    name: str
    """In the spec, and in the answer to a write that breaks it."""
    sql_name: str
    message: str
    columns: tuple[str, ...]
    """That it names."""
    check: Callable[[Values], bool | None]
    """Whether a row keeps it; None where that is unknown."""

    def broken_by(self, values: Values) -> bool:
        """Tell whether values break it. Where it reads one that is not among them, it holds."""
        try:
            return self.check(values) is False
        except KeyError:
            return False

    def reported_in(self, report: str) -> bool:
        """Tell whether a database's report of a check means this one."""
        return report == self.sql_name or report.endswith(f": {self.sql_name}")


def broken(rules: Iterable[Rule], values: Values) -> Iterator[Rule]:
    """Yield the rules that values break, in the order of the spec."""
    return (rule for rule in rules if rule.broken_by(values))
