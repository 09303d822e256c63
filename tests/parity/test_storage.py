"""What stands in the databases, read beside the service: plain values that other tools know."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from tests.parity.twin import EXTREMES
from tests.services import async_client

pytestmark = pytest.mark.anyio

BODY: dict[str, object] = {
    "label": "é\U0010ffff",
    "real": 5e-324,
    "whole": 2**53 - 1,
    "money": "9" * 18,
    "middle": "-0.000000001",
    "fine": "0." + "9" * 18,
    "flag": True,
    "day": "9999-12-31",
    "moment": "9999-12-31T23:59:59.999999Z",
    "opens": "23:59:59.999999",
    "runs": "P1DT0.000001S",
    "ref": "FFFFFFFF-0000-0000-0000-000000000000",
    "extra": {"b": [1.0, 10**30], "a": "\x00"},
    "days": ["0001-01-01"],
}
FIRST = {"day": "0001-01-01", "moment": "0001-01-01T00:00:00Z", "opens": "00:00:00"}
REF = "ffffffff-0000-0000-0000-000000000000"
EXTRA = '{"b":[1.0,1000000000000000000000000000000],"a":"\\u0000"}'
STORED: dict[str, dict[str, object]] = {
    "sqlite": {
        "label": "é\U0010ffff",
        "real": 5e-324,
        "whole": 2**53 - 1,
        "money": 999_999_999_999_999_999,
        "middle": -1,
        "fine": 999_999_999_999_999_999,
        "flag": 1,
        "day": "9999-12-31",
        "moment": "9999-12-31 23:59:59.999999",
        "opens": "23:59:59.999999",
        "runs": 86_400_000_001,
        "ref": REF,
        "extra": EXTRA,
        "days": '["0001-01-01"]',
    },
    "postgresql": {
        "label": "é\U0010ffff",
        "real": "5e-324",
        "whole": "9007199254740991",
        "money": "9" * 18,
        "middle": "-0.000000001",
        "fine": "0." + "9" * 18,
        "flag": "true",
        "day": "9999-12-31",
        "moment": "9999-12-31 23:59:59.999999+00",
        "opens": "23:59:59.999999",
        "runs": "86400000001",
        "ref": REF,
        "extra": EXTRA,
        "days": '["0001-01-01"]',
    },
}
STORED_FIRST: dict[str, dict[str, object]] = {
    "sqlite": {
        "day": "0001-01-01",
        "moment": "0001-01-01 00:00:00.000000",
        "opens": "00:00:00.000000",
    },
    "postgresql": {
        "day": "0001-01-01",
        "moment": "0001-01-01 00:00:00+00",
        "opens": "00:00:00",
    },
}


async def stored(app: FastAPI, columns: list[str], key: int) -> dict[str, object]:
    """Read columns of a row as the database shows them."""
    database = app.state.database
    cast = "::text" if database.dialect == "postgresql" else ""
    shown = ", ".join(f"{column}{cast}" for column in columns)
    rows = await database.read(f"SELECT {shown} FROM extremes WHERE id = {key}", ())
    return dict(zip(columns, rows[0], strict=True))


async def test_values_are_stored_as_what_they_are(database_url: str) -> None:
    """Nothing is stored as an infinity, a rounded number or another spelling of a value."""
    async with async_client(EXTREMES, database_url) as (http, app):
        dialect = app.state.database.dialect
        assert (await http.post("/extremes", json=BODY)).status_code == 201
        assert await stored(app, list(BODY), 1) == STORED[dialect]
        first = {"label": "x", **FIRST}
        assert (await http.post("/extremes", json=first)).status_code == 201
        assert await stored(app, list(FIRST), 2) == STORED_FIRST[dialect]


@pytest.mark.parametrize("name", ["day", "moment"])
async def test_what_others_wrote_is_found(database_url: str, name: str) -> None:
    """A row whose last day SQL wrote is found by it, and clashes as one that the service wrote."""
    async with async_client(EXTREMES, database_url) as (http, app):
        dialect = app.state.database.dialect
        assert (await http.post("/extremes", json={"label": "x"})).status_code == 201
        value = STORED[dialect][name]
        await app.state.database.write(f"UPDATE extremes SET {name} = '{value}'", ())
        for operator in ("", "_ge", "_le", "_in"):
            found = await http.get("/extremes", params={f"{name}{operator}": str(BODY[name])})
            assert [row[name] for row in found.json()] == [BODY[name]]
