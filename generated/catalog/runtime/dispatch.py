"""From a method and a path to an operation, at the same cost for one resource and for a thousand.

`Dispatch` stands before all other routes. Our operations are in its table; whatever else the team
adds is asked in turn, as FastAPI does, so it may also add methods to our paths. For every path it
answers what a route alone cannot: 405 and OPTIONS with all methods, and HEAD wherever there is GET.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import URLPath
from starlette.middleware.body_limit import MAX_BODY_SIZE_SCOPE_KEY
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from .answers import Ready
from .destinations import AsGet, Destination, Methods, Raised, Returned, destinations_of, not_found
from .paths import PathTable, path_segments
from .problems import answer_own
from .watched_routes import WatchedRoutes, watch

CHOSEN = "restwright.chosen"
OUTCOME = "restwright.outcome"
"""What FastAPI's stack is to do with a request that a compiled operation has already seen."""


def add_dispatch(app: FastAPI) -> None:
    """Put the dispatch before all routes of an application; later ones are found too."""
    dispatch = Dispatch(app)
    app.router.routes.insert(0, dispatch)
    dispatch.look_at_routes()


async def answer_compiled(scope: Scope, receive: Receive) -> Ready | None:
    """Answer a request without FastAPI; None where it is one for FastAPI.

    Then it is handed on, with what a compiled operation has made of it: see `OUTCOME`.
    """
    app: FastAPI = scope["app"]
    dispatch = app.router.routes[0]
    if type(dispatch) is not Dispatch or app.dependency_overrides:
        return None
    found = dispatch.find(scope)
    if found is None:
        return None
    destination, path_params = found
    compiled = destination.compiled
    if compiled is None or "fastapi.telemetry" in scope or MAX_BODY_SIZE_SCOPE_KEY in scope:
        return None
    scope["endpoint"] = destination.route.endpoint
    scope["route"] = destination.route
    outer = scope.get("path_params")
    scope["path_params"] = {**outer, **path_params} if outer else path_params
    try:
        answer = await compiled.answer(scope, receive, path_params)
    except Exception as error:
        own = answer_own(scope, error)
        if own is None:
            scope[OUTCOME] = Raised(error, destination)
        return own
    if (
        isinstance(answer, Ready)
        and answer.background is None
        and type(answer).__call__ is Response.__call__
    ):
        return answer
    scope[OUTCOME] = Returned(answer)
    return None


class Dispatch(BaseRoute):
    """The route that leads to all others."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._clear()

    def find(self, scope: Scope) -> tuple[Destination, dict[str, str]] | None:
        """Look up the operation of a request, and what stands in its path."""
        routes = self._app.router.routes
        if len(routes) != len(self._known) or WatchedRoutes.changes != self._seen:
            self.look_at_routes()
        return self._table.find_one(scope)

    def look_at_routes(self) -> None:
        """Look at those that were added; where others were changed, look at all anew."""
        router = self._app.router
        same = map(operator.is_, router.routes, self._known)
        gone = len(router.routes) < len(self._known) or not all(same)
        if gone or WatchedRoutes.changes != self._seen:
            self._clear()
        for route in router.routes[len(self._known) :]:
            self._known.append(route)
            watch([route])
            if route is not self and not self._take(route):
                self._others.append(route)
        # Files (`app.frontend`) come after everything else, so FastAPI must find them itself.
        self._others_serve_files = any(True for _ in router._iter_low_priority_routes())

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Choose what answers a request. Web sockets are left to FastAPI."""
        if scope["type"] != "http":
            return Match.NONE, {}
        if OUTCOME in scope:
            return Match.FULL, {CHOSEN: scope[OUTCOME]}
        found = self.find(scope)
        if found is not None:
            return Match.FULL, _child_scope(scope, *found)
        allowed: set[str] = set()
        for methods, _ in self._table.find(path_segments(scope)):
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
        return Match.FULL, {CHOSEN: not_found}

    def _clear(self) -> None:
        self._table: PathTable[Destination] = PathTable()
        self._others: list[BaseRoute] = []
        self._known: list[BaseRoute] = []
        self._seen = WatchedRoutes.changes
        self._others_serve_files = False

    def _take(self, route: BaseRoute) -> bool:
        """Put operations into the table; tell whether there is nothing else in a router."""
        destinations, alone = destinations_of(route)
        for destination in destinations:
            for method in sorted(destination.route.methods or ()):
                alone = self._table.add(destination.path, method, destination) and alone
        return alone


def _child_scope(scope: Scope, destination: Destination, parameters: dict[str, str]) -> Scope:
    return {
        "endpoint": destination.route.endpoint,
        "route": destination.route,
        "path_params": {**scope.get("path_params", {}), **parameters},
        CHOSEN: destination,
    }


def _methods(route: BaseRoute, scope: Scope) -> Iterator[str]:
    """Yield the methods that a route, or the routes of a router, have for a path."""
    for context in iter_route_contexts([route]):
        if context.methods and context.matches(scope)[0] is not Match.NONE:
            yield from context.methods
