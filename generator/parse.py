"""Data into a `Spec`, and every way in which it is none into a problem at its place."""

from __future__ import annotations

import re
from typing import Annotated, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Span, SpecError
from generator.field_types import FIELD_TYPES
from generator.source import Source, Torn
from generator.spec import FieldSpec, RelationSpec, Section, Spec, ValueSpec
from generator.spec_values import WrongValueError
from generator.spelling import closest, suggest
from generator.yaml_syntax import quoted

Loc = tuple[str | int, ...]
QUOTED = re.compile(r"'([^']*)'")
NOT_KEYS = {
    "required": "a field is required unless its type ends in `?` or it has a default",
    "nullable": "write `?` after the type: `string?`",
    "optional": "write `?` after the type: `string?`",
    "null": "write `?` after the type: `string?`",
    "enum": "name the values under `enums` at the top, and write that name as the type",
    "values": "name the values under `enums` at the top, and write that name as the type",
    "items": "write what the list holds in brackets: `list(string)`",
    "minimum": "write `ge`, or a range after the type: `integer(0..)`",
    "maximum": "write `le`, or a range after the type: `integer(..100)`",
    "min": "write `ge`, `min_length` or `min_items`, or a range after the type: `integer(0..)`",
    "max": "write `le`, `max_length` or `max_items`, or a range after the type: `integer(..100)`",
    "read_only": "write `write: never`",
    "write_only": "write `read: never`, or use the type `secret`",
    "primary_key": "write `key:` in the resource",
}
"""What other languages have as keys of a field, and how this one says it."""

OF_RELATIONS = {
    "index": "every foreign key is indexed: take it away",
    **dict.fromkeys(("required", "nullable", "optional", "null"), "write `to: Warehouse?`"),
    **dict.fromkeys(("type", "resource", "target", "model"), "write `to: Warehouse`"),
}
"""The same of relations."""


def parse(source: Source) -> Spec:
    """Read the data of a spec as the language; raises a `SpecError` with all that is wrong."""
    try:
        return Spec.model_validate(source.data, context=known_names(source.data))
    except ValidationError as error:
        raise SpecError(source, _problems(source, error)) from None


def known_names(data: object) -> dict[str, tuple[str, ...]]:
    """Every name that may stand as a type, the file's own first, and every resource."""
    own = (*_keys(data, "enums"), *_keys(data, "objects"))
    types = (name for name in FIELD_TYPES if name not in {"enum", "object"})
    return {"types": (*own, *types), "resources": _keys(data, "resources")}


def _keys(data: object, part: str) -> tuple[str, ...]:
    found = data.get(part) if isinstance(data, dict) else None
    return tuple(found) if isinstance(found, dict) else ()


def wrong_paths(error: ValidationError) -> list[Loc]:
    """Where in the data is something wrong, deepest first?"""
    found = {_path(one) for one in error.errors(include_url=False)}
    return sorted(found, key=lambda path: (-len(path), [_order(step) for step in path]))


def _order(step: str | int) -> tuple[int, str]:
    """Of a list the last item first: what is taken away then moves no other."""
    return (-step, "") if isinstance(step, int) else (0, step)


def _path(error: ErrorDetails) -> Loc:
    wrong = error.get("ctx", {}).get("error")
    return (*error["loc"], *wrong.at) if isinstance(wrong, WrongValueError) else error["loc"]


def _problems(source: Source, error: ValidationError) -> list[Diagnostic]:
    problems = [_problem(source, one) for one in error.errors(include_url=False)]
    said = {one.span for one in problems if one.code != "yaml-syntax"}
    # A type that breaks off where a `,` tears it says so better.
    problems = [one for one in problems if one.code != "yaml-syntax" or one.span not in said]
    edition = [one for one in problems if one.code == "unknown-edition"]
    # A file of another edition is wrong in that alone.
    return edition or problems


