"""Names of what relates and restricts: refused with a reason, or carried as they are."""

from __future__ import annotations

import ast
import builtins
import json
import typing
from collections import defaultdict
from pathlib import Path

import fastapi
import pytest
import sqlalchemy.types

from generator.check.together import understand
from generator.diagnostics import SpecError
from generator.emit import queries, routers, rows, tables
from generator.ir import Service
from generator.lower import lower
from generator.reserved_names import SCHEMAS
from generator.source import read
from tests.emitted import contract_text, modules
from tests.test_names import PASCAL, field_candidates

HEAD = "spec: 1\nservice: {name: catalog, version: 1}\n"
ENDPOINTS = "create, replace, update, read, delete, bulk_create, bulk_delete"
POSITIONS = {
    "a relation to one": "{name}: {{to: Other?, inverse: inv_{at}, expand: true}}",
    "a relation to many": "{name}: {{to: list(Other), inverse: inv_{at}, max: 3, members: [add]}}",
    "keys of a relation": "rel_{at}: {{to: list(Other), inverse: inv_{at}, max: 3, ids: {name}}}",
    "an inverse": "rel_{at}: {{to: Other?, inverse: {name}}}",
}
"""How a relation may bear a name."""
REFUSALS = {"reserved-name", "name-clash", "bad-name"}
PARTS = {
    "rules": "{name}: a != '{at}'",
    "unique": "{name}: [a, f{at}]",
    "indexes": "{name}: [a, f{at}]",
}
"""What else has a name that becomes one of SQL."""


def understood(text: str) -> tuple[Service | None, set[str]]:
    """Lower a spec; or say what stands quoted first in each of its problems."""
    try:
        return lower(understand(read(text, Path("spec/catalog.yaml")))[0]), set()
    except SpecError as error:
        found = [one for one in error.diagnostics if one.severity == "error"]
        others = [one for one in found if one.code not in REFUSALS]
        assert not others
        return None, {one.message.split("`")[1] for one in found}


def carried(names: list[str], text: typing.Callable[[list[str]], str]) -> tuple[Service, set[str]]:
    """Leave out the names that are refused, until the rest is a service; return those too."""
    refused: set[str] = set()
    for _ in range(40):
        left = [name for name in names if name not in refused]
        service, wrong = understood(text(left))
        if service is not None:
            return service, refused
        known = wrong & {*left}
        assert known, wrong
        refused |= known
    raise AssertionError("problems have no end")


def emitted(service: Service) -> dict[str, str]:
    """Emit what costs little; every module is Python, and gives each name one meaning."""
    files = modules(service, queries.module, routers.module, rows.module, tables.module)
    for path, code in files.items():
        compile(code, path, "exec")
        twice = {name: of for name, of in bound(code).items() if len(of) > 1}
        assert not twice, f"{path}: {twice}"
    return files | {"openapi.json": contract_text(service)}


