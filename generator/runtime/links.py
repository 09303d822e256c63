"""Addresses in answers: path-absolute, with the server's root path in front."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import Scope

LAST_PAGE = 100_000
SAFE = "/:@!$&'()*+,;=~"
LONGEST_KNOWN = 200
"""Bytes of a query whose links are remembered: many requests ask for the same few pages."""


def root_path(scope: Scope) -> str:
    """Return what the server puts before every path, encoded."""
    root = scope.get("root_path")
    return quote(str(root).rstrip("/"), safe=SAFE) if root else ""


def page_links(scope: Scope, page: int, more: bool) -> str:
    """Write the `Link` header (RFC 8288) of a page: first, prev and next, where there are such."""
    query: bytes = scope["query_string"]
    find = _known_address if len(query) <= LONGEST_KNOWN else _address
    address = find(scope["path"], str(scope.get("root_path") or ""), query)
    links = [f'{address}1>; rel="first"']
    if page > 1:
        links.append(f'{address}{page - 1}>; rel="prev"')
    if more and page < LAST_PAGE:
        links.append(f'{address}{page + 1}>; rel="next"')
    return ", ".join(links)


def _address(path: str, root: str, query: bytes) -> str:
    """Write a link up to the number of its page: this request's query with another page."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    rest = urlencode([pair for pair in pairs if pair[0] != "page"])
    return f"<{_path(path, root)}?{rest}{'&' if rest else ''}page="


_known_address = lru_cache(maxsize=1024)(_address)


def _path(path: str, root: str) -> str:
    """Return the request's path; servers differ in whether `path` has the root path in it."""
    path, root = quote(path, safe=SAFE), quote(root.rstrip("/"), safe=SAFE)
    return path if path == root or path.startswith(f"{root}/") and root else root + path
