"""Lists below a row: what refers to it, as the resource's own list shows it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from .related import Answered, country, make, parcel, supplier, warehouse

PARCELS = "/r/parcels"


def below(row: Answered) -> str:
    """Name the path of the parcels of a warehouse."""
    return f"/r/warehouses/{row['id']}/parcels"


def test_those_that_refer_to_it(related: TestClient) -> None:
    """Rows of another parent are not among them, and they are answered as everywhere."""
    home, other = warehouse(related), warehouse(related)
    rows = [parcel(related, warehouse_id=home["id"], weight=one) for one in (3, 1, 2)]
    parcel(related, warehouse_id=other["id"])
    expected = sorted(rows, key=lambda row: -int(row["weight"]))
    assert related.get(below(home)).json() == expected
    assert related.get(PARCELS, params={"warehouse_id": home["id"]}).json() == expected


def test_every_kind_of_key(related: TestClient) -> None:
    """The parent's key in the path has its own grammar: a uuid, a text."""
    key, code = supplier(related), country(related, "LU")
    row = parcel(related, supplier_id=key, country_id=code)
    assert related.get(f"/r/suppliers/{key}/parcels").json() == [row]
    assert related.get(f"/r/suppliers/{key.upper()}/parcels").json() == [row]
    assert related.get(f"/r/countries/{code}/parcels").json() == [row]
    assert related.get("/r/suppliers/1/parcels").status_code == 422
    assert related.get("/r/countries/lu/parcels").status_code == 422
    assert related.get("/r/warehouses/0/parcels").status_code == 422


def test_an_unknown_parent(related: TestClient) -> None:
    """No rows and no parent are two things, whatever page or filter is asked for."""
    assert related.get(below(warehouse(related))).json() == []
    for path in (
        "/r/warehouses/987654321/parcels",
        "/r/warehouses/987654321/parcels?page=5&weight=3",
        f"/r/suppliers/{uuid4()}/parcels",
        "/r/countries/ZZ/parcels",
        "/r/parcels/987654321/past-moves",
        "/r/categories/987654321/children",
    ):
        answer = related.get(path)
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/unknown-key"


def test_a_deleted_parent(related: TestClient) -> None:
    """Its path is gone with it."""
    home = warehouse(related)
    assert related.delete(f"/r/warehouses/{home['id']}").status_code == 204
    assert related.get(below(home)).status_code == 404


def test_filters_and_sorts(related: TestClient) -> None:
    """They are those of the list itself."""
    home = warehouse(related, city="Ghent")
    key = supplier(related, "Northern")
    first = parcel(related, warehouse_id=home["id"], weight=1, supplier_id=key)
    second = parcel(related, warehouse_id=home["id"], weight=2)
    for query, expected in (
        ("weight=1", [first]),
        ("weight_ge=2", [second]),
        ("sort=weight", [first, second]),
        ("sort=-weight", [second, first]),
        (f"supplier_id={key}", [first]),
        ("supplier_id_is_null=true", [second]),
        ("supplier_name=Northern", [first]),
        ("warehouse_city=Ghent", [second, first]),
        ("warehouse_city=Bruges", []),
    ):
        answer = related.get(f"{below(home)}?{query}")
        assert (answer.status_code, answer.json()) == (200, expected), query
        assert answer.headers["x-total-count"] == str(len(expected))


@pytest.mark.parametrize(
    "query",
    ["warehouse_id=1", "warehouse_id_in=1", "warehouse_id_ne=1", "x=1", "weight=", "sort=code"],
)
def test_what_is_refused(related: TestClient, query: str) -> None:
    """The relation that the path follows is no filter below it; the rest is as on the list."""
    assert related.get(f"{below(warehouse(related))}?{query}").status_code == 422
    if query == "warehouse_id=1":
        path = f"/r/suppliers/{supplier(related)}/parcels"
        assert related.get(f"{path}?{query}").status_code == 200
        assert related.get(f"{path}?supplier_id_is_null=true").status_code == 422


