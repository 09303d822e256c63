"""Expansion: what a row refers to, answered beside its key, for one more query at any size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from starlette.testclient import TestClient

from .related import country, make, parcel, supplier, tag, warehouse

PARCELS = "/r/parcels"


def test_not_asked_for(related: TestClient) -> None:
    """Without `expand` there is the key alone."""
    created = parcel(related, supplier_id=supplier(related))
    assert "warehouse" not in related.get(f"{PARCELS}/{created['id']}").json()
    assert "warehouse" not in created


def test_one(related: TestClient) -> None:
    """The row stands whole under the relation's name, after everything else; no secret in it."""
    home = warehouse(related, name="Home", city="Ghent", entry_code="secret")
    assert home == {"id": home["id"], "name": "Home", "city": "Ghent"}
    created = parcel(related, warehouse_id=home["id"])
    path = f"{PARCELS}/{created['id']}"
    answer = related.get(f"{path}?expand=warehouse")
    assert answer.json() == created | {"warehouse": home}
    assert list(answer.json())[-1] == "warehouse"
    assert "secret" not in answer.text
    assert "argon2" not in answer.text


def test_several(related: TestClient) -> None:
    """Repeated for several, in whatever order: the answer has the order of the spec."""
    key = supplier(related, None)
    made = make(related, "/r/makers", name="A maker")
    created = parcel(related, supplier_id=key, producer_id=made["id"])
    query = "expand=producer&expand=supplier&expand=warehouse"
    answered = related.get(f"{PARCELS}/{created['id']}?{query}").json()
    assert list(answered)[-3:] == ["warehouse", "supplier", "producer"]
    assert answered["supplier"] == {"id": key, "name": None}
    assert answered["producer"] == made


def test_none(related: TestClient) -> None:
    """What refers to nothing shows null; a relation that was not asked for shows nothing."""
    created = parcel(related)
    answered = related.get(f"{PARCELS}/{created['id']}?expand=supplier").json()
    assert answered == created | {"supplier": None}


@pytest.mark.parametrize(
    "query",
    [
        "expand=nothing",
        "expand=",
        "expand=customer",
        "expand=maker",
        "expand=tags",
        "expand=warehouse_id",
        "expand=warehouse&expand=nothing",
        "expand=warehouse,supplier",
        "expand=Warehouse",
        "expand[]=warehouse",
    ],
)
def test_what_cannot_be_expanded(related: TestClient, query: str) -> None:
    """A name that is none, a relation without `expand`, one to many: 422, on read and list."""
    created = parcel(related)
    assert related.get(f"{PARCELS}/{created['id']}?{query}").status_code == 422
    assert related.get(f"{PARCELS}?{query}").status_code == 422
    assert (
        related.get(f"/r/warehouses/{created['warehouse_id']}/parcels?{query}").status_code == 422
    )


def test_twice_the_same(related: TestClient) -> None:
    """Asked for twice, it is answered once, or refused: reading and listing alike."""
    created = parcel(related)
    query = "expand=warehouse&expand=warehouse"
    read = related.get(f"{PARCELS}/{created['id']}?{query}")
    listed = related.get(f"{PARCELS}?warehouse_id={created['warehouse_id']}&{query}")
    assert read.status_code == listed.status_code
    assert read.status_code in (200, 422)


def test_only_where_it_is_declared(related: TestClient) -> None:
    """Other operations, and resources without expandable relations, do not know the word."""
    created = parcel(related)
    assert related.get("/r/tags?expand=warehouse").status_code == 422
    assert related.get(f"/r/tags/{tag(related)}?expand=warehouse").status_code == 422
    path = f"{PARCELS}/{created['id']}"
    assert related.patch(f"{path}?expand=warehouse", json={}).status_code == 422
    assert related.delete(f"{path}?expand=warehouse").status_code == 422


def test_lists(related: TestClient) -> None:
    """Each row of a list has its own; rows that share one show it each."""
    home = warehouse(related, city="Ghent")
    key = supplier(related)
    rows = [
        parcel(related, warehouse_id=home["id"], weight=4, supplier_id=key),
        parcel(related, warehouse_id=home["id"], weight=3),
        parcel(related, warehouse_id=home["id"], weight=2, supplier_id=supplier(related, "B")),
    ]
    shown: list[Any] = [{"id": key, "name": "A supplier"}, None]
    shown.append({"id": rows[2]["supplier_id"], "name": "B"})
    expected = [
        row | {"warehouse": home, "supplier": one} for row, one in zip(rows, shown, strict=True)
    ]
    query = "expand=warehouse&expand=supplier"
    for path in (
        f"{PARCELS}?warehouse_id={home['id']}&{query}",
        f"/r/warehouses/{home['id']}/parcels?{query}",
    ):
        assert related.get(path).json() == expected


