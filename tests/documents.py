"""Documentation as tests read it: its blocks, the specs that they add up to, its commands.

A YAML block that begins with `spec: 1` is a whole spec. Any other begins with `# in <place>` and is
merged into the spec before it, at that place: `# in resources.Product.fields`, `# in the spec`.
A console block holds commands after `$ `, each followed by what it prints.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from starlette.testclient import TestClient

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (curl .*\n)((?:(?!\$ ).*\n)*)", re.MULTILINE)
PLACE = re.compile(r"# in ([A-Za-z_.]+|the spec)\n")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")
INSTANCE = re.compile(r'"instance":"[^"]*"')
SHOWN = ("location", "etag", "link", "x-total-count", "allow")
"""The headers that a reader looks for."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and where the text begins in the page."""

    language: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Step:
    """A spec, and the commands that a page gives to the service that it makes."""

    line: int
    spec: str
    consoles: tuple[Block, ...]


def blocks(page: str) -> list[Block]:
    """List the fenced blocks of a page."""
    return [Block(one[1], one[2], one.start(2)) for one in BLOCK.finditer(page)]


def steps(page: str) -> list[Step]:
    """Put the specs of a page together, a step for each YAML block."""
    found: list[Step] = []
    for block in blocks(page):
        line = page.count("\n", 0, block.start) + 1
        if block.language == "yaml" and block.text.startswith(("spec: 1\n", "# yaml-language")):
            found.append(Step(line, block.text, ()))
        elif block.language == "yaml":
            found.append(Step(line, merged(found[-1].spec, block.text), ()))
        elif block.language == "console" and block.text.startswith("$ curl"):
            last = found.pop()
            found.append(Step(last.line, last.spec, (*last.consoles, block)))
    return found


def merged(spec: str, fragment: str) -> str:
    """Put a fragment into a spec, at the place that its first line names."""
    place = PLACE.match(fragment)
    assert place is not None, f"a block begins with `spec: 1` or `# in <place>`:\n{fragment}"
    whole, part = _mapping(spec), _mapping(fragment)
    node = whole
    for name in [] if place[1] == "the spec" else place[1].split("."):
        node = _within(node, name)
    _merge(node, part)
    return str(yaml.serialize(whole, Dumper=yaml.CSafeDumper, width=1000, allow_unicode=True))


def answered(console: str, http: TestClient) -> str:
    """Give the commands of a console to a service, and write down what they print."""
    return COMMAND.sub(lambda one: f"$ {one[1]}{_printed(one[1], http)}", console)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Yield the local links of a page: the file, and the heading or nothing."""
    text = BLOCK.sub("", page.read_text("utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        path, _, heading = target.partition("#")
        yield (page.parent / path if path else page), heading


def headings(page: Path) -> set[str]:
    """List the headings of a page as links name them."""
    titles = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _mapping(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, yaml.CSafeLoader)
    assert isinstance(node, yaml.MappingNode), text
    return node


def _within(node: yaml.MappingNode, name: str) -> yaml.MappingNode:
    """Go into a mapping, which is made where there is none."""
    for key, value in node.value:
        if key.value == name and isinstance(value, yaml.MappingNode):
            return value
    new = yaml.MappingNode("tag:yaml.org,2002:map", [], flow_style=False)
    _put(node, yaml.ScalarNode("tag:yaml.org,2002:str", name), new)
    return new


def _merge(node: yaml.MappingNode, part: yaml.MappingNode) -> None:
    for key, value in part.value:
        old = next((one for name, one in node.value if name.value == key.value), None)
        # A field or a relation is replaced as a whole: its new form may leave a key out.
        if (
            isinstance(old, yaml.MappingNode)
            and isinstance(value, yaml.MappingNode)
            and not value.flow_style
        ):
            _merge(old, value)
        else:
            _put(node, key, value)


def _put(node: yaml.MappingNode, key: yaml.Node, value: yaml.Node) -> None:
    for index, (name, _) in enumerate(node.value):
        if name.value == key.value:
            node.value[index] = (name, value)
            return
    node.value.append((key, value))
    node.flow_style = False


def _printed(command: str, http: TestClient) -> str:
    """Ask as curl would, and print what it prints."""
    method, body, url, shown = "", None, "", False
    headers: dict[str, str] = {}
    words = iter(shlex.split(command)[1:])
    for word in words:
        match word:
            case "-s":
                pass
            case "-i":
                shown = True
            case "-X":
                method = next(words)
            case "-H":
                name, value = next(words).split(": ")
                headers[name] = value
            case "--json":
                body = next(words)
                headers |= {"Content-Type": "application/json", "Accept": "application/json"}
            case _:
                url = word.removeprefix("http://").removeprefix("localhost:8000")
    answer = http.request(method or ("POST" if body else "GET"), url, content=body, headers=headers)
    head = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\n" if shown else ""
    named = [f"{one}: {answer.headers[one]}\n" for one in SHOWN if one in answer.headers]
    text = answer.text + "\n" if answer.text else ""
    printed = head + "".join(named if shown else []) + ("\n" if shown and text else "") + text
    # A moment and a request's id are never the same twice.
    return INSTANCE.sub('"instance":"..."', MOMENT.sub("2026-11-22T10:00:00Z", printed))
