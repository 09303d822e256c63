"""What PostgreSQL itself says of the tables: its catalog is read back, not what we wrote to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from fastapi import FastAPI

from tests.parity.twin import EXTREMES
from tests.services import EVERYTHING, async_client

pytestmark = pytest.mark.anyio

COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       co.collname, a.attidentity, t.typcategory
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_collation co ON co.oid = a.attcollation
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'restwright_schema'
ORDER BY c.relname, a.attnum
"""
INDEXES = """
SELECT i.relname, pg_get_indexdef(x.indexrelid), x.indisunique, x.indisvalid,
       (SELECT array_agg(DISTINCT co.collname::text)
        FROM unnest(x.indcollation::oid[]) AS used(oid) JOIN pg_collation co ON co.oid = used.oid)
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
WHERE i.relnamespace = 'public'::regnamespace
ORDER BY i.relname
"""
CONSTRAINTS = """
SELECT conname, contype::text, pg_get_constraintdef(oid)
FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'c', 'f')
ORDER BY conname
"""

SAMPLE_COLUMNS = {
    "id": ("bigint", True),
    "name": ("character varying(40)", True),
    "code": ("character varying(4)", True),
    "body": ("text", False),
    "level": ("bigint", True),
    "rating": ("double precision", True),
    "amount": ("numeric(10,2)", True),
    "discount": ("numeric(4,3)", False),
    "active": ("boolean", True),
    "day": ("date", False),
    "moment": ("timestamp with time zone", True),
    "opens": ("time without time zone", False),
    "runs": ("bigint", True),
    "token": ("uuid", True),
    "joined": ("date", True),
    "contact": ("character varying(254)", False),
    "homepage": ("character varying(200)", False),
    "extra": ("json", False),
    "tags": ("json", True),
    "scores": ("json", False),
    "colour": ("character varying(5)", True),
    "colours": ("json", True),
    "status": ("character varying(10)", True),
    "address": ("json", False),
    "addresses": ("json", True),
    "password": ("text", True),
    "note": ("character varying(50)", False),
    "origin": ("character varying(20)", True),
    "batch": ("character varying(20)", True),
    "legacy": ("character varying(20)", False),
    "created_at": ("timestamp with time zone", True),
    "updated_at": ("timestamp with time zone", True),
}
SAMPLE_INDEXES = {
    "ix_samples_name": "(name, id)",
    "ix_samples_newest": "(created_at DESC, id DESC)",
    "ix_samples_by_amount": "(amount, name, id)",
    "uq_samples_code": "(lower((code)::text))",
    "uq_samples_token": "(token)",
    "uq_samples_name_per_colour": "(name, colour)",
    "pk_samples": "(id)",
}


async def ask(app: FastAPI, sql: str) -> Sequence[Sequence[Any]]:
    """Read from the server's catalog."""
    rows: Sequence[Sequence[Any]] = await app.state.database.read(sql, ())
    return rows


async def test_every_text_is_compared_by_code_point(fresh_postgres_url: str) -> None:
    """No column or index of text has a collation but C; all else has none."""
    for spec in (EVERYTHING, EXTREMES):
        async with async_client(spec, fresh_postgres_url) as (_, app):
            columns = await ask(app, COLUMNS)
            texts = [row for row in columns if row[6] == b"S"]
            assert len(texts) > 5
            assert {row[4] for row in texts} == {"C"}
            assert {row[4] for row in columns if row not in texts} == {None}
            for name, definition, _, valid, collations in await ask(app, INDEXES):
                assert valid, name
                assert collations in (None, ["C"]), definition
            for (table,) in await ask(
                app, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ):
                await app.state.database.write(f"DROP TABLE {table} CASCADE", ())


async def test_columns(fresh_postgres_url: str) -> None:
    """Each type of the language is stored as the language's page says."""
    async with async_client(EVERYTHING, fresh_postgres_url) as (_, app):
        columns = await ask(app, COLUMNS)
        samples = {row[1]: (row[2], row[3]) for row in columns if row[0] == "samples"}
        assert samples == SAMPLE_COLUMNS
        identities = {(row[0], row[1]) for row in columns if row[5] == b"d"}
        made = {"samples", "shops", "categories", "articles"}
        assert identities == {(table, "id") for table in made}
        assert not [row for row in columns if row[5] == b"a"]
        keys = {row[0]: row[2] for row in columns if row[1] == "id"}
        assert keys == {
            **dict.fromkeys([*made, "tickets", "orders"], "bigint"),
            **dict.fromkeys(["events", "visits", "suppliers", "warranties"], "uuid"),
            **dict.fromkeys(["stock_levels", "order_lines"], "uuid"),
        }


async def test_indexes_and_constraints(fresh_postgres_url: str) -> None:
    """Declared indexes, unique sets and checks are there under their names."""
    async with async_client(EVERYTHING, fresh_postgres_url) as (_, app):
        indexes = {row[0]: row for row in await ask(app, INDEXES)}
        for name, columns in SAMPLE_INDEXES.items():
            assert indexes[name][1].endswith(f"USING btree {columns}")
            assert indexes[name][2] is name.startswith(("uq_", "pk_"))
        declared = {name for name in indexes if name.startswith("ix_samples_")}
        assert len(declared) == 13
        constraints = {row[0]: (row[1], row[2]) for row in await ask(app, CONSTRAINTS)}
        assert constraints["pk_countries"] == ("p", "PRIMARY KEY (code)")
        assert constraints["uq_samples_name_per_colour"] == ("u", "UNIQUE (name, colour)")
        kind, check = constraints["ck_samples_status"]
        assert kind == "c"
        for value in ("draft", "in-transit", "done"):
            assert f"'{value}'" in check


async def test_checks_hold_for_whoever_writes(database_url: str) -> None:
    """A value that is no member of an enum is refused by the database itself."""
    async with async_client(EVERYTHING, database_url) as (http, app):
        body = {"id": 1, "type": "open"}
        assert (await http.post("/v1/tickets", json=body)).status_code == 201
        sample = {
            "name": "n",
            "code": "AA00",
            "level": 0,
            "rating": 0,
            "amount": "1",
            "colour": "red",
            "password": "12345678",
            "batch": "b",
        }
        assert (await http.post("/v1/test-samples", json=sample)).status_code == 201
        for column in ("colour", "status"):
            with pytest.raises(Exception, match=f"ck_samples_{column}"):
                await app.state.database.write(f"UPDATE samples SET {column} = 'x'", ())
