"""The service by itself, and what has to be there: resources, with fields and endpoints."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import Facts, Path
from generator.check.names import LONGEST, SEGMENT, SNAKE
from generator.diagnostics import Diagnostic
from generator.reserved_names import PATHS, PYTHON
from generator.spec import USUAL_ENDPOINTS

LONGEST_BASE = 200


def service(facts: Facts) -> Iterator[Diagnostic]:
    """Check the service by itself."""
    yield from _name(facts)
    yield from _base_path(facts)
    spec = facts.spec
    texts: list[tuple[Path, str | None]] = [
        (("service", "title"), spec.service.title),
        (("service", "version"), spec.service.version),
    ]
    texts += [((*one.path, "tag"), one.spec.tag) for one in facts.resources]
    for section, one in facts.sections():
        for name, rule in one.rules.items():
            texts.append(((*section, "rules", name, "message"), rule.message))
    for path, text in texts:
        if text is not None and not text.strip():
            message = f"`{path[-1]}` is empty"
            yield facts.error("empty-text", message, path, "write something")


def contents(facts: Facts) -> Iterator[Diagnostic]:
    """Check that nothing is empty that would then say nothing."""
    if not facts.spec.resources:
        message = "there are no resources, so the service would answer nothing"
        help = "name one with its fields: `Product: {fields: {title: string}}`"
        path: Path = ("resources",) if facts.source.has(("resources",)) else ()
        yield facts.error("no-resources", message, path, help)
    for name, one in facts.spec.objects.items():
        if not one.fields:
            yield _no_fields(facts, "object", name, ("objects", name))
    for resource in facts.resources:
        mixed = all(one in facts.spec.traits for one in resource.spec.with_)
        if mixed and not resource.spec.fields and not resource.spec.relations:
            yield _no_fields(facts, "resource", resource.name, resource.path)
        if not resource.spec.endpoints.names:
            message = f"the resource `{resource.name}` has no endpoints, so nobody can reach it"
            help = f"leave `endpoints` out for {', '.join(USUAL_ENDPOINTS)}"
            yield facts.error("no-endpoints", message, (*resource.path, "endpoints"), help)


def _no_fields(facts: Facts, what: str, name: str, path: Path) -> Diagnostic:
    where = (*path, "fields") if facts.source.has((*path, "fields")) else path
    help = "for example `fields: {title: string(1..200)}`"
    span = facts.key_span(where)
    return facts.error("no-fields", f"the {what} `{name}` has no fields", where, help, at=span)


def _name(facts: Facts) -> Iterator[Diagnostic]:
    name, stem = facts.spec.service.name, facts.source.path.stem
    path: Path = ("service", "name")
    if SNAKE.fullmatch(name) is None or len(name) > LONGEST:
        message = f"`{name}` is no name for a service"
        help = f"snake_case, at most {LONGEST} characters: `inventory_control`"
        yield facts.error("bad-name", message, path, help)
    elif name in PYTHON:
        message = f"a service cannot be called `{name}`"
        yield facts.error("reserved-name", message, path, f"{PYTHON[name]}; rename it")
    elif name != stem:
        message = f"the service is called `{name}`, but its file `{facts.source.path.name}`"
        help = f"call the file `{name}.yaml`"
        if SNAKE.fullmatch(stem):
            help += f", or the service `{stem}`"
        yield facts.error("service-name", message, path, help)


def _base_path(facts: Facts) -> Iterator[Diagnostic]:
    base = facts.spec.service.base_path
    if not base:
        return
    path: Path = ("service", "base_path")
    segments = base.split("/")
    help = "such as `/catalog` or `/api/v1`: letters, digits and `-._~` between the slashes"
    problem = None
    if segments[0]:
        problem = "a base path begins with `/`"
    elif not segments[-1]:
        problem = "a base path does not end in `/`"
    elif len(base) > LONGEST_BASE:
        problem = f"a base path has at most {LONGEST_BASE} characters"
    else:
        wrong = [one for one in segments[1:] if SEGMENT.fullmatch(one) is None]
        problem = f"`{wrong[0]}` is no path segment" if wrong else None
    if problem is not None:
        yield facts.error("bad-path", problem, path, help)
    elif segments[1] in PATHS:
        message = f"the base path cannot begin with `/{segments[1]}`"
        yield facts.error("reserved-name", message, path, PATHS[segments[1]])
