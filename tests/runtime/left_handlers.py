"""Handlers of the kinds of signature that the compiled route leaves to FastAPI."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from functools import wraps
from typing import Annotated, Any

from fastapi import (
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    Header,
    Path,
    Query,
    Response,
    Security,
)
from fastapi import Request as Asked
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from pydantic import BaseModel
from starlette.requests import HTTPConnection, Request

from generator.runtime.answers import Json
from tests.runtime.handlers import (
    Item,
    Key,
    Open,
    Params,
    T,
    calls,
    shown,
    token,
)


class OpenParams(BaseModel):
    """A query of the team's."""

    page: int = 1


def sync_token(request: Request) -> str:
    """Read it in a thread."""
    return request.headers.get("token", "")


async def yielded(request: Request) -> AsyncIterator[str]:
    """Open and close."""
    calls.append("open")
    yield "it"
    calls.append("close")


async def inner(request: Request, found: Annotated[str, Depends(token)]) -> str:
    """Depend on something itself."""
    return found


def decorated(call: Callable[..., Coroutine[Any, Any, T]]) -> Callable[..., Coroutine[Any, Any, T]]:
    """Stand around a handler, as the team's decorators do."""

    @wraps(call)
    async def around(*args: object, **kwargs: object) -> T:
        calls.append("around")
        return await call(*args, **kwargs)

    return around


class Caller:
    """A dependency that is an object."""

    async def __call__(self, request: Request) -> str:
        """Read it."""
        return request.headers.get("token", "")


async def one_dependency_twice(
    one: Annotated[str, Depends(token)], two: Annotated[str, Depends(token)]
) -> Json[Any]:
    """FastAPI calls it once."""
    return shown(one=one, two=two)


@decorated
async def around(key: Key) -> Json[Any]:
    """Be called by a decorator."""
    return shown(key=key)


FIRST_PAGE = Params()


async def no_answer(key: Key) -> dict[str, int]:
    """Leave the answer to FastAPI."""
    return {"key": key}


def in_a_thread(key: Key) -> Json[Any]:
    """Be no coroutine function."""
    return shown(key=key)


async def default(key: Key, params: Annotated[Params, Query()] = FIRST_PAGE) -> Json[Any]:
    """Have a default."""
    return shown(key=key, params=params)


async def optional_body(key: Key, body: Item | None = None) -> Json[Any]:
    """Take a body or none."""
    return shown(key=key, body=body)


async def union_body(body: Item | Open) -> Json[Any]:
    """Take one of two."""
    return shown(body=body)


async def marked_body(body: Annotated[Item, Body()]) -> Json[Any]:
    """Say that it is the body."""
    return shown(body=body)


async def embedded_body(body: Annotated[Item, Body(embed=True)]) -> Json[Any]:
    """Take it below its name."""
    return shown(body=body)


async def two_bodies(one: Item, two: Open) -> Json[Any]:
    """Take both below their names."""
    return shown(one=one, two=two)


async def plain_body(body: Annotated[list[int], Body()]) -> Json[Any]:
    """Take what is no model."""
    return shown(body=body)


async def plain_path(key: int) -> Json[Any]:
    """Say nothing of where it stands."""
    return shown(key=key)


async def renamed_path(number: Annotated[int, Path(alias="key")]) -> Json[Any]:
    """Call it otherwise."""
    return shown(key=number)


async def plain_query(key: Key, page: int = 1) -> Json[Any]:
    """Take a parameter that is in no model."""
    return shown(key=key, page=page)


async def open_query(params: Annotated[OpenParams, Query()]) -> Json[Any]:
    """Take a model that is not closed."""
    return shown(params=params)


async def header(key: Key, token: Annotated[str, Header()] = "") -> Json[Any]:
    """Take a header."""
    return shown(key=key, token=token)


async def cookie(key: Key, token: Annotated[str, Cookie()] = "") -> Json[Any]:
    """Take a cookie."""
    return shown(key=key, token=token)


async def request_itself(request: Asked) -> Json[Any]:
    """Take the request."""
    return shown(path=request.url.path, params=dict(request.path_params))


async def connection_itself(connection: HTTPConnection) -> Json[Any]:
    """Take what is below it."""
    return shown(path=connection.url.path)


async def response_itself(response: Response) -> Json[Any]:
    """Take the response that is to be."""
    response.headers["X-B"] = "b"
    return shown()


async def background(key: Key, tasks: BackgroundTasks) -> Json[Any]:
    """Do something after the answer."""
    tasks.add_task(calls.append, "background")
    return shown(key=key)


async def of_a_thread(found: Annotated[str, Depends(sync_token)]) -> Json[Any]:
    """Depend on what is no coroutine."""
    return shown(found=found)


async def of_a_yield(found: Annotated[str, Depends(yielded)], key: Key) -> Json[Any]:
    """Depend on what is closed after the answer."""
    calls.append("handler")
    return shown(found=found, key=key)


async def of_a_tree(found: Annotated[str, Depends(inner)]) -> Json[Any]:
    """Depend on what depends."""
    return shown(found=found)


async def of_an_object(found: Annotated[str, Depends(Caller())]) -> Json[Any]:
    """Depend on an object."""
    return shown(found=found)


async def not_cached(
    one: Annotated[str, Depends(token, use_cache=False)],
    two: Annotated[str, Depends(token, use_cache=False)],
) -> Json[Any]:
    """Call it twice."""
    return shown(one=one, two=two)


async def secured(
    found: Annotated[HTTPAuthorizationCredentials, Security(HTTPBearer())],
) -> Json[Any]:
    """Ask who it is."""
    return shown(scheme=found.scheme)


async def scoped(scopes: SecurityScopes) -> Json[Any]:
    """Ask for the scopes."""
    return shown(scopes=scopes.scopes)


LEFT = [
    one_dependency_twice,
    around,
    no_answer,
    in_a_thread,
    default,
    optional_body,
    union_body,
    marked_body,
    embedded_body,
    two_bodies,
    plain_body,
    plain_path,
    renamed_path,
    plain_query,
    open_query,
    header,
    cookie,
    request_itself,
    connection_itself,
    response_itself,
    background,
    of_a_thread,
    of_a_yield,
    of_a_tree,
    of_an_object,
    not_cached,
    secured,
    scoped,
]
