"""Warehouse API: the application.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
Your own routers, dependencies and middleware go into app/warehouse.py.
"""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.params import Depends
from starlette.middleware import Middleware

from .categories.router import router as categories
from .customers.router import router as customers
from .products.router import router as products
from .purchase_order_lines.router import router as purchase_order_lines
from .purchase_orders.router import router as purchase_orders
from .runtime.cors import Cors, CorsRule
from .runtime.dispatch import add_dispatch
from .runtime.documentation import add_documentation
from .runtime.edge import Edge
from .runtime.health import add_health
from .runtime.lifespan import lifespan
from .runtime.problems import add_problem_handlers
from .runtime.service import Service
from .runtime.settings import read_settings
from .schema import SCHEMA
from .settings import Settings
from .stock_levels.router import router as stock_levels
from .suppliers.router import router as suppliers
from .tags.router import router as tags
from .warehouses.router import router as warehouses

CORS = Cors(
    rules={
        "": CorsRule(
            origins=("https://backoffice.example.com",),
            methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
            headers=("Content-Type", "If-Match", "If-None-Match", "X-Request-Id"),
            expose=("ETag", "Location", "Link", "X-Total-Count", "X-Request-Id", "Retry-After"),
            credentials=False,
            max_age=600,
        ),
    }
)


def create_app(
    *,
    routers: Sequence[APIRouter] = (),
    dependencies: Sequence[Depends] = (),
    middleware: Sequence[Middleware] = (),
    settings: Settings | None = None,
) -> FastAPI:
    """Make the application, with the team's own routers, dependencies and middleware."""
    settings = settings or read_settings(Settings)
    edge = Middleware(Edge, cors=CORS.with_origins(settings.cors_origins))
    app = Service(
        title="Warehouse API",
        version="1.0.0",
        lifespan=lifespan(settings, SCHEMA),
        middleware=[*middleware, edge],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.include_routers(
        [
            warehouses,
            suppliers,
            categories,
            tags,
            products,
            stock_levels,
            purchase_orders,
            purchase_order_lines,
            customers,
        ],
        dependencies,
    )
    app.include_routers(routers, dependencies)
    add_problem_handlers(app)
    add_health(app)
    add_documentation(app, contract=Path(__file__).with_name("openapi.json"))
    add_dispatch(app)
    return app
