"""A spec file as read: its data, and the way back from a path in the data to a place in the text.

A path is what Pydantic calls `loc`: `("resources", "Product", "fields", "sku", "type")`. It may go
on where the file has a short form: then it leads to the text or item that the short form is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, Span, SpecError, Unread
from generator.scalar_places import places_of
from generator.scalars import Plain, Raw
from generator.yaml_nodes import NO_NUL, Node, Place, compose

SpecPath = Sequence[str | int]
LARGEST = 1024 * 1024
LINE_BREAK = re.compile(r"\r\n|\n|\r")
NOT_TEXT = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not allow, and the line ends that libyaml knows and YAML 1.2 does not."""


@dataclass(frozen=True, slots=True)
class Torn:
    """A text in `{ }` that ends at a `,`, with what follows as keys without a value."""

    span: Span
    """Of the `,`."""
    key: str
    whole: str
    """All that was probably meant as the text."""
    open: bool
    """Whether a `(` of it is closed behind the `,` only."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of which the YAML is right."""

    path: Path
    text: str
    data: Raw
    _root: Node = field(repr=False)
    lines: list[str] = field(repr=False)
    """Of the text, as editors number them."""

    def has(self, path: SpecPath) -> bool:
        """Whether the file has this very path, with something or nothing after it."""
        node = self._root
        for step in path:
            found = _step(node, step)
            if found is None:
                return False
            node = found[1]
        return True

    def keys(self, path: SpecPath) -> Collection[str]:
        """The keys, or short forms, that stand at this very path; none where nothing does."""
        node = self._root
        for step in path:
            found = _step(node, step)
            if found is None:
                return ()
            node = found[1]
        if node.entries is not None:
            return node.entries.keys()
        return [str(item.text) for item in node.items or () if item.text is not None]

    def span(self, path: SpecPath) -> Span:
        """Where the value stands; for what reaches over lines, or is nothing, its key."""
        node = self._at(path)[1]
        lines = node.end.line > node.start.line and not node.flow
        if (
            (node.text is None and not node.flow)
            or node.start == node.end
            or (lines and node.text is None)
        ):
            return self.key_span(path)
        return self._clip(node)

    def key_span(self, path: SpecPath) -> Span:
        """Where the key stands; of an item of a list the item, of the file its first character."""
        key, node = self._at(path)
        if key is None and node is self._root and not node.flow:
            return Span(node.start.line + 1, node.start.column + 1, node.start.column + 2)
        return self._clip(key or node)

    def text_at(self, path: SpecPath) -> str | None:
        """The text of the scalar there, None where there is none."""
        return self._at(path)[1].text

    def span_within(self, path: SpecPath, start: int, end: int) -> Span:
        """Where a part of the scalar's text stands, in characters of the text."""
        node = self._at(path)[1]
        places = [] if node.text is None else places_of(node, self.lines)
        if not places:
            return self.span(path)
        first, last = (places[min(max(one, 0), len(places) - 1)] for one in (start, end))
        if last.line > first.line:
            last = Place(first.line, len(self.lines[first.line].rstrip()))
        return Span(first.line + 1, first.column + 1, max(last.column, first.column + 1) + 1)

    def drop_item(self, path: SpecPath) -> None:
        """Forget an item of a list, so that the places of those after it move up."""
        items = self._at(path[:-1])[1].items
        if items is not None and isinstance(path[-1], int) and path[-1] < len(items):
            del items[path[-1]]

    def torn(self, path: SpecPath) -> Torn | None:
        """Find the text of which a key without a value was probably meant as a part."""
        holder = self._at(path[:-1])[1]
        entries = list((holder.entries or {}).items()) if holder.flow else []
        found = [place for place, (name, _) in enumerate(entries) if name == path[-1]]
        if not found or not _empty(entries[found[0]][1][1]):
            return None
        begin = end = found[0]
        while begin > 0 and _empty(entries[begin][1][1]):
            begin -= 1
        while end + 1 < len(entries) and _empty(entries[end + 1][1][1]):
            end += 1
        text, last = entries[begin][1][1], entries[end][1][0]
        if not isinstance(text.text, Plain) or text.start.line != last.end.line or not text.text:
            return None
        comma = Span(text.end.line + 1, text.end.column + 1, text.end.column + 2)
        whole = self.lines[text.start.line][text.start.column : last.end.column]
        opened = text.text.count("(") > text.text.count(")")
        return Torn(comma, entries[begin][0], whole, opened)

    def _clip(self, node: Node) -> Span:
        span = node.span
        if node.flow and node.end.line > node.start.line:
            return Span(span.line, span.column, len(self.lines[span.line - 1].rstrip()) + 1)
        return span

    def _at(self, path: SpecPath) -> tuple[Node | None, Node]:
        """Key and value as far along the path as the file goes; short forms are passed through."""
        key, node = None, self._root
        for step in path:
            found = _step(node, step)
            if found is not None:
                key, node = found
        return key, node


