"""Entity tags: what the headers mean, and what a session answers to them."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, delete, insert, select, update

from generator.runtime.database import Database
from generator.runtime.etags import is_known, tag_of_bytes, tag_of_version, wanted_versions
from generator.runtime.models import RequestModel
from generator.runtime.problems import Problem
from generator.runtime.reads import Read
from generator.runtime.sessions import Session
from generator.runtime.statements import Create, Delete, Replace, Update
from generator.runtime.wire_types import String
from tests.runtime.shop import (
    CURSORS,
    LIST,
    LIST_OF_WAREHOUSE,
    READ,
    TAG,
    WAREHOUSE,
    CursorParams,
    PageParams,
    ReadParams,
    open_shop,
)
from tests.runtime.shop_tables import (
    product,
    products,
    put,
    tags,
    warehouses,
)

pytestmark = pytest.mark.anyio


class WarehouseBody(RequestModel):
    """What makes or changes a warehouse."""

    city: String | None = None


RAISED: dict[str, Any] = {"version": warehouses.c.version + 1}
OF_KEY = WAREHOUSE.key == bindparam("key")
CREATE = Create(WAREHOUSE, insert(warehouses), made={"version": 1}, location="/w/{key}")
REPLACE = Replace(WAREHOUSE, update(warehouses).where(OF_KEY), made=RAISED)
UPDATE = Update(WAREHOUSE, update(warehouses).where(OF_KEY), made=RAISED)
DELETE = Delete(WAREHOUSE, delete(warehouses).where(OF_KEY))
READ_WAREHOUSE = Read(WAREHOUSE, select(*WAREHOUSE.columns).where(OF_KEY))
DELETE_TAG = Delete(TAG, delete(tags).where(TAG.key == bindparam("key")))


def scope(**headers: str) -> dict[str, Any]:
    """Make the scope of a request with headers."""
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return {
        "type": "http",
        "path": "/w",
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs],
    }


@pytest.mark.parametrize(
    ("header", "versions"),
    [
        ('"1"', {1}),
        ('"1", "20"', {1, 20}),
        (' "1" ,,\t"2", ', {1, 2}),
        ('W/"1"', set()),
        ('W/"1", "2"', {2}),
        ('"other", "01", "-1", "1.0", ""', set()),
        ('"9223372036854775808"', set()),
        ('"9223372036854775807"', {2**63 - 1}),
        ("1", set()),
        ('"1" "2"', set()),
        ('"1', set()),
        ('"1", 2', set()),
        ("", set()),
        ('w/"1"', set()),
        ('*, "1"', set()),
        ('"\u00e9", "3"', {3}),
    ],
)
def test_if_match(header: str, versions: set[int]) -> None:
    """Only strong tags of ours name versions; what is no list of tags names none."""
    assert wanted_versions(scope(if_match=header)) == frozenset(versions)


def test_any_version() -> None:
    """Without the header, or with `*`, any version may be changed."""
    assert wanted_versions(scope()) is None
    assert wanted_versions(scope(if_match=" * ")) is None


def test_several_headers_are_one_list() -> None:
    """A header that is repeated counts as one (RFC 9110, 5.3)."""
    request = {"headers": [(b"if-match", b'"1"'), (b"other", b'"3"'), (b"if-match", b'"2"')]}
    assert wanted_versions(request) == frozenset({1, 2})


@pytest.mark.parametrize("tag", [tag_of_version(7), tag_of_bytes(b"7")])
def test_if_none_match(tag: str) -> None:
    """It compares weakly, takes lists and `*`, and what it cannot read is not there."""
    opposite = tag.removeprefix("W/") if tag.startswith("W/") else f"W/{tag}"
    for header in (tag, opposite, f'"x", {tag}', "*"):
        assert is_known(scope(if_none_match=header), tag)
    for header in ('"8"', tag.strip('W/"'), f"{tag} {tag}", f"{tag[:-1]}", ""):
        assert not is_known(scope(if_none_match=header), tag)
    assert not is_known(scope(), tag)


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_no_header_is_too_much(header: str) -> None:
    """Whatever the header holds, it is read."""
    versions = wanted_versions(scope(if_match=header))
    assert versions is None or all(0 <= version < 2**63 for version in versions)
    assert is_known(scope(if_none_match=header), '"7"') in (True, False)


def test_tags_tell_answers_apart() -> None:
    """Other bytes, or other headers that count, make another tag."""
    made = {
        tag_of_bytes(b"a"),
        tag_of_bytes(b"b"),
        tag_of_bytes(b"a", "1"),
        tag_of_bytes(b"a", "2"),
    }
    assert len(made) == 4
    assert all(tag.startswith('W/"') and len(tag) == 20 for tag in made)


async def refused(call: Awaitable[object]) -> str:
    """Return the code of the problem that a call raises."""
    with pytest.raises(Problem) as problem:
        await call
    return problem.value.code


async def test_tags_follow_the_version(database_url: str) -> None:
    """Create, read, replace and update answer the version that the row then has."""
    async with open_shop(database_url) as database:
        db = Session(database, scope())
        body = WarehouseBody(city="Oslo")
        made = await db.create(CREATE, body)
        assert made.headers["etag"] == '"1"'
        assert (await db.update(UPDATE, 1, body)).headers["etag"] == '"2"'
        assert (await db.replace(REPLACE, 1, body)).headers["etag"] == '"3"'
        read = await db.read(READ_WAREHOUSE, 1)
        assert read.headers["etag"] == '"3"'
        assert json.loads(bytes(read.body))["version"] == 3


async def test_stale_tags_change_nothing(database_url: str) -> None:
    """A stale or malformed tag is 412, an unknown key 404 before it; a fitting one goes through."""
    async with open_shop(database_url) as database:
        await put(database, warehouses, {"city": "Oslo", "version": 5})
        body = WarehouseBody(city="Rome")
        for header in ('"4"', 'W/"5"', "5", '"x"'):
            stale = Session(database, scope(if_match=header))
            assert await refused(stale.update(UPDATE, 1, body)) == "precondition-failed"
            assert await refused(stale.replace(REPLACE, 1, body)) == "precondition-failed"
            assert await refused(stale.delete(DELETE, 1)) == "precondition-failed"
            assert await refused(stale.update(UPDATE, 9, body)) == "unknown-key"
            assert await refused(stale.delete(DELETE, 9)) == "unknown-key"
        fits = Session(database, scope(if_match='"4", "5"'))
        assert (await fits.update(UPDATE, 1, body)).headers["etag"] == '"6"'
        any_version = Session(database, scope(if_match="*"))
        assert (await any_version.replace(REPLACE, 1, body)).headers["etag"] == '"7"'
        assert await refused(any_version.replace(REPLACE, 9, body)) == "unknown-key"
        assert (await any_version.delete(DELETE, 1)).status_code == 204


async def test_rows_without_versions_have_no_tags(database_url: str) -> None:
    """There, the headers mean nothing."""
    async with open_shop(database_url) as database:
        await put(database, tags, {"name": "a"})
        db = Session(database, scope(if_match='"4"', if_none_match="*"))
        assert (await db.delete(DELETE_TAG, "a")).status_code == 204


async def test_what_is_known_is_not_sent_again(database_url: str) -> None:
    """304 has the tag and no body, on reads, lists and lists below a row; a change ends it."""
    async with open_shop(database_url) as database:
        await put(database, warehouses, {"city": "Oslo"})
        await put(database, products, product(), product())
        page = PageParams.model_validate({"page_size": "1"})
        expanded = ReadParams.model_validate({"expand": ["warehouse"]})
        cursor = CursorParams.model_validate({})

        async def answers(database: Database, **headers: str) -> list[Any]:
            db = Session(database, scope(**headers))
            return [
                await db.read(READ, 1),
                await db.read(READ, 1, expanded),
                await db.list(LIST, page),
                await db.list(CURSORS, cursor),
                await db.list_under(LIST_OF_WAREHOUSE, 1, page),
            ]

        first = await answers(database)
        assert [one.status_code for one in first] == [200] * 5
        found = [one.headers["etag"] for one in first]
        assert found[0] == '"1"'
        assert all(tag.startswith('W/"') for tag in found[1:])
        for at, tag in enumerate(found):
            again = (await answers(database, if_none_match=tag))[at]
            assert (again.status_code, again.body, again.headers["etag"]) == (304, b"", tag)
            assert "content-type" not in again.headers
        body = WarehouseBody(city="Rome")
        await Session(database, scope()).update(UPDATE, 1, body)
        changed = (await answers(database, if_none_match=found[1]))[1]
        assert changed.status_code == 200
        # The page stays as it is, but its links and the total say that there are more rows.
        await put(database, products, product())
        assert (await answers(database, if_none_match=found[2]))[2].status_code == 200
