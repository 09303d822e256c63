"""The contract that is served, and the page that shows it."""

from __future__ import annotations

import re

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBasic
from openapi_spec_validator import validate
from pydantic import BaseModel
from starlette.testclient import TestClient

from tests.runtime.sample_api import CONTRACT, make_app


class Report(BaseModel):
    """A schema of the team's."""

    name: str


def team_router() -> APIRouter:
    """Make operations of the team's, one of which answers a schema with a name that is taken."""
    router = APIRouter(prefix="/reports", dependencies=[Depends(HTTPBasic())])

    class Product(BaseModel):
        report: Report

    @router.get("/{report_id}", response_model=Product)
    async def read_report(report_id: int) -> None:
        return None

    @router.get("/hidden", include_in_schema=False)
    async def hidden() -> None:
        return None

    return router


def test_the_committed_bytes_are_served() -> None:
    """Where the team has no operation of its own."""
    app = make_app()
    answer = TestClient(app).get("/openapi.json")
    assert answer.content == CONTRACT.read_bytes()
    assert answer.headers["content-type"] == "application/json"
    assert app.openapi() == answer.json()


def test_operations_of_the_team_are_added() -> None:
    """With our problems for 422, and under another name where theirs is taken."""
    app = make_app(routers=[team_router()])
    document = TestClient(app).get("/openapi.json").json()
    assert document == app.openapi()
    assert set(document["paths"]) - {"/reports/{report_id}"} == {
        "/catalog/products",
        "/catalog/products/{product_id}",
        "/catalog/tags/{tag_id}",
    }
    assert set(document["components"]["schemas"]) == {
        "Product",
        "Product_",
        "Report",
        "ValidationProblem",
    }
    assert "HTTPBasic" in document["components"]["securitySchemes"]
    responses = document["paths"]["/reports/{report_id}"]["get"]["responses"]
    ok = responses["200"]["content"]["application/json"]["schema"]
    assert ok == {"$ref": "#/components/schemas/Product_"}
    refused = responses["422"]["content"]["application/problem+json"]["schema"]
    assert refused == {"$ref": "#/components/schemas/ValidationProblem"}
    validate(
        document | {"paths": {"/reports/{report_id}": document["paths"]["/reports/{report_id}"]}}
    )


def test_operations_added_later_are_in_the_contract() -> None:
    """As `app/<name>.py` may do with decorators."""
    app = make_app()
    client = TestClient(app)
    assert "/late" not in client.get("/openapi.json").json()["paths"]

    @app.get("/late")
    def late() -> str:
        return "late"

    assert "/late" in client.get("/openapi.json").json()["paths"]


def test_the_page_needs_no_network() -> None:
    """Everything it loads is served by the service, under its root path."""
    for root in ("", "/api"):
        client = TestClient(make_app(), root_path=root)
        page = client.get("/docs").text
        links = re.findall(r'(?:src|href)="([^"]+)"|url: .([^"\x27]+)', page)
        found = {one or other for one, other in links}
        assert found == {
            f"{root}/docs/swagger-ui-bundle.js",
            f"{root}/docs/swagger-ui.css",
            f"{root}/docs/favicon.png",
            f"{root}/openapi.json",
        }
        assert all(client.get(link).status_code == 200 for link in found)
        assert '"validatorUrl": null' in page
        assert "http://" not in page
        assert "https://" not in page
        assert client.get("/docs/other.js").status_code == 404


def test_the_root_path_is_the_server() -> None:
    """So that the page sends its requests to the right place."""
    document = TestClient(make_app(), root_path="/api").get("/api/openapi.json").json()
    assert document["servers"] == [{"url": "/api"}]
