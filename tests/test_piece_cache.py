"""The memory of emitted code: how much it keeps, and what goes first."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import pytest

from generator import piece_cache, pieces
from generator.piece_cache import PieceCache


def put(folder: Path, *keys: str) -> None:
    """Keep texts in one run, and make their files an hour older."""
    cache = PieceCache(folder)
    for key in keys:
        cache[key] = f"text of {key}"
    cache.save()
    for file in folder.iterdir():
        old = file.stat().st_mtime - 3600
        os.utime(file, (old, old))


def test_what_was_not_used_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read lately is kept, also where it was written first."""
    monkeypatch.setattr(piece_cache, "MOST", 3)
    put(tmp_path, "first")
    put(tmp_path, "second")
    put(tmp_path, "third")
    cache = PieceCache(tmp_path)
    assert cache["first"] == "text of first"
    cache["fourth"] = "text of fourth"
    cache.save()
    left = PieceCache(tmp_path)
    assert [key for key in ("first", "second", "third", "fourth") if key in left] == [
        "first", "third", "fourth",
    ]  # fmt: skip


def test_what_a_run_needs_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service of more texts than are kept otherwise finds all of its own the next time."""
    monkeypatch.setattr(piece_cache, "MOST", 2)
    put(tmp_path, "old")
    put(tmp_path, *(f"new {at}" for at in range(5)))
    left = PieceCache(tmp_path)
    assert all(f"new {at}" in left for at in range(5))
    assert "old" not in left


@pytest.mark.parametrize("tool", ["pydantic", "pydantic-core", "ruff"])
def test_another_version_of_a_tool_knows_nothing(
    tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade nothing is found that was made before."""
    before = pieces._compiler()
    monkeypatch.setattr(pieces, "version", lambda name: "0" if name == tool else version(name))
    pieces._compiler.cache_clear()
    after = pieces._compiler()
    pieces._compiler.cache_clear()
    assert after != before
