"""Hostile text wherever a spec may hold text: it is carried as it is, and never becomes code."""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from generator import pieces
from generator.check.together import understand
from generator.emit.template import docstring
from generator.lower import lower
from generator.source import read
from tests.emitted import contract_of
from tests.services import ROOT, client, compiled

HOSTILE = [
    "long " * 60,
    "l" + "o" * 300 + "ng",
    '"',
    "'",
    '"""',
    "'''",
    '""""""" seven, and one at the end"',
    "a backslash at the end \\",
    '\\"""',
    "\\n \\x00 \\N{DASH} \\u2028 \\",
    'end it: """\nraise SystemExit(1)\n"""',
    "{{ 7 * 7 }} {% raw %} {# gone #} %} }} {{",
    "{noun} {nouns} {0} {} %s %(name)s ${HOME}",
    "# noqa # type: ignore # fmt: off",
    "two\nlines",
    "\n\nblank lines around\n\n",
    "    indented\n        more\n  less",
    "a tab\tand \r\n an end of line",
    "separators \u2028 \u2029 \x85 \x0b \x0c \x1c",
    "controls \x01 \x1b[31m \x7f \x9f",
    "invisible \ufeff \u200b \u202e turned",
    "caf\u00e9 \u4e2d\u6587 \U0001f600 e\u0301",
    "class None import lambda MISSING Field",
    "#/components/schemas/Item $ref $defs",
    "<script>alert(1)</script> & <!-- --> ]]>",
    "'; DROP TABLE items; --",
    "no: yes, [a, b]: {c: d} !!str &x *x | > % @ `",
]


def test_emitted_code_carries_it() -> None:
    """Models, tags and titles say it, and a row that takes a default holds it."""
    service = compiled(spec_of(HOSTILE))
    for number, text in enumerate(HOSTILE):
        module = service.module(f"item{number}s.models")
        shown = inspect.getdoc(getattr(module, f"Item{number}"))
        own = words(ast.literal_eval(docstring(text)))
        assert words(shown or "")[: len(own)] == own
        assert service.module(f"item{number}s.router").router.tags == [text]
    assert service.application("sqlite://").title == " ".join(HOSTILE)


def test_the_contract_carries_it() -> None:
    """Titles, descriptions, tags, examples and defaults are those of the spec, to the character."""
    document = compiled(spec_of(HOSTILE)).contract()
    validate(document)
    text = " ".join(HOSTILE)
    info = {"title": text, "version": text, "description": text}
    assert document["info"] == info
    assert document["tags"] == [{"name": one, "description": one} for one in HOSTILE]
    for number, one in enumerate(HOSTILE):
        schemas = {
            name: document["components"]["schemas"][name.format(number)]
            for name in ("Item{}", "Item{}Create", "Part{}", "Kind{}")
        }
        said = words(schemas["Item{}"]["description"])
        assert said[: len(words(one))] == said[-len(words(one)) :] == words(one)
        assert schemas["Part{}"]["description"] == one
        assert schemas["Part{}"]["properties"]["text"]["description"] == one
        assert one in schemas["Kind{}"]["description"]
        body = schemas["Item{}Create"]["properties"]["text"]
        assert (body["description"], body["default"], body["examples"]) == (one, one, [one])
        assert schemas["Item{}"]["properties"]["former_id"]["description"] == one
        assert schemas["Item{}"]["properties"]["other_ids"]["description"].startswith(one)
        assert schemas["Item{}Create"]["properties"]["anything"]["default"] == {one: [one]}


def test_the_service_answers_it(fresh_sqlite_url: str) -> None:
    """A default goes through the database and comes back as it was."""
    with client(spec_of(HOSTILE), fresh_sqlite_url) as http:
        for number, text in enumerate(HOSTILE):
            answer = http.post(f"/item{number}s", json={})
            assert answer.status_code == 201, answer.text
            row = {"text": text, "anything": {text: [text]}, "always": text, "told": text}
            empty: dict[str, object] = {
                "given": None,
                "part": None,
                "kind": None,
                "former_id": None,
                "other_ids": [],
            }
            assert answer.json() == {"id": 1, **row, **empty}
            broken = http.post(f"/item{number}s", json={"kind": "b"})
            assert (broken.status_code, broken.json()["message"]) == (409, text)
            broken = http.post(f"/item{number}s", json={"given": text})
            assert (broken.status_code, broken.json()["rule"]) == (409, "compared")
            other = http.post(f"/item{number}s", json={"given": f"{text}."})
            assert (other.status_code, other.json()["told"]) == (201, f"{text}.")


