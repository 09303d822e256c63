"""The signature of a handler, read once: where each of its arguments comes from.

FastAPI reads the same signature for its own way. A signature with anything in it that emitted
handlers do not have is left to FastAPI: `read_signature` then returns None.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from inspect import CO_VARARGS, CO_VARKEYWORDS, get_annotations, iscoroutinefunction
from types import FunctionType, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from fastapi import params
from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaValidator
from starlette.requests import Request

from .answers import Json, NoContent
from .models import QueryModel
from .paths import PARAMETER
from .wire_types import IntegerKey

SIMPLE_KEY = re.compile(r"[1-9][0-9]{0,14}").fullmatch

Dependency = Callable[[Request], Awaitable[object]]
"""A coroutine function that asks for the request and nothing else."""


Read = Callable[[str], object]
"""Reads a parameter of a path; raises `ValidationError`."""


@dataclass(frozen=True, slots=True)
class QueryNames:
    """The names of a query's parameters on the wire, each with whether it may come repeatedly."""

    model: type[QueryModel]
    repeatable: dict[str, bool]


@dataclass(slots=True)
class Signature:
    """The arguments of a handler by their source, each in the handler's order."""

    path: dict[str, Read]
    dependencies: dict[str, Dependency]
    query: tuple[str, QueryNames] | None = None
    body: tuple[str, type[BaseModel]] | None = None


def read_signature(endpoint: Callable[..., object], path: str) -> Signature | None:
    """Read a coroutine function that answers requests to a path; None where FastAPI has to."""
    annotations = _annotations(endpoint)
    if annotations is None or not _is_answer(annotations.pop("return", None)):
        return None
    in_path = set(PARAMETER.findall(path))
    signature = Signature({}, {})
    for name, annotation in annotations.items():
        if not _take(signature, name, annotation, in_path):
            return None
    return signature if signature.path.keys() == in_path else None


def _annotations(call: Callable[..., object]) -> dict[str, Any] | None:
    """Return what a coroutine function says of its arguments, and of what it returns.

    None where it says less than that of one of them: then FastAPI has rules of its own.
    """
    if not isinstance(call, FunctionType) or not iscoroutinefunction(call):
        return None
    code, known = call.__code__, call.__annotations__
    names = code.co_varnames[: code.co_argcount]
    variable = code.co_flags & (CO_VARARGS | CO_VARKEYWORDS) or code.co_kwonlyargcount
    if variable or call.__defaults__ or hasattr(call, "__wrapped__"):
        return None
    if any(isinstance(one, str) for one in known.values()):
        try:
            known = get_annotations(call, eval_str=True)
        except Exception:
            return None  # What is imported for type checkers alone, say.
    return dict(known) if known.keys() - {"return"} == set(names) else None


def _is_answer(annotation: object) -> bool:
    """Tell whether a handler returns an answer that FastAPI would send as it is."""
    return (get_origin(annotation) or annotation) in (Json, NoContent)


def _take(signature: Signature, name: str, annotation: object, in_path: set[str]) -> bool:
    """Find out where an argument comes from; return whether that is known."""
    kind, mark = annotation, None
    if get_origin(annotation) is Annotated:
        kind = get_args(annotation)[0]
        mark = get_args(annotation)[-1]
    if isinstance(mark, params.Path):
        return _take_path(signature, name, annotation, mark, in_path)
    if type(mark) is params.Query and signature.query is None:
        return _take_query(signature, name, kind, mark)
    if type(mark) is params.Depends:
        call = mark.dependency
        again = call in signature.dependencies.values()  # FastAPI calls it once for both.
        if call is None or again or mark != params.Depends(call) or not asks_for_request(call):
            return False
        signature.dependencies[name] = call
        return True
    if mark is not None or signature.body is not None or name in in_path:
        return False
    return _take_body(signature, name, kind)


def _take_path(
    signature: Signature, name: str, annotation: object, mark: params.Path, in_path: set[str]
) -> bool:
    if name not in in_path or mark.alias or mark.validation_alias:
        return False
    kind, *marks = get_args(annotation)[:-1]
    if mark.metadata or not marks:
        signature.path[name] = _made(annotation).validate_python
        return True
    try:
        # What several operations have in common is made once.
        signature.path[name] = _reader(Annotated[(kind, *marks)])
    except TypeError:  # A mark of the team's that has no hash, say.
        signature.path[name] = _made(annotation).validate_python
    return True


def _take_body(signature: Signature, name: str, kind: object) -> bool:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return False
    signature.body = name, kind
    return True


def _take_query(signature: Signature, name: str, kind: object, mark: params.Query) -> bool:
    if not (isinstance(kind, type) and issubclass(kind, QueryModel)):
        return False
    if (
        mark.metadata
        or mark.alias
        or mark.default_factory
        or kind.model_config.get("extra") != "forbid"
    ):
        return False
    repeatable: dict[str, bool] = {}
    for field, info in kind.model_fields.items():
        alias = info.validation_alias or info.alias or field
        if not isinstance(alias, str):
            return False
        repeatable[alias] = _is_list(info.annotation)
    signature.query = name, QueryNames(kind, repeatable)
    return True


@cache
def asks_for_request(call: Callable[..., Any]) -> bool:
    """Tell whether a dependency is a coroutine function of the request alone."""
    annotations = _annotations(call)
    if annotations is None:
        return False
    annotations.pop("return", None)
    return list(annotations.values()) == [Request]


@cache
def _reader(annotation: object) -> Read:
    validate: Read = _made(annotation).validate_python
    if annotation != IntegerKey:
        return validate
    # Nearly all keys are as simple as this, and the validator calls back twice.
    return lambda text: int(text) if SIMPLE_KEY(text) else validate(text)


def _made(annotation: object) -> SchemaValidator:
    adapter: TypeAdapter[Any] = TypeAdapter(cast(Any, annotation))
    if not isinstance(adapter.validator, SchemaValidator):
        raise TypeError(f"{annotation} is not complete")
    return adapter.validator


def _is_list(annotation: object) -> bool:
    if get_origin(annotation) in (Union, UnionType):
        return any(_is_list(one) for one in get_args(annotation))
    if get_origin(annotation) is Annotated:
        return _is_list(get_args(annotation)[0])
    return get_origin(annotation) is list
