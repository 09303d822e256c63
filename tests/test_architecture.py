"""Who may import whom, how long a module may be, and what must not stand in code."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"

PARTS = {
    "words": "naming scalars spelling field_types",
    "diagnostics": "diagnostics",
    "source": "source yaml_nodes yaml_syntax scalar_places",
    "spec": "spec spec_endpoints spec_fields spec_resources spec_forms spec_section spec_values "
    "short_form parse traits",
    "patterns": "patterns",
    "expressions": "expressions",
    "check": "check reserved_names",
    "measure": "check.sizes check.rules",
    "ir": "ir ir_fields ir_operations",
    "schemas": "schemas shapes decimal_patterns examples sizes",
    "lower": "lower",
    "emit": "emit",
    "runtime": "runtime",
    "grammar": "runtime.grammar runtime.origins",
    "values": "runtime.canonical runtime.three_valued",
    "tidy": "tidy",
    "write": "write journal exchange folder manifest",
    "compiler": "compiler pieces",
    "reference": "explain explain_resource editor_schema graph reference codes",
    "command": "cli __main__ project outcome piece_cache bugs",
}
"""The parts of the compiler, each with its modules and packages."""

MAY_IMPORT = {
    "words": "",
    "diagnostics": "words",
    "source": "words diagnostics",
    "spec": "words diagnostics source",
    "patterns": "",
    "expressions": "words ir grammar values",
    "check": "words diagnostics source spec patterns schemas grammar measure",
    "measure": "words diagnostics source spec check ir expressions lower schemas",
    "ir": "words",
    "schemas": "words ir patterns grammar",
    "lower": "words spec ir patterns expressions schemas values",
    "emit": "words ir schemas",
    "runtime": "grammar values",
    "grammar": "",
    "values": "",
    "tidy": "",
    "write": "",
    "compiler": "diagnostics source spec check lower ir emit tidy",
    "reference": "words diagnostics spec ir",
    "command": "words diagnostics source spec check lower compiler reference write",
}
"""What a part may import besides itself. Nothing imports the command; emitters know no spec.

How large a body gets is measured where every bound is filled in, so that check alone sees the IR.
The grammar of values and origins is read by the service, the contract and the checks alike; what
values mean, by the service, by literals in expressions and by the examples of the contract. Of the
runtime, the compiler imports these four modules alone, and they need nothing themselves.
"""

RUN_EMITTERS = ("emit/service.py", "compiler.py")
FORBIDDEN_NAMES = {"utils", "util", "base", "core", "common", "helpers", "helper", "manager"}
BROUGHT_ALONG = {"starlette", "pydantic_core", "typing_extensions", "anyio", "greenlet"}
"""What the service's dependencies bring along as a part of their own interface."""


def modules() -> list[Path]:
    """List every module of the generator."""
    return sorted(GENERATOR.rglob("*.py"))


def name_of(path: Path) -> str:
    """Name a module below `generator`: `emit.tables`, `lower`; the package itself is ''."""
    parts = path.relative_to(GENERATOR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """Find the part that a module belongs to."""
    owners = {name: part for part, names in PARTS.items() for name in names.split()}
    found = [name for name in owners if f"{module}.".startswith(f"{name}.")]
    return owners[max(found, key=len)] if found else ""


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a module imports, also within functions, with absolute names."""
    package = ("generator", *path.relative_to(GENERATOR).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*start, *filter(None, [node.module])])
            is_package = (ROOT / origin.replace(".", "/")).is_dir()
            for alias in node.names:
                inner = ROOT / origin.replace(".", "/") / alias.name
                names_module = is_package and (inner.is_dir() or inner.with_suffix(".py").exists())
                yield f"{origin}.{alias.name}" if names_module else origin


def ours(path: Path) -> set[str]:
    """Name the modules of ours that a module imports, below `generator`."""
    found = {name for name in imports(path) if name.split(".")[0] == "generator"}
    return {name.removeprefix("generator").removeprefix(".") for name in found} - {""}


def absolute(path: Path) -> set[str]:
    """Name the packages that a module imports by their absolute name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return {name.split(".", maxsplit=1)[0] for name in found}


def levels(path: Path) -> set[int]:
    """Tell how many folders up the relative imports of a module lead."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return {node.level for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports(path: Path) -> None:
    """A module imports its own part, and what the table gives to its part."""
    part = part_of(name_of(path))
    assert part or name_of(path) == "", f"{name_of(path)} is in none of the PARTS"
    allowed = {part, *MAY_IMPORT.get(part, "").split()}
    wrong = {name for name in ours(path) if part_of(name) not in allowed}
    assert not wrong, f"{name_of(path)} ({part}) may not import {sorted(wrong)}"


@pytest.mark.parametrize("path", sorted((GENERATOR / "emit").glob("*.py")), ids=name_of)
def test_emitters_know_no_other(path: Path) -> None:
    """An emitter imports no other emitter: what two must agree on is a fact of the IR."""
    run = {name for one in RUN_EMITTERS for name in ours(GENERATOR / one)}
    emitters = {name for name in run if name.startswith("emit.")} - {
        "emit.service",
        "emit.template",
    }
    assert len(emitters) > 5
    assert name_of(path) == "emit.service" or not ours(path) & (emitters - {name_of(path)})


def test_the_ir_is_plain() -> None:
    """The IR needs nothing but the standard library and the table of types."""
    outside = {name.split(".")[0] for name in imports(GENERATOR / "ir.py")} - {"generator"}
    plain = {"__future__", "dataclasses", "decimal", "typing", "collections", "functools"}
    assert outside <= plain


@pytest.mark.parametrize("path", sorted((GENERATOR / "runtime").rglob("*.py")), ids=name_of)
def test_the_runtime_stands_alone(path: Path) -> None:
    """The runtime imports itself by relative names, and else only what a service installs."""
    depth = len(path.relative_to(GENERATOR / "runtime").parts)
    assert max(levels(path), default=0) <= depth, "a relative import leads out of the runtime"
    assert absolute(path) <= {*sys.stdlib_module_names, *_service_packages()}


def test_a_service_stands_alone() -> None:
    """What is emitted imports the generator nowhere."""
    emitted = [*(ROOT / "generated").rglob("*.py"), *(ROOT / "app").rglob("*.py")]
    assert not [path for path in emitted if "generator" in absolute(path)]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_sizes(path: Path) -> None:
    """A module is under 300 lines, a function under 40."""
    text = path.read_text()
    assert len(text.splitlines()) < 300
    functions = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = {one.name: one.end_lineno - one.lineno + 1 for one in functions if one.end_lineno}
    assert not {name: lines for name, lines in long.items() if lines >= 40}


def test_names() -> None:
    """No module is called after what does not say what is in it."""
    names = {part for path in modules() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & FORBIDDEN_NAMES


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    """Every module begins with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("folder", ["generator", "generated", "app"])
def test_no_check_is_silenced(folder: str) -> None:
    """Neither `noqa` nor `type: ignore` stands in a comment, nor in a template."""
    silencing = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|ruff:)")
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / folder).rglob("*"))
        for line, comment in _comments(path)
        if silencing.match(comment)
    ]
    assert not found


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    if path.suffix == ".py":
        tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        yield from ((one.start[0], one.string) for one in tokens if one.type == tokenize.COMMENT)
    elif path.suffix == ".jinja":
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield from ((number, f"#{rest}") for rest in line.split("#")[1:])


def _service_packages() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = (re.split(r"[\[<>=]", one)[0] for one in project["dependency-groups"]["service"])
    return {name.replace("-", "_") for name in names} | BROUGHT_ALONG
