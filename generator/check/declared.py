"""The types that a spec declares: values of enums, and objects that do not hold themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.facts import Facts, Path
from generator.diagnostics import Diagnostic
from generator.short_form import TypeSpec

MOST_VALUES = 200
LONGEST_VALUE = 64
VALUE = re.compile(r"[A-Za-z0-9_.:/+-]([A-Za-z0-9_.:/+ -]*[A-Za-z0-9_.:/+-])?")


def enums(facts: Facts) -> Iterator[Diagnostic]:
    """Check the values of every enum."""
    for name, members in facts.spec.enums.items():
        path: Path = ("enums", name)
        span = facts.key_span(path)
        if not members:
            message = f"the enum `{name}` has no values"
            yield facts.error("bad-enum", message, path, f"`{name}: [new, used]`", at=span)
        if len(members) > MOST_VALUES:
            message = f"the enum `{name}` has {len(members)} values; {MOST_VALUES} are possible"
            yield facts.error("bad-enum", message, path, "a resource holds more", at=span)
        for value in members:
            if len(value) <= LONGEST_VALUE and VALUE.fullmatch(value):
                continue
            where = (*path, value)
            message = f"`{value}` cannot be a value of an enum"
            help = f"1 to {LONGEST_VALUE} of letters, digits, `_.:/+-` and spaces between them"
            yield facts.error("bad-enum", message, where, help, at=facts.key_span(where))


def circles(facts: Facts) -> Iterator[Diagnostic]:
    """Check that no object holds itself, also by way of others: each circle is told once."""
    told: set[str] = set()
    for name in facts.spec.objects:
        circle = _circle(facts, name, (name,))
        if circle is None or told & {step for step, _ in circle}:
            continue
        told |= {step for step, _ in circle}
        path = circle[0][1]
        names = " -> ".join(f"`{step}`" for step, _ in (*circle, circle[0]))
        message = f"objects cannot hold each other in a circle: {names}"
        help = "a value of this type would never end; make one of them a resource"
        yield facts.error("circular-object", message, (*path, "type"), help)


def _circle(
    facts: Facts, target: str, on_way: tuple[str, ...]
) -> tuple[tuple[str, Path], ...] | None:
    """The way back to an object, with the fields that it goes through."""
    name = on_way[-1]
    for member, value in facts.spec.objects[name].fields.items():
        inner = _innermost(value.type).name
        step = (name, ("objects", name, "fields", member))
        if inner == target:
            return (step,)
        if inner in facts.spec.objects and inner not in on_way:
            rest = _circle(facts, target, (*on_way, inner))
            if rest is not None:
                return (step, *rest)
    return None


def _innermost(type_: TypeSpec) -> TypeSpec:
    return type_ if type_.item is None else _innermost(type_.item)
