"""Both services of a spec in one event loop: each request goes to both, and all is compared.

`ways` makes the two, as emitted and with plain routes; `campaign` decides what is asked, from the
contract, from what was answered, and from tables of what goes wrong.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import Receive, Scope

from tests.fuzzing.contract import Contract
from tests.parity.exact import Fate
from tests.services import Compiled, compiled

from .fates import share_fate
from .requests import Request, Said, ask
from .ways import plain


@dataclass(slots=True)
class Pair:
    """The service as it is emitted, and the same with plain routes."""

    service: Compiled
    apps: tuple[FastAPI, FastAPI]
    loop: asyncio.AbstractEventLoop
    fate: Fate
    calls: Counter[str]
    """How often a `CompiledOperation` answered, by the package that it is of."""
    contract: Contract = field(init=False)
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    """What was answered, by the name of the handler; empty where there was none."""
    listeners: list[Callable[[Request, Said], None]] = field(default_factory=list)
    """Who is told of every request."""
    known: frozenset[str] = field(init=False)
    """The names of all operations."""

    def __post_init__(self) -> None:
        self.contract = Contract.read(self.service.contract())
        self.known = frozenset(one.id for one in self.contract.operations)

    def ask(self, request: Request) -> Said:
        """Send a request to both, hold that they say the same, and return what they say."""
        self.fate.requests += 1
        compiled_said, plain_said = (self._ask(app, request) for app in self.apps)
        assert compiled_said == plain_said, f"{request}\n{compiled_said}\n{plain_said}"
        said = compiled_said
        assert said.status, f"{request}: {said}"
        assert said.status < 500, f"{request}: {said}"
        assert not said.raised, f"{request}: {said}"
        self._check_the_way(said.handler, request)
        self.statuses.setdefault(said.handler, Counter())[said.status] += 1
        for listener in self.listeners:
            listener(request, said)
        return said

    def _ask(self, app: FastAPI, request: Request) -> Said:
        self.fate.begin()
        return self.loop.run_until_complete(ask(app, request))

    def _check_the_way(self, handler: str, request: Request) -> None:
        """Hold that what an operation answers is answered by the compiled way, and once."""
        wanted = {self.service.package: 1} if handler in self.known else {}
        assert self.calls == wanted, f"{request} led to {handler}: {self.calls}"
        self.calls.clear()

    def stored(self) -> list[list[str]]:
        """Read all rows of both."""
        return [self.loop.run_until_complete(self._rows(app)) for app in self.apps]

    async def _rows(self, app: FastAPI) -> list[str]:
        found = []
        database: Any = app.state.database
        for table in self.service.module("schema").SCHEMA.tables:
            rows = await database.read(f'SELECT * FROM "{table.name}"', ())
            found += sorted(f"{table.name}: {tuple(row)!r}" for row in rows)
        return found


@contextmanager
def pair(
    spec: Path,
    database_urls: tuple[str, str],
    patch: pytest.MonkeyPatch,
    settings: Mapping[str, object] | None = None,
) -> Iterator[Pair]:
    """Run both until the block ends."""
    services = (compiled(spec), plain(spec))
    fate, calls = Fate(), Counter[str]()
    share_fate(fate, services, patch)
    for service in services:
        count_calls(service, calls, patch)
    apps = tuple(
        service.application(url, settings={"log_level": "error", **(settings or {})})
        for service, url in zip(services, database_urls, strict=True)
    )
    loop = asyncio.new_event_loop()
    ready = loop.create_future()
    serving = loop.create_task(_serve(apps, ready))
    try:
        loop.run_until_complete(asyncio.wait([serving, ready], return_when="FIRST_COMPLETED"))
        yield Pair(services[0], (apps[0], apps[1]), loop, fate, calls)
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(serving)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


async def _serve(apps: tuple[FastAPI, ...], ready: asyncio.Future[None]) -> None:
    """Keep the applications open."""
    async with AsyncExitStack() as stack:
        for app in apps:
            await stack.enter_async_context(app.router.lifespan_context(app))
        ready.set_result(None)
        await asyncio.Event().wait()


def count_calls(service: Compiled, calls: Counter[str], patch: pytest.MonkeyPatch) -> None:
    """Count what compiled operations of a service answer."""
    operation: Any = service.module("runtime.compiled_operations").CompiledOperation
    answer = operation.answer

    async def counted(
        self: object, scope: Scope, receive: Receive, path_params: Mapping[str, str]
    ) -> object:
        calls[service.package] += 1
        return await answer(self, scope, receive, path_params)

    patch.setattr(operation, "answer", counted)
