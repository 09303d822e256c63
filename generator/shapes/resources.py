"""Every shape of a resource, those of `models.py` and those of `expanded.py`.

Models that hold other resources' models have a file of their own: two resources may expand each
other, and modules cannot import each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.ir import Operation, Resource, Service
from generator.shapes import Shape
from generator.shapes.bulks import bulk_shapes
from generator.shapes.lists import listed, page, query
from generator.shapes.rows import answer, body, expanded, object_shape


def shapes(resource: Resource, service: Service) -> tuple[Shape, ...]:
    """Give every shape of a resource: objects, answers, bodies, queries, pages; each once."""
    return (*model_shapes(resource, service), *expanded_shapes(resource, service))


def model_shapes(resource: Resource, service: Service) -> tuple[Shape, ...]:
    """Give the shapes that hold no rows of other resources."""
    found = [object_shape(one) for one in resource.objects]
    found.append(answer(resource, service))
    for operation in resource.operations:
        found += _of(operation, resource, service)
    return _each_once(found)


def expanded_shapes(resource: Resource, service: Service) -> tuple[Shape, ...]:
    """Give the shapes that hold rows of other resources: expanded rows, and pages of them."""
    if not resource.expandable:
        return ()
    return _each_once([expanded(resource, service), *_pages(resource, service)])


def _of(operation: Operation, resource: Resource, service: Service) -> Iterator[Shape]:
    if operation.kind in ("create", "replace", "update"):
        yield body(resource, operation.kind, service)
    if operation.kind == "bulk_create":
        # An item is read like the body of `create`, whether or not there is such an operation.
        yield body(resource, "create", service)
    if operation.bulk is not None:
        yield from bulk_shapes(operation, resource)
    if parameters := query(operation, resource, service):
        yield parameters
    if not resource.expandable:
        yield from _page(operation, resource, service)


def _pages(resource: Resource, service: Service) -> Iterator[Shape]:
    for operation in resource.operations:
        yield from _page(operation, resource, service)


def _page(operation: Operation, resource: Resource, service: Service) -> Iterator[Shape]:
    listing = operation.listing
    if listing and listing.style == "cursor" and operation.answer:
        yield page(operation.answer, listed(operation, resource, service), service)


def _each_once(found: list[Shape]) -> tuple[Shape, ...]:
    return tuple({one.name: one for one in found}.values())
