"""Text of a spec enters Python code only quoted."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from generator.emit.template import docstring, escaped, literal

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
HOSTILE = st.lists(
    st.sampled_from(['"', '"""', "'''", "\\", "\n", "{", "}}", "{%", "#", "a", "\u2028", "\x00"])
)


@given(TEXT)
def test_a_literal_reads_back(text: str) -> None:
    """What `literal` writes, Python reads as the same value."""
    assert ast.literal_eval(literal(text)) == text
    assert literal(text).isascii()


@given(TEXT | HOSTILE.map("".join))
def test_a_docstring_reads_back(text: str) -> None:
    """Any text becomes a docstring with the same words, and ends nothing but itself."""
    body = f"def f():\n    {docstring(text)}\n    return 1\n"
    function = ast.parse(body).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) == 2
    found = ast.get_docstring(function, clean=True) or ""
    assert found.split() == text.split()


@given(HOSTILE.map("".join))
def test_text_inside_of_a_docstring(text: str) -> None:
    """A title may stand in the middle of a docstring."""
    line = escaped(text.replace("\n", " "))
    module = ast.parse(f'"""{line}: the rest."""\n')
    assert len(module.body) == 1


@given(st.lists(TEXT | st.text("ab\u4e2d ", max_size=300), max_size=5).map("\n".join))
def test_long_lines_are_wrapped(text: str) -> None:
    """No line of a docstring is longer than 100 columns, but for a single word that is."""
    for line in f"    {docstring(text)}".split("\n"):
        assert len(line) <= 100 or " " not in line.strip()


def test_quotes_stay_readable() -> None:
    """Only quotes that would end the docstring are escaped."""
    assert docstring('A "blue" one.') == '"""A "blue" one."""'
    assert docstring('It is "blue"') == '"""It is "blue\\""""'
    assert escaped('The "Shop"') == 'The "Shop"'


def test_tuples_are_literals() -> None:
    """One item keeps its comma."""
    assert literal(("a",)) == "('a',)"
    assert literal(("a", 1)) == "('a', 1)"
