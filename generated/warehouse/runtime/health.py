"""Two questions of whoever runs the service: is the process alive, and can it do its work?"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .problems import Problem

NOT_STORED = {"Cache-Control": "no-store"}


def add_health(app: FastAPI) -> None:
    """Answer `/livez` and `/readyz`, which are no part of the contract."""
    app.add_route("/livez", answer_alive, methods=["GET"], include_in_schema=False)
    app.add_route("/readyz", answer_ready, methods=["GET"], include_in_schema=False)


async def answer_alive(_request: Request) -> Response:
    """Say that the process answers at all: if it does not, start it anew."""
    return JSONResponse({"status": "ok"}, headers=NOT_STORED)


async def answer_ready(request: Request) -> Response:
    """Say whether the database answers: if it does not, send no requests here."""
    try:
        await request.app.state.database.ping()
    except Problem:
        raise
    except Exception as error:
        detail = "The database cannot be reached."
        raise Problem("database-unavailable", detail, headers={"Retry-After": "1"}) from error
    return JSONResponse({"status": "ok"}, headers=NOT_STORED)
