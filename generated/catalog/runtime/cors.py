"""Which pages of other origins may read what: a policy for the service, and for single resources.

The policy of the longest path that a request begins with counts, whole segments compared. No header
is sent to an origin that is not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .headers import Headers, RawHeaders
from .settings import SettingsError

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
        self._made = {id(rule): _answer_headers(rule) for rule in rules.values()}
        self.by_path = any(self._rules)
        """Whether paths differ at all."""

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

    def headers_for(self, method: str, headers: Headers, path: str) -> RawHeaders:
        """Make what an answer to a request carries; a `vary` may have to join another.

        The path is looked at only where paths differ.
        """
        rule = self.rule_for(path) if self.by_path else self._rules.get("")
        if rule is None:
            return []
        origin = headers.get(b"origin")
        if method == "OPTIONS" and origin is not None:
            wanted = headers.get(b"access-control-request-method")
            if wanted is not None:
                return _preflight(rule, origin.decode("latin-1"), wanted.decode("latin-1"), headers)
        made = self._made[id(rule)]
        return made.get(origin) or made[UNLISTED]


UNLISTED = b"\0"
"""Stands for every origin that a policy does not list, and for none."""


def _answer_headers(rule: CorsRule) -> dict[bytes | None, RawHeaders]:
    """Make what answers carry, by the origin of the request."""
    vary = [] if rule.open else [(b"vary", b"Origin")]
    exposed = [(b"access-control-expose-headers", _joined(rule.expose))] if rule.expose else []
    if rule.open:
        return {UNLISTED: rule.simple_headers(None) + exposed}
    listed: dict[bytes | None, RawHeaders] = {
        origin.encode("latin-1"): [*rule.simple_headers(origin), *exposed, *vary]
        for origin in rule.origins
    }
    return {**listed, UNLISTED: vary}


def _preflight(rule: CorsRule, origin: str, wanted: str, headers: Headers) -> RawHeaders:
    asked = headers.get(b"access-control-request-headers", b"").decode("latin-1")
    names = filter(None, map(str.strip, asked.split(",")))
    found = rule.simple_headers(origin)
    if found and rule.allows(wanted, names):
        found += rule.preflight_headers()
    else:
        found = []
    return [*found, (b"vary", PREFLIGHT_VARIES)]


def _joined(names: Iterable[str]) -> bytes:
    return ", ".join(names).encode("latin-1")
