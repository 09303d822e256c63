"""The id of a request: in its answer, in every problem, and in every line logged meanwhile.

`Edge` chooses it; whoever runs outside of `Edge` (a team's middleware, say) still finds one.
"""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

from starlette.types import Scope

CURRENT: ContextVar[str | None] = ContextVar("request_id", default=None)
"""For log lines that are written far from the request."""

ACCEPTED = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def assign_request_id(scope: Scope) -> str:
    """Take the client's id if it is harmless, else make one, and keep it in the request's state."""
    given: list[bytes] = [value for name, value in scope["headers"] if name == b"x-request-id"]
    if len(given) == 1 and ACCEPTED.fullmatch(given[0]):
        chosen = given[0].decode("ascii")
    else:
        chosen = uuid.uuid4().hex
    scope.setdefault("state", {})["request_id"] = chosen
    return chosen


def request_id(scope: Scope) -> str:
    """Return the id of a request, which is made now where nobody has."""
    found = scope.get("state", {}).get("request_id")
    return found if isinstance(found, str) else assign_request_id(scope)
