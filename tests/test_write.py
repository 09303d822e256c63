"""A folder holds exactly the compiler's files, old or new, and other files stay."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator import exchange, write
from generator.manifest import MANIFEST, digest, read_manifest

ROOT = Path(__file__).parent.parent
FILES = {"app.py": "app\n", "products/models.py": "models\n", "products/table.py": "table\n"}


@pytest.fixture(params=["exchange", "journal"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with these files, once where the system swaps folders and once where not."""
    if request.param == "journal":
        monkeypatch.setattr(exchange, "swap", _refuse)
    generate(tmp_path / "generated" / "catalog", FILES)
    return tmp_path / "generated" / "catalog"


def generate(folder: Path, files: dict[str, str], *, force: bool = False) -> write.Outcome:
    """Plan and apply, as `generate` does."""
    write.settle(folder)
    return write.apply([write.plan(folder, files, force=force)])[0]


def contents(folder: Path) -> dict[str, str]:
    """Read every file in a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in paths}


def _refuse(one: Path, other: Path) -> None:
    raise exchange.CannotExchangeError


def test_first_write(folder: Path) -> None:
    """A new folder holds the files and a manifest that sha256sum could read."""
    found = contents(folder)
    listed = read_manifest(found.pop(MANIFEST))
    assert found == FILES
    assert listed == {path: digest(text.encode()) for path, text in FILES.items()}
    assert list(listed) == sorted(FILES)


def test_counts_and_contents(folder: Path) -> None:
    """One created, one updated, one removed, one unchanged; an emptied folder goes."""
    new = {"app.py": "app\n", "products/models.py": "changed\n", "orders/table.py": "orders\n"}
    assert generate(folder, new) == write.Outcome(created=1, updated=1, removed=1, unchanged=1)
    assert {path: text for path, text in contents(folder).items() if path != MANIFEST} == new
    generate(folder, {"app.py": "app\n"})
    assert sorted(path.name for path in folder.iterdir()) == [MANIFEST, "app.py"]
    assert [path.name for path in folder.parent.iterdir()] == ["catalog"]


def test_nothing_changed_touches_nothing(folder: Path) -> None:
    """A second run with the same files leaves the folder itself as it is."""
    before = (folder.stat().st_ino, folder.stat().st_mtime_ns, folder.stat().st_ctime_ns)
    assert generate(folder, FILES) == write.Outcome(0, 0, 0, 3)
    assert (folder.stat().st_ino, folder.stat().st_mtime_ns, folder.stat().st_ctime_ns) == before


def test_unchanged_files_stay_themselves(folder: Path) -> None:
    """An unchanged file keeps its inode, time and mode; an updated one its mode."""
    (folder / "app.py").chmod(0o755)
    (folder / "products/table.py").chmod(0o700)
    os.utime(folder / "app.py", (1, 1))
    inode = (folder / "app.py").stat().st_ino
    generate(folder, FILES | {"products/table.py": "changed\n"})
    app = (folder / "app.py").stat()
    assert (app.st_ino, app.st_mtime, app.st_mode & 0o777) == (inode, 1, 0o755)
    assert (folder / "products/table.py").stat().st_mode & 0o777 == 0o700


def test_foreign_files_stay(folder: Path) -> None:
    """Files, links and empty folders of somebody else's stay, also beside removed files."""
    (folder / "products/notes.txt").write_text("mine")
    (folder / "link").symlink_to("nowhere")
    (folder / "empty/inner").mkdir(parents=True)
    inode = (folder / "products/notes.txt").stat().st_ino
    generate(folder, {"app.py": "new\n"})
    assert (folder / "products/notes.txt").stat().st_ino == inode
    assert (folder / "link").readlink() == Path("nowhere")
    assert (folder / "empty/inner").is_dir()
    assert not (folder / "products/table.py").exists()


def test_a_file_saved_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody saves between the building of the new tree and the swap is carried over."""
    folder = tmp_path / "catalog"
    generate(folder, FILES)
    swap = exchange.swap

    def save_and_swap(one: Path, other: Path) -> None:
        (folder / "late.txt").write_text("late")
        swap(one, other)

    monkeypatch.setattr(exchange, "swap", save_and_swap)
    generate(folder, {"app.py": "new\n"})
    assert (folder / "late.txt").read_text() == "late"


def test_stale_bytecode_goes(folder: Path) -> None:
    """Python's cache of a changed or removed module goes, that of an unchanged one stays."""
    for module in ("app", "products/models", "products/table"):
        cache = folder / module.replace(module.split("/")[-1], "__pycache__")
        cache.mkdir(exist_ok=True)
        (cache / f"{module.split('/')[-1]}.cpython-311.pyc").write_bytes(b"code")
    generate(folder, {"app.py": "APP\n", "products/models.py": "models\n"})
    assert [str(path.relative_to(folder)) for path in folder.rglob("*.pyc")] == [
        "products/__pycache__/models.cpython-311.pyc"
    ]