def bound(code: str) -> dict[str, set[str]]:
    """Say what each name of a module stands for: what is imported, or a line of its own."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in ast.parse(code).body:
        if isinstance(node, ast.Import):
            for one in node.names:
                found[one.asname or one.name].add(one.name)
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                found[one.asname or one.name].add(f"{node.level}{node.module}.{one.name}")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name].add(str(node.lineno))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found[target.id].add(str(node.lineno))
    return found


@pytest.mark.parametrize("position", POSITIONS)
def test_relations(position: str) -> None:
    """Every name that means something elsewhere, in every position of a relation."""
    form = POSITIONS[position]

    def text(names: list[str]) -> str:
        written = "".join(f"      {form.format(name=n, at=i)}\n" for i, n in enumerate(names))
        item = f"  Item:\n    fields: {{a: string(..9)}}\n    relations:\n{written}"
        other = "  Other: {fields: {a: text}}\n"
        return f"{HEAD}resources:\n{item}    endpoints: [{ENDPOINTS}]\n{other}"

    names = sorted(field_candidates() - {"id"})
    service, refused = carried(names, text)
    assert len(names) - len(refused) > 280
    item = service.resources[0]
    kept = [name for name in names if name not in refused]
    if position == "an inverse":
        assert [one.inverse for one in item.relations] == kept
    elif position == "keys of a relation":
        assert [one.field for one in item.relations] == kept
    else:
        assert [one.name for one in item.relations] == kept
    document = json.loads(emitted(service)["openapi.json"])
    members = document["components"]["schemas"]["Item"]["properties"]
    if position == "a relation to one":
        assert {f"{name}_id" for name in kept} <= members.keys()
    if position == "keys of a relation":
        assert {*kept} <= members.keys()


@pytest.mark.parametrize("part", PARTS)
def test_rules_and_sets(part: str) -> None:
    """Rules, unique sets and indexes may be called anything that is snake_case."""

    def text(names: list[str]) -> str:
        written = "".join(
            f"      {PARTS[part].format(name=n, at=i)}\n" for i, n in enumerate(names)
        )
        fields = "".join(f"      f{i}: string(..9)\n" for i, _ in enumerate(names))
        item = f"  Item:\n    fields:\n      a: string(..9)\n{fields}    {part}:\n{written}"
        return f"{HEAD}resources:\n{item}    endpoints: [{ENDPOINTS}]\n"

    names = sorted(field_candidates())
    service, refused = carried(names, text)
    assert not refused
    emitted(service)


def test_traits() -> None:
    """A trait is seen by nobody but the spec: any name will do, that of a resource too."""
    names = sorted(
        {name for name in {*dir(typing), *dir(builtins), "Item"} if PASCAL.fullmatch(name)}
    )
    traits = "".join(f"  {one}: {{fields: {{f{at}: boolean?}}}}\n" for at, one in enumerate(names))
    item = f"  Item: {{with: [{', '.join(names)}], fields: {{a: text}}}}\n"
    service, wrong = understood(f"{HEAD}traits:\n{traits}resources:\n{item}")
    assert not wrong
    assert service is not None
    assert len(service.resources[0].fields) >= len(names)
    emitted(service)


def test_resources() -> None:
    """Each resource with everything, called like whatever Python or the emitted modules name."""
    names = {*emitted_names(), *dir(fastapi), *dir(sqlalchemy.types), "FAQ", "FAQRows"}
    names = {name for name in names if PASCAL.fullmatch(name)} - SCHEMAS.keys()
    constants = {"LinkedMany", "ListOfKin", "ListOfNearest"}
    for name in constants:
        _, wrong = understood(resources(["Item", name]))
        assert {"Item", "many"} & wrong
    assert understood(resources(["FAQ", "FAQRows"]))[1] == {"FAQRows"}
    assert understood(resources(["FAQ", "Item"]))[0] is not None
    names -= constants
    service, refused = carried(sorted(names), resources)
    assert len(refused) < len(names) / 2
    emitted(service)


def emitted_names() -> set[str]:
    """List what emitted modules of a service with everything bind and import."""
    service, _ = understood(resources(["Thing", "Gadget"]))
    assert service is not None
    found: set[str] = set()
    for path, code in emitted(service).items():
        if path.endswith(".py"):
            found |= bound(code).keys()
    return {"".join(part.title() for part in name.split("_")) for name in found} | found


def resources(names: list[str]) -> str:
    """Write a spec in which each resource relates to the next one, and to itself."""
    written = []
    for at, name in enumerate(names):
        other = names[(at + 1) % len(names)]
        written.append(f"""
  {name}:
    soft_delete: true
    concurrency: etag
    timestamps: true
    fields:
      number: {{type: integer(0..9), index: true}}
      amount: {{type: decimal(4:2), default: "1.00"}}
      title: {{type: string(..9)?, index: true}}
      seen: {{type: datetime = now}}
      token: {{type: uuid = uuid}}
      twice: {{type: "integer", compute: number * 2}}
    relations:
      nearest: {{to: {other}?, inverse: back, expand: true, on_delete: set_null}}
      kin: {{to: {name}?, inverse: kids}}
      many: {{to: list({other}), inverse: back_many, members: [add, remove, list]}}
    rules:
      few: "number < 9 or amount > 0.5 or lower(title) == 'a' or not (number in [1, 2])"
    endpoints:
      create:
      list:
        filter:
          number: [eq, in, ne]
          title: [prefix, contains, is_null]
          nearest.number: [eq]
          many: [any, all, none]
        under: [nearest, kin]
        search: [title]
        page: {{style: {"cursor" if at % 2 else "page"}}}
      read:
      replace:
      update:
      delete:
      bulk_create:
      bulk_delete:""")
    return f"{HEAD}resources:{''.join(written)}\n"