@pytest.mark.parametrize(
    "pattern",
    [
        "^[\"']+$",
        '^"""$',
        r"^\\[\\\]\[]*$",
        r"^\{\{ [a-z]+ \}\}$",
        "^(%s|#|<b>)$",
        "^('''|`)$",
    ],
    ids=ascii,
)
def test_patterns_are_carried(pattern: str, fresh_sqlite_url: str) -> None:
    """A pattern of quotes, backslashes and braces means in Python what it means in the spec."""
    spec = (
        "spec: 1\nservice: {name: hostile, version: 1}\nresources: {Item: {fields: "
        f"{{text: {{type: string, pattern: {quoted(pattern)}}}}}, endpoints: [create]}}}}"
    )
    schemas = compiled(spec).contract()["components"]["schemas"]
    assert schemas["ItemCreate"]["properties"]["text"]["pattern"] == pattern
    with client(spec, fresh_sqlite_url) as http:
        for text in ['"', "'\"", '"""', "\\", "\\][", "{{ a }}", "%s", "#", "'''", "`"]:
            status = http.post("/items", json={"text": text}).status_code
            assert status == (201 if re.fullmatch(pattern[1:-1], text) else 422), text


def test_ruff_finds_nothing_in_it() -> None:
    """Whatever the text, the code is laid out as the project's rules want it."""
    folder = compiled(spec_of(HOSTILE)).folder
    for command in (["check"], ["format", "--check"]):
        options = ["--no-cache", "--config", str(ROOT / "pyproject.toml"), "."]
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *options],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@settings(max_examples=25)
@given(st.lists(TEXT, min_size=1, max_size=3, unique=True))
def test_any_text_becomes_python(texts: list[str]) -> None:
    """Every emitted module is one that Python can read, and says nothing but declarations."""
    texts = [text for text in texts if text.strip()] or ["x"]
    path = Path("spec/hostile.yaml")
    service = lower(understand(read(spec_of(texts), path))[0])
    files = pieces.compiled(service, _memory(), {})
    for name, code in files.items():
        if name.endswith(".py") and not name.startswith("runtime/"):
            compile(code, name, "exec")
    document = json.loads(files["openapi.json"])
    assert document["info"]["title"] == " ".join(texts)


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_text_that_says_nothing(text: str) -> None:
    """A default or an example may be blank; a description that is none is not there."""
    service = lower(understand(read(field_of(text), Path("spec/hostile.yaml")))[0])
    document = contract_of(service)
    body = document["components"]["schemas"]["ItemCreate"]["properties"]["text"]
    assert (body["default"], body["examples"]) == (text, [text])


def spec_of(texts: list[str]) -> str:
    """Write a spec that has each text in every place where one may stand."""
    whole = quoted(" ".join(texts))
    return "\n".join(
        [
            "spec: 1",
            f"service: {{name: hostile, title: {whole}, version: {whole}, description: {whole}}}",
            "enums:",
            *(f"  Kind{n}: {{a: {quoted(one)}, b: {quoted(one)}}}" for n, one in enumerate(texts)),
            "objects:",
            *(
                f"  Part{n}: {{description: {quoted(one)}, fields: {{text: {field(one)}}}}}"
                for n, one in enumerate(texts)
            ),
            "resources:",
            *(resource(number, quoted(one), field(one)) for number, one in enumerate(texts)),
        ]
    )


def resource(number: int, text: str, field: str) -> str:
    """Write a resource with a text in every place."""
    return f"""
  Item{number}:
    description: {text}
    tag: {text}
    fields:
      text: {field}
      anything: {{type: json, default: {{{text}: [{text}]}}, example: {text}}}
      always: {{type: text, default: {text}, write: never}}
      given: text?
      told: {{type: text, compute: {quoted_literal(text, "coalesce(given, {})")}}}
      part: Part{number}?
      kind: {{type: Kind{number}?, description: {text}}}
    relations:
      former: {{to: Item{number}?, inverse: later, description: {text}}}
      others: {{to: list(Item{number}), inverse: elsewhere, max: 2, description: {text}}}
    rules:
      compared: {quoted_literal(text, "given is null or given != {}")}
      ruled: {{check: kind != 'b', message: {text}}}
    endpoints: [create, list, read, update]"""


def quoted_literal(text: str, expression: str) -> str:
    """Write an expression that has a text, itself written for YAML, as a literal."""
    (value,) = yaml.load(f"[{text}]", yaml.CSafeLoader)
    escaped = value.replace("'", "''")
    return quoted(expression.format(f"'{escaped}'"))


def field(text: str) -> str:
    """Write a field with a text in every place."""
    return f"{{type: text, default: {quoted(text)}, {described(text)}}}"


def field_of(text: str) -> str:
    """Write a spec with one such field, that has no description."""
    written = field(text).replace(f"description: {quoted(text)}, ", "")
    head = "spec: 1\nservice: {name: hostile, version: 1}\n"
    return f"{head}resources: {{Item: {{fields: {{text: {written}}}}}}}"


def described(text: str) -> str:
    """Write the keys that document."""
    return f"description: {quoted(text)}, example: {quoted(text)}"


def quoted(text: str) -> str:
    """Write text in YAML's double quotes."""
    plain = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[^\n]", _escape, plain)


def words(text: str) -> list[str]:
    """Split text at its blanks: a docstring may be laid out otherwise than the spec was."""
    return text.split()


def _escape(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else f"\\U{ord(found[0]):08x}"


@cache
def _memory() -> dict[str, Any]:
    return {}
