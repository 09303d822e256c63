"""YAML text into a tree of nodes with places: what of YAML the language takes, and no more.

libyaml reads (so it must be there), and this walks its events: no anchors, aliases, tags, merge
keys, second documents or duplicate keys, and never deep or large enough to hurt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from generator.diagnostics import Diagnostic, Note, Span
from generator.scalars import Plain
from generator.yaml_syntax import explain_syntax

DEEPEST = 50
MOST_NODES = 100_000

DEFAULTS = "; what all resources share goes under `defaults`"
TWICE = "keep one of the two, or give one another name"
NO_NUL = "neither a database nor a Python file can carry it"
NO_TAG = "take it away; text that YAML would read as something else is put in quotes"
SMALLER = "a service of this size is better off as several, each with a spec of its own"
NO_SECOND = "a spec is one document: put the second into a file of its own"


class MissingLibyamlError(RuntimeError):
    """PyYAML was installed without libyaml."""

    def __init__(self) -> None:
        super().__init__(
            "PyYAML is installed without libyaml, whose scanner the spec language needs: "
            "install a PyYAML wheel, or the libyaml headers before building it"
        )


class Place(NamedTuple):
    """A line and a column, counted from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A scalar, a list (`items`) or a mapping (`entries`, by the text of the key)."""

    start: Place
    end: Place
    text: str | None = None
    """Of a scalar; a `Plain` where it is not quoted."""
    items: list[Node] | None = None
    entries: dict[str, tuple[Node, Node]] | None = None
    flow: bool = False
    """Whether it stands in brackets."""

    @property
    def span(self) -> Span:
        """Where it stands, as far as its first line."""
        end = self.end.column if self.end.line == self.start.line else self.start.column + 1
        return Span(self.start.line + 1, self.start.column + 1, max(end, self.start.column + 1) + 1)


def compose(text: str, problems: list[Diagnostic]) -> Node | None:
    """Read one document, None where it cannot be read; what is wrong is added to `problems`."""
    if not hasattr(yaml, "CSafeLoader"):
        raise MissingLibyamlError
    reading = _Reading(text, problems)
    try:
        return reading.document()
    except yaml.MarkedYAMLError as error:
        problems.append(explain_syntax(error, text))
    except _TooLargeError as error:
        problems.append(error.diagnostic)
    return None


def point(mark: Place, length: int = 1) -> Span:
    """Make a span of a place."""
    return Span(mark.line + 1, mark.column + 1, mark.column + 1 + length)


def begin(event: yaml.Event) -> Place:
    """Where an event begins."""
    # libyaml marks every event; only the declared types think otherwise.
    mark = event.start_mark
    return Place(mark.line, mark.column) if mark else Place(0, 0)


def finish(event: yaml.Event) -> Place:
    """Where an event ends."""
    mark = event.end_mark
    return Place(mark.line, mark.column) if mark else Place(0, 0)


class _TooLargeError(Exception):
    def __init__(self, message: str, mark: Place) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(
            code="too-large", message=message, span=point(mark), help=SMALLER
        )


@dataclass(slots=True)
class _Reading:
    """The events of a text, one after the other."""

    text: str
    problems: list[Diagnostic]
    events: Iterator[yaml.Event] = field(init=False)
    nodes: int = 0

    def __post_init__(self) -> None:
        self.events = yaml.parse(self.text, Loader=yaml.CSafeLoader)

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                span = point(begin(event), 3)
                self.say("second-document", "a second document begins here", span, NO_SECOND)
                break
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, 1)
        return root

    def say(self, code: str, message: str, span: Span, help: str, *notes: Note) -> None:
        self.problems.append(
            Diagnostic(code=code, message=message, span=span, help=help, notes=notes)
        )

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.nodes += 1
        if depth > DEEPEST:
            raise _TooLargeError(f"this is nested more than {DEEPEST} deep", begin(event))
        if self.nodes > MOST_NODES:
            raise _TooLargeError(f"more than {MOST_NODES:,} values stand before this", begin(event))
        self.refuse_marks(event)
        node = Node(begin(event), finish(event))
        if isinstance(event, yaml.ScalarEvent):
            node.text = event.value if event.style else Plain(event.value)
            if "\0" in event.value:
                self.say("bad-character", "this text holds the character NUL", node.span, NO_NUL)
        elif isinstance(event, yaml.SequenceStartEvent):
            node.flow, node.items = bool(event.flow_style), []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                node.items.append(self.node(inner, depth + 1))
            node.end = finish(inner)
        elif isinstance(event, yaml.MappingStartEvent):
            node.flow, node.entries = bool(event.flow_style), {}
            node.end = self.fill(node.entries, depth)
        return node

    def fill(self, entries: dict[str, tuple[Node, Node]], depth: int) -> Place:
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            name = key.text
            if name is None:
                self.say("key-not-text", "a key is text", key.span, "write it without brackets")
            elif name == "<<" and isinstance(name, Plain):
                message = "merge keys (`<<`) are not part of the language"
                self.say("anchor", message, key.span, f"write out what it brings{DEFAULTS}")
            elif name in entries:
                message, first = f"the key `{name}` stands here twice", entries[name][0].span
                self.say(
                    "duplicate-key", message, key.span, TWICE, Note("it stands here first", first)
                )
            else:
                entries[str(name)] = (key, value)
        return finish(event)

    def refuse_marks(self, event: yaml.Event) -> None:
        """Refuse what YAML has beside values: anchors, aliases, tags."""
        anchor, tag_ = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is None and tag_ is None:
            return
        name, place = str(anchor or ""), begin(event)
        span, no = point(place, len(name) + 1), "are not part of the language"
        if isinstance(event, yaml.AliasEvent):
            self.say("anchor", f"aliases (`*{name}`) {no}", span, f"write it out{DEFAULTS}")
        elif name:
            self.say("anchor", f"anchors (`&{name}`) {no}", span, f"take it away{DEFAULTS}")
        tag = str(tag_ or "").replace("tag:yaml.org,2002:", "!!")
        if tag:
            self.say("tag", f"tags (`{tag}`) {no}", point(place, len(tag)), NO_TAG)
