"""What an origin is, as browsers send it: for the compiler's checks and for those at the start.

Beside `grammar`, the one module of the runtime that the compiler imports; it needs nothing itself.
"""

from __future__ import annotations

import re

ORIGIN = re.compile(
    r"(?P<scheme>[^:/]*)://(?P<host>\[[^\]]*\]|[^:/?#]*)(?::(?P<port>[^/?#]*))?(?P<rest>.*)"
)
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
PORT = re.compile(r"[1-9][0-9]{0,4}")
PORTS = {"http": "80", "https": "443"}
"""Which a browser leaves out."""


def origin_problem(origin: str, *, alone: bool) -> tuple[str, str] | None:
    """Say what is wrong with an origin and what to do: at most one thing.

    `alone` says whether it is the only one, which `*` has to be.
    """
    found = ORIGIN.fullmatch(origin)
    if origin == "*":
        several = "`*` allows every origin, so the others say nothing"
        return None if alone else (several, 'write `["*"]` for all, or name each')
    if origin.lower() == "null":
        help = "sandboxed pages of anyone send this origin: name the origins that are meant"
        return "the origin `null` belongs to everybody", help
    if found is None or found["scheme"].lower() not in PORTS:
        help = "an origin is `http://` or `https://`, a host, and perhaps a port"
        return f"`{origin}` is no origin", help
    if rest := found["rest"]:
        what = "has a path" if rest.startswith("/") else "has more than a host"
        what = "ends in a slash" if rest == "/" else what
        return f"the origin `{origin}` {what}", f"write `{origin.removesuffix(rest)}`"
    return _place_problem(origin, found["scheme"], found["host"], found["port"])


def _place_problem(origin: str, scheme: str, host: str, port: str | None) -> tuple[str, str] | None:
    if "*" in host:
        return "a host has no wildcard: it would let strangers in", "name each origin"
    if origin != origin.lower():
        lower = origin.lower()
        return f"browsers send this origin as `{lower}`", f"write `{lower}`"
    if HOST.fullmatch(host) is None or ".." in host:
        help = "letters, digits, `-` and `.`; other letters as browsers send them: `xn--...`"
        return f"`{host}` is no host", help
    if port is not None and (PORT.fullmatch(port) is None or int(port) > 65535):
        return f"`{port}` is no port", "a port is 1 to 65535"
    if port is not None and PORTS[scheme] == port:
        shorter = origin.removesuffix(f":{port}")
        return f"browsers send this origin as `{shorter}`", f"write `{shorter}`"
    return None
