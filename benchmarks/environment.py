"""The peers' packages: an environment of their own in `.venv-bench`, and Fastify's `node_modules`.

Nothing here stops a run: what cannot be installed makes its server be left out, with the reason.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv-bench"
LOCK = ROOT / "requirements/bench.lock"
FASTIFY = Path(__file__).with_name("servers") / "fastify"
PYTHON = VENV / "bin/python"
INSTALL = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet")
WHEELS = ("--require-hashes", "--only-binary=:all:")


class AbsentError(Exception):
    """Something that cannot be installed here; the text says why."""


@cache
def python_packages() -> None:
    """Install what the lock names, once for each content of it.

    Raises `AbsentError` if that cannot be.
    """
    stamp = VENV / f".installed-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    if stamp.exists():
        return
    print(f"installing the peers into {VENV.name} (about a minute, once)", file=sys.stderr)
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    try:
        run([str(PYTHON), *INSTALL, *WHEELS, "--requirement", str(LOCK)])
    except AbsentError:
        if not _install_each():
            return  # The next run tries again: what is missing may be there then.
    stamp.touch()


@cache
def fastify_packages() -> None:
    """Install Fastify and better-sqlite3, which is compiled where it has no binary.

    Raises `AbsentError` if that cannot be.
    """
    lock = FASTIFY / "package-lock.json"
    stamp = FASTIFY / "node_modules" / f".{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if stamp.exists():
        return
    if shutil.which("npm") is None:
        raise AbsentError("there is no npm")
    print("installing Fastify and better-sqlite3 (minutes, once)", file=sys.stderr)
    run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], FASTIFY, **_headers())
    run(
        ["node", "--input-type=commonjs", "-e", "new (require('better-sqlite3'))(':memory:')"],
        FASTIFY,
    )
    stamp.touch()


def _headers() -> dict[str, str]:
    """Tell npm where node's own headers are, if they are here: it would download them else."""
    node = shutil.which("node")
    prefix = Path(node).resolve().parent.parent if node else ROOT
    found = (prefix / "include/node/node.h").exists()
    return {"npm_config_nodedir": str(prefix)} if found else {}


def _install_each() -> bool:
    """Install one package after the other, since one of them cannot be; tell whether all are.

    A server whose package is missing does not start, and says which.
    """
    complete = True
    lines = LOCK.read_text().replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line[:1].isalpha()]
    for number, package in enumerate(packages):
        single = VENV / f"{number}.txt"
        single.write_text(package + "\n")
        try:
            run([str(PYTHON), *INSTALL, *WHEELS, "--no-deps", "--requirement", str(single)])
        except AbsentError as error:
            print(f"{package.split()[0]}: {error}", file=sys.stderr)
            complete = False
        finally:
            single.unlink()
    return complete


def run(command: list[str], folder: Path = ROOT, **variables: str) -> None:
    """Run a program to its end. Raises `AbsentError` with what it said last, if it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise AbsentError(" ".join(said[-3:]) or f"{command[0]} exited {done.returncode}")
