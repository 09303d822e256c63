"""Filling a template, and quoting text from a spec: the only ways from a spec into Python code."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import east_asian_width

from jinja2 import Environment, PackageLoader, StrictUndefined

LINE_LENGTH = 100
_TITLE_WIDTH = 60
"""What a title may take of a line in which more follows it."""

_QUOTES = re.compile('"{3,}')
_LAST_QUOTES = re.compile(_QUOTES.pattern + r'|"+\Z')
"""What would end a docstring too soon: three quotes, or those just before the three at its end."""


def fill(template: str, **values: object) -> str:
    """Fill `templates/<template>.jinja`. A name that it needs and is not given is an error."""
    return _environment().get_template(f"{template}.jinja").render(**values)


def literal(value: object) -> str:
    """Write a value as a Python literal in printable ASCII: `'caf\\xe9'`, `True`, `('a',)`."""
    if isinstance(value, str):
        return ascii(value)
    if isinstance(value, tuple):
        inner = ", ".join(literal(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def header(source: str) -> str:
    """The line that says where a file comes from and what to do instead of editing it."""
    return f"Generated from {source}. Do not edit: change the spec and run `make generate`."


def escaped(text: str) -> str:
    """Write text so that it can stand at the beginning of a module's docstring."""
    lines = _escaped(text.strip(), _QUOTES).split("\n")
    return "\n".join(part for line in lines for part in _wrapped(line, _TITLE_WIDTH))


def docstring(text: str, *, indent: int = 4) -> str:
    """Write text as a whole docstring: what could end it escaped, its lines indented alike."""
    margin = " " * indent
    width = LINE_LENGTH - len(margin + '"""' * 2)
    whole = _escaped(text.strip(), _LAST_QUOTES).split("\n")
    lines = [part for line in whole for part in _wrapped(line.rstrip(), width)]
    if len(lines) == 1:
        return f'"""{lines[0]}"""'
    body = "\n".join(f"{margin}{line}" if line else "" for line in lines[1:])
    return f'"""{lines[0]}\n{body}\n{margin}"""'


def _escaped(text: str, quotes: re.Pattern[str]) -> str:
    quoted = quotes.sub(lambda found: '\\"' * len(found[0]), text.replace("\\", "\\\\"))
    return "".join(_printable(character) for character in quoted)


def _wrapped(line: str, width: int) -> list[str]:
    """Break a line that is too long between its words; one that is not stays as it is."""
    if _columns(line) <= width:
        return [line]
    margin = line[: len(line) - len(line.lstrip())]
    lines = [margin]
    for word in line.split():
        longer = f"{lines[-1]} {word}" if lines[-1] != margin else margin + word
        if _columns(longer) <= width or lines[-1] == margin:
            lines[-1] = longer
        else:
            lines.append(margin + word)
    return lines


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def _printable(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


@cache
def _environment() -> Environment:
    # Python is emitted, not HTML: `literal` and `docstring` quote text, never the template.
    return Environment(
        loader=PackageLoader("generator", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
