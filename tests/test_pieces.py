"""The pieces of a service: kept while nothing changes that shows in them, and no longer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from generator import pieces
from generator.check.together import understand
from generator.compiler import compile_spec
from generator.emit.service import emit_pieces
from generator.ir import Service
from generator.lower import lower
from generator.source import read
from tests.services import CATALOG, EVERYTHING, WAREHOUSE

SPEC = """\
spec: 1
service: {name: shop, version: 1.0.0, title: Shop}
resources:
  Country:
    fields: {code: string(2..2)}
    endpoints: {read: }
  Maker:
    fields: {name: string(..40)}
    relations:
      country: {to: Country, inverse: makers}
    endpoints: {list: , read: }
  Product:
    fields: {title: string(..80)}
    relations:
      maker: {to: Maker, expand: true, inverse: products}
    endpoints: {list: {under: [maker]}, create: , read: }
  Note:
    fields: {text: text}
    endpoints: {list: , create: , delete: }
"""


def lowered(text: str | bytes, path: Path = Path("spec/shop.yaml")) -> Service:
    """Read a spec as far as the IR."""
    return lower(understand(read(text, path))[0])


def changed(old: str, new: str) -> set[str]:
    """Name the resources whose pieces are made anew when the spec changes so."""
    assert old in SPEC
    before, after = pieces._keys(lowered(SPEC)), pieces._keys(lowered(SPEC.replace(old, new, 1)))
    return {name for name in after if after[name] != before.get(name)}


@pytest.mark.parametrize("path", [CATALOG, WAREHOUSE, EVERYTHING], ids=lambda path: path.stem)
def test_a_piece_needs_nothing_but_what_its_key_holds(path: Path) -> None:
    """A resource emits the same from the part of the service around it as from all of it."""
    service = lowered(path.read_bytes(), path)
    memory: dict[str, str] = {}
    whole = emit_pieces([(one, service) for one in service.resources], memory)
    parts = [(one, service.around(one.name)) for one in service.resources]
    assert emit_pieces(parts, memory) == whole


@pytest.mark.parametrize("path", [CATALOG, WAREHOUSE], ids=lambda path: path.stem)
def test_kept_pieces_make_the_same_files(path: Path) -> None:
    """Files from a memory are those of a compiler without one, and no piece is made twice."""
    memory: dict[str, str] = {}
    fresh = compile_spec(path).files
    assert compile_spec(path, memory).files == fresh
    known = dict(memory)
    assert compile_spec(path, memory).files == fresh
    assert memory == known


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        ("text: text", "text: text?", {"Note"}),
        ("title: string(..80)", "title: string(..81)", {"Product", "Maker"}),
        ("name: string(..40)", "name: string(..41)", {"Product", "Maker", "Country"}),
        ("code: string(2..2)", "code: string(2..3)", {"Product", "Maker", "Country"}),
        ("title: Shop", "title: Store", set()),
        ("version: 1.0.0", "version: 1.0.1", set()),
        ("{name: shop,", "{name: shop, wire: camel,", {"Product", "Maker", "Country", "Note"}),
    ],
)
def test_what_is_made_anew(old: str, new: str, anew: set[str]) -> None:
    """A change makes the pieces anew of what it touches, what refers to it, and what it shows."""
    assert changed(old, new) == anew


def test_a_neighbour_that_shows_is_never_stale() -> None:
    """A resource whose neighbour changes is as if nothing had been kept."""
    memory: dict[str, str] = {}
    pieces.compiled(lowered(SPEC), memory, {})
    renamed = lowered(SPEC.replace("name: string(..40)", "label: string(..40)?"))
    assert pieces.compiled(renamed, memory, {}) == pieces.compiled(renamed, {}, {})


@pytest.fixture
def another_compiler(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read the sources of the compiler as if one of them had another line."""
    true = pieces._sources

    def edited(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
        return itertools.chain(true(folder, prefix), [("emit/another.py", b"line\n")])

    pieces._compiler.cache_clear()
    monkeypatch.setattr(pieces, "_sources", edited)
    yield
    pieces._compiler.cache_clear()


def test_another_compiler_knows_nothing(request: pytest.FixtureRequest) -> None:
    """A compiler of which a line is another keeps no piece of the one before."""
    before = pieces._keys(lowered(SPEC))
    request.getfixturevalue("another_compiler")
    after = pieces._keys(lowered(SPEC))
    assert not before.items() & after.items()
