"""Cross-origin rules: origins as browsers send them, tokens as HTTP has them, no open door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.check.claims import under as under_relations
from generator.check.facts import Facts, Path, Resource
from generator.diagnostics import Diagnostic
from generator.runtime.origins import origin_problem
from generator.spec import CorsSpec
from generator.spelling import suggest

TOKEN = re.compile(r"[!#$%&'+.^_`|~0-9A-Za-z-]+")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
USED = {
    "create": "POST", "list": "GET", "read": "GET",
    "replace": "PUT", "update": "PATCH", "delete": "DELETE",
    "bulk_create": "POST", "bulk_delete": "POST",
}  # fmt: skip
MEMBERS = {"add": "PUT", "remove": "DELETE", "list": "GET"}
LONGEST_AGE = 2**31 - 1


def cors(facts: Facts) -> Iterator[Diagnostic]:
    """Check the rules of the service and of each resource."""
    if facts.spec.cors is not None:
        under = [one for one in facts.resources if one.spec.cors is None]
        yield from _rules(facts, ("cors",), facts.spec.cors, under)
    for resource in facts.resources:
        if resource.spec.cors is not None:
            yield from _rules(facts, (*resource.path, "cors"), resource.spec.cors, [resource])


def _rules(
    facts: Facts, path: Path, rules: CorsSpec, under: list[Resource]
) -> Iterator[Diagnostic]:
    origins = (*path, "origins")
    if not rules.origins:
        help = 'name them, such as `"https://admin.example.com"`; without `cors` none has access'
        yield facts.error("cors-origin", "no origin is allowed here", origins, help)
    for place, origin in enumerate(rules.origins):
        if problem := origin_problem(origin, alone=len(rules.origins) == 1):
            message, help = problem
            yield facts.error("cors-origin", message, (*origins, place), help)
    if "*" in rules.origins and rules.credentials:
        message = "every origin with credentials lets any page act for whoever is signed in"
        help = "name the origins, or leave `credentials` out"
        where = (*origins, rules.origins.index("*"))
        note = facts.note("credentials are allowed here", (*path, "credentials"))
        yield replace(facts.error("cors-credentials", message, where, help), notes=(note,))
    yield from _methods(facts, (*path, "methods"), rules, under)
    for key in ("headers", "expose"):
        for place, name in enumerate(getattr(rules, key) or ()):
            if TOKEN.fullmatch(name) is None:
                message = f"`{name}` is no name of a header"
                help = "name each header, such as `Authorization`"
                yield facts.error("cors-token", message, (*path, key, place), help)
    if rules.max_age > LONGEST_AGE:
        message = f"at most {LONGEST_AGE} seconds"
        yield facts.error("out-of-range", message, (*path, "max_age"))


def _methods(
    facts: Facts, path: Path, rules: CorsSpec, under: list[Resource]
) -> Iterator[Diagnostic]:
    used = {method for one in under for method in _used(facts, one)}
    used |= {"OPTIONS", *(["HEAD"] if "GET" in used else [])}
    for place, method in enumerate(rules.methods or ()):
        where = (*path, place)
        if method not in METHODS:
            message = f"`{method}` is no method that an endpoint could use"
            yield facts.error("cors-token", message, where, suggest(method, METHODS))
        elif method not in used:
            message = f"no endpoint uses `{method}`"
            yield facts.warning("unused-method", message, where, "take it away")


def _used(facts: Facts, resource: Resource) -> Iterator[str]:
    """The methods of the paths that begin with a resource's own, lists under it among them."""
    yield from (USED[name] for name in resource.spec.endpoints.names)
    for relation in resource.spec.relations.values():
        yield from (MEMBERS[one] for one in relation.members)
    for other in facts.resources:
        yield from ("GET" for _, (_, one) in under_relations(other) if one.target == resource.name)
