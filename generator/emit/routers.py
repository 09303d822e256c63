"""Emits `<resource>/router.py`: the endpoints."""

from __future__ import annotations

from collections.abc import Iterable

from generator.emit.constants import statement_of
from generator.emit.template import docstring, escaped, fill, header, literal
from generator.ir import Operation, Resource, Service


def module(resource: Resource, service: Service) -> dict[str, str]:
    """Make the router of a resource."""
    return {f"{resource.plural}/router.py": _router(resource, service)}


def _router(resource: Resource, service: Service) -> str:
    operations = resource.operations
    keys = dict.fromkeys(part.resource for one in operations for part in one.path_parameters)
    return fill(
        "router.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        models=sorted(_models(resource, service)),
        statements=", ".join(sorted({statement_of(one) for one in operations})),
        prefix=literal(service.base_path) if service.base_path else "",
        tag=literal(resource.tag),
        keys=[(_key_alias(name), key_type(service.resource(name))) for name in keys],
        operations=[_operation(one, service) for one in operations],
    )


def key_type(resource: Resource) -> str:
    """Write the annotation of a key in a path: `Annotated[IntegerKey, Path()]`."""
    if resource.key.kind == "integer":
        return "Annotated[IntegerKey, Path()]"
    if resource.key.kind != "natural":
        return "Annotated[UuidKey, Path()]"
    type_ = resource.field(resource.key.field).type
    bounds = [
        f"{name}={literal(value)}"
        for name, value in (
            ("min_length", type_.min_length),
            ("max_length", type_.max_length),
            ("pattern", type_.pattern),
        )
        if value is not None
    ]
    return f"Annotated[NaturalKey, Path({', '.join(bounds)})]"


def _operation(operation: Operation, service: Service) -> dict[str, object]:
    arguments, call = _signature(operation)
    answer = _answer(operation)
    return {
        "name": operation.name,
        "verb": operation.method.lower(),
        "path": literal(operation.path.removeprefix(service.base_path)),
        "status": operation.status,
        "answer": answer,
        "responses": _responses(operation),
        "body_limit": f"{operation.body_limit:_}" if operation.body_limit else "",
        "arguments": ", ".join([*arguments, "db: Db"]),
        "returns": f"Json[{answer}]" if answer else "NoContent",
        "docstring": docstring(operation.summary),
        "call": f"db.{_method(operation)}({', '.join([statement_of(operation), *call])})",
    }


def _responses(operation: Operation) -> str:
    """Write what is answered beside success: `problems(404, 422)`."""
    problems = f"problems({', '.join(str(status) for status in operation.problems)})"
    return f"NOT_MODIFIED | {problems}" if operation.conditional else problems


def _signature(operation: Operation) -> tuple[list[str], list[str]]:
    arguments = [f"{one.name}: {_key_alias(one.resource)}" for one in operation.path_parameters]
    call = [one.name for one in operation.path_parameters]
    parameters = operation.read_parameters
    if operation.body:
        arguments.append(f"body: {operation.body}")
        call.append("body")
    if operation.listing:
        parameters = operation.listing.parameters
    if parameters:
        arguments.append(f"params: Annotated[{parameters}, Query()]")
        call.append("params")
    return arguments, call


def _method(operation: Operation) -> str:
    return "list_under" if operation.under else operation.kind


def _answer(operation: Operation) -> str:
    if operation.listing and operation.listing.style == "page":
        return f"list[{operation.answer}]"
    return operation.answer or ""


def _models(resource: Resource, service: Service) -> Iterable[tuple[str, str]]:
    """The models that handlers name, each with the module that it stands in."""
    expanded = {resource.answer, f"{resource.name}Page"} if resource.expandable else set()
    for operation in resource.operations:
        names = {operation.body, operation.read_parameters}
        if operation.listing:
            names.add(operation.listing.parameters)
        yield from ((".models", name) for name in names if name)
        if operation.answer:
            yield (
                _module(operation, resource, service, operation.answer in expanded),
                operation.answer,
            )


def _module(operation: Operation, resource: Resource, service: Service, expanded: bool) -> str:
    """Tell where an answer stands: in another resource, where its rows are linked."""
    if operation.relation:
        target = service.resource(resource.relation(operation.relation).target)
        return ".models" if target == resource else f"..{target.plural}.models"
    return ".expanded" if expanded else ".models"


def _key_alias(name: str) -> str:
    return f"{name}Id"
