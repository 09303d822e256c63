"""The route class of emitted routers: an operation that is put together once, when it is declared.

Whatever a `CompiledOperation` does not know (a dependency of the team's, an override, telemetry) is
answered by FastAPI, as `PlainRoute` has it: with the same bytes. FastAPI's own view of a route, its
dependants and validators, is made when somebody first looks at it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Unpack

from starlette.routing import get_name

from .answers import NoContent
from .compiled_operations import CompiledOperation
from .routes import NoParameters, Operation, PlainRoute, RouteOptions
from .signatures import Signature, read_signature


class CompiledRoute(PlainRoute):
    """A route that is answered without FastAPI wherever that makes no difference."""

    compiled: CompiledOperation | None

    def __init__(
        self, path: str, endpoint: Callable[..., Any], **options: Unpack[RouteOptions]
    ) -> None:
        self._arguments = (path, endpoint, options)
        self.compiled = None
        own_handler = type(self).get_route_handler is not PlainRoute.get_route_handler
        lenient = options.get("strict_content_type") is False
        if not (own_handler or lenient or options.get("dependencies")):
            signature = read_signature(endpoint, path)
            if signature is not None:
                self.compiled = _compile(endpoint, signature, options)
        if self.compiled is None or not _is_sure(endpoint, options):
            self._complete()
        else:
            self._name(path, endpoint, options)

    def __getattr__(self, name: str) -> object:
        """Make what FastAPI knows of a route, when it is asked for what is not there yet."""
        if name.startswith("__") or "_arguments" not in vars(self):
            raise AttributeError(name)
        self._complete()
        return getattr(self, name)

    def _complete(self) -> None:
        path, endpoint, options = vars(self).pop("_arguments")
        super().__init__(path, endpoint, **options)

    def _name(self, path: str, endpoint: Callable[..., Any], options: RouteOptions) -> None:
        """Set what everybody asks for who walks over routes."""
        self.path = self.path_format = path
        self.endpoint = endpoint
        self.name = options.get("name") or get_name(endpoint)
        self.methods = {method.upper() for method in options.get("methods") or ["GET"]}
        self.include_in_schema = options.get("include_in_schema", True)


def _is_sure(endpoint: Callable[..., Any], options: RouteOptions) -> bool:
    """Tell whether FastAPI, too, is content with what is declared; else it has to say so now."""
    answer = getattr(endpoint, "__annotations__", {}).get("return")
    return "response_model" in options or answer is NoContent


def _compile(
    endpoint: Callable[..., Any], signature: Signature, options: RouteOptions
) -> CompiledOperation:
    names = signature.query and signature.query[1]
    operation = Operation(
        answers_body=options.get("status_code") not in (204, 304),
        reads_body=signature.body is not None,
        body_is_model=signature.body is not None,
        body_limit=options.get("max_body_size"),
        query_limit=(names.model if names else NoParameters).__longest_query__,
        dependant=None,
        parameters=frozenset(names.repeatable if names else ()),
    )
    return CompiledOperation(operation, endpoint, signature)
