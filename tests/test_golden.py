"""Golden cases: what a feature of the language makes, `tests/cases/<feature>/`.

`spec.yaml` has the feature and little else. `expected/` has the emitted files in which it shows, or
the parts of them: of a module the definitions that are named there, of the contract the values
under the JSON pointers that are its keys. To hold another part, name it (`class Item: ...`,
`{"/components/schemas/Item": null}`) and run `make golden`; it writes no file that is not there.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.compiler import CompiledService, compile_spec
from generator.manifest import MANIFEST, read_manifest
from generator.piece_cache import FOLDER, PieceCache

ROOT = Path(__file__).parent.parent
SPECS = sorted(ROOT.glob("spec/*.yaml"))
CASES = sorted(ROOT.glob("tests/cases/*/spec.yaml"))


@pytest.mark.parametrize("spec", CASES, ids=lambda spec: spec.parent.name)
def test_a_feature_is_emitted_as_expected(spec: Path, request: pytest.FixtureRequest) -> None:
    """Every part that is held is what the compiler makes now."""
    emitted = compiled(spec).files
    folder = spec.parent / "expected"
    held = sorted(path for path in folder.rglob("*") if path.is_file())
    assert held
    for expected in held:
        path = expected.relative_to(folder).as_posix()
        now = part(emitted[path], expected.read_text(encoding="utf-8"), path)
        if request.config.getoption("--update"):
            expected.write_text(now, encoding="utf-8")
        assert now == expected.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_the_committed_service_is_what_its_spec_compiles_to(spec: Path) -> None:
    """Nobody has edited `generated/`, and nobody has changed a spec without `make generate`."""
    service = compiled(spec)
    folder = ROOT / "generated" / service.name
    committed = {path: (folder / path).read_text("utf-8") for path in manifest(folder)}
    assert committed == service.files
    assert (ROOT / "app" / f"{service.name}.py").exists()


def test_every_committed_service_has_a_spec() -> None:
    """A package whose spec is gone is gone."""
    packages = {path.parent.name for path in ROOT.glob(f"generated/*/{MANIFEST}")}
    assert packages == {spec.stem for spec in SPECS}


def test_every_case_has_a_spec() -> None:
    """A folder without one would be passed over."""
    folders = [path for path in (ROOT / "tests/cases").iterdir() if path.is_dir()]
    assert sorted(folders) == [spec.parent for spec in CASES]


def compiled(spec: Path) -> CompiledService:
    """Compile a spec, with the pieces that earlier runs remember."""
    memory = PieceCache(ROOT / FOLDER)
    service = compile_spec(spec, memory)
    memory.save()
    return service


def manifest(folder: Path) -> list[str]:
    """List what the compiler owns in a folder."""
    return sorted(read_manifest((folder / MANIFEST).read_text("utf-8")))


def part(emitted: str, expected: str, path: str) -> str:
    """Take what is held of a file: the whole, or the parts that are named."""
    if path.endswith(".json"):
        return _values(json.loads(emitted), json.loads(expected))
    return emitted if expected.startswith('"""') else _definitions(emitted, expected)


def _values(document: object, held: dict[str, object]) -> str:
    found = {pointer: _value(document, pointer) for pointer in held}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _value(document: object, pointer: str) -> object:
    for step in pointer.split("/")[1:]:
        assert isinstance(document, dict), pointer
        document = document[step.replace("~1", "/").replace("~0", "~")]
    return document


def _definitions(emitted: str, expected: str) -> str:
    names = [_name(node) for node in ast.parse(expected).body]
    found = {_name(node): text for node, text in _statements(emitted)}
    missing = set(names) - set(found)
    assert not missing, f"nothing emitted is called {missing}: {sorted(map(str, found))}"
    return "\n\n".join(text for name, text in found.items() if name in names) + "\n"


def _statements(code: str) -> Iterator[tuple[ast.stmt, str]]:
    lines = code.split("\n")
    for node in ast.parse(code).body:
        decorators = node.decorator_list if isinstance(node, ast.AsyncFunctionDef) else []
        first = min([node.lineno, *(one.lineno for one in decorators)])
        yield node, "\n".join(lines[first - 1 : node.end_lineno])


def _name(node: ast.stmt) -> str:
    """Tell what a statement defines; a bare call is known by its first argument."""
    match node:
        case ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.FunctionDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.Expr(value=ast.Call(args=[ast.Constant(value=value), *_])):
            return str(value)
    return ast.unparse(node)
