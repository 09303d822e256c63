"""Hostile inputs to relations, bulk operations and entity tags: the language's status, no damage.

There are the shops 1 and 2, the categories 1 and 2, the articles 1 and 2 and some tags. The third
category and the third article are deleted.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services import EVERYTHING, Server, served

from . import bulks, entity_tags, relations
from .cases import Case
from .damage import check_log
from .relations import article
from .test_hostile import check_answer, check_error
from .wire import exchange

TAGS = ("sale", "new", "old", "cold", "hot")
CASES = [*relations.CASES, *bulks.CASES, *entity_tags.CASES]
LISTS = ("articles", "shops", "categories", "tags", "orders", "warranties", "suppliers")


@pytest.fixture(scope="module")
def everything(module_database_url: str) -> Iterator[Server]:
    """Serve what relates; look for damage at the end."""
    with served(EVERYTHING, module_database_url) as server:
        stock(server)
        yield server
        read_every_list(server)
        check_log(server)


def stock(server: Server) -> None:
    """Put in what the table asks for."""
    with server.client() as http:

        def make(path: str, **body: object) -> None:
            assert http.post(f"/v1/{path}", json=body).status_code == 201

        for title in ("a", "b"):
            make("shops", title=title, city="c")
        for title, parent in (("a", None), ("b", 1), ("c", None)):
            make("categories", title=title, parentId=parent)
        for slug in TAGS:
            make("tags", slug=slug)
        for code in ("AAA", "BBB", "CCC"):
            make("articles", **article(code=code))
        for path in ("categories/3", "articles/3"):
            assert http.delete(f"/v1/{path}").status_code == 204
        assert http.put("/v1/articles/2/tags/sale").status_code == 204


def read_every_list(server: Server) -> None:
    """Read all lists to their ends: what was accepted must never break a later read."""
    with server.client() as http:
        for name in LISTS:
            params: dict[str, str | int] = {"pageSize": 20}
            for page in range(1, 100):
                answer = http.get(f"/v1/{name}", params=params)
                assert answer.status_code == 200
                found = answer.json()
                if isinstance(found, list):
                    params["page"] = page + 1
                    if not found:
                        break
                elif found["nextCursor"] is None:
                    break
                else:
                    params["cursor"] = found["nextCursor"]


def test_the_table_is_large() -> None:
    """More than 200 inputs, each with a name of its own."""
    assert len({case.name for case in CASES}) == len(CASES) > 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_input(everything: Server, case: Case) -> None:
    """The status is the language's, the answer is whole, and the rows still read."""
    answer = exchange(everything.port, case.sent)
    assert answer is not None
    assert answer.status in case.statuses, answer.body
    if answer.status >= 400:
        check_error(case, answer)
    elif answer.status in (204, 304):
        assert answer.body == b""
    else:
        check_answer(case, answer)


def test_what_was_refused_left_nothing(everything: Server) -> None:
    """Of a bulk with one item that is wrong, no item was kept; the first article is as it was."""
    with everything.client() as http:
        codes = {"TWICE1"}
        cursor: str | None = ""
        while cursor is not None:
            given = {"cursor": cursor} if cursor else {}
            page = http.get("/v1/articles", params=given).json()
            assert codes.isdisjoint(one["code"] for one in page["items"])
            cursor = page["nextCursor"]
        first = http.get("/v1/articles/1").json()
        assert (first["version"], first["price"]) == (1, "1.00")
