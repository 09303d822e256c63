"""Both ways under uvicorn, sent the table of hostile inputs: every byte on the wire is the same."""

from __future__ import annotations

import re
from contextlib import suppress

from tests.hostile.conftest import read_every_page, stock
from tests.hostile.damage import check_log
from tests.hostile.headers import with_header
from tests.hostile.test_hostile import CASES
from tests.hostile.wire import connect, receive
from tests.services import LIBRARY, Server, compiled, served

from .ways import plain

MADE = re.compile(
    rb"\r\ndate: [^\r]+"
    rb"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    rb"|[0-9a-f]{32}"
    rb"|20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"
)
"""What the two make by themselves."""
TOO_LARGE = 200_000
"""Bytes: more than this is refused by the server, before or after it has read all."""


def test_every_byte_on_the_wire(sqlite_urls: tuple[str, str]) -> None:
    """Where uvicorn itself says no, too."""
    with (
        served(compiled(LIBRARY), sqlite_urls[0]) as one,
        served(plain(LIBRARY), sqlite_urls[1]) as other,
    ):
        for server in (one, other):
            stock(server)
        statuses = set()
        for case in CASES:
            if len(case.sent) < TOO_LARGE:
                sent = with_header(case.sent, f"X-Request-Id: {case.number}".encode())
                said = answer(one, sent)
                assert said == answer(other, sent), case.name
                statuses.add(said[9:12])
        assert statuses >= {b"200", b"201", b"204", b"400", b"404", b"405", b"406", b"409"}
        assert statuses >= {b"414", b"415", b"422"}
        for server in (one, other):
            read_every_page(server)
            check_log(server)


def answer(server: Server, sent: bytes) -> bytes:
    """Send bytes, and return what comes back, without what differs each time."""
    with connect(server.port) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        return MADE.sub(b"*", receive(connection))
