"""What each code of a problem means: a page of `generator/codes/`, with a wrong and a right spec.

A code has a page there and a folder in `tests/errors/`; the tests hold both together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from generator.spelling import suggest

PAGE = re.compile(
    r"# (?P<title>[^\n]+)\n\n(?P<text>.+?)\n\n"
    r"## Wrong\n\n```yaml\n(?P<wrong>.+?)```\n\n## Right\n\n```yaml\n(?P<right>.+?)```\n",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """What a code means."""

    code: str
    title: str
    text: str
    wrong: str
    """A spec that earns this code and no other."""
    right: str
    """The same, put right."""


class UnknownCodeError(LookupError):
    """There is no such code; the text says which was probably meant."""


def explain(code: str) -> str:
    """Write the page of a code for a terminal; raises `UnknownCodeError`."""
    found = page(code)
    return (
        f"{found.code}: {found.title}\n\n{found.text}\n\n"
        f"Wrong:\n\n{_indented(found.wrong)}\n\nRight:\n\n{_indented(found.right)}\n"
    )


@cache
def codes() -> tuple[str, ...]:
    """Every code there is, sorted."""
    names = (one.name for one in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def page(code: str) -> CodePage:
    """Read the page of a code; raises `UnknownCodeError`."""
    if code not in codes():
        help = suggest(code, codes()) or "the code stands in brackets at the end of a problem"
        raise UnknownCodeError(f"there is no code `{code}`: {help}")
    match = PAGE.fullmatch((_folder() / f"{code}.md").read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"the page of `{code}` is not of the form that the other pages have")
    return CodePage(
        code=code,
        title=match["title"],
        text=match["text"],
        wrong=match["wrong"],
        right=match["right"],
    )


def _folder() -> Traversable:
    return files("generator") / "codes"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip().split("\n"))
