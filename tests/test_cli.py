"""The commands: what they print, what they write, and the exit code that scripts go by."""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from types import ModuleType

import pytest

from generator import cli
from generator.check.together import understand
from generator.diagnostics import Diagnostic, Span, SpecError, Unread
from generator.lower import lower
from generator.parse import parse
from generator.source import read

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Result:
    """What a command left."""

    code: int
    out: str
    err: str


Command = Callable[..., Result]
EXPLAINED = [*sorted(ROOT.glob("spec/*.yaml")), *sorted(ROOT.glob("tests/specs/*.yaml"))]

NATURAL = """
spec: 1
service: {name: catalog, version: 1.0.0}
resources:
  Product:
    key: sku
    fields: {sku: string(3..20), title: string}
"""
DRAWN = """
spec: 1
service: {name: catalog, version: 1.0.0}
resources:
  Style:
    key: code
    fields: {code: string(2..10), name: string(..80)}
  Product:
    unique: {name_per_style: [style, name]}
    fields: {name: string(..80), pk: {type: string(8), unique: true}, price: number}
    relations:
      style: {to: Style, inverse: products}
      parent: {to: Product?, inverse: parts}
      label: {to: Label?, inverse: product, unique: true}
      tags: {to: list(Tag), inverse: products}
  Label:
    key: uuid
    fields: {text: string(..80)}
  Tag:
    fields: {word: {type: string(..20), unique: ignore_case}}
"""
DIAGRAM = """\
erDiagram
    "Style" {
        string code PK
    }
    "Product" {
        integer id PK
        string name UK "name_per_style"
        string *pk UK
        string style_id FK, UK "name_per_style"
        uuid label_id FK, UK
    }
    "Label" {
        uuid id PK
    }
    "Tag" {
        integer id PK
        string word UK
    }
    "Style" ||--o{ "Product" : "products / style"
    "Product" |o--o{ "Product" : "parts / parent"
    "Label" |o--o| "Product" : "product / label"
    "Tag" }o--o{ "Product" : "products / tags"
"""


@dataclass(frozen=True)
class Service:
    """What the stand-in for the compiler makes of a spec."""

    name: str
    files: dict[str, str]
    application: str
    source: Unread
    warnings: tuple[Diagnostic, ...]


def compile_spec(path: Path, cache: MutableMapping[str, str]) -> Service:
    """Stand in for the compiler: a line of the spec is a file, with what is said of it."""
    source = Unread(path, path.read_text())
    cache["model"] = source.text
    if "crash" in source.text:
        raise RuntimeError("no such thing\nas a crash")
    problem = Diagnostic(code="bad-word", message="bad", span=Span(1, 1, 4))
    if "bad" in source.text:
        raise SpecError(source, [problem])
    files = {line.split(":")[0]: line + "\n" for line in source.text.splitlines()}
    warned = Diagnostic(code="odd-word", message="odd", span=Span(1, 1, 4), severity="warning")
    warnings = (warned,) if "odd" in source.text else ()
    return Service(path.stem, files, f"# app of {path.stem}\n", source, warnings)


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    """Turn the garbage collector on again, which a command turns off for its process."""
    yield
    gc.enable()


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Give a project in an empty folder with one spec, and a way to run commands in it."""
    for module, function in {
        "compiler": compile_spec,
        "editor_schema": lambda: '{"title": "spec"}\n',
    }.items():
        stand_in = ModuleType(f"generator.{module}")
        setattr(stand_in, function.__name__.replace("<lambda>", module), function)
        monkeypatch.setitem(sys.modules, f"generator.{module}", stand_in)
    for name in ("GITHUB_ACTIONS", "FORCE_COLOR", "RESTWRIGHT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    write("spec/catalog.yaml", "app.py: 1\nproducts/table.py: 1")

    def command(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["restwright", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out, err = capsys.readouterr()
        return Result(int(caught.value.code or 0), out, err)

    return command


def write(path: str, text: str) -> None:
    """Write a file of the project."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def tree() -> dict[str, str]:
    """Read every file of the project but the lock of `generated/`."""
    paths = (path for path in Path().rglob("*") if path.is_file() and path.name != ".lock")
    return {path.as_posix(): path.read_text() for path in paths}


