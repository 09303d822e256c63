"""What tests of outages say: how a catalog is asked, and what an outage is answered with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from tests.lent import until_back
from tests.services import CATALOG, async_client

PATH = "/catalog/products"


@asynccontextmanager
async def catalog(
    url: str, **settings: object
) -> AsyncIterator[tuple[httpx2.AsyncClient, FastAPI]]:
    """Run the catalog in this event loop."""
    async with async_client(CATALOG, url, settings=settings) as both:
        yield both


def product(sku: str) -> dict[str, object]:
    """Make the body of a create."""
    return {"sku": sku, "title": "T", "unit_price": 1}


def assert_unavailable(response: httpx2.Response) -> None:
    """Check an answer that says to come again."""
    assert response.status_code == 503, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Retry-After"] == "1"
    assert response.json()["type"] == "/problems/database-unavailable"


async def assert_out(http: httpx2.AsyncClient) -> None:
    """Check every operation while the database is away."""
    for method, path in (
        ("GET", PATH),
        ("GET", f"{PATH}/1"),
        ("DELETE", f"{PATH}/1"),
        ("GET", "/readyz"),
    ):
        assert_unavailable(await http.request(method, path))
    assert_unavailable(await http.post(PATH, json=product("OUT")))
    assert (await http.get("/livez")).status_code == 200
    assert (await http.get(f"{PATH}/0")).status_code == 422


async def assert_back(http: httpx2.AsyncClient, app: FastAPI, sku: str) -> None:
    """Check that the very next requests are answered, and that no connection is lost."""
    assert (await http.get("/readyz")).status_code == 200
    created = await http.post(PATH, json=product(sku))
    assert created.status_code == 201, created.text
    assert (await http.get(created.headers["Location"])).json() == created.json()
    await until_back(app.state.database)
