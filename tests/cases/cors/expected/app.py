"""spec: the application.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
Your own routers, dependencies and middleware go into app/spec.py.
"""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.params import Depends
from starlette.middleware import Middleware

from .items.router import router as items
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

CORS = Cors(
    rules={
        "": CorsRule(
            origins=("https://shop.example", "http://localhost:3000"),
            methods=("GET", "POST"),
            headers=("Content-Type", "X-Request-Id"),
            expose=("Link", "X-Request-Id", "Retry-After"),
            credentials=True,
            max_age=30,
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
        title="spec",
        version="1.0.0",
        lifespan=lifespan(settings, SCHEMA),
        middleware=[*middleware, edge],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.include_routers([items], dependencies)
    app.include_routers(routers, dependencies)
    add_problem_handlers(app)
    add_health(app)
    add_documentation(app, contract=Path(__file__).with_name("openapi.json"))
    add_dispatch(app)
    return app
