"""Reading a spec file: what YAML 1.2 says a scalar is, and the way back from a path to a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Span, SpecError
from generator.scalars import Plain, value_of
from generator.source import LARGEST, Source, read, read_value
from generator.yaml_nodes import MissingLibyamlError

PATH = Path("spec/catalog.yaml")
TEXT = """\
service:
  name: catalog   # a comment
  version: 1.0
resources:
  Product:
    fields:
      sku: {type: "string(3..20)", unique: true}
      'title': string(1..200)
    endpoints: [create, read]
    description: >
      Over
      two lines.
  Order:
"""


def source() -> Source:
    """The text above, read."""
    return read(TEXT, PATH)


def marked(span: Span) -> str:
    """The text that a span marks."""
    return TEXT.split("\n")[span.line - 1][span.column - 1 : span.end - 1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("12:30:00", "12:30:00"),
        ("2026-11-22", "2026-11-22"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("+12", 12),
        ("-0", 0),
        ("1.0", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e999", float("inf")),
        ("-.inf", float("-inf")),
        ("true", True),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("Null", None),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_scalars_are_read_by_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    """`no`, `on` and `1:30` are text; only what YAML 1.2 says is a number, flag or null is one."""
    data = read(f"key: {text}", PATH).data
    assert isinstance(data, dict)
    assert data["key"] == text
    assert value_of(data["key"]) == value
    assert type(value_of(data["key"])) is type(value)


def test_text_in_quotes_is_text_alone() -> None:
    """`"1"` is no number, and is told apart from a plain one."""
    data = read("a: \"1\"\nb: 'true'\nc: |\n  5\n", PATH).data
    assert value_of(data) == {"a": "1", "b": "true", "c": "5\n"}
    assert not any(isinstance(one, Plain) for one in (data or {}))


def test_nothing_is_none_and_a_written_null_is_not() -> None:
    """A key with nothing after it is told apart from `null` and from the empty text."""
    data = read("a:\nb: null\nc: ''\n", PATH).data
    assert data == {"a": None, "b": "null", "c": ""}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("service", "name"), "catalog"),
        (("service", "version"), "1.0"),
        (("resources", "Product", "fields", "sku", "type"), '"string(3..20)"'),
        (("resources", "Product", "fields", "sku"), '{type: "string(3..20)", unique: true}'),
        (("resources", "Product", "fields", "title"), "string(1..200)"),
        # Short forms stand for what they are short for.
        (("resources", "Product", "fields", "title", "type"), "string(1..200)"),
        (("resources", "Product", "endpoints", "read"), "read"),
        (("resources", "Product", "endpoints", 0), "create"),
        # What reaches over lines, or is nothing, or is not there, is shown at its key.
        (("resources", "Product", "fields"), "fields"),
        (("resources", "Product", "description"), ">"),
        (("resources", "Order"), "Order"),
        (("resources", "Order", "fields"), "Order"),
        ((), "s"),
    ],
)
def test_a_path_leads_to_the_value(path: tuple[str | int, ...], text: str) -> None:
    """`span` marks the value, in the first line of it."""
    assert marked(source().span(path)) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("service",), "service"),
        (("resources", "Product", "fields", "title"), "'title'"),
        (("resources", "Product", "fields", "sku", "unique"), "unique"),
        (("resources", "Product", "endpoints", "read"), "read"),
        (("resources", "Order", "fields"), "Order"),
    ],
)
def test_a_path_leads_to_the_key(path: tuple[str | int, ...], text: str) -> None:
    """`key_span` marks the key as it is written, quotes and all."""
    assert marked(source().key_span(path)) == text


def test_only_what_is_written_is_there() -> None:
    """`has` takes a path literally, not as a short form."""
    assert source().has(("resources", "Order"))
    assert not source().has(("resources", "Order", "fields"))
    assert not source().has(("resources", "Product", "fields", "title", "type"))


@pytest.mark.parametrize(
    ("written", "start", "end", "marked"),
    [
        ("^[0-9]+$", 1, 6, "[0-9]"),
        ("'^it''s [0-9]$'", 6, 11, "[0-9]"),
        ('"^a\\t\\u0041\\x42\\\\.$"', 1, 6, "a\\t\\u0041\\x42\\\\"),
        ("'abc'", 3, 3, "'"),
    ],
)
def test_a_part_of_a_text_is_found_through_quotes_and_escapes(
    written: str, start: int, end: int, marked: str
) -> None:
    """`span_within` counts characters of the text, and marks what they are written as."""
    line = f"pattern: {written}"
    span = read(line, PATH).span_within(("pattern",), start, end)
    assert line[span.column - 1 : span.end - 1] == marked


@pytest.mark.parametrize(
    "written",
    [
        "|\n  é > 3 and\n    bcd > 4\n\n",
        "|2-\n    a > 3 and\n  bcd > 4",
        ">\n  a > 3 and\n\n  bcd > 4\n  or e\n# a comment",
        ">+\n  a > 3 and\n    bcd > 4\n\n",
        "a > 3 and   \n  bcd > 4 # a comment",
        "'a > ''3'' and\n\n  bcd > 4'",
        '"a > \\x33 and\\\n  \\  bcd > 4"',
    ],
)
def test_a_part_of_a_text_is_found_in_any_of_its_lines(written: str) -> None:
    """Block scalars, and texts that are continued below, point at the character too."""
    lines = f"check: {written}".split("\n")
    source = read("\n".join(lines), PATH)
    text = source.text_at(("check",)) or ""
    span = source.span_within(("check",), text.index("bcd"), text.index("bcd") + 3)
    assert lines[span.line - 1][span.column - 1 : span.end - 1] == "bcd"
    over = source.span_within(("check",), 0, len(text))
    assert over.end == len(lines[over.line - 1].rstrip()) + 1


def test_columns_count_characters_after_a_byte_order_mark() -> None:
    """Neither an umlaut nor an emoji nor a BOM moves what comes after it."""
    assert read("\ufeff{ï: 😀, b: c}", PATH).key_span(("b",)) == Span(1, 8, 9)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(break_: str) -> None:
    """Files of other systems give the same data and the same places."""
    read_so = read(TEXT.replace("\n", break_), PATH)
    assert read_so.data == source().data
    assert read_so.span(("resources", "Product", "endpoints")) == source().span(
        ("resources", "Product", "endpoints")
    )


def test_a_file_of_more_than_a_mebibyte_is_refused() -> None:
    """One byte more, and nothing of it is read."""
    fits = "a: " + "x" * (LARGEST - 3)
    read(fits, PATH)
    with pytest.raises(SpecError) as caught:
        read(fits + "x", PATH)
    assert [one.code for one in caught.value.diagnostics] == ["too-large"]


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "[[]," * 60_000],
    ids=["brackets", "braces", "dashes", "questions", "too-many"],
)
def test_what_is_deep_or_large_is_refused_soon(text: str) -> None:
    """No RecursionError, whatever the file nests, and more than 100,000 values are too many."""
    with pytest.raises(SpecError) as caught:
        read(text, PATH)
    assert [one.code for one in caught.value.diagnostics] == ["too-large"]


def test_reading_one_value_refuses_what_a_file_would() -> None:
    """A default after `=` is YAML under the same rules."""
    assert read_value("[a, 1]") == ["a", "1"]
    assert read_value("[a") is None
    assert read_value("&a b") is None


def test_without_libyaml_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pure scanner of PyYAML reads `{to: Doctor?}` otherwise, so it is not taken instead."""
    monkeypatch.delattr(yaml, "CSafeLoader")
    with pytest.raises(MissingLibyamlError, match="without libyaml"):
        read("spec: 1", PATH)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
def test_json_is_read_as_json(value: object) -> None:
    """Every JSON text without control characters is a spec file's YAML, and means the same."""
    try:
        found = read(json.dumps({"key": value}), PATH).data
    except SpecError as error:
        codes = {one.code for one in error.diagnostics}
        assert codes <= {"bad-character", "too-large", "yaml-syntax"}
    else:
        assert value_of(found) == {"key": value}


@given(st.text() | st.binary())
def test_anything_is_read_or_refused_with_a_place(text: str | bytes) -> None:
    """Never a traceback, and every problem has a line, a column and a code."""
    try:
        read(text, PATH)
    except SpecError as error:
        assert error.diagnostics
        assert all(
            one.span.line >= 1 and one.span.end > one.span.column for one in error.diagnostics
        )
