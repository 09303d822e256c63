"""The id of a request: in its answer, in every problem, and in every line logged meanwhile.

`Edge` chooses it, unless whoever runs outside of `Edge` (a team's middleware, say) has asked for it
before.
"""

from __future__ import annotations

import os
import re
from contextvars import ContextVar

from starlette.types import Scope

from .headers import Headers, read_headers

CURRENT: ContextVar[str | None] = ContextVar("request_id", default=None)
"""For log lines that are written far from the request."""

_SCOPE_KEY = "restwright.request_id"

AT_A_TIME = 256
ACCEPTED = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def assign_request_id(scope: Scope, headers: Headers) -> str:
    """Take the client's id if it is harmless, else make one, and keep it in the request's state."""
    chosen: str | None = scope.get(_SCOPE_KEY)
    if chosen is None:
        given = headers.get(b"x-request-id")
        accepted = given is not None and ACCEPTED.fullmatch(given)
        scope[_SCOPE_KEY] = chosen = accepted[0].decode("ascii") if accepted else _new_id()
    scope.setdefault("state", {})["request_id"] = chosen
    return chosen


def request_id(scope: Scope) -> str:
    """Return the id of a request, which is made now where nobody has."""
    found = scope.get("state", {}).get("request_id")
    return found if isinstance(found, str) else assign_request_id(scope, read_headers(scope))


_digits: list[str] = []
os.register_at_fork(after_in_child=_digits.clear)


def _new_id() -> str:
    """Return 32 random digits; asking the system for many at a time is cheaper."""
    while True:
        try:
            return _digits.pop()
        except IndexError:  # Threads share them: they may be gone at any moment.
            drawn = os.urandom(16 * AT_A_TIME).hex()
            _digits.extend(drawn[at : at + 32] for at in range(0, len(drawn), 32))
