"""A service written by hand as the compiler would emit it, over rows in a dictionary.

`make_app()` is its `create_app`: the tests of the HTTP parts of the runtime all talk to it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path as File
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Path, Query, params
from pydantic import MISSING, Field
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.testclient import TestClient

from generator.runtime.answers import Json, NoContent
from generator.runtime.compiled_routes import CompiledRoute
from generator.runtime.cors import Cors, CorsRule
from generator.runtime.dispatch import add_dispatch
from generator.runtime.documentation import add_documentation
from generator.runtime.edge import Edge
from generator.runtime.health import add_health
from generator.runtime.models import QueryModel, RequestModel, ResponseModel
from generator.runtime.problems import Problem, add_problem_handlers, problems
from generator.runtime.wire_types import (
    BooleanParameter,
    IntegerKey,
    IntegerParameter,
    NaturalKey,
    String,
)
from generator.runtime.wire_types import Json as JsonValue

BODY_LIMIT = 1000
CONTRACT = File(__file__).with_name("sample_openapi.json")


class Product(ResponseModel):
    """An answered product."""

    id: int
    sku: str


class ProductCreate(RequestModel):
    """A product to be made."""

    sku: Annotated[String, Field(min_length=3, max_length=500)]
    note: Annotated[String | None, Field(max_length=5)] = None
    extra: JsonValue = 0


class ProductUpdate(RequestModel):
    """What changes of a product."""

    sku: Annotated[String, Field(min_length=3, max_length=20)] | MISSING = MISSING


class ProductListParams(QueryModel):
    """How products are listed."""

    sku: Annotated[String, Field(min_length=1, max_length=20)] | MISSING = MISSING
    sku_in: (
        Annotated[
            list[Annotated[String, Field(min_length=1, max_length=20)]],
            Field(min_length=1, max_length=3),
        ]
        | MISSING
    ) = MISSING
    note_is_null: BooleanParameter | MISSING = MISSING
    sort: list[Literal["sku", "-sku"]] | MISSING = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1


class Session:
    """What stands for the database."""

    def __init__(self, rows: dict[int, str]) -> None:
        self.rows = rows

    def read(self, key: int) -> Json[Product]:
        """Answer one row."""
        if key not in self.rows:
            raise Problem("unknown-key", "There is no product with this id.", resource="product")
        return Json(json.dumps({"id": key, "sku": self.rows[key]}).encode())


async def open_session(request: Request) -> Session:
    """Stand for the dependency of the same name."""
    return Session(request.app.state.rows)


Db = Annotated[Session, Depends(open_session)]
ProductId = Annotated[IntegerKey, Path()]


def make_products() -> APIRouter:
    """Make the router of a resource."""
    router = APIRouter(prefix="/catalog/products", tags=["Products"], route_class=CompiledRoute)

    @router.post(
        "",
        status_code=201,
        response_model=Product,
        responses=problems(406, 409, 413, 414, 415, 422, 500, 503),
        max_body_size=BODY_LIMIT,
    )
    async def create_product(body: ProductCreate, db: Db) -> Json[Product]:
        """Create a product."""
        if body.sku == "defect":
            raise RuntimeError("secret detail")
        key = len(db.rows) + 1
        db.rows[key] = body.sku
        content = json.dumps({"id": key, "sku": body.sku, "extra": body.extra}).encode()
        return Json(content, 201, {"Location": f"/catalog/products/{key}"})

    @router.get("", response_model=list[Product], responses=problems(406, 414, 422))
    async def list_products(
        params: Annotated[ProductListParams, Query()], db: Db
    ) -> Json[list[Product]]:
        """List products."""
        return Json(params.model_dump_json().encode())

    @router.get("/{product_id}", response_model=Product, responses=problems(404, 406, 414, 422))
    async def read_product(product_id: ProductId, db: Db) -> Json[Product]:
        """Read a product."""
        return db.read(product_id)

    @router.patch(
        "/{product_id}",
        response_model=Product,
        responses=problems(404, 406, 409, 413, 414, 415, 422),
        max_body_size=BODY_LIMIT,
    )
    async def update_product(product_id: ProductId, body: ProductUpdate, db: Db) -> Json[Product]:
        """Update a product."""
        return db.read(product_id)

    @router.delete("/{product_id}", status_code=204, responses=problems(404, 414, 422))
    async def delete_product(product_id: ProductId, db: Db) -> NoContent:
        """Delete a product."""
        db.read(product_id)
        del db.rows[product_id]
        return NoContent()

    return router


def make_tags() -> APIRouter:
    """Make the router of a resource with a natural key and its own CORS policy."""
    router = APIRouter(prefix="/catalog/tags", tags=["Tags"], route_class=CompiledRoute)

    @router.get("/{tag_id}", response_model=str, responses=problems(404, 406, 414, 422))
    async def read_tag(tag_id: Annotated[NaturalKey, Path()]) -> Json[str]:
        """Read a tag."""
        return Json(json.dumps(tag_id).encode())

    return router


CORS = Cors(
    rules={
        "": CorsRule(
            origins=("https://admin.internal.corp",),
            methods=("GET", "POST"),
            headers=("Authorization", "Content-Type"),
            expose=("Location",),
            credentials=True,
        ),
        "/catalog/tags": CorsRule(origins=("*",), methods=("GET",)),
    }
)


class SampleDatabase:
    """Answers a ping, or not."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    async def ping(self) -> None:
        """Raise what a test has put in."""
        if self.error is not None:
            raise self.error


@cache
def shared_app() -> FastAPI:
    """Make the plain application once."""
    return make_app()


def fresh_client() -> TestClient:
    """Talk to the plain application, in which there is the product 1."""
    app = shared_app()
    app.state.rows = {1: "first"}
    return TestClient(app)


def make_app(
    *,
    routers: Sequence[APIRouter] = (),
    dependencies: Sequence[params.Depends] = (),
    middleware: Sequence[Middleware] = (),
    cors: Cors = CORS,
) -> FastAPI:
    """Make the application as the emitted `create_app` does."""

    app = FastAPI(
        title="Sample",
        version="1.0.0",
        middleware=[*middleware, Middleware(Edge, cors=cors)],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.rows = {1: "first"}
    app.state.database = SampleDatabase()
    for router in (make_products(), make_tags(), *routers):
        app.include_router(router, dependencies=list(dependencies))
    add_problem_handlers(app)
    add_health(app)
    add_documentation(app, contract=CONTRACT)
    add_dispatch(app)
    return app
