"""The headers of a request as one dictionary, made once and shared by all who look into it.

The values of a name that comes several times are one list, joined by commas (RFC 9110, 5.3).
"""

from __future__ import annotations

from starlette.types import Scope

RawHeaders = list[tuple[bytes, bytes]]
Headers = dict[bytes, bytes]

_SCOPE_KEY = "restwright.headers"


def read_headers(scope: Scope, *, anew: bool = False) -> Headers:
    """Return the headers of a request by their names in lower case.

    Layers outside may change them, so `Edge` reads them anew.
    """
    known: Headers | None = None if anew else scope.get(_SCOPE_KEY)
    if known is not None:
        return known
    raw: RawHeaders = scope.get("headers", [])
    headers = dict(raw)
    if len(headers) != len(raw):
        headers = _joined(raw)
    scope[_SCOPE_KEY] = headers
    return headers


def _joined(raw: RawHeaders) -> Headers:
    headers: Headers = {}
    for name, value in raw:
        headers[name] = headers[name] + b", " + value if name in headers else value
    return headers
