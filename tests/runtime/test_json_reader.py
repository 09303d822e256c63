"""What is JSON in a body, and what is not."""

from __future__ import annotations

import pytest

from generator.runtime.json_reader import MALFORMED, read_json


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b' {"a": [1, 2.5, true, null, "\\ud83d\\ude00"]}\n', {"a": [1, 2.5, True, None, "😀"]}),
        (b"null", None),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"9" * 4300, int("9" * 4300)),
        (b"-0", 0),
        (b"1e-400", 0.0),
        (b'"\\u0000"', "\0"),
        ("é".encode(), MALFORMED),
        ('"é"'.encode(), "é"),
    ],
)
def test_reads_what_rfc_8259_allows(data: bytes, value: object) -> None:
    """Integers of any size that Python can write, pairs of surrogates, the last duplicate key."""
    assert read_json(data) == value


def test_nesting_ends_at_a_hundred_levels() -> None:
    """Arrays and objects count alike; scalars do not."""
    assert read_json(b"[" * 100 + b"1" + b"]" * 100) is not MALFORMED
    assert read_json(b"[" * 101 + b"]" * 101) is MALFORMED
    assert read_json(b'{"a":' * 100 + b"1" + b"}" * 100) is not MALFORMED
    assert read_json(b'{"a":' * 101 + b"1" + b"}" * 101) is MALFORMED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  ",
        b"\xef\xbb\xbf{}",
        '{"a": "é"}'.encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        b'"\xed\xa0\x80"',
        b'"\\ud800"',
        b'"\\ud800\\u0041"',
        b'"\\udc00"',
        b'{"\\ud800": 1}',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"1e400",
        b"[[-1e400]]",
        b'{"a": ' + b"9" * 400 + b".0}",
        b"9" * 4301,
        b"9" * 5000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[1,]",
        b"{'a': 1}",
        b"{} // comment",
        b'{"a": 1',
        b"01",
        b"+1",
        b".5",
        b"1.",
        b"0x10",
        b"True",
        b'"\n"',
        b'"\x00"',
        b"{}{}",
        b"\x0c1",
    ],
)
def test_everything_else_is_malformed(data: bytes) -> None:
    """No input raises."""
    assert read_json(data) is MALFORMED
