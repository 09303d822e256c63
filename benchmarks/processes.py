"""Servers as processes: pinned to a core, waited for, measured with all their children, stopped.

Processor time is the kernel's own account of a process, to the nanosecond, with threads that have
ended: the clock that `clock_getcpuclockid` names.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import http1

START_SECONDS = 60.0
STOP_SECONDS = 10.0


class StartError(Exception):
    """A server that did not start; the text is the end of its log."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Where servers run and where the load generator runs."""

    server: int
    generator: int

    @classmethod
    def chosen(cls) -> Cores:
        """Take the first and the last core that this process may use."""
        usable = sorted(os.sched_getaffinity(0))
        return cls(usable[0], usable[-1])

    @property
    def apart(self) -> bool:
        """Tell whether the two are different cores."""
        return self.server != self.generator


@dataclass(slots=True)
class Running:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def processor_seconds(self) -> float:
        """Return the processor time of the process and all that it has started and still runs."""
        return sum(process_seconds(pid) for pid in tree(self.process.pid))

    def stop(self) -> None:
        """Ask the server to stop; after a while, end its whole session."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def start(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], core: int, port: int
) -> Running:
    """Start a server on one core, and wait until it answers.

    Raises `StartError` if it ends or stays silent.
    """
    log = folder / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["taskset", "--cpu-list", str(core), *command],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Running(process, port, log)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StartError(_tail(log))
        if _answers(port):
            return running
        time.sleep(0.05)
    running.stop()
    raise StartError(f"no answer within {START_SECONDS:.0f} s\n{_tail(log)}")


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (parent := _parent(entry)):
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def process_seconds(pid: int) -> float:
    """Return the processor time of one process, all threads; 0 if it is gone."""
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0


def _parent(entry: Path) -> int:
    try:
        stat = (entry / "stat").read_text()
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])


def _answers(port: int) -> bool:
    """Tell whether a request is answered: some servers listen before they have loaded."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(http1.request("GET", "/"))
            return bool(connection.recv(1))
    except OSError:
        return False


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])
