"""Addresses in answers: path-absolute, with the server's root path in front."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import Scope

LAST_PAGE = 100_000
SAFE = "/:@!$&'()*+,;=~"


def root_path(scope: Scope) -> str:
    """Return what the server puts before every path, encoded."""
    return quote(str(scope.get("root_path") or "").rstrip("/"), safe=SAFE)


def page_links(scope: Scope, page: int, more: bool) -> str:
    """Write the `Link` header (RFC 8288) of a page: first, prev and next, where there are such."""
    links = [_link(scope, 1, "first")]
    if page > 1:
        links.append(_link(scope, page - 1, "prev"))
    if more and page < LAST_PAGE:
        links.append(_link(scope, page + 1, "next"))
    return ", ".join(links)


def _link(scope: Scope, page: int, relation: str) -> str:
    """Write one link: this request's query, at another page."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    query = urlencode([pair for pair in pairs if pair[0] != "page"] + [("page", str(page))])
    return f'<{_path(scope)}?{query}>; rel="{relation}"'


def _path(scope: Scope) -> str:
    """Return the request's path; servers differ in whether `path` has the root path in it."""
    path = quote(scope["path"], safe=SAFE)
    root = root_path(scope)
    return path if path == root or path.startswith(f"{root}/") and root else root + path
