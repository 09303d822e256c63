"""The routes of routers that are included, in lists that tell when they are changed.

FastAPI includes a router as it is at any time: it may get routes later, and lose them. To look at
each of a thousand routers for that would cost more than a request does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from fastapi.routing import _IncludedRouter
from starlette.routing import BaseRoute

_CHANGING = (
    *("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"),
    *("__delitem__", "__iadd__", "__imul__", "__setitem__"),
)


class WatchedRoutes(list[BaseRoute]):
    """A list of routes. All of them together count how often one was changed."""

    changes = 0


def watch(routes: Iterable[BaseRoute]) -> None:
    """Watch the routes of the routers among these, and of those that they include."""
    for one in routes:
        if isinstance(one, _IncludedRouter):
            router = one.original_router
            if not isinstance(router.routes, WatchedRoutes):
                router.routes = WatchedRoutes(router.routes)
            watch(router.routes)


def _counting(change: Callable[..., object]) -> Callable[..., object]:
    @wraps(change)
    def changed(*given: object, **named: object) -> object:
        WatchedRoutes.changes += 1
        return change(*given, **named)

    return changed


for _name in _CHANGING:
    setattr(WatchedRoutes, _name, _counting(getattr(list, _name)))
