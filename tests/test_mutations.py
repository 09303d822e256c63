"""Specs with one node deleted, doubled or of another shape: understood, or refused with a place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.check.together import understand
from generator.diagnostics import SpecError, render
from generator.scalars import Plain, Raw
from generator.source import read

ROOT = Path(__file__).parent.parent
SPECS = sorted([*ROOT.glob("spec/*.yaml"), *ROOT.glob("tests/specs/*.yaml")])
OTHER_SHAPES: tuple[Raw, ...] = (
    None,
    Plain("7"),
    Plain("true"),
    Plain("-1.5"),
    Plain("null"),
    "text in quotes: \u00ef",
    [],
    [Plain("a"), Plain("b")],
    {},
    {"key": Plain("value")},
)
Change = tuple[str, list[Raw] | None]
"""A key, and what stands under it now; None is what stood there."""


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_no_mutation_of_a_spec_ends_in_a_traceback(path: Path) -> None:
    """Every outcome is a spec, or problems that each stand in the file."""
    source = read(path.read_bytes(), path)
    for text in {yaml_of(data) for data in mutations(source.data)}:
        try:
            understand(read(text, path))
        except SpecError as error:
            lines = text.split("\n")
            assert all(one.span.line <= len(lines) for one in error.diagnostics)
            assert render(error.source, error.diagnostics)


def mutations(data: Raw) -> Iterator[Raw]:
    """Yield the data with each node in turn deleted, and doubled or put in another shape."""
    for number, path in enumerate(paths(data)):
        yield changed(data, path, [])
        doubled: list[Change] = [(path[-1], None), (f"{path[-1]}_2", None)]
        # Every shape with every node takes minutes and finds the same: the shapes take turns.
        shape = OTHER_SHAPES[number // 2 % len(OTHER_SHAPES)]
        yield changed(data, path, doubled if number % 2 else [(path[-1], [shape])])


def paths(data: Raw, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every node below the top; the items of a list are numbered."""
    for step, value in entries(data):
        yield (*path, step)
        yield from paths(value, (*path, step))


def entries(data: Raw) -> list[tuple[str, Raw]]:
    """List what a mapping or a list holds."""
    if isinstance(data, dict):
        return list(data.items())
    return [(str(index), item) for index, item in enumerate(data)] if isinstance(data, list) else []


def changed(data: Raw, path: tuple[str, ...], instead: list[Change]) -> Raw:
    """Put entries in the place of one."""
    new: list[tuple[str, Raw]] = []
    for step, value in entries(data):
        if step != path[0]:
            new.append((step, value))
        elif len(path) > 1:
            new.append((step, changed(value, path[1:], instead)))
        else:
            new += [(name, value if one is None else one[0]) for name, one in instead]
    return dict(new) if isinstance(data, dict) else [value for _, value in new]


def yaml_of(data: Raw, indent: str = "") -> str:
    """Write data as a spec file."""
    if isinstance(data, Plain):
        return f" {data}"
    if isinstance(data, str):
        return f" {json.dumps(data)}"
    if not data:
        return "" if data is None else f" {data}"
    marks = [f"{json.dumps(step)}:" if isinstance(data, dict) else "-" for step, _ in entries(data)]
    values = [yaml_of(value, f"{indent}  ") for _, value in entries(data)]
    return "".join(f"\n{indent}{mark}{value}" for mark, value in zip(marks, values, strict=True))
