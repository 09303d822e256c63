"""Parse and check in one go, so that a misspelt key hides none of the problems behind it.

Where a spec does not parse, what is wrong is left out and the rest is checked. A check then speaks
only of what it would have found anyway: not of names that were left out, nor of what is absent now.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from pydantic import ValidationError

from generator.check import check
from generator.diagnostics import Diagnostic, Span, SpecError
from generator.parse import known_names, parse, wrong_paths
from generator.scalars import Plain, Raw
from generator.source import Source, SpecPath
from generator.spec import CorsSpec, FieldSpec, PageSpec, Section, Spec

ROUNDS = 10
"""Leaving one thing out can make another wrong; a spec that needs more rounds is left alone."""
WHOLE: dict[str | int, type[Section]] = {"page": PageSpec, "cors": CorsSpec}
"""Sections that are left out as a whole, as fields are."""
MADE = {"concurrency": ("version",), "soft_delete": ("deleted_at",)}
"""The columns that a feature would have made."""


def understand(source: Source) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Read a source as a spec, with its warnings; raises `SpecError` with all that is wrong."""
    try:
        spec = parse(source)
    except SpecError as error:
        raise SpecError(source, (*error.diagnostics, *_rest(source, error))) from None
    return spec, check(spec, source)


def _rest(source: Source, error: SpecError) -> Iterator[Diagnostic]:
    """Yield what the checks find wrong in what can be read."""
    data, gone = deepcopy(source.data), list[SpecPath]()
    if any(one.code == "unknown-edition" for one in error.diagnostics):
        return
    spec = _spec_of(data, gone, source.path.stem)
    if spec is None:
        return
    left, places = _left(source, gone)
    try:
        check(spec, left)
    except SpecError as found:
        names = set(_names(source.data, gone))
        places |= {one.span for one in error.diagnostics if one.code == "yaml-syntax"}
        for one in found.diagnostics:
            spans = {one.span, *(note.span for note in one.notes)}
            said = {_text(source, span) for span in spans}
            if one.severity == "error" and not (spans & places or said & names):
                yield one


def _spec_of(data: Raw, gone: list[SpecPath], name: str) -> Spec | None:
    """Leave out what is wrong, again and again, until the data is a spec."""
    for _ in range(ROUNDS):
        try:
            return Spec.model_validate(data, context=known_names(data))
        except ValidationError as error:
            paths = wrong_paths(error)
        for path in paths:
            left_out = _leave_out(data, path, name)
            if not left_out:
                return None
            gone.append(left_out)
    return None


def _leave_out(data: Raw, path: SpecPath, name: str) -> SpecPath:
    """Take away the least that can be missed, or put something right there; return its path."""
    reached: list[str | int] = []
    holder, node = data, data
    for step in path:
        if isinstance(node, dict) and step in node and not _stands_or_falls(reached, step):
            holder, node = node, node[str(step)]
            reached.append(step)
        elif isinstance(node, list) and isinstance(step, str) and step in node:
            # A short form: the item stands for the key.
            node.remove(step)
            return (*reached, step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            del node[step]
            return (*reached, step)
        else:
            break
    absent = _stand_in(tuple(path), name)
    if absent is not None and isinstance(node, dict) and len(reached) == len(path) - 1:
        node[str(path[-1])] = absent
        return path
    if not reached or not isinstance(holder, dict):
        return ()
    instead = _stand_in(tuple(reached), name)
    holder.pop(str(reached[-1]))
    if instead is not None:
        holder[str(reached[-1])] = instead
    return tuple(reached)


def _stands_or_falls(reached: list[str | int], step: str | int) -> bool:
    """Whether the keys of what was reached depend on each other, and this is one of them."""
    if not reached:
        return False
    section = FieldSpec if reached[-2:-1] == ["fields"] else WHOLE.get(reached[-1])
    return section is not None and step in section.words()


def _stand_in(path: tuple[str | int, ...], name: str) -> Raw:
    """Choose what stands for what cannot be missed, so that least follows from its absence."""
    if path[-2:-1] == ("fields",):
        return Plain("string?")
    if path[-1:] == ("timestamps",):
        return Plain("true")
    absent: dict[tuple[str | int, ...], Raw] = {
        ("spec",): Plain("1"),
        ("service",): {"name": name, "version": "0"},
        ("service", "name"): name,
        ("service", "version"): "0",
    }
    return absent.get(path)


def _names(data: Raw, gone: list[SpecPath]) -> Iterator[str]:
    """Yield the names of what was left out, and of all in it."""
    for path in gone:
        if isinstance(path[-1], int):
            continue  # an item of a list makes nothing by itself
        yield path[-1]
        yield from MADE.get(str(path[-1]), ())
        node = data
        for step in path:
            node = node.get(str(step)) if isinstance(node, dict) else None
        yield from _keys(node)


def _keys(node: Raw) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _keys(value)


def _left(source: Source, gone: list[SpecPath]) -> tuple[Source, set[Span]]:
    """Leave the same items out of the places, and say where owners of what is gone stand."""
    left, places = deepcopy(source), set[Span]()
    for path in gone:
        for length in range(len(path) + 1):
            # They may lack something now.
            places |= {left.key_span(path[:length]), left.span(path[:length])}
        left.drop_item(path)
    return left, places


def _text(source: Source, span: Span) -> str:
    lines = source.lines
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    text = line[span.column - 1 : span.end - 1].strip("'\"").lstrip("-")
    return text.partition(".")[0]  # of `warehouse.city` the relation
