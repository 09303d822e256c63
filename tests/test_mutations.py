"""Specs with one node deleted, doubled or of another shape: a service, or problems with a place.

Every node is deleted, and doubled or reshaped; every type of a field is exchanged for another.
Of the large specs every `STEP`th of these is tried. Every spec that is still one is emitted but for
its models, which take longest; every `STRIDE`th is compiled as a whole, imported and started.
`pytest --thorough` tries every shape with every node, every type with every field, and compiles all
(hours, with the large specs).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from itertools import combinations, islice
from pathlib import Path
from types import ModuleType

import pytest
from openapi_spec_validator import validate

from generator.check.together import understand
from generator.compiler import compile_spec
from generator.diagnostics import SpecError, render
from generator.emit import (
    applications,
    queries,
    routers,
    rows,
    schema,
    settings,
    tables,
)
from generator.ir import Service
from generator.lower import lower
from generator.scalars import Plain, Raw
from generator.source import Source, read
from generator.spec_endpoints import EndpointsSpec
from tests.emitted import contract_text, modules
from tests.services import CATALOG, EVERYTHING, WAREHOUSE

pytestmark = pytest.mark.minutes

SPECS = [CATALOG, EVERYTHING, WAREHOUSE]
PARTS = 4
"""A spec's mutations are so many tests, which may run side by side."""
STEP = 5
"""Of a large spec's mutations, every so many are tried by default. Prime, too."""
STRIDE = 13
"""Of the mutations that are specs, every so many become a service. Prime, so no pattern is met."""
OTHER_SHAPES: tuple[Raw, ...] = (
    None,
    Plain("7"),
    Plain("true"),
    Plain("-1.5"),
    Plain("null"),
    "text in quotes: \u00ef",
    [],
    [Plain("a"), Plain("b")],
    {},
    {"key": Plain("value")},
)
TYPES = [
    Plain(text)
    for text in (
        "string(1..9)",
        "text?",
        "integer(0..9)",
        "number",
        "decimal(6:2)?",
        "boolean",
        "date?",
        "datetime",
        "time",
        "duration",
        "uuid?",
        "email",
        "url?",
        "json?",
        "list(string)",
        "list(decimal(4:1))?",
        "secret(8..)",
        "string = a",
        "integer = 5",
        "datetime = now",
        "uuid = uuid",
    )
]
Change = tuple[str, list[Raw] | None]
"""A key, and what stands under it now; None is what stood there."""


class Importer:
    """Imports one service after the other under the name `mutant`; they share a runtime."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "mutant"

    def start(self, files: dict[str, str]) -> None:
        """Import every module of a service, and make its application."""
        for name in [name for name in sys.modules if _is_mutant(name)]:
            del sys.modules[name]
        for path, text in files.items():
            file = self._folder / path
            if not file.exists() or file.read_text() != text:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        invalidate_caches()
        self._module("runtime.columns").metadata.clear()
        for path in files:
            if path.endswith(".py"):
                self._module(path.removesuffix(".py").replace("/", ".").removesuffix("__init__"))
        chosen = self._module("settings").Settings(_env_file=None, database_url="sqlite://")
        app = self._module("app").create_app(settings=chosen)
        assert app.openapi() == json.loads(files["openapi.json"])

    def _module(self, name: str) -> ModuleType:
        return import_module(f"mutant.{name}".rstrip("."))


@pytest.fixture(scope="module")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    """Give a folder on the path, from which no bytecode is kept: its files change too fast."""
    folder = tmp_path_factory.mktemp("mutants")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.setattr(sys, "dont_write_bytecode", True)
        yield Importer(folder)
    for name in [name for name in sys.modules if name.split(".")[0] == "mutant"]:
        del sys.modules[name]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_no_mutation_of_a_spec_ends_in_a_traceback(
    path: Path, part: int, importer: Importer, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Every outcome is a service that starts and has a valid contract, or problems with a place."""
    thorough = bool(request.config.getoption("--thorough"))
    memory: dict[str, str] = {}
    whole = 0
    step = 1 if thorough or path == CATALOG else STEP
    some = islice(mutations(_read(path).data, thorough=thorough), part * step, None, PARTS * step)
    for text in dict.fromkeys(map(yaml_of, some)):
        service = understood(text, path)
        if service is None:
            continue
        if thorough or whole % STRIDE == 0:
            spec = tmp_path / path.name
            spec.write_text(text)
            files = compile_spec(spec, memory).files
            importer.start(files)
            validate(json.loads(files["openapi.json"]))
        else:
            emitted_but_models(service)
        whole += 1
    assert whole > 0


