"""Stage 4, lower: the checked spec becomes the IR. The only place of defaults and of derived names.

It cannot fail: whatever could be wrong was found while checking. Resources refer to each other, so
each is made in three steps: by itself, then with its relations, then with its operations. The
examples of rows come last: they show keys of other resources.
"""

from __future__ import annotations

from dataclasses import replace

from generator.ir import Resource, Service
from generator.lower.conflicts import Stored
from generator.lower.cors import with_cors
from generator.lower.digest import schema_hash
from generator.lower.fields import Types
from generator.lower.operations import operations
from generator.lower.row_examples import with_examples
from generator.lower.storage import alone, related
from generator.naming import words
from generator.spec import Spec
from generator.traits import mix


def lower(spec: Spec) -> Service:
    """Make the IR of a spec that `check` found nothing wrong with."""
    spec = _mixed(spec)
    resources = _resources(spec, Types(spec))
    service = spec.service
    resources, cors = with_cors(resources, spec)
    made = Service(
        name=service.name,
        title=service.title or words(service.name),
        description=service.description or "",
        version=service.version,
        base_path=service.base_path,
        wire=service.wire,
        cors=cors,
        resources=resources,
        schema_hash=schema_hash(resources),
    )
    return with_examples(made)


def _mixed(spec: Spec) -> Spec:
    """Mix the traits into every resource."""
    resources = {name: mix(spec, name).spec for name in spec.resources}
    return spec.model_copy(update={"resources": resources})


def _resources(spec: Spec, types: Types) -> tuple[Resource, ...]:
    specs = spec.resources
    each = {name: alone(name, one, spec, types) for name, one in specs.items()}
    stored = Stored((name, related(each[name], one, each, types)) for name, one in specs.items())
    return tuple(
        replace(stored[name], operations=operations(stored[name], one, stored, spec))
        for name, one in specs.items()
    )