def _problem(source: Source, error: ErrorDetails) -> Diagnostic:
    path, context = _path(error), error.get("ctx", {})
    part = source.torn(path[:-1] if error["type"] == "missing" else path)
    if part is not None and part.open:
        message = f"the text of `{part.key}` ends at this `,`, with a `(` still open"
        return _say("yaml-syntax", message, part.span, _in_quotes(part))
    wrong = context.get("error")
    if isinstance(wrong, WrongValueError):
        return _wrong_value(source, path, wrong)
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(source, path)
        case "missing":
            return _missing_key(source, path)
        case "literal_error":
            known = QUOTED.findall(str(context["expected"]))
            text = source.text_at(path) or ""
            return _say(
                "unknown-word",
                f"`{text}` is not known here",
                source.span(path),
                suggest(text, known),
            )
        case "greater_than_equal":
            message = f"this must be at least {context['ge']}"
            return _say("out-of-range", message, source.span(path), None)
    raise AssertionError(f"a value of a spec is refused in an unknown way: {error}")


def _say(code: str, message: str, span: Span, help: str | None) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=span, help=help)


def _in_quotes(part: Torn) -> str:
    return f"inside `{{ }}` put the whole text in quotes: `{part.key}: {quoted(part.whole)}`"


def _wrong_value(source: Source, path: Loc, wrong: WrongValueError) -> Diagnostic:
    span = source.span_within(path, *wrong.within) if wrong.within else source.span(path)
    return _say(wrong.code, wrong.message, span, wrong.help)


def _unknown_key(source: Source, path: Loc) -> Diagnostic:
    *where, key = path
    section = _section(where)
    names = section.words()
    help = suggest(str(key), names)
    if issubclass(section, ValueSpec) and key not in names:
        meant = closest(str(key), [*names, *NOT_KEYS])
        help = NOT_KEYS.get(meant or "", help)
        if key in FieldSpec.words():
            help = "only a field of a resource takes this key, not a member of an object"
    if section is RelationSpec and key not in names:
        help = OF_RELATIONS.get(closest(str(key), [*names, *OF_RELATIONS]) or "", help)
    part = source.torn(path)
    if part is not None and names:
        help = f"{help}; or, {_in_quotes(part)}" if help else _in_quotes(part)
    if not names:
        help = f"`{where[-1]}` has no options yet: write nothing after it"
    what = f"there is no key `{key}` here"
    if len(where) > 1 and where[-1] == "endpoints":
        what = f"there is no endpoint `{key}`"
    return _say("unknown-key", what, source.key_span(path), help)


def _missing_key(source: Source, path: Loc) -> Diagnostic:
    *where, key = path
    if source.has(path):
        return _say(
            "missing-key",
            f"nothing stands after `{key}`",
            source.key_span(path),
            f"`{key}` has no default",
        )
    owner = f"`{where[-1]}` has no `{key}`" if where else f"the file has no `{key}`"
    help = {
        "spec": "begin with `spec: 1`",
        "type": "for example `string(..80)`, `integer`, `date?`",
    }.get(str(key), f"add `{key}:`")
    return _say("missing-key", owner, source.key_span(where), help)


def _section(path: list[str | int]) -> type[Section]:
    """Follow a path through the classes of the language: which section is there?"""
    found: object = Spec
    for step in path:
        if isinstance(found, type) and issubclass(found, Section):
            field = next(
                one for name, one in found.model_fields.items() if step in {name, one.alias}
            )
            found = _inner(field.annotation)
        else:
            found = _inner(get_args(found)[-1])
    assert isinstance(found, type)
    assert issubclass(found, Section)
    return found


def _inner(annotation: object) -> object:
    """`Annotated[X | None, ...]` -> `X`."""
    if get_origin(annotation) is Annotated:
        return _inner(get_args(annotation)[0])
    members = [one for one in get_args(annotation) if one is not type(None)]
    if get_origin(annotation) not in {dict, tuple} and len(members) == 1:
        return _inner(members[0])
    return annotation