def test_generate(run: Command) -> None:
    """A first run writes the package, the application and the editor's schema, and says so."""
    result = run("generate")
    last = result.out.splitlines()[-1]
    assert result.code == 0
    assert last.startswith("catalog: 2 files created, 0 updated, 0 removed, 0 unchanged in ")
    assert last.endswith(" ms")
    found = tree()
    assert found["generated/catalog/products/table.py"] == "products/table.py: 1\n"
    assert found["app/catalog.py"] == "# app of catalog\n"
    assert found["spec/.schema/spec-1.schema.json"] == '{"title": "spec"}\n'


def test_generate_again(run: Command) -> None:
    """A second run changes what changed, in one line; the application is the team's."""
    run("generate")
    write("app/catalog.py", "ours\n")
    write("spec/catalog.yaml", "app.py: 1\nproducts/table.py: 2\nstores/table.py: 1")
    result = run("generate")
    assert result.out.startswith("catalog: 1 file created, 1 updated, 0 removed, 1 unchanged in ")
    assert result.out.count("\n") == 1
    assert tree()["app/catalog.py"] == "ours\n"


def test_wrong_spec_changes_nothing(run: Command) -> None:
    """One wrong spec among several: exit 1, its problem, and no file is written for any."""
    write("spec/stores.yaml", "bad")
    before = tree()
    result = run("generate")
    assert (result.code, tree()) == (1, before)
    assert "spec/stores.yaml:1:1: error: bad [bad-word]" in result.out


def test_several_specs(run: Command) -> None:
    """Each spec is a service, and has its line."""
    write("spec/stores.yaml", "app.py: 2")
    lines = run("generate").out.splitlines()
    assert [line.split(":")[0] for line in lines[-2:]] == ["catalog", "stores"]
    assert run("generate", "spec/stores.yaml").out.startswith("stores: 0 files created")


def test_orphans(run: Command) -> None:
    """A package whose spec is gone is pointed out and left alone."""
    run("generate")
    Path("spec/catalog.yaml").rename("spec/stores.yaml")
    first, last = run("generate", "spec/stores.yaml").out.splitlines()[-2:]
    assert first.startswith("note: generated/catalog/ has no spec")
    assert last.startswith("stores: ")
    assert "generated/catalog/app.py" in tree()


def test_warnings(run: Command) -> None:
    """A warning is shown and stops nothing."""
    write("spec/catalog.yaml", "odd.py: 1")
    result = run("generate")
    assert result.code == 0
    assert "spec/catalog.yaml:1:1: warning: odd [odd-word]" in result.out


def test_check_for_drift(run: Command) -> None:
    """`--check` names what would change and exits 1, or exits 0; it writes nothing."""
    run("generate")
    assert run("generate", "--check") == Result(0, "catalog: 2 files, all up to date\n", "")
    write("spec/catalog.yaml", "app.py: 2\nstores/table.py: 1")
    before = tree()
    result = run("generate", "--check")
    assert (result.code, tree()) == (1, before)
    assert result.out.splitlines() == [
        "generated/catalog/stores/table.py: would be created",
        "generated/catalog/app.py: would be updated",
        "generated/catalog/products/table.py: would be removed",
        "catalog: 3 files out of date; run `restwright generate`",
    ]


@pytest.mark.parametrize("path", ["app/catalog.py", "spec/.schema/spec-1.schema.json"])
def test_check_minds_every_file(run: Command, path: str) -> None:
    """A missing application or editor's schema is drift too."""
    run("generate")
    Path(path).unlink()
    result = run("generate", "--check")
    assert (result.code, result.out.splitlines()[0]) == (1, f"{path}: would be written")


def test_diff(run: Command) -> None:
    """`--diff` shows what would change as a unified diff, and writes nothing."""
    run("generate")
    write("spec/catalog.yaml", "app.py: 2\nproducts/table.py: 1")
    result = run("generate", "--diff")
    assert result.code == 1
    assert "--- generated/catalog/app.py\n" in result.out
    assert "-app.py: 1\n+app.py: 2\n" in result.out
    assert tree()["generated/catalog/app.py"] == "app.py: 1\n"


def test_hand_edit(run: Command) -> None:
    """An edited file is refused with its diff and exit 1, unless `--force` is given."""
    run("generate")
    write("generated/catalog/app.py", "by hand\n")
    for arguments in (["generate"], ["generate", "--check"]):
        result = run(*arguments)
        assert result.code == 1
        assert "-app.py: 1\n+by hand\n" in result.out
        assert "error: generated/catalog/app.py: edited by hand" in result.out
    assert tree()["generated/catalog/app.py"] == "by hand\n"
    assert run("generate", "--force").code == 0
    assert tree()["generated/catalog/app.py"] == "app.py: 1\n"


