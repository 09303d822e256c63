"""The commands: what they find goes to the standard output, and decides the exit code.

0 fine, 1 problems in a spec or drift, 2 a mistake on the command line, 3 a bug of ours.
A command imports what it needs, so that `check` needs no time for what only `generate` does.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TypeVar

import typer

from generator import exchange, outcome, project
from generator.bugs import bug_report, version
from generator.piece_cache import PieceCache

if TYPE_CHECKING:
    from generator.compiler import CompiledService
    from generator.diagnostics import Diagnostic, SourceText
    from generator.spec import Spec

PROBLEMS, USAGE, BUG = 1, 2, 3

Format = Literal["full", "json", "github"]
Specs = Annotated[
    list[Path] | None,
    typer.Argument(metavar="SPEC", help="Spec files, or folders of them. Without one: spec/."),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="How problems are shown. In a GitHub workflow: github."),
]

T = TypeVar("T")
Found = tuple["SourceText", Sequence["Diagnostic"]]

app = typer.Typer(
    name="restwright",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    # A command is over soon and keeps nearly all that it makes: looking for garbage is in vain.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A source line may hold what the terminal's encoding lacks: it is shown escaped.
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="restwright")
    except project.UsageError as error:
        _fail(USAGE, str(error))
    except OSError as error:
        _fail(PROBLEMS, f"{error.filename or 'the disk'}: {error.strerror or error}")
    except Exception as error:
        if os.environ.get("RESTWRIGHT_DEBUG"):
            raise
        typer.echo(bug_report(error, sys.argv[1:]), err=True)
        sys.exit(BUG)


@app.callback(invoke_without_command=True)
def restwright(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Compile YAML resource specs into FastAPI services."""
    if show_version:
        typer.echo(f"restwright {version()}")
        raise typer.Exit


@app.command()
def check(spec: Specs = None, format: FormatOption = None) -> None:
    """Check specs, and write nothing."""
    _each(project.find_specs(spec or ()), _checked, format, say_so=True)


@app.command()
def generate(
    spec: Specs = None,
    format: FormatOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where something would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="As --check, and show what would change.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that were edited by hand.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write packages here and nothing elsewhere. Else: generated/."),
    ] = None,
) -> None:
    """Compile specs into packages, one folder of generated/ each."""
    started, cache = time.perf_counter(), PieceCache()
    paths = project.find_specs(spec or ())
    services = _each(paths, partial(_compiled, cache=cache), format)
    reading = check or diff
    changes = (project.compare if reading else project.write_all)(services, out, force=force)
    refused = any(plan.conflicts for plan in changes.packages)
    if refused:
        lines = outcome.refusal(changes)
    elif reading:
        lines = outcome.drift(changes, diff=diff)
    else:
        cache.save()
        lines = outcome.written(changes, time.perf_counter() - started)
    typer.echo("\n".join(lines), err=_format(format) == "json")
    if refused or (reading and changes.any):
        raise typer.Exit(PROBLEMS)


@app.command()
def explain(
    subject: Annotated[
        str, typer.Argument(metavar="CODE", help="The code of a problem, or a resource's name.")
    ],
    spec: Specs = None,
) -> None:
    """Show what a problem means, or a resource with all of its defaults filled in."""
    from generator.explain import UnknownCodeError
    from generator.explain import explain as explanation

    try:
        if subject[:1].isupper():
            typer.echo(_resource(subject, project.find_specs(spec or ())), nl=False)
        else:
            typer.echo(explanation(subject), nl=False)
    except UnknownCodeError as error:
        _fail(USAGE, str(error))


@app.command()
def graph(spec: Specs = None) -> None:
    """Print a Mermaid diagram of resources and their relations, for Markdown."""
    from generator.graph import graph as diagram
    from generator.lower import lower

    paths = project.find_specs(spec or ())
    specs = _each(paths, _without_warnings, "full")
    parts = ((path, diagram(lower(one))) for path, one in zip(paths, specs, strict=True))
    typer.echo(_joined(parts, "%%", several=len(paths) > 1), nl=False)


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file.")] = None,
) -> None:
    """Print the JSON Schema of the spec language, for editors."""
    from generator.editor_schema import editor_schema

    if out is None:
        typer.echo(editor_schema(), nl=False)
    else:
        exchange.replace_file(out, editor_schema().encode())


def _each(
    paths: Sequence[Path],
    read_one: Callable[[Path], tuple[T, Found]],
    format: Format | None,
    *,
    say_so: bool = False,
) -> list[T]:
    """Read every spec, show what is wrong with any, and exit where something is."""
    from generator.diagnostics import SpecError
    from generator.yaml_nodes import MissingLibyamlError

    results, found = list[T](), list[Found]()
    for path in paths:
        try:
            result, problems = read_one(path)
            results.append(result)
            found.append(problems)
        except SpecError as error:
            found.append((error.source, error.diagnostics))
        except MissingLibyamlError as error:
            raise project.UsageError(str(error)) from None
    _show(found, format, say_so=say_so)
    return results


def _checked(path: Path) -> tuple[Spec, Found]:
    from generator.check.together import understand
    from generator.source import read

    source = read(path.read_bytes(), path)
    spec, warnings = understand(source)
    return spec, (source, warnings)


def _without_warnings(path: Path) -> tuple[Spec, Found]:
    spec, (source, _) = _checked(path)
    return spec, (source, ())


def _compiled(path: Path, cache: PieceCache) -> tuple[CompiledService, Found]:
    from generator.compiler import compile_spec

    service = compile_spec(path, cache)
    return service, (service.source, service.warnings)


def _resource(name: str, paths: Sequence[Path]) -> str:
    from generator.explain_resource import explain_resource
    from generator.lower import lower
    from generator.spelling import suggest
    from generator.traits import mix

    specs = _each(paths, _without_warnings, "full")
    known = list(dict.fromkeys(one for spec in specs for one in spec.resources))
    if name not in known:
        raise project.UsageError(f"there is no resource `{name}`: {suggest(name, known)}")
    parts = (
        (path, explain_resource(resource, mix(spec, name).spec))
        for path, spec in zip(paths, specs, strict=True)
        for resource in lower(spec).resources
        if resource.name == name
    )
    return _joined(parts, "#", several=len(paths) > 1)


def _joined(parts: Iterable[tuple[Path, str]], comment: str, *, several: bool) -> str:
    """Put the parts of specs below each other; of several, each says which it is of."""
    return "\n".join(
        f"{comment} {path.as_posix()}\n{text}" if several else text for path, text in parts
    )


def _show(found: Sequence[Found], format: Format | None, *, say_so: bool = False) -> None:
    """Show what was found in each spec, and exit where there is an error."""
    from generator.diagnostics import render, wants_colour

    chosen = _format(format)
    colour = wants_colour(sys.stdout.isatty(), os.environ)
    shown = [render(source, diagnostics, chosen, colour) for source, diagnostics in found]
    if chosen == "json":
        answer = [json.loads(one) for one in shown]
        shown = [json.dumps(answer, indent=2) + "\n"]
    elif say_so:
        paths = (source.path.as_posix() for source, _ in found)
        shown = [one or f"{path}: no problems\n" for one, path in zip(shown, paths, strict=True)]
    typer.echo("\n".join(filter(None, shown)), nl=False, color=colour)
    if any(one.severity == "error" for _, diagnostics in found for one in diagnostics):
        raise typer.Exit(PROBLEMS)


def _format(format: Format | None) -> Format:
    if format is not None:
        return format
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def _fail(code: int, message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    sys.exit(code)