def read(text: str | bytes, path: Path) -> Source:
    """Read YAML 1.2; raises a `SpecError` with all that is wrong with it as YAML."""
    decoded = text if isinstance(text, str) else _decode(text, path)
    decoded = decoded.removeprefix("\ufeff")
    if len(decoded.encode(errors="replace")) > LARGEST:
        problem = Diagnostic(
            code="too-large", message="the file is larger than 1 MiB", span=Span(1, 1, 2),
            help="a service of this size is better off as several, each with a spec of its own",
        )  # fmt: skip
        raise SpecError(Unread(path, decoded), [problem])
    lines = LINE_BREAK.split(decoded)
    problems = list(_characters(lines))
    unfit = bool(problems)
    root = compose(_readable(decoded) if unfit else decoded, problems)
    # What libyaml says of a text with tabs is about the tabs.
    problems = [one for one in problems if not (unfit and one.code == "yaml-syntax")]
    if root is None and not problems:
        message = (
            "the file is empty"
            if not decoded.strip()
            else "there is nothing but comments in the file"
        )
        problems.append(
            Diagnostic(
                code="empty-spec", message=message, span=Span(1, 1, 2), help="begin with `spec: 1`"
            )
        )
    if problems or root is None:
        raise SpecError(Unread(path, decoded), problems)
    return Source(path, decoded, _data(root), root, lines)


def read_value(text: str) -> Raw:
    """Read one value of YAML, None where it is none."""
    problems: list[Diagnostic] = []
    root = compose(text, problems)
    return None if problems or root is None else _data(root)


def _decode(text: bytes, path: Path) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        before = text[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte {error.start} of the file (0x{text[error.start]:02x}) is not UTF-8"
        span = Span(line, column, column + 1)
        problem = Diagnostic(
            code="bad-character", message=message, span=span, help="save the file as UTF-8"
        )
        raise SpecError(Unread(path, text.decode(errors="replace")), [problem]) from error


def _characters(lines: list[str]) -> Iterator[Diagnostic]:
    for number, line in enumerate(lines, 1):
        tab = line.find("\t") + 1
        if tab:
            yield Diagnostic(
                code="tab", message="a tab stands here", span=Span(number, tab, tab + 1),
                help='indent with spaces; inside text, write it as `"\\t"` in double quotes',
            )  # fmt: skip
        for match in NOT_TEXT.finditer(line):
            number_of = f"{ord(match.group()):04X}"
            help = f'inside text, write it as `"\\u{number_of}"` in double quotes'
            yield Diagnostic(
                code="bad-character",
                message=f"the character U+{number_of} stands here",
                span=Span(number, match.start() + 1, match.end() + 1),
                help=NO_NUL if match.group() == "\0" else f"take it away; {help}",
            )


def _readable(text: str) -> str:
    return NOT_TEXT.sub("?", text.replace("\t", " "))


def _data(node: Node) -> Raw:
    if node.items is not None:
        return [_data(item) for item in node.items]
    if node.entries is not None:
        return {name: _data(value) for name, (_, value) in node.entries.items()}
    return None if _empty(node) else node.text


def _empty(node: Node) -> bool:
    return node.start == node.end and not node.text and node.items is None and node.entries is None


def _step(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    if node.entries is not None:
        return node.entries.get(str(step))
    if node.items is None:
        return None
    if isinstance(step, int):
        return (None, node.items[step]) if step < len(node.items) else None
    # A short form: the item of the list stands for the key of the long form.
    return next(((None, item) for item in node.items if item.text == step), None)