def test_out(run: Command) -> None:
    """With `--out` the packages go there, and nothing is written anywhere else."""
    assert run("generate", "--out", "elsewhere").code == 0
    new = {path.split("/")[0] for path in tree()}
    assert new == {"elsewhere", "spec", ".restwright-cache"}
    assert "spec/.schema/spec-1.schema.json" not in tree()


def test_full_disk(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full is a sentence and exit 1."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "generated/.catalog.new/app.py")

    monkeypatch.setattr("generator.exchange.write_file", fail)
    result = run("generate")
    assert result.code == 1
    assert result.err == "Error: generated/.catalog.new/app.py: No space left on device\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["genrate"], "Did you mean 'generate'?"),
        (["generate", "--chek"], "--check"),
        (["generate", "--format", "xml"], "xml"),
        (["generate", "spec/catalgo.yaml"], "Did you mean spec/catalog.yaml?"),
        (["generate", "catalog.yaml"], "Did you mean spec/catalog.yaml?"),
        (["check", "nowhere"], "there is no file nowhere"),
        (["generate", "other", "spec"], "would be one service, `catalog`"),
        (["explain", "duplicate-kye"], "duplicate-key"),
        (["explain"], "Missing argument"),
    ],
)
def test_usage(run: Command, arguments: list[str], told: str) -> None:
    """A mistake on the command line is exit 2, and says what was probably meant."""
    write("other/catalog.yaml", "app.py: 1")
    before = tree()
    result = run(*arguments)
    assert (result.code, result.out, tree()) == (2, "", before)
    assert told in result.err


def test_no_spec(run: Command) -> None:
    """A folder without specs is a mistake of usage too."""
    Path("spec/catalog.yaml").unlink()
    assert run("generate").code == 2


