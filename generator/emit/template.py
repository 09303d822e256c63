"""Filling a template, and quoting text from a spec: the only ways from a spec into Python code."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

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
    """Write text of one line so that it can stand inside of a docstring."""
    return _escaped(text.strip(), _QUOTES)


def docstring(text: str, *, indent: int = 4) -> str:
    """Write text as a whole docstring: what could end it escaped, its lines indented alike."""
    lines = [line.rstrip() for line in _escaped(text.strip(), _LAST_QUOTES).split("\n")]
    margin = " " * indent
    if len(lines) == 1:
        return f'"""{lines[0]}"""'
    body = "\n".join(f"{margin}{line}" if line else "" for line in lines[1:])
    return f'"""{lines[0]}\n{body}\n{margin}"""'


def _escaped(text: str, quotes: re.Pattern[str]) -> str:
    quoted = quotes.sub(lambda found: '\\"' * len(found[0]), text.replace("\\", "\\\\"))
    return "".join(_printable(character) for character in quoted)


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