def test_every_node_is_changed() -> None:
    """The path of each node is met twice, once to delete it and once to change it."""
    for path in SPECS:
        data = _read(path).data
        types = [path for path in paths(data) if is_type(path, data)]
        nodes = list(paths(data))
        assert len(list(mutations(data, thorough=False))) == 2 * len(nodes) + len(types)


def test_any_endpoints_make_a_service() -> None:
    """Whatever a resource offers, alone or together, is a service."""
    kinds = tuple(EndpointsSpec.model_fields)
    assert len(kinds) == 8
    head = "spec: 1\nservice: {name: catalog, version: 1}\n"
    more = "soft_delete: true, concurrency: etag, rules: {short: len(a) < 9}, "
    more += "relations: {over: {to: Item?, inverse: under}}, "
    for size in range(1, len(kinds) + 1):
        for chosen in combinations(kinds, size):
            fields = f"fields: {{a: string}}, {more if 'list' in chosen else ''}endpoints: "
            text = f"{head}resources: {{Item: {{{fields}[{', '.join(chosen)}]}}}}"
            service = understood(text, SPECS[0])
            assert service is not None
            emitted_but_models(service)


def understood(text: str, path: Path) -> Service | None:
    """Lower a spec; where it is none, see that every problem stands in the text."""
    try:
        return lower(understand(read(text, path))[0])
    except SpecError as error:
        lines = text.split("\n")
        assert any(one.severity == "error" for one in error.diagnostics)
        for one in error.diagnostics:
            assert 1 <= one.span.line <= len(lines)
            assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1
        assert render(error.source, error.diagnostics)
        return None


def emitted_but_models(service: Service) -> None:
    """Emit what costs little, and see that it is Python and JSON."""
    files = modules(service, queries.module, routers.module, rows.module, tables.module)
    for emitter in (applications, schema, settings):
        files |= emitter.emit(service)
    for path, text in files.items():
        compile(text, path, "exec")
    json.loads(contract_text(service))


def mutations(data: Raw, *, thorough: bool) -> Iterator[Raw]:
    """Yield the data with each node in turn deleted, and doubled or put in another shape."""
    for number, path in enumerate(paths(data)):
        yield changed(data, path, [])
        if is_type(path, data):
            for text in TYPES if thorough else [TYPES[number % len(TYPES)]]:
                yield changed(data, path, [(path[-1], [text])])
        doubled: list[Change] = [(path[-1], None), (f"{path[-1]}_2", None)]
        if thorough:
            yield changed(data, path, doubled)
            for shape in OTHER_SHAPES:
                yield changed(data, path, [(path[-1], [shape])])
            continue
        # Every shape with every node takes minutes and finds the same: the shapes take turns.
        shape = OTHER_SHAPES[number // 2 % len(OTHER_SHAPES)]
        yield changed(data, path, doubled if number % 2 else [(path[-1], [shape])])


def paths(data: Raw, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every node below the top; the items of a list are numbered."""
    for step, value in entries(data):
        yield (*path, step)
        yield from paths(value, (*path, step))


def is_type(path: tuple[str, ...], data: Raw) -> bool:
    """Tell whether the type of a field stands there, in its short form or its long one."""
    for step in path:
        data = dict(entries(data))[step]
    parents = path[-3:-1] if path[-1] == "type" else path[-2:-1]
    return isinstance(data, str) and parents[:1] == ("fields",)


def entries(data: Raw) -> list[tuple[str, Raw]]:
    """List what a mapping or a list holds."""
    if isinstance(data, dict):
        return list(data.items())
    return [(str(index), item) for index, item in enumerate(data)] if isinstance(data, list) else []


def changed(data: Raw, path: tuple[str, ...], instead: list[Change]) -> Raw:
    """Put entries in the place of one."""
    new: list[tuple[str, Raw]] = []
    for step, value in entries(data):
        if step != path[0]:
            new.append((step, value))
        elif len(path) > 1:
            new.append((step, changed(value, path[1:], instead)))
        else:
            new += [(name, value if one is None else one[0]) for name, one in instead]
    return dict(new) if isinstance(data, dict) else [value for _, value in new]


def yaml_of(data: Raw, indent: str = "") -> str:
    """Write data as a spec file."""
    if isinstance(data, Plain):
        return f" {data}"
    if isinstance(data, str):
        return f" {json.dumps(data)}"
    if not data:
        return "" if data is None else f" {data}"
    marks = [f"{json.dumps(step)}:" if isinstance(data, dict) else "-" for step, _ in entries(data)]
    values = [yaml_of(value, f"{indent}  ") for _, value in entries(data)]
    return "".join(f"\n{indent}{mark}{value}" for mark, value in zip(marks, values, strict=True))


def _read(path: Path) -> Source:
    return read(path.read_bytes(), path)


def _is_mutant(name: str) -> bool:
    return name.startswith("mutant") and not name.startswith("mutant.runtime")