def test_bug(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours is exit 3 and a text for an issue; the traceback comes on request."""
    write("spec/catalog.yaml", "crash")
    before = tree()
    result = run("generate", "spec")
    assert (result.code, result.out, tree()) == (3, "", before)
    assert "bug of restwright" in result.err
    assert "command: restwright generate spec" in result.err
    assert "RuntimeError: no such thing\n  as a crash" in result.err
    assert "in generate\n" in result.err
    assert "Traceback" not in result.err
    monkeypatch.setenv("RESTWRIGHT_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["restwright", "generate"])
    with pytest.raises(RuntimeError):
        cli.main()


def test_formats(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems come as text, as one JSON array of files, or as GitHub's workflow commands."""
    write("spec/stores.yaml", "bad")
    answer = json.loads(run("generate", "--format", "json").out)
    assert [one["file"] for one in answer] == ["spec/catalog.yaml", "spec/stores.yaml"]
    assert answer[1]["problems"][0]["code"] == "bad-word"
    assert run("generate", "--format", "github").out.startswith("::error file=spec/stores.yaml,")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("generate").out.startswith("::error file=spec/stores.yaml,")
    assert run("generate", "--format", "full").out.startswith("spec/stores.yaml:1:1: error")


def test_json_alone(run: Command) -> None:
    """With `--format json` the standard output is JSON and nothing else."""
    result = run("generate", "--format", "json")
    assert [one["file"] for one in json.loads(result.out)] == ["spec/catalog.yaml"]
    assert "catalog: 2 files created" in result.err


def test_colour(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe has no colour unless FORCE_COLOR asks for it; NO_COLOR has the last word."""
    write("spec/catalog.yaml", "bad")
    assert "\x1b" not in run("generate").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run("generate").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("generate").out


def test_explain(run: Command) -> None:
    """`explain` shows a bad and a good example."""
    result = run("explain", "duplicate-key")
    assert result.code == 0
    assert "Wrong:" in result.out
    assert "Right:" in result.out


@pytest.mark.parametrize("spec", EXPLAINED, ids=lambda spec: spec.stem)
def test_explain_resource(run: Command, spec: Path) -> None:
    """A resource with its defaults filled in is a spec again, of the very same resource."""
    text = spec.read_text()
    service = lower(parse(read(text.encode(), spec)))
    for resource in service.resources:
        explained = run("explain", resource.name, str(spec))
        assert explained.code == 0
        written = re.compile(rf"(?ms)^  {resource.name}:\n.*?(?=^ ? ?[^ \n]|\Z)")
        before, after = written.split(text)
        replaced = before + indent(explained.out, "  ") + after
        assert lower(understand(read(replaced.encode(), spec))[0]) == service


def test_explain_natural_key(run: Command) -> None:
    """Of the field of a natural key nothing is printed that the key decides."""
    write("spec/catalog.yaml", NATURAL)
    explained = run("explain", "Product").out
    write("spec/catalog.yaml", NATURAL.split("  Product", maxsplit=1)[0] + indent(explained, "  "))
    assert run("check").out == "spec/catalog.yaml: no problems\n"
    assert "write" not in explained.split("sku:")[1].split("\n")[0]


def test_explain_and_graph_of_several_specs(run: Command) -> None:
    """Each part says which spec it is of, and a name that both have is listed once."""
    write("spec/catalog.yaml", NATURAL)
    write("spec/stores.yaml", NATURAL.replace("catalog", "stores"))
    explained = run("explain", "Product").out
    assert re.findall("(?m)^#.*$", explained) == ["# spec/catalog.yaml", "# spec/stores.yaml"]
    drawn = run("graph").out
    assert re.findall("(?m)^%%.*$", drawn) == ["%% spec/catalog.yaml", "%% spec/stores.yaml"]
    assert drawn.count("erDiagram") == 2
    assert run("explain", "Xyz").err.count("Product") == 1


def test_explain_unknown_resource(run: Command) -> None:
    """A resource that no spec has is a mistake of usage, with the one that was probably meant."""
    result = run("explain", "Prodct", str(ROOT / "spec/catalog.yaml"))
    assert (result.code, result.out) == (2, "")
    assert "did you mean `Product`?" in result.err


def test_graph(run: Command) -> None:
    """`graph` draws what tells rows apart, and every relation with the names of both sides."""
    write("spec/catalog.yaml", DRAWN)
    assert run("graph", "spec/catalog.yaml") == Result(0, DIAGRAM, "")


def test_graph_of_a_wrong_spec(run: Command) -> None:
    """Of a spec with a mistake the mistake is shown, and nothing is drawn."""
    write("spec/catalog.yaml", DRAWN.replace("to: Style", "to: Stile"))
    result = run("graph")
    assert result.code == 1
    assert "[unknown-resource]" in result.out
    assert "erDiagram" not in result.out


def test_schema(run: Command) -> None:
    """`schema` prints the editor's schema, or writes it to a file."""
    assert run("schema").out == '{"title": "spec"}\n'
    assert run("schema", "--out", "a/schema.json").code == 0
    assert tree()["a/schema.json"] == '{"title": "spec"}\n'


def test_help(run: Command) -> None:
    """The command alone prints its commands."""
    shown = run().out + run().err
    for command in ("check", "generate", "explain", "graph", "schema"):
        assert command in shown
    assert run("--version").out.startswith("restwright ")


def test_cache(run: Command) -> None:
    """What emitting costs is remembered in a folder of its own; a spoilt memory is no memory."""
    from generator.piece_cache import PieceCache

    run("generate")
    assert PieceCache()["model"].startswith("app.py: 1")
    (file,) = Path(".restwright-cache").iterdir()
    file.write_text(file.read_text() + "spoilt")
    assert "model" not in PieceCache()


def test_check_starts_soon() -> None:
    """`check` imports neither FastAPI, SQLAlchemy nor the model generator."""
    program = (
        "import sys\nfrom generator import cli\nsys.argv = ['restwright', 'check']\n"
        "try:\n    cli.main()\nexcept SystemExit as error:\n    assert not error.code, error.code\n"
        "heavy = {'fastapi', 'starlette', 'sqlalchemy', 'datamodel_code_generator', 'jinja2'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("spec/catalog.yaml: ")


@pytest.mark.parametrize("form", ["full", "json", "github"])
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_terminals_that_lack_characters(tmp_path: Path, encoding: str, form: str) -> None:
    """A source line that the terminal cannot show is shown escaped; JSON stays JSON."""
    spec = tmp_path / "catalog.yaml"
    spec.write_text('spec: 1\nservice: {title: "caf\u00e9 \U0001f600", versio: 1}\n', "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "generator", "check", str(spec), "--format", form],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, b"")
    assert b"unknown-key" in run.stdout
    if form == "json":
        assert json.loads(run.stdout)
