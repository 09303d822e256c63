"""What FastAPI does with a request between the route and the handler, in one pass.

The order is FastAPI's: the body is read, dependencies are called, then path, query and body are
validated together. Every answer equals the one of `PlainRoute`; a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import SchemaValidator, ValidationError
from starlette.types import Receive, Scope

from .admission import admit
from .headers import read_headers
from .json_reader import read_json
from .query import read_query
from .requests import BODY, ApiRequest, read_again, read_body
from .routes import NoParameters, Operation
from .sessions import open_session, session_of
from .signatures import Dependency, QueryNames, Signature

Handler = Callable[..., Coroutine[Any, Any, object]]
Arguments = dict[str, object]
Errors = list[Any]
"""Errors as FastAPI lists them: dictionaries whose `loc` begins with where the value stood."""

MISSING_BODY = {"type": "missing", "loc": ("body",), "msg": "Field required", "input": None}


class CompiledOperation:
    """An operation whose handler takes what a `Signature` says."""

    def __init__(self, operation: Operation, handler: Handler, signature: Signature) -> None:
        self.operation = operation
        self._handler = handler
        self._dependencies = tuple(signature.dependencies.items())
        self._session = self._dependencies[0][0] if _is_session(self._dependencies) else None
        self._path = tuple((name, read, ("path", name)) for name, read in signature.path.items())
        names = signature.query[1] if signature.query else QueryNames(NoParameters, {})
        self._query_name = signature.query and signature.query[0]
        self._repeatable = names.repeatable
        self._validate_query = _validator(names.model).validate_python
        self._body_name = signature.body and signature.body[0]
        model = signature.body[1] if signature.body else NoParameters
        self._validate_body = _validator(model).validate_python

    async def answer(
        self, scope: Scope, receive: Receive, path_params: Mapping[str, str]
    ) -> object:
        """Return what the handler returns.

        Raises what the handler and its dependencies raise, the `Problem` of a request that the
        operation cannot take, and FastAPI's `RequestValidationError`.
        """
        admit(self.operation, scope)
        value: object = None
        data = b""
        if self._body_name is not None:
            scope[BODY] = None  # Nobody can begin anew with what is read in part.
            data = scope[BODY] = await read_body(receive, self.operation.body_limit)
            value = _read_value(scope, data)
        arguments: Arguments = {}
        if self._session is not None:
            arguments[self._session] = session_of(scope)
        elif self._dependencies:
            await self._call(scope, read_again(scope, receive), arguments)
        errors: Errors = []
        self._read(scope["query_string"], path_params, arguments, errors)
        if self._body_name is not None:
            self._read_body(value, arguments, errors)
        if errors:
            raise RequestValidationError(errors, body=None if value is _NOTHING else value)
        return await self._handler(**arguments)

    async def _call(self, scope: Scope, receive: Receive, arguments: Arguments) -> None:
        """Call the dependencies with the request that FastAPI would give them."""
        known = self.operation
        request = ApiRequest(scope, receive, known.parameters, body_is_model=known.body_is_model)
        for name, call in self._dependencies:
            arguments[name] = await call(request)

    def _read(
        self, query: bytes, path_params: Mapping[str, str], arguments: Arguments, errors: Errors
    ) -> None:
        """Put in what stands in the path and in the query."""
        if self._query_name is None and query:
            # FastAPI solves it as a dependency, and those come first.
            self._read_query(query, arguments, errors)
        for name, read, location in self._path:
            try:
                arguments[name] = read(path_params[name])
            except ValidationError as error:
                errors += _located(error, location)
        if self._query_name is not None:
            self._read_query(query, arguments, errors)

    def _read_query(self, query: bytes, arguments: Arguments, errors: Errors) -> None:
        found = read_query(query, self._repeatable) if query else {}
        try:
            params = self._validate_query(found)
        except ValidationError as error:
            errors += _located(error, ("query",))
        else:
            if self._query_name is not None:
                arguments[self._query_name] = params

    def _read_body(self, value: object, arguments: Arguments, errors: Errors) -> None:
        assert self._body_name is not None
        if value is _NOTHING:
            errors.append(MISSING_BODY)
            return
        try:
            arguments[self._body_name] = self._validate_body(value, from_attributes=True)
        except ValidationError as error:
            errors += _located(error, ("body",))


_NOTHING = object()
"""Stands for a body of no bytes."""


def _read_value(scope: Scope, data: bytes) -> object:
    """Read the body's JSON, as far as it is said to be JSON."""
    if not data:
        return _NOTHING
    return read_json(data) if b"content-type" in read_headers(scope) else data


def _is_session(dependencies: Sequence[tuple[str, Dependency]]) -> bool:
    """Tell whether the only dependency is the session, for which no request has to be made."""
    return [call for _, call in dependencies] == [open_session]


def _validator(model: type[BaseModel]) -> SchemaValidator:
    validator = model.__pydantic_validator__
    if not isinstance(validator, SchemaValidator):
        raise TypeError(f"{model.__name__} is not complete")
    return validator


def _located(error: ValidationError, location: tuple[str, ...]) -> Errors:
    return [{**one, "loc": location + one["loc"]} for one in error.errors(include_url=False)]