def test_lists_by_cursor(related: TestClient) -> None:
    """Items of a page by cursor are expanded too, and the next page as it asks."""
    owner = parcel(related)
    home = warehouse(related)
    for step in range(3):
        target = home["id"] if step else None
        make(related, "/r/moves", step=step, parcel_id=owner["id"], target_id=target)
    path = f"/r/parcels/{owner['id']}/past-moves?expand=target&expand=parcel"
    first = related.get(path).json()
    assert [item["target"] for item in first["items"]] == [None, home]
    assert first["items"][0]["parcel"] == owner
    second = related.get(f"{path}&cursor={first['next_cursor']}").json()
    assert [item["target"] for item in second["items"]] == [home]
    plain = related.get(f"/r/parcels/{owner['id']}/past-moves").json()
    assert "target" not in plain["items"][0]


def test_a_row_that_refers_to_its_like(related: TestClient) -> None:
    """A tree's parent is shown, without the parent's own."""
    root = make(related, "/r/categories", name="root")
    child = make(related, "/r/categories", name="child", parent_id=root["id"])
    leaf = make(related, "/r/categories", name="leaf", parent_id=child["id"])
    answered = related.get(f"/r/categories/{leaf['id']}?expand=parent").json()
    assert answered == leaf | {"parent": child}
    own = related.patch(f"/r/categories/{root['id']}", json={"parent_id": root["id"]}).json()
    assert related.get(f"/r/categories/{root['id']}?expand=parent").json() == own | {"parent": own}


def test_resources_that_show_each_other(related: TestClient) -> None:
    """A circle of relations ends at the first step."""
    region = make(related, "/r/regions", name="A")
    site = make(related, "/r/sites", name="A", region_id=region["id"])
    path = f"/r/regions/{region['id']}"
    region = related.patch(path, json={"capital_id": site["id"]}).json()
    assert related.get(f"{path}?expand=capital").json() == region | {"capital": site}
    answered = related.get(f"/r/sites/{site['id']}?expand=region").json()
    assert answered == site | {"region": region}


def test_what_has_links_itself(related: TestClient) -> None:
    """The keys of members stand in what is expanded as they do in the row itself."""
    owner = parcel(related, tag_ids=[tag(related)], zone_codes=[country(related, "BE")])
    move = make(related, "/r/moves", step=1, parcel_id=owner["id"])
    listed = related.get(f"/r/parcels/{owner['id']}/past-moves?expand=parcel").json()
    assert listed["items"] == [move | {"parcel": owner}]


def test_the_number_of_queries(related: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same for one row and for a hundred: one for the list and one per relation."""
    one, many = warehouse(related), warehouse(related)
    for home, number in ((one, 1), (many, 100)):
        for _ in range(number):
            fields = {"supplier_id": supplier(related), "country_id": country(related, "BE")}
            parcel(related, warehouse_id=home["id"], **fields)
    app: Any = related.app
    lanes, asked = app.state.database.lanes, list[str]()

    def counted(way: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        def counting(sql: str, *rest: object) -> Awaitable[object]:
            asked.append(sql)
            return way(sql, *rest)

        return counting

    for name in ("look_up", "read"):
        monkeypatch.setattr(lanes, name, counted(getattr(lanes, name)))

    def queries(home: int, expanded: Sequence[str], number: int) -> int:
        asked.clear()
        query = "".join(f"&expand={name}" for name in expanded)
        listed = related.get(f"/r/warehouses/{home}/parcels?page_size=100{query}").json()
        assert len(listed) == number
        assert all(
            row[name]["id" if name != "country" else "code"] for row in listed for name in expanded
        )
        return len(asked)

    # On SQLite the page itself may take one statement more; see runtime/pages.py.
    more = app.state.database.dialect == "sqlite"
    alone = {number: queries(home["id"], (), number) for home, number in ((one, 1), (many, 100))}
    assert 0 <= alone[100] - alone[1] <= more
    for expanded in (("warehouse",), ("warehouse", "supplier", "country")):
        assert queries(one["id"], expanded, 1) == alone[1] + len(expanded)
        assert queries(many["id"], expanded, 100) == alone[100] + len(expanded)