@pytest.mark.parametrize("wanted", [FILES, {"app.py": "app\n"}, FILES | {"app.py": "newer\n"}])
def test_hand_edit_is_refused(folder: Path, wanted: dict[str, str]) -> None:
    """An edited file is neither replaced nor removed without force; the refusal shows the edit."""
    edited = "app.py" if wanted["app.py"] != "app\n" else "products/table.py"
    (folder / edited).write_text("by hand\n")
    plan = write.plan(folder, wanted)
    assert [(one.path, one.forcible) for one in plan.conflicts] == [(edited, True)]
    assert "+by hand" in write.hand_edits(plan)
    with pytest.raises(ValueError, match="conflicts"):
        write.apply([plan])
    assert (folder / edited).read_text() == "by hand\n"
    generate(folder, wanted, force=True)
    assert {path: text for path, text in contents(folder).items() if path != MANIFEST} == wanted


def test_edit_that_agrees_is_no_conflict(folder: Path) -> None:
    """A file edited by hand into what the compiler writes is unchanged, and owned again."""
    (folder / "app.py").write_text("same idea\n")
    assert generate(folder, FILES | {"app.py": "same idea\n"}).unchanged == 3
    assert read_manifest((folder / MANIFEST).read_text())["app.py"] == digest(b"same idea\n")


def test_deleted_file_comes_back(folder: Path) -> None:
    """An owned file that somebody deleted is created again."""
    (folder / "app.py").unlink()
    assert generate(folder, FILES) == write.Outcome(1, 0, 0, 2)


def test_foreign_file_in_the_way(folder: Path) -> None:
    """A file that the compiler did not write is not replaced without force."""
    (folder / "new.py").write_text("mine")
    assert [one.path for one in write.plan(folder, FILES | {"new.py": "x"}).conflicts] == ["new.py"]
    assert not write.plan(folder, FILES | {"new.py": "mine"}).conflicts


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_folder_in_the_way(folder: Path, kind: str) -> None:
    """Where a folder or a link to one stands in the way, force does not help."""
    if kind == "folder":
        (folder / "new.py").mkdir()
    else:
        (folder / "orders").symlink_to("products")
    wanted = FILES | {"new.py": "x", "orders/a.py": "x"}
    assert [one.forcible for one in write.plan(folder, wanted, force=True).conflicts] == [False]


def test_manifest_that_leads_out(folder: Path) -> None:
    """Lines of a manifest that are none, or lead out of the folder, are passed over."""
    outside = folder.parent / "precious"
    outside.write_text("mine")
    lines = f"<<<<<<< ours\n{digest(b'mine')}  ../precious\n{digest(b'mine')}  {outside}\n"
    (folder / MANIFEST).write_text(lines + (folder / MANIFEST).read_text())
    generate(folder, FILES)
    assert outside.read_text() == "mine"
    assert sorted(read_manifest((folder / MANIFEST).read_text())) == sorted(FILES)


@pytest.mark.parametrize("call", ["write_file", "link", "sync_folder"])
def test_full_disk_leaves_the_old(folder: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """A disk that is full at any call leaves every service as it was, and no rubbish."""
    other = folder.parent / "stores"
    generate(other, FILES)
    before = contents(folder.parent)
    real, count = getattr(exchange, call), iter(range(100))

    def fail_late(*arguments: Path, **options: Path) -> object:
        if next(count) >= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    monkeypatch.setattr(exchange, call, fail_late)
    new = FILES | {"app.py": "new\n", "a.py": "a\n", "b.py": "b\n"}
    with pytest.raises(OSError, match="No space left"):
        write.apply([write.plan(folder, new), write.plan(other, new)])
    assert contents(folder.parent) == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["catalog", "stores"]


def test_no_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system has no hard links, the journal does it."""

    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert generate(folder, FILES | {"app.py": "new\n"}) == write.Outcome(0, 1, 0, 2)
    assert (folder / "app.py").read_text() == "new\n"


def test_folder_that_is_a_link(tmp_path: Path) -> None:
    """A link to the folder stays a link; what it leads to is written."""
    generate(tmp_path / "elsewhere", FILES)
    (tmp_path / "catalog").symlink_to("elsewhere")
    generate(tmp_path / "catalog", {"app.py": "new\n"})
    assert (tmp_path / "catalog").is_symlink()
    assert (tmp_path / "elsewhere/app.py").read_text() == "new\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalog", "elsewhere"]


@pytest.mark.parametrize("mode", ["exchange", "journal"])
def test_killed_at_every_step(tmp_path: Path, mode: str) -> None:
    """Killed at any step, a write leaves the old tree or the new, and the next one finishes."""
    program = [sys.executable, str(ROOT / "tests/killed_write.py"), str(tmp_path / "catalog"), mode]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(program, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 30


def test_two_at_once(tmp_path: Path) -> None:
    """Two writers take turns: the result is the one's tree or the other's."""
    trees = [{f"{letter}.py": letter * 1000, "app.py": letter} for letter in "ab"]

    def write_often(files: dict[str, str]) -> None:
        for _ in range(10):
            with exchange.locked(tmp_path):
                generate(tmp_path / "catalog", files)

    threads = [threading.Thread(target=write_often, args=(files,)) for files in trees]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = contents(tmp_path / "catalog")
    assert {path: text for path, text in found.items() if path != MANIFEST} in trees
