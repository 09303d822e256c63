"""Handlers of the kinds of signature that the compiled route takes, and what they are made of."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar, cast

from fastapi import (
    BackgroundTasks,
    Depends,
    HTTPException,
    Path,
    Query,
    Response,
)
from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from generator.runtime.answers import Json, NoContent
from generator.runtime.models import QueryModel, RequestModel
from generator.runtime.wire_types import IntegerKey, IntegerParameter

T = TypeVar("T")


class Item(RequestModel):
    """A closed body."""

    name: str
    size: Annotated[int, Field(ge=0)] = 1


class Open(BaseModel):
    """A body of the team's: open, with names of its own and a check."""

    model_config = ConfigDict(populate_by_name=True)

    first: Annotated[str, Field(alias="firstName")]
    inner: Item | None = None

    @field_validator("first")
    @classmethod
    def not_x(cls, value: str) -> str:
        """Refuse one."""
        if value == "x":
            raise ValueError("no x")
        return value


class Many(RootModel[list[int]]):
    """A body that is a list."""


class Page(BaseModel, Generic[T]):
    """A body of any type."""

    items: list[T]


class Params(QueryModel):
    """A closed query."""

    page: Annotated[IntegerParameter, Field(ge=1)] = 1
    tags: Annotated[list[str], Field(max_length=2)] = []


class Colour(Enum):
    """A path of words."""

    RED = "red"
    BLUE = "blue"


Key = Annotated[IntegerKey, Path()]
calls: list[str] = []


def shown(**values: object) -> Json[Any]:
    """Answer what a handler was given."""
    return Json(json.dumps({name: repr(value) for name, value in values.items()}).encode())


async def token(request: Request) -> str:
    """Read a header, as a dependency of the request alone may."""
    calls.append("token")
    found = request.headers.get("token", "")
    if found == "no":
        raise HTTPException(403, "No.", {"X-Reason": "token"})
    return found


async def other_token(request: Request) -> str:
    """Read another."""
    calls.append("other")
    return request.headers.get("other", "")


async def body_read(request: Request) -> str:
    """Read the whole body, as one that checks a signature does."""
    told = (await request.body(), type(await request.json()).__name__, request.query_params)
    return repr(told)


class Stamped(Json[Any]):
    """An answer of the team's."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say one thing more."""
        self.headers["X-Stamp"] = "yes"
        await super().__call__(scope, receive, send)


async def nothing() -> Json[Any]:
    """Take nothing."""
    return shown()


async def no_content() -> NoContent:
    """Answer nothing."""
    return NoContent()


async def by_key(key: Key) -> Json[Any]:
    """Take a key."""
    return shown(key=key)


async def all_of_it(
    key: Key, body: Item, params: Annotated[Params, Query()], found: Annotated[str, Depends(token)]
) -> Json[Any]:
    """Take one of everything that is known."""
    return shown(key=key, body=body, params=params, found=found)


async def two_dependencies(
    one: Annotated[str, Depends(other_token)], two: Annotated[str, Depends(token)], key: Key
) -> Json[Any]:
    """Call both, in this order, before anything is refused."""
    return shown(one=one, two=two, key=key)


async def body_beside(
    found: Annotated[str, Depends(body_read)], body: Many, params: Annotated[Params, Query()]
) -> Json[Any]:
    """Take a body that a dependency has read too."""
    return shown(found=found, body=body, params=params)


async def body_of_a_dependency(
    found: Annotated[str, Depends(body_read)], key: Key, db: Annotated[str, Depends(token)]
) -> Json[Any]:
    """Leave the body to a dependency."""
    return shown(found=found, key=key, db=db)


async def open_body(body: Open) -> Json[Any]:
    """Take an open body."""
    return shown(body=body)


async def list_body(body: Many) -> Json[Any]:
    """Take a list."""
    return shown(body=body)


async def generic_body(body: Page[int]) -> Json[Any]:
    """Take a page."""
    return shown(body=body)


async def path_of_range(key: Annotated[int, Path(ge=5)]) -> Json[Any]:
    """Take what the mark restricts."""
    return shown(key=key)


async def path_of_field(key: Annotated[int, Field(le=5), Path()]) -> Json[Any]:
    """Take what a field restricts."""
    return shown(key=key)


async def path_of_words(key: Annotated[Colour, Path(description="A colour.")]) -> Json[Any]:
    """Take a word."""
    return shown(key=key)


async def headers_of_its_own(key: Key) -> Json[Any]:
    """Answer with headers that others add to."""
    return Json(b"{}", 202, {"Vary": "Accept", "Content-Type": "text/x", "X-A": "b"})


async def vary_alone(key: Key) -> NoContent:
    """Answer with as many headers as an answer has by itself."""
    return NoContent({"Vary": "Accept", "X-A": "b"})


async def of_a_class_of_its_own(key: Key) -> Json[Any]:
    """Answer with a class that sends itself otherwise."""
    return Stamped(b"{}")


async def without_a_length(key: Key) -> Json[Any]:
    """Take a header away, and set another."""
    answer: Json[Any] = shown(key=key)
    del answer.headers["content-length"]
    answer.headers["vary"] = "Accept"
    return answer


async def in_the_background(key: Key) -> Json[Any]:
    """Do something after the answer."""
    answer: Json[Any] = shown(key=key)
    tasks = BackgroundTasks()
    tasks.add_task(calls.append, "background")
    answer.background = tasks
    return answer


async def something_else(key: Key) -> Json[Any]:
    """Answer, whatever is said, with a response of another class."""
    answer = Response("text", 203, {"X-A": "b"}, "text/plain")
    answer.set_cookie("a", "b")
    return cast(Json[Any], answer)


async def raises(key: Key) -> Json[Any]:
    """Raise what the application answers."""
    raise HTTPException(418, {"a": key}, {"X-A": "b"})


TAKEN = [
    nothing,
    no_content,
    by_key,
    all_of_it,
    two_dependencies,
    body_beside,
    body_of_a_dependency,
    open_body,
    list_body,
    generic_body,
    path_of_range,
    path_of_field,
    path_of_words,
    headers_of_its_own,
    vary_alone,
    of_a_class_of_its_own,
    without_a_length,
    in_the_background,
    something_else,
    raises,
]
