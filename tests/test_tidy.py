"""Emitted code is laid out as ruff does it, whatever the machine's own settings are."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator import tidy as tidying
from generator.tidy import MEMORY, EmittedCodeError, tidy

MESSY = """from fastapi import Path, APIRouter
import os
from __future__ import annotations
def read(a:int)->Optional[ str ]: return 'x'
"""
NEAT = """from __future__ import annotations

from fastapi import APIRouter, Path


def read(a: int) -> Optional[str]:
    return "x"


router = APIRouter(), Path
"""


def test_layout() -> None:
    """Imports are sorted, those not used go, quotes and lines are ruff's."""
    assert tidy({"products/a.py": MESSY + "router = APIRouter(), Path\n"}) == {
        "products/a.py": NEAT
    }


def test_tidy_code_stays() -> None:
    """What is tidy already comes back byte for byte."""
    assert tidy({"a.py": NEAT, "b/c.py": ""}) == {"a.py": NEAT, "b/c.py": ""}


def test_other_files_stay() -> None:
    """Only Python is touched; the order of the files is kept."""
    files = {"openapi.json": '{ "a":1}', "a.py": "a=1", "notes.txt": " x \r\n"}
    assert list(tidy(files).items()) == [
        ("openapi.json", '{ "a":1}'),
        ("a.py", "a = 1\n"),
        ("notes.txt", " x \r\n"),
    ]
    assert tidy({"openapi.json": "{}"}) == {"openapi.json": "{}"}


def test_lines_of_a_hundred() -> None:
    """A line may have 100 characters."""
    fits, breaks = f"x = [{'1, ' * 31}1]", f"x = [{'1, ' * 31}111]"
    assert len(fits) == 100
    assert tidy({"a.py": fits, "b.py": breaks})["a.py"] == fits + "\n"
    assert tidy({"b.py": breaks})["b.py"].count("\n") > 1


def test_no_settings_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a configuration in the folder nor the environment has a say."""
    (tmp_path / "ruff.toml").write_text('line-length = 20\n[format]\nquote-style = "single"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("RUFF_CONFIG", str(tmp_path / "ruff.toml"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert tidy({"a.py": NEAT}) == {"a.py": NEAT}


def test_no_room_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files in memory find no room, all of them are laid out in an ordinary folder."""
    write, asked = Path.write_bytes, []

    def writes_little(path: Path, content: bytes) -> int:
        asked.append(path)
        if path.is_relative_to(MEMORY) and path.name != "a.py":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", writes_little)
    assert tidy({"a.py": "a=1", "b.py": "b=1"}) == {"a.py": "a = 1\n", "b.py": "b = 1\n"}
    in_memory = [path.name for path in asked if path.is_relative_to(MEMORY)]
    assert in_memory == (["a.py", "b.py"] if os.access(MEMORY, os.W_OK) else [])


def test_no_room_for_ruff(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where it is ruff that finds none."""
    run = tidying._ruff

    def fails_in_memory(command: tuple[str, ...], scratch: Path, files: dict[str, str]) -> None:
        if scratch.is_relative_to(MEMORY):
            raise EmittedCodeError("ruff refused the emitted code: No space left on device")
        run(command, scratch, files)

    monkeypatch.setattr(tidying, "_ruff", fails_in_memory)
    assert tidy({"a.py": "a=1"}) == {"a.py": "a = 1\n"}


def test_packages_named_like_libraries() -> None:
    """A resource's package that is called like a library does not change how imports are sorted."""
    text = (
        "import fastapi\nimport products\nimport sqlalchemy\n\nx = fastapi, products, sqlalchemy\n"
    )
    assert tidy({"a.py": text, "fastapi/a.py": "", "products/a.py": ""})["a.py"] == text


def test_our_bug_is_shown() -> None:
    """Code that ruff cannot read raises an error that shows the file and marks the line."""
    with pytest.raises(EmittedCodeError) as caught:
        tidy({"good.py": "x = 1\n", "products/router.py": "import os\n\n\ndef read(:\n    pass\n"})
    shown = str(caught.value).splitlines()
    assert shown[0].startswith("emitted code is not Python: products/router.py:4: ")
    assert shown[4:] == [">    4 | def read(:", "     5 |     pass", "     6 | "]
