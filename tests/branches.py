"""Prints every branch of a template that no spec takes: `python -m tests.branches SPEC...`.

A process of its own, since Jinja and datamodel-code-generator keep templates that they have read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from generator.check.together import understand
from generator.lower import lower
from generator.pieces import compiled
from generator.source import read

TEMPLATES = Path(__file__).parent.parent / "generator" / "templates"

_known: set[tuple[str, bool]] = set()
_taken: set[tuple[str, bool]] = set()
_parse = Environment._parse


def traced(
    environment: Environment, source: str, name: str | None, filename: str | None
) -> nodes.Template:
    """Parse a template so that every condition in it tells which way it went."""
    tree = _parse(environment, source, name, filename)
    if filename is None or not Path(filename).is_relative_to(TEMPLATES):
        return tree
    environment.filters["took"] = _took
    path = Path(filename).relative_to(TEMPLATES).as_posix()
    for number, node in enumerate(tree.find_all((nodes.If, nodes.CondExpr))):
        assert isinstance(node, nodes.If | nodes.CondExpr)
        where = f"{path}:{node.lineno} (condition {number + 1})"
        _known.update([(where, True), (where, False)])
        node.test = nodes.Filter(node.test, "took", [nodes.Const(where)], [], None, None)
        node.test.set_lineno(node.lineno).set_environment(environment)
    return tree


def _took(value: object, where: str) -> object:
    _taken.add((where, bool(value)))
    return value


def main(specs: list[str]) -> None:
    """Emit services, and print where no condition was ever true, or ever false."""
    pytest.MonkeyPatch().setattr(Environment, "_parse", traced)
    memory: dict[str, str] = {}
    for name in specs:
        path = Path(name)
        compiled(lower(understand(read(path.read_bytes(), path))[0]), memory, {})
    assert _known
    for where, way in sorted(_known - _taken):
        print(f"{where}: never {str(way).lower()}")


if __name__ == "__main__":
    main(sys.argv[1:])