def test_pages(related: TestClient) -> None:
    """Links lead to pages of the same path, with the same filters; the count is of the parent's."""
    home = warehouse(related)
    rows = [parcel(related, warehouse_id=home["id"], weight=9 - one) for one in range(5)]
    path = below(home)
    answer = related.get(f"{path}?weight_ge=0&page_size=2&page=2")
    assert answer.json() == rows[2:4]
    assert answer.headers["x-total-count"] == "5"
    query = f"<{path}?weight_ge=0&page_size=2&page="
    assert answer.headers["link"] == (
        f'{query}1>; rel="first", {query}1>; rel="prev", {query}3>; rel="next"'
    )
    assert related.get(f"{path}?page_size=2&page=3").json() == rows[4:]
    assert related.get(f"{path}?page_size=2&page=4").json() == []
    assert related.get(f"{path}?page_size=101").status_code == 422


def moves(http: TestClient, steps: range) -> Answered:
    """Create a parcel with a move for each step; return the parcel."""
    owner = parcel(http)
    for step in steps:
        make(http, "/r/moves", step=step, parcel_id=owner["id"])
    return owner


def test_pages_by_cursor(related: TestClient) -> None:
    """Following the cursors shows each row of the parent once, and none of another."""
    owner = moves(related, range(5))
    moves(related, range(5))
    first = f"/r/parcels/{owner['id']}/past-moves?sort=-step"
    path: str | None = first
    seen = list[int]()
    while path is not None:
        answer = related.get(path).json()
        seen += [item["step"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        path = f"{first}&cursor={cursor}" if cursor else None
    assert seen == [4, 3, 2, 1, 0]


def test_a_cursor_belongs_to_its_parent(related: TestClient) -> None:
    """At another parent, on the list itself, or of that list below a parent, it is unknown."""
    first, second = moves(related, range(5)), moves(related, range(5))
    paths = [f"/r/parcels/{one['id']}/past-moves" for one in (first, second)]
    own = related.get(paths[0]).json()["next_cursor"]
    of_all = related.get("/r/moves").json()["next_cursor"]
    assert related.get(f"{paths[0]}?cursor={own}").status_code == 200
    assert related.get(f"/r/moves?cursor={of_all}").status_code == 200
    for path in (
        f"{paths[1]}?cursor={own}",
        f"/r/moves?cursor={own}",
        f"{paths[0]}?cursor={of_all}",
        f"{paths[0]}?sort=-step&cursor={own}",
        f"/r/parcels/987654321/past-moves?cursor={own}",
    ):
        answer = related.get(path)
        assert answer.status_code == 404, path


def test_children_of_a_tree(related: TestClient) -> None:
    """A relation of a resource to itself has a path below the same resource."""
    root = make(related, "/r/categories", name="root")
    some = [make(related, "/r/categories", name=n, parent_id=root["id"]) for n in ("b", "a")]
    make(related, "/r/categories", name="leaf", parent_id=some[0]["id"])
    assert related.get(f"/r/categories/{root['id']}/children").json() == some
    assert related.get(f"/r/categories/{some[1]['id']}/children").json() == []


def test_the_cors_of_the_parent(related: TestClient) -> None:
    """A path that begins with the parent's has the parent's origins."""
    home = warehouse(related)
    depot, shop = "https://depot.example", "https://shop.example"
    for path, allowed, refused in ((below(home), depot, shop), (PARCELS, shop, depot)):
        answer = related.get(path, headers={"Origin": allowed})
        assert answer.headers["access-control-allow-origin"] == allowed
        answer = related.get(path, headers={"Origin": refused})
        assert "access-control-allow-origin" not in answer.headers
    asked = {"Origin": depot, "Access-Control-Request-Method": "GET"}
    assert related.options(below(home), headers=asked).status_code in (200, 204)
    missing = related.get("/r/warehouses/987654321/parcels", headers={"Origin": depot})
    assert missing.headers["access-control-allow-origin"] == depot


def test_methods(related: TestClient) -> None:
    """Below a row there is a list and nothing else."""
    path = below(warehouse(related))
    assert related.head(path).status_code == 200
    assert related.options(path).headers["allow"] == "GET, HEAD, OPTIONS"
    assert related.post(path, json={}).status_code == 405
    assert related.get(f"{path}/1").status_code == 404
    assert related.get(f"{path}/").status_code == 404


def test_not_modified(related: TestClient) -> None:
    """Rows with a version make the list's tag, which another row changes."""
    home = warehouse(related)
    parcel(related, warehouse_id=home["id"])
    tag = related.get(below(home)).headers["etag"]
    assert tag.startswith('W/"')
    assert related.get(below(home), headers={"If-None-Match": tag}).status_code == 304
    parcel(related, warehouse_id=home["id"])
    assert related.get(below(home), headers={"If-None-Match": tag}).status_code == 200
