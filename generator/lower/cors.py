"""Lowers cross-origin policies: by default they allow what the operations of their paths need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.ir import Cors, Operation, Resource
from generator.spec import CorsSpec, Spec

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CONDITIONAL_READS = frozenset({"read", "list", "list_members"})
CONDITIONAL_WRITES = frozenset({"replace", "update", "delete"})
Served = list[tuple[Resource, Operation]]
"""Operations, each with the resource whose rows it reads or writes."""


def with_cors(
    resources: tuple[Resource, ...], spec: Spec
) -> tuple[tuple[Resource, ...], Cors | None]:
    """Fill in the policies of the resources that have one, and the service's."""
    owners = {one.path for one in resources if spec.resources[one.name].cors is not None}
    served: dict[str, Served] = {path: [] for path in ("", *owners)}
    each = {one.name: one for one in resources}
    for resource in resources:
        for operation in resource.operations:
            listed = resource.relation(operation.relation).target if operation.relation else ""
            rows = each.get(listed, resource)
            served[_owner(operation.path, owners)].append((rows, operation))
    own = tuple(
        replace(one, cors=_cors(spec.resources[one.name].cors, served[one.path]))
        if one.path in owners
        else one
        for one in resources
    )
    return own, _cors(spec.cors, served[""])


def _owner(path: str, owners: Iterable[str]) -> str:
    """The path whose policy counts: the longest that a path begins with."""
    begun = [one for one in owners if path == one or path.startswith((f"{one}/", f"{one}:"))]
    return max(begun, key=len, default="")


def _cors(spec: CorsSpec | None, served: Served) -> Cors | None:
    if spec is None:
        return None
    used = {operation.method for _, operation in served}
    return Cors(
        origins=spec.origins,
        methods=_given(spec.methods, tuple(one for one in METHODS if one in used)),
        headers=_given(spec.headers, _read(served)),
        expose=_given(spec.expose, _sent(served)),
        credentials=spec.credentials,
        max_age=spec.max_age,
    )


def _given(value: tuple[str, ...] | None, default: tuple[str, ...]) -> tuple[str, ...]:
    return default if value is None else value


def _read(served: Served) -> tuple[str, ...]:
    """Name the request headers that a browser asks about before it sends them."""
    tagged = {operation.kind for resource, operation in served if resource.etag}
    read = {
        "Content-Type": any(operation.body for _, operation in served),
        "If-Match": bool(tagged & CONDITIONAL_WRITES),
        "If-None-Match": bool(tagged & CONDITIONAL_READS),
        "X-Request-Id": True,
    }
    return tuple(name for name, is_read in read.items() if is_read)


def _sent(served: Served) -> tuple[str, ...]:
    """Name the headers that a browser hides from a page (the Fetch standard lets few through)."""
    listings = [operation.listing for _, operation in served if operation.listing]
    tagged = CONDITIONAL_READS | {"create", "replace", "update"}
    sent = {
        "ETag": any(one.etag and operation.kind in tagged for one, operation in served),
        "Location": any(
            operation.kind == "create" and one.operation("read") for one, operation in served
        ),
        "Link": any(one.style == "page" for one in listings),
        "X-Total-Count": any(one.count for one in listings),
        "X-Request-Id": True,
        "Retry-After": True,
    }
    return tuple(name for name, is_sent in sent.items() if is_sent)
