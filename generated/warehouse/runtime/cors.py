"""Which pages of other origins may read what: a policy for the service, and for single resources.

The policy of the longest path that a request begins with counts, whole segments compared. No header
is sent to an origin that is not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.datastructures import Headers
from starlette.types import Scope

from .settings import SettingsError

RawHeaders = list[tuple[bytes, bytes]]

ALWAYS_ALLOWED_HEADERS = frozenset({"accept", "accept-language", "content-language"})
PREFLIGHT_VARIES = b"Origin, Access-Control-Request-Method, Access-Control-Request-Headers"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorsRule:
    """A policy: who may send what, and read which headers."""

    origins: tuple[str, ...]
    methods: tuple[str, ...] = ("GET",)
    headers: tuple[str, ...] = ()
    expose: tuple[str, ...] = ()
    credentials: bool = False
    max_age: int = 600

    def __post_init__(self) -> None:
        """Refuse what would let every site act for a user."""
        if self.credentials and "*" in self.origins:
            raise ValueError("The origin * cannot be allowed together with credentials.")

    @property
    def open(self) -> bool:
        """Tell whether every origin is allowed, so that answers do not differ by it."""
        return "*" in self.origins

    def simple_headers(self, origin: str | None) -> RawHeaders:
        """Make the headers that let a page of an origin read an answer."""
        if self.open:
            found = [(b"access-control-allow-origin", b"*")]
        elif origin is not None and origin in self.origins:
            found = [(b"access-control-allow-origin", origin.encode("latin-1"))]
        else:
            return []
        if self.credentials:
            found.append((b"access-control-allow-credentials", b"true"))
        return found

    def allows(self, method: str, headers: Iterable[str]) -> bool:
        """Tell whether a request may be sent."""
        known = {*ALWAYS_ALLOWED_HEADERS, *(name.lower() for name in self.headers)}
        return method in self.methods and all(name.lower() in known for name in headers)

    def preflight_headers(self) -> RawHeaders:
        """Make the headers that tell a browser what it may send."""
        found = [
            (b"access-control-allow-methods", _joined(self.methods)),
            (b"access-control-max-age", str(self.max_age).encode()),
        ]
        if self.headers:
            found.append((b"access-control-allow-headers", _joined(self.headers)))
        return found


class Cors:
    """The policies by path; `""` is the service's."""

    def __init__(self, rules: Mapping[str, CorsRule]) -> None:
        self._rules = dict(rules)
        self._by_length = sorted(rules.items(), key=lambda item: len(item[0]), reverse=True)

    def with_origins(self, origins: tuple[str, ...] | None) -> Cors:
        """Replace the origins of the service's policy by those of the deployment, if it has any."""
        if origins is None:
            return self
        rule = self._rules.get("")
        if rule is None:
            if not origins:
                return self
            raise SettingsError(
                "The service cannot start: CORS_ORIGINS is set, but the spec has no `cors` that "
                "says what those origins may do; add it to the spec, or unset the variable."
            )
        if rule.credentials and "*" in origins:
            raise SettingsError(
                "The service cannot start: CORS_ORIGINS is *, but the spec allows credentials; "
                "list the origins."
            )
        return Cors({**self._rules, "": replace(rule, origins=origins)})

    def rule_for(self, path: str) -> CorsRule | None:
        """Find the policy of a path."""
        for prefix, rule in self._by_length:
            if not prefix or path == prefix or path.startswith((prefix + "/", prefix + ":")):
                return rule
        return None

    def headers_for(self, scope: Scope, path: str) -> RawHeaders:
        """Make what an answer to a request carries; a `vary` may have to join another."""
        rule = self.rule_for(path)
        if rule is None:
            return []
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        wanted = headers.get("access-control-request-method")
        found = rule.simple_headers(origin)
        if scope["method"] != "OPTIONS" or origin is None or wanted is None:
            if found and rule.expose:
                found.append((b"access-control-expose-headers", _joined(rule.expose)))
            return found if rule.open else [*found, (b"vary", b"Origin")]
        names = ",".join(headers.getlist("access-control-request-headers")).split(",")
        if found and rule.allows(wanted, filter(None, map(str.strip, names))):
            found += rule.preflight_headers()
        else:
            found = []
        return [*found, (b"vary", PREFLIGHT_VARIES)]


def _joined(names: Iterable[str]) -> bytes:
    return ", ".join(names).encode("latin-1")
