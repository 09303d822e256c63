"""The application's class: FastAPI, which loses no time on the way to `Edge`.

Where no middleware of the team stands before it, nobody observes requests and the application has
no `root_path`, a request goes to `Edge` at once; else all of FastAPI's layers have it. `Edge`
itself answers what they would.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from types import FunctionType

from fastapi import APIRouter, FastAPI
from fastapi._body_limit import AppBodyLimitMiddleware
from fastapi.params import Depends
from fastapi.routing import _DefaultLifespan
from fastapi.telemetry._asgi import ExceptionTelemetryMiddleware
from starlette.applications import Starlette
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from .edge import Edge

OBSERVED_SECONDS = 1.0
"""How long it takes at most until requests are observed by a telemetry that is set up late."""

FASTAPI_LAYERS = (ServerErrorMiddleware, ExceptionTelemetryMiddleware, AppBodyLimitMiddleware)


class Service(FastAPI):
    """An application whose outermost middleware is `Edge`, or stands around it."""

    _edge: Edge | None = None
    _stack: ASGIApp | None = None
    """The layers in which `_edge` was found: who observes applications puts others there."""
    _observed = False
    _ask_at = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if self.middleware_stack is not self._stack:
            self._find_edge()
        if (
            self._edge is None
            or scope["type"] != "http"
            or "fastapi.telemetry" in scope
            or self.root_path
            or self._is_observed()
        ):
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self._edge(scope, receive, send)

    def include_routers(
        self, routers: Iterable[APIRouter], dependencies: Sequence[Depends] = ()
    ) -> None:
        """Include routers. Those without a lifespan of their own add none to the application's.

        FastAPI would nest one for each, and a thousand are more than Python can nest.
        """
        for router in routers:
            before = self.router.lifespan_context
            self.include_router(router, dependencies=list(dependencies))
            plain = isinstance(router.lifespan_context, _DefaultLifespan)
            if plain and not (router.on_startup or router.on_shutdown):
                self.router.lifespan_context = before

    def _find_edge(self) -> None:
        """Look what stands first in the layers."""
        self._stack = layer = self.middleware_stack
        while isinstance(layer, FASTAPI_LAYERS):
            layer = layer.app
        self._edge = layer if type(layer) is Edge else None

    def _is_observed(self) -> bool:
        """Tell whether telemetry is set up. To ask FastAPI costs more than a whole look-up."""
        now = time.monotonic()
        if now >= self._ask_at:
            self._ask_at = now + OBSERVED_SECONDS
            self._observed = self._native_telemetry.enabled() or _is_replaced()
        return self._observed


def _is_replaced() -> bool:
    """Tell whether somebody has put another function where FastAPI or Starlette take requests.

    Agents that report errors or times do so, for all applications of a process.
    """
    for kind in (FastAPI, Starlette):
        call = vars(kind)["__call__"]
        own = vars(sys.modules[kind.__module__])
        if not isinstance(call, FunctionType) or call.__globals__ is not own:
            return True
    return False
