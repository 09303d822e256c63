"""A hostile input: what is sent, and what the language says comes back."""

from __future__ import annotations

from dataclasses import dataclass, field

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An input by its number in the list that all of them come from."""

    number: int
    about: str
    sent: bytes = field(repr=False)
    statuses: tuple[int, ...]
    """The one that the language gives; several only where the server answers before the service."""
    at: Location | None = None
    """Where a 422 says the request is wrong."""
    said: dict[str, object] | None = None
    """What an answered object holds."""

    @property
    def name(self) -> str:
        """Return what the test is called."""
        return f"{self.number}-{self.about}"


def case(
    number: int,
    about: str,
    sent: bytes,
    *statuses: int,
    at: Location | None = None,
    **said: object,
) -> Case:
    """Make a case."""
    return Case(number, about, sent, statuses, at, said or None)
