"""Emits `<resource>/router.py`: the endpoints."""

from __future__ import annotations

from generator.emit.template import docstring, escaped, fill, header, literal
from generator.ir import Operation, OperationKind, Resource, Service

STATEMENTS: dict[OperationKind, str] = {
    "create": "CREATE",
    "list": "LIST",
    "read": "READ",
    "replace": "REPLACE",
    "update": "UPDATE",
    "delete": "DELETE",
}


def emit(service: Service) -> dict[str, str]:
    """Make a router for each resource."""
    return {f"{one.plural}/router.py": _router(one, service) for one in service.resources}


def _router(resource: Resource, service: Service) -> str:
    operations = resource.operations
    needs_key = any(operation.path == resource.item_path for operation in operations)
    return fill(
        "router.py",
        header=header(service.source),
        title=escaped(resource.nouns.capitalize()),
        models=", ".join(_models(resource)),
        statements=", ".join(sorted(STATEMENTS[one.kind] for one in operations)),
        prefix=literal(resource.path),
        tag=literal(resource.tag),
        key_alias=_key_alias(resource),
        key_type=key_type(resource) if needs_key else "",
        operations=[_operation(one, resource) for one in operations],
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


def _operation(operation: Operation, resource: Resource) -> dict[str, object]:
    arguments, call = _signature(operation, resource)
    answer = _answer(operation)
    return {
        "name": operation.name,
        "verb": operation.method.lower(),
        "path": literal(operation.path.removeprefix(resource.path)),
        "status": operation.status,
        "answer": answer,
        "problems": ", ".join(str(status) for status in operation.problems),
        "body_limit": f"{operation.body_limit:_}" if operation.body_limit else "",
        "arguments": ", ".join([*arguments, "db: Db"]),
        "returns": f"Json[{answer}]" if answer else "NoContent",
        "docstring": docstring(operation.summary),
        "call": f"db.{operation.kind}({', '.join([STATEMENTS[operation.kind], *call])})",
    }


def _signature(operation: Operation, resource: Resource) -> tuple[list[str], list[str]]:
    arguments: list[str] = []
    call: list[str] = []
    if operation.path == resource.item_path:
        arguments.append(f"{resource.item_parameter}: {_key_alias(resource)}")
        call.append(resource.item_parameter)
    if operation.body:
        arguments.append(f"body: {operation.body}")
        call.append("body")
    if operation.listing:
        arguments.append(f"params: Annotated[{operation.listing.parameters}, Query()]")
        call.append("params")
    return arguments, call


def _answer(operation: Operation) -> str:
    if operation.listing and operation.listing.style == "page":
        return f"list[{operation.answer}]"
    return operation.answer or ""


def _models(resource: Resource) -> list[str]:
    names = set()
    for operation in resource.operations:
        names |= {operation.body, operation.answer}
        if operation.listing:
            names.add(operation.listing.parameters)
    return sorted(name for name in names if name)


def _key_alias(resource: Resource) -> str:
    return f"{resource.name}Id"
