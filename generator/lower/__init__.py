"""Stage 4, lower: the checked spec becomes the IR. The only place of defaults and of derived names.

It cannot fail: whatever could be wrong was found while checking.
"""

from __future__ import annotations

from dataclasses import replace

from generator.ir import Cors, Operation, Resource, Service
from generator.lower.fields import Types
from generator.lower.operations import operations
from generator.lower.storage import indexes, key_of, schema_hash, stored_fields, unique_sets
from generator.naming import kebab, plural, snake, words
from generator.spec import CorsSpec, ResourceSpec, Spec

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def lower(spec: Spec) -> Service:
    """Make the IR of a spec that `check` found nothing wrong with."""
    types = Types(spec)
    resources = tuple(_resource(name, one, spec, types) for name, one in spec.resources.items())
    service = spec.service
    return Service(
        name=service.name,
        title=service.title or words(service.name),
        description=service.description or "",
        version=service.version,
        base_path=service.base_path,
        wire=service.wire,
        cors=_cors(spec.cors, [one for one in resources if one.cors is None]),
        resources=resources,
        schema_hash=schema_hash(resources),
    )


def _resource(name: str, one: ResourceSpec, spec: Spec, types: Types) -> Resource:
    singular = snake(name)
    many = one.plural or plural(singular)
    path = f"{spec.service.base_path}/{one.path or kebab(many)}"
    key = key_of(one, spec.defaults)
    fields = stored_fields(one, key, spec, types)
    resource = Resource(
        name=name,
        singular=singular,
        plural=many,
        noun=words(singular),
        nouns=words(many),
        description=one.description or "",
        tag=one.tag or words(many),
        path=path,
        item_path=f"{path}/{{{singular}_id}}",
        item_parameter=f"{singular}_id",
        key=key,
        fields=fields,
        objects=types.objects_of(fields),
        unique_sets=unique_sets(one, many, key, fields),
        indexes=indexes(one, many, key),
        operations=(),
        cors=None,
        relations=(),
        rules=(),
        soft_delete=False,
        etag=False,
        was=one.was,
    )
    resource = replace(resource, operations=operations(resource, one, spec))
    return replace(resource, cors=_cors(one.cors, [resource]))


def _cors(spec: CorsSpec | None, resources: list[Resource]) -> Cors | None:
    """Fill in a policy: by default what the operations of its paths use, read and send."""
    if spec is None:
        return None
    served = [operation for resource in resources for operation in resource.operations]
    used = {operation.method for operation in served}
    return Cors(
        origins=spec.origins,
        methods=_given(spec.methods, tuple(one for one in METHODS if one in used)),
        headers=_given(spec.headers, _read(served)),
        expose=_given(spec.expose, _sent(served, resources)),
        credentials=spec.credentials,
        max_age=spec.max_age,
    )


def _given(value: tuple[str, ...] | None, default: tuple[str, ...]) -> tuple[str, ...]:
    return default if value is None else value


def _read(operations_: list[Operation]) -> tuple[str, ...]:
    bodies = ("Content-Type",) if any(one.body for one in operations_) else ()
    return (*bodies, "X-Request-Id")


def _sent(operations_: list[Operation], resources: list[Resource]) -> tuple[str, ...]:
    """Name the headers that a browser hides from a page (the Fetch standard lets few through)."""
    listings = [one.listing for one in operations_ if one.listing]
    located = any(one.operation("create") and one.operation("read") for one in resources)
    sent = {
        "Location": located,
        "Link": any(one.style == "page" for one in listings),
        "X-Total-Count": any(one.count for one in listings),
        "X-Request-Id": True,
        "Retry-After": True,
    }
    return tuple(name for name, is_sent in sent.items() if is_sent)
