"""Answers in one piece: the same bytes as uvicorn's own, in one write; what is unusual stays so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from generator.runtime import whole_answers
from generator.runtime.answers import Json, NoContent, NotModified, Ready
from generator.runtime.edge import _send_ready
from generator.runtime.headers import RawHeaders

ADDED = [(b"x-request-id", b"i"), (b"vary", b"Origin")]
STANDING = [(b"date", b"today"), (b"server", b"uvicorn")]

SCOPE = {"path": "/", "http_version": "1.1", "query_string": b"", "client": None}


class Transport:
    """A connection that notes what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        """Note it."""
        self.written.append(data)

    def close(self) -> None:
        """Note it too."""
        self.closed = True

    def pause_reading(self) -> None:
        """Do nothing."""

    resume_reading = pause_reading


class Exchange:
    """A request of uvicorn's that waits for its answer."""

    def __init__(
        self,
        method: str = "GET",
        *,
        log: bool = False,
        keep_alive: bool = True,
        standing: RawHeaders = STANDING,
    ) -> None:
        self.transport = Transport()
        transport = cast(asyncio.Transport, self.transport)
        self.flow = FlowControl(transport)
        self.ended = 0
        self.cycle = RequestResponseCycle(
            scope=cast(Any, {**SCOPE, "method": method}),
            transport=transport,
            flow=self.flow,
            logger=logging.getLogger(__name__),
            access_logger=logging.getLogger(__name__),
            access_log=log,
            default_headers=standing,
            message_event=asyncio.Event(),
            expect_100_continue=True,
            keep_alive=keep_alive,
            on_response=self.end,
        )

    def end(self) -> None:
        """Count the ends of the answer."""
        self.ended += 1

    async def answer(self, ready: Ready, added: RawHeaders, *, without_body: bool = False) -> None:
        """Send an answer as `Edge` does."""
        await _send_ready(cast(Any, self.cycle.send), ready, added, without_body=without_body)

    def left(self) -> tuple[object, ...]:
        """Return all that an answer leaves behind, but for the number of writes."""
        cycle = self.cycle
        return (
            b"".join(self.transport.written),
            *(self.transport.closed, self.ended, cycle.response_started, cycle.response_complete),
            *(cycle.message_event.is_set(), cycle.waiting_for_100_continue, cycle.keep_alive),
            *(cycle.chunked_encoding, cycle.disconnected),
        )


async def fate(sending: Coroutine[object, object, None]) -> str:
    """Return what uvicorn says against an answer."""
    try:
        await sending
    except (RuntimeError, ValueError) as error:
        return str(error)
    return ""


async def both_ways(
    make: Callable[[], Exchange], ready: Ready, added: RawHeaders, *, without_body: bool
) -> int:
    """Hold that both ways leave the same behind; return the number of writes of ours."""
    ours, own = make(), make()
    outcome = await fate(ours.answer(ready, added, without_body=without_body))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole_answers, "RequestResponseCycle", None)
        assert await fate(own.answer(ready, added, without_body=without_body)) == outcome
    assert ours.left() == own.left()
    return len(ours.transport.written)


answers: st.SearchStrategy[Ready] = st.one_of(
    st.builds(
        Json,
        st.binary(min_size=1, max_size=50),
        st.sampled_from([200, 201, 404, 422]),
        st.dictionaries(st.sampled_from(["ETag", "Link", "Location", "Vary"]), st.just("x"))
        | st.sampled_from([{"Connection": "close"}, {"Transfer-Encoding": "chunked"}])
        | st.sampled_from([{"Content-Length": "7"}, {"Content-Length": "x"}])
        | st.sampled_from([{"Link": "a\rb"}, {"Link": "a\0"}, {"Link": "a\tb"}, {"X Y": "a"}])
        | st.none(),
    ),
    st.builds(NoContent),
    st.builds(NotModified, st.just('"1"')),
)


exchanges = st.builds(
    partial,
    st.just(Exchange),
    st.sampled_from(["GET", "POST", "HEAD"]),
    log=st.booleans(),
    keep_alive=st.booleans(),
    standing=st.sampled_from([STANDING, [], [(b"Connection", b"close")], [(b"Server", b"s")]]),
)


@given(exchanges, answers, st.lists(st.sampled_from(ADDED), unique=True), st.booleans())
def test_both_ways_write_the_same(
    make: Callable[[], Exchange], ready: Ready, added: RawHeaders, without_body: bool
) -> None:
    """Whatever the answer and the connection; also where a team has changed the method."""
    asyncio.run(both_ways(make, ready, added, without_body=without_body))


@pytest.mark.parametrize("headers", [None, {"ETag": '"1"', "Link": "</>; rel=first"}])
def test_what_is_usual_is_one_write(headers: dict[str, str] | None) -> None:
    """Which is what all of it is for."""
    ready = Json[object](b"{}", headers=headers)
    assert asyncio.run(both_ways(Exchange, ready, ADDED, without_body=False)) == 1


@pytest.mark.anyio
async def test_a_value_of_two_lines_is_refused() -> None:
    """As uvicorn refuses it: nobody adds a header of his own to an answer."""
    exchange = Exchange()
    with pytest.raises(RuntimeError, match="header value"):
        await exchange.answer(Json(b"{}"), [(b"x-a", b"b\r\nSet-Cookie: c")])
    assert not exchange.transport.written


@pytest.mark.anyio
async def test_who_reads_slowly_is_waited_for() -> None:
    """And nothing is written to who has left."""
    exchange = Exchange()
    exchange.flow.pause_writing()
    sending = asyncio.create_task(exchange.answer(Json(b"{}"), []))
    await asyncio.sleep(0.01)
    assert not exchange.transport.written
    exchange.flow.resume_writing()
    await sending
    assert len(exchange.transport.written) == 1
    left = Exchange()
    left.cycle.disconnected = True
    await left.answer(Json(b"{}"), [])
    assert not left.transport.written
