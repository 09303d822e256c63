"""What a path and a method lead to: one of our operations, or the answer that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from fastapi.exceptions import RequestValidationError
from fastapi.routing import (
    RouteContext,
    _extract_endpoint_context,
    _IncludedRouter,
    iter_route_contexts,
)
from fastapi.telemetry._api import _route_selected
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from .admission import admit
from .compiled_operations import CompiledOperation
from .problem_kinds import PROBLEMS
from .problems import Problem
from .routes import SCOPE_KEY, Operation, PlainRoute

ORDER = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Destination:
    """One of our operations, ready to be called."""

    def __init__(
        self,
        route: PlainRoute,
        path: str,
        router: BaseRoute,
        compiled: CompiledOperation | None = None,
    ) -> None:
        self.route = route
        self.path = path
        self.compiled = compiled
        """How it is answered without FastAPI, where that makes no difference."""
        self._router = router

    @cached_property
    def context(self) -> RouteContext:
        """FastAPI's view of the route, with what the routers around it add."""
        contexts = iter_route_contexts([self._router])
        return next(
            one for one in contexts if one.original_route is self.route and one.path == self.path
        )

    @cached_property
    def operation(self) -> Operation:
        """What FastAPI knows of the operation."""
        return Operation.of(self.context)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, then let FastAPI answer it."""
        _route_selected(scope=scope, path=self.path, mount=False)
        admit(self.operation, scope)
        scope[SCOPE_KEY] = self.operation
        await self.context.app(scope, receive, send)


def destinations_of(router: BaseRoute) -> tuple[list[Destination], bool]:
    """Return the operations of a route or a router, and whether there is nothing else in it."""
    known = _destinations_inside(router)
    if known is not None:
        return known
    contexts = list(iter_route_contexts([router]))
    destinations = [
        Destination(one.original_route, one.path, router)
        for one in contexts
        if isinstance(one.original_route, PlainRoute) and one.path is not None
    ]
    return destinations, len(destinations) == len(contexts) > 0


def _destinations_inside(router: BaseRoute) -> tuple[list[Destination], bool] | None:
    """Return the operations of a router to which nothing is added, some of them compiled.

    FastAPI's view of them is not asked for: for a thousand resources it takes longer than all else.
    """
    if not isinstance(router, _IncludedRouter):
        return None
    around = router.include_context
    lenient = around.strict_content_type is False
    if lenient or around.dependencies or around.max_body_size is not None:
        return None
    routes = router.original_router.routes
    if any(isinstance(route, _IncludedRouter) for route in routes):
        return None
    destinations = [
        Destination(route, around.path_for(route), router, getattr(route, "compiled", None))
        for route in routes
        if isinstance(route, PlainRoute)
    ]
    return destinations, len(destinations) == len(routes) > 0


@dataclass(frozen=True, slots=True)
class AsGet:
    """A route of the team's that answers HEAD as it would answer GET. `Edge` drops the body."""

    route: BaseRoute

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as to GET."""
        await self.route.handle({**scope, "method": "GET"}, receive, send)


@dataclass(frozen=True, slots=True)
class Methods:
    """The answer for a path without the method of the request."""

    allowed: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 204 to OPTIONS, else 405; either says what is allowed."""
        allow = {"Allow": ", ".join(_in_order(self.allowed))}
        if scope["method"] != "OPTIONS":
            meaning = PROBLEMS["method-not-allowed"].meaning
            raise Problem("method-not-allowed", meaning, headers=allow)
        await Response(status_code=204, headers=allow)(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that a compiled operation has met, for the handlers that the team has for it."""

    error: Exception
    destination: Destination

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise it where FastAPI looks for such handlers."""
        error = self.error
        if type(error) is RequestValidationError and error.endpoint_ctx is None:
            context = _extract_endpoint_context(self.destination.route.endpoint).copy()
            mount = str(scope.get("root_path", "")).rstrip("/")
            context["path"] = f"{scope['method']} {mount}{self.destination.path}"
            raise RequestValidationError(error.errors(), body=error.body, endpoint_ctx=context)
        raise error


@dataclass(frozen=True, slots=True)
class Returned:
    """What a compiled handler has returned that is not one of our answers."""

    answer: object

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, if it is an answer at all."""
        if not isinstance(self.answer, Response):
            raise TypeError(f"a handler returned no answer, but a {type(self.answer).__name__}")
        await self.answer(scope, receive, send)


async def not_found(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """Raise the problem of a path that leads nowhere."""
    raise Problem("not-found", PROBLEMS["not-found"].meaning)


def _in_order(methods: Iterable[str]) -> list[str]:
    allowed = {*methods, "OPTIONS"}
    if "GET" in allowed:
        allowed.add("HEAD")
    return sorted(allowed, key=lambda one: (ORDER.index(one) if one in ORDER else len(ORDER), one))
