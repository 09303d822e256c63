"""From a method and a path to an operation, at the same cost for one resource and for a thousand.

`Dispatch` stands before all other routes. Our operations are in its table; whatever else the team
adds is asked in turn, as FastAPI does, so it may also add methods to our paths. For every path it
answers what a route alone cannot: 405 and OPTIONS with all methods, and HEAD wherever there is GET.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.datastructures import URLPath
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Receive, Scope, Send

from .admission import admit
from .paths import PathTable, path_segments
from .problem_kinds import PROBLEMS
from .problems import Problem
from .routes import SCOPE_KEY, ApiRoute, Operation

T = TypeVar("T")

CHOSEN = "restwright.chosen"
ORDER = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def add_dispatch(app: FastAPI) -> None:
    """Put the dispatch before all routes of an application; later ones are found too."""
    app.router.routes.insert(0, Dispatch(app))


@dataclass(frozen=True, slots=True)
class Target:
    """One of our operations, ready to be called."""

    operation: Operation
    context: RouteContext
    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, then let FastAPI answer it."""
        admit(self.operation, scope)
        scope[SCOPE_KEY] = self.operation
        await self.app(scope, receive, send)


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


class Dispatch(BaseRoute):
    """The route that leads to all others."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._table: PathTable[Target] = PathTable()
        self._others: list[BaseRoute] = []
        self._seen: set[int] = {id(self)}
        self._others_serve_files = False
        self._look_at_new_routes()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Choose what answers a request. Web sockets are left to FastAPI."""
        if scope["type"] != "http":
            return Match.NONE, {}
        if len(self._app.router.routes) != len(self._seen):
            self._look_at_new_routes()
        allowed: set[str] = set()
        for methods, values in self._table.find(path_segments(scope)):
            entry = methods.get(scope["method"]) or _get_for_head(methods, scope["method"])
            if entry is not None:
                names, target = entry
                return Match.FULL, _child_scope(
                    scope, target, dict(zip(names, values, strict=True))
                )
            allowed.update(methods)
        return self._match_others(scope, allowed)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to what was chosen."""
        await scope.pop(CHOSEN)(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """Leave the paths of names to the routes that have them."""
        raise NoMatchFound(name, path_params)

    def _match_others(self, scope: Scope, allowed: set[str]) -> tuple[Match, Scope]:
        """Ask the team's routes, then say what the path has instead."""
        tries = [(scope, False)]
        if scope["method"] == "HEAD":
            tries.append(({**scope, "method": "GET"}, True))
        for tried, as_get in tries:
            for route in self._others:
                match, child = route.matches(tried)
                if match is Match.FULL:
                    return match, {**child, CHOSEN: AsGet(route) if as_get else route.handle}
                if match is Match.PARTIAL:
                    allowed.update(_methods(route, scope))
        if allowed:
            return Match.FULL, {CHOSEN: Methods(frozenset(allowed))}
        if self._others_serve_files or self._app.router._low_priority_routes:
            return Match.NONE, {}
        return Match.FULL, {CHOSEN: _not_found}

    def _look_at_new_routes(self) -> None:
        router = self._app.router
        for route in router.routes:
            if id(route) not in self._seen:
                self._seen.add(id(route))
                if not self._take(route):
                    self._others.append(route)
        # Files (`app.frontend`) come after everything else, so FastAPI must find them itself.
        self._others_serve_files = any(True for _ in router._iter_low_priority_routes())

    def _take(self, route: BaseRoute) -> bool:
        """Put operations into the table; tell whether there is nothing else in a router."""
        contexts = list(iter_route_contexts([route]))
        taken = [
            isinstance(context.original_route, ApiRoute) and self._take_operation(context)
            for context in contexts
        ]
        return bool(taken) and all(taken)

    def _take_operation(self, context: RouteContext) -> bool:
        target = Target(Operation.of(context), context, context.app)
        methods = context.methods or ()
        return all([self._table.add(context.path or "", one, target) for one in sorted(methods)])


def _child_scope(scope: Scope, target: Target, parameters: dict[str, str]) -> Scope:
    return {
        "endpoint": target.context.endpoint,
        "route": target.context.original_route,
        "path_params": {**scope.get("path_params", {}), **parameters},
        CHOSEN: target,
    }


def _get_for_head(methods: dict[str, T], method: str) -> T | None:
    return methods.get("GET") if method == "HEAD" else None


def _methods(route: BaseRoute, scope: Scope) -> Iterator[str]:
    """Yield the methods that a route, or the routes of a router, have for a path."""
    for context in iter_route_contexts([route]):
        if context.methods and context.matches(scope)[0] is not Match.NONE:
            yield from context.methods


def _in_order(methods: Iterable[str]) -> list[str]:
    allowed = {*methods, "OPTIONS"}
    if "GET" in allowed:
        allowed.add("HEAD")
    return sorted(allowed, key=lambda one: (ORDER.index(one) if one in ORDER else len(ORDER), one))


async def _not_found(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise Problem("not-found", PROBLEMS["not-found"].meaning)
