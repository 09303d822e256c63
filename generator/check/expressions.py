"""The patterns of a spec: read alike everywhere, fast, and possible with the lengths."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import Facts, Path
from generator.check.limits import lengths
from generator.check.values import bounded
from generator.diagnostics import Diagnostic
from generator.patterns import Pattern, PatternError, has_length, parse, slowness
from generator.spec import ValueSpec


def patterns(facts: Facts) -> Iterator[Diagnostic]:
    """Check every pattern."""
    for path, value in facts.values():
        if value.pattern is not None:
            yield from _pattern(facts, (*path, "pattern"), value.pattern)
            yield from _lengths(facts, path, value)


def read_pattern(value: ValueSpec) -> Pattern | None:
    """The pattern of a value, None where there is none or it is refused."""
    try:
        pattern = parse(value.pattern) if value.pattern is not None else None
        return None if pattern is None or slowness(pattern) else pattern
    except PatternError:
        return None


def _pattern(facts: Facts, path: Path, text: str) -> Iterator[Diagnostic]:
    try:
        pattern = parse(text)
        reason = slowness(pattern)
    except PatternError as error:
        span = facts.source.span_within(path, error.start, error.end)
        yield facts.error("bad-pattern", error.message, path, error.help, at=span)
        return
    if reason is not None:
        message = f"this pattern may be slow: {reason}"
        help = "let each character be read in one way only: `[a-z]+(-[a-z]+)*`, not `([a-z]+-?)*`"
        if not pattern.from_start and "without" in reason:
            help = f"anchor it: `^{text}`"
        yield facts.error("slow-pattern", message, path, help)
        return
    missing = [
        sign for sign, there in (("^", pattern.from_start), ("$", pattern.to_end)) if not there
    ]
    if missing:
        message = "this pattern may be found anywhere in a text"
        if len(missing) == 1:
            end = "before" if missing == ["^"] else "after"
            message = f"anything may stand {end} what this pattern matches"
        inner = text.removeprefix("^") if pattern.from_start else text
        inner = inner.removesuffix("$") if pattern.to_end else inner
        grouped = f"({inner})" if "|" in inner else inner
        help = f"for the whole text, write `^{grouped}$`"
        yield facts.warning("unanchored-pattern", message, path, help)


def _lengths(facts: Facts, path: Path, value: ValueSpec) -> Iterator[Diagnostic]:
    kind = facts.kind(value.type)
    pattern = read_pattern(value)
    if pattern is None or "pattern" not in kind.constraints or not bounded(facts, path, value):
        return
    found = lengths(value, kind)
    if has_length(pattern, found.least, found.most):
        return
    message = f"no text of {found.least} to {found.most} characters matches this pattern"
    help = "change the pattern or the lengths"
    yield facts.error("impossible-pattern", message, (*path, "pattern"), help)
