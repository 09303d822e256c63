"""Emits `<resource>/models.py`, what the API reads and writes, and `expanded.py` beside it.

The code is written by datamodel-code-generator (dcg), a call for each resource. dcg takes over a
second to import, so it is imported only where the models are not cached.
"""

from __future__ import annotations

import ast
import functools
import gc
import hashlib
import importlib
import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.emit.model_schemas import (
    LIST,
    aliases,
    base,
    definition,
    hides_list,
    model_code,
    runtime_imports,
)
from generator.emit.template import docstring, header
from generator.ir import Resource, Service
from generator.shapes import Shape
from generator.shapes.resources import expanded_shapes, model_shapes

TEMPLATES = Path(__file__).parents[1] / "templates" / "models"
MANY = 24
"""Fewer resources are done sooner than another process has imported dcg."""
MOST_PROCESSES = 4
Names = dict[str, dict[str, str]]
"""The wire name of every attribute, by model."""


class RenamedError(Exception):
    """A model does not carry the names of the spec: a bug of ours, since none is ever changed."""


def modules(
    resources: Iterable[tuple[Resource, Service]], cache: MutableMapping[str, str]
) -> dict[str, str]:
    """Make the models of resources, those of unchanged schemas from the cache."""
    keys: dict[str, str] = {}
    missing: dict[str, tuple[dict[str, Any], Sequence[Shape]]] = {}
    for resource, service in resources:
        for path, (found, request) in _modules(resource, service):
            key = f"models {_digest(json.dumps(request, sort_keys=True) + _writer())}"
            keys[path] = key
            if key not in cache:
                missing[key] = request, found
    written = _generate_all([request for request, _ in missing.values()])
    for (key, (_, models)), code in zip(missing.items(), written, strict=True):
        _verify(code, models)
        cache[key] = code
    return {path: cache[key] for path, key in keys.items()}


def _modules(
    resource: Resource, service: Service
) -> Iterator[tuple[str, tuple[Sequence[Shape], dict[str, Any]]]]:
    """Yield the path of each module, its shapes, and what dcg is asked for."""
    found = model_shapes(resource, service)
    title = f"{resource.nouns.capitalize()}: what the API reads and writes."
    yield f"{resource.plural}/models.py", (found, _request(found, _about(title, service), {}))
    if found := expanded_shapes(resource, service):
        title = f"{resource.nouns.capitalize()} together with what they refer to."
        imports = _imports(resource, service)
        request = _request(found, _about(title, service), imports)
        yield f"{resource.plural}/expanded.py", (found, request)


def _about(title: str, service: Service) -> str:
    return docstring(f"{title}\n\n{header(service.source)}", indent=0)


def _imports(resource: Resource, service: Service) -> dict[str, str]:
    """Give the modules of the models that expanded rows hold, by name."""
    targets = (service.resource(one.target) for one in resource.expandable)
    found = {one.name: f"..{one.plural}.models" for one in targets}
    return found | {resource.name: ".models"}


def _generate_all(requests: Sequence[dict[str, Any]]) -> Iterable[str]:
    """Call dcg for each, in several processes where there are many."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    if processes == 1 or len(requests) < MANY:
        return [_generate(request) for request in requests]
    # A forked process would share the locks that other threads may hold at the moment.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_settle) as pool:
        return list(pool.map(_generate, requests, chunksize=8))


def _settle() -> None:
    """Keep the garbage collector of a process from looking through all of dcg for each module."""
    importlib.import_module("datamodel_code_generator")
    gc.freeze()


def _request(found: Sequence[Shape], about: str, imported: Mapping[str, str]) -> dict[str, Any]:
    """Put together everything that decides what dcg writes."""
    runtime = runtime_imports(found)
    renamed = f"\n\nfrom builtins import list as {LIST}" if hides_list(found) else ""
    return {
        "schemas": {one.name: definition(one, imported) for one in found},
        "extra_template_data": {one.name: asdict(model_code(one, found)) for one in found},
        "base_class_map": {one.name: f"runtime.{base(one)}" for one in found},
        "aliases": {key: name for one in found for key, name in aliases(one).items()},
        "import_overrides": {**runtime, **imported},
        "additional_imports": [f"runtime.{name}" for name in (*runtime, *imported)],
        "custom_file_header": about + renamed,
    }


def _generate(request: dict[str, Any]) -> str:
    import datamodel_code_generator as dcg
    from datamodel_code_generator.enums import DataModelType

    code = dcg.generate(
        {"$defs": request["schemas"]},
        input_file_type=dcg.InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=dcg.PythonVersion.PY_311,
        target_pydantic_version=dcg.TargetPydanticVersion.V2_14,
        # What may be absent and has no default is MISSING, not None; None is what the schema says.
        use_missing_sentinel=True,
        strict_nullable=True,
        use_annotated=True,
        field_constraints=True,
        field_extra_keys={"max_digits", "decimal_places"},
        # No name of a member is made up, so none can clash.
        enum_field_as_literal=dcg.LiteralType.All,
        skip_root_model=True,
        disable_future_imports=True,
        disable_timestamp=True,
        use_double_quotes=True,
        formatters=[],
        custom_file_header=request["custom_file_header"],
        custom_template_dir=TEMPLATES,
        extra_template_data=request["extra_template_data"],
        base_class_map=request["base_class_map"],
        aliases=request["aliases"],
        import_overrides=request["import_overrides"],
        additional_imports=request["additional_imports"],
    )
    if not isinstance(code, str):
        raise TypeError(f"datamodel-code-generator made {type(code).__name__}, not a module")
    return code


def _verify(code: str, found: Sequence[Shape]) -> None:
    """Refuse code whose models, attributes or aliases are not those of the shapes."""
    wanted: Names = {
        one.name: {member.name: member.wire for member in one.members} for one in found
    }
    written = {
        node.name: dict(_attributes(node))
        for node in ast.parse(code).body
        if isinstance(node, ast.ClassDef)
    }
    if written != wanted:
        raise RenamedError(f"emitted models are {written}, their schemas {wanted}")


def _attributes(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for node in model.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            given = [
                argument.value.value
                for part in (node.annotation, node.value)
                if part is not None
                for call in ast.walk(part)
                if isinstance(call, ast.Call)
                for argument in call.keywords
                if argument.arg == "alias" and isinstance(argument.value, ast.Constant)
            ]
            yield node.target.id, str(given[0]) if given else node.target.id


@functools.cache
def _writer() -> str:
    """Tell what else decides how models are written: the release of dcg, and our template."""
    template = (TEMPLATES / "pydantic_v2" / "BaseModel.jinja2").read_text("utf-8")
    return version("datamodel-code-generator") + template


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
