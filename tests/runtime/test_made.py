"""Values that the server makes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from generator.runtime.made import fresh_version, now, today, uuid4, uuid7

INSTANT = datetime(2026, 11, 22, 23, 59, 59, 123456, tzinfo=UTC)


def test_times_are_of_the_request() -> None:
    """All times of a statement are one instant, and dates are in UTC."""
    assert now(INSTANT) is INSTANT
    assert today(INSTANT).isoformat() == "2026-11-22"


def test_uuids_have_their_versions() -> None:
    """Both are of the variant of RFC 9562, and no two are the same."""
    for make, version in ((uuid4, 4), (uuid7, 7)):
        made = {make(INSTANT) for _ in range(1000)}
        assert len(made) == 1000
        assert {one.version for one in made} == {version}
        assert {one.variant for one in made} == {"specified in RFC 4122"}


def test_uuid7_sorts_by_time() -> None:
    """A later microsecond makes a greater key, and the milliseconds can be read back."""
    times = [INSTANT + timedelta(microseconds=n * 7) for n in range(1000)]
    made = [uuid7(time) for time in times]
    assert made == sorted(made)
    assert made[0].int >> 80 == int(INSTANT.timestamp() * 1000)


def test_a_fresh_version_is_later_than_any_that_was_raised() -> None:
    """A row that comes back under its key begins where no version of it was."""
    first = fresh_version(INSTANT)
    assert first == int(INSTANT.timestamp()) * 1_000_000 + 123_456
    assert fresh_version(INSTANT + timedelta(microseconds=1)) == first + 1
