"""Sessions: what a handler answers through FastAPI, and the connections that it leaves behind."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from generator.runtime.answers import Json, NoContent
from generator.runtime.lifespan import lifespan
from generator.runtime.problems import add_problem_handlers
from generator.runtime.sessions import Db
from tests.lent import until_back_elsewhere
from tests.runtime.sample import (
    CREATE,
    DELETE,
    READ,
    SCHEMA,
    Product,
    ProductCreate,
    Settings,
)


def application(url: str) -> FastAPI:
    """Make a service by hand."""
    app = FastAPI(lifespan=lifespan(Settings(database_url=url), SCHEMA))
    add_problem_handlers(app)

    @app.post("/catalog/products", status_code=201, response_model=Product)
    async def create_product(body: ProductCreate, db: Db) -> Json[Product]:
        return await db.create(CREATE, body)

    @app.get("/catalog/products/{product_id}", response_model=Product)
    async def read_product(product_id: int, db: Db) -> Json[Product]:
        return await db.read(READ, product_id)

    @app.delete("/catalog/products/{product_id}", status_code=204)
    async def delete_product(product_id: int, db: Db) -> NoContent:
        return await db.delete(DELETE, product_id)

    @app.get("/fail/{product_id}")
    async def fail(product_id: int, db: Db) -> None:
        await db.read(READ, product_id)
        raise ZeroDivisionError

    return app


def test_handlers_speak_to_the_database(database_url: str) -> None:
    """A row is created, read, refused a second time, and deleted."""
    app = application(database_url)
    with TestClient(app, raise_server_exceptions=False) as client:
        body = {"sku": "A", "title": "T"}
        created = client.post("/catalog/products", json=body)
        assert created.status_code == 201
        read = client.get(created.headers["location"])
        assert read.json() == created.json()
        taken = client.post("/catalog/products", json=body)
        assert taken.status_code == 409
        assert taken.json() | {"instance": ""} == {
            "type": "/problems/unique-taken",
            "title": taken.json()["title"],
            "status": 409,
            "detail": "Another product has this sku.",
            "instance": "",
            "constraint": "sku",
            "fields": ["sku"],
            "key": 1,
        }
        assert client.get("/fail/1").status_code == 500
        until_back_elsewhere(app.state.database)
        assert client.delete("/catalog/products/1").status_code == 204
        gone = client.get("/catalog/products/1")
        assert gone.status_code == 404
        assert gone.json()["resource"] == "product"
        assert gone.json()["detail"] == "There is no product with this id."


def test_rows_survive_a_restart(tmp_path: Path) -> None:
    """Another application on the same file reads what the first one wrote."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with TestClient(application(url)) as client:
        client.post("/catalog/products", json={"sku": "A", "title": "T"})
    with TestClient(application(url)) as client:
        assert client.get("/catalog/products/1").json()["sku"] == "A"
