"""Filters by what a row refers to: its keys, through a relation to one, and at links."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from .related import Answered, country, keys, make, parcel, supplier, tag, warehouse

PARCELS = "/r/parcels"


@dataclass(frozen=True, slots=True)
class Stock:
    """Parcels in two warehouses: one in a city, one in none; and who supplied them."""

    ghent: int
    nowhere: int
    named: str
    unnamed: str
    tags: tuple[int, int, int]
    rows: dict[str, Answered]

    def find(self, http: TestClient, query: str) -> list[str]:
        """Ask for parcels of the stock; return the names under which they were made."""
        both = f"warehouse_id_in={self.ghent}&warehouse_id_in={self.nowhere}"
        answer = http.get(f"{PARCELS}?{both}&sort=weight&{query.format(stock=self)}")
        assert answer.status_code == 200, answer.text
        names = {row["id"]: name for name, row in self.rows.items()}
        assert answer.headers["x-total-count"] == str(len(answer.json()))
        return [names[key] for key in keys(answer.json())]


@pytest.fixture(scope="module")
def stock(related: TestClient) -> Stock:
    """Create the stock once: parcels a to d, by weight."""
    ghent = warehouse(related, city="Ghent")["id"]
    nowhere = warehouse(related)["id"]
    named, unnamed = supplier(related, "Northern"), supplier(related, None)
    one, two, three = tag(related), tag(related), tag(related)
    zones = [country(related, "BE"), country(related, "NL")]
    rows = {
        "a": parcel(related, warehouse_id=ghent, weight=1, supplier_id=named, tag_ids=[one, two]),
        "b": parcel(related, warehouse_id=ghent, weight=2, supplier_id=unnamed, tag_ids=[two]),
        "c": parcel(related, warehouse_id=nowhere, weight=3, zone_codes=zones[:1]),
        "d": parcel(
            related,
            warehouse_id=nowhere,
            weight=4,
            supplier_id=named,
            country_id="BE",
            tag_ids=[one, two, three],
            zone_codes=zones,
        ),
    }
    return Stock(ghent, nowhere, named, unnamed, (one, two, three), rows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "abcd"),
        ("warehouse_id={stock.ghent}", "ab"),
        ("warehouse_id_ne={stock.ghent}", "cd"),
        ("supplier_id={stock.named}", "ad"),
        ("supplier_id_ne={stock.named}", "bc"),
        ("supplier_id_in={stock.named}&supplier_id_in={stock.unnamed}", "abd"),
        ("supplier_id_is_null=true", "c"),
        ("supplier_id_is_null=false", "abd"),
        ("country_id=BE", "d"),
        ("country_id_in=BE&country_id_in=ZZ", "d"),
        ("supplier_id={stock.named}&warehouse_id={stock.ghent}", "a"),
    ],
)
def test_by_the_key(related: TestClient, stock: Stock, query: str, expected: str) -> None:
    """A reference is filtered like the key that it is; `ne` includes what refers to none."""
    assert stock.find(related, query) == list(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("warehouse_city=Ghent", "ab"),
        ("warehouse_city=Gh", ""),
        ("warehouse_city_ne=Ghent", "cd"),
        ("warehouse_city_ne=Bruges", "abcd"),
        ("warehouse_city_in=Ghent&warehouse_city_in=Bruges", "ab"),
        ("warehouse_city_prefix=Gh", "ab"),
        ("warehouse_city_prefix=gh", ""),
        ("warehouse_city_is_null=true", "cd"),
        ("warehouse_city_is_null=false", "ab"),
        ("supplier_name=Northern", "ad"),
        ("supplier_name_ne=Northern", "bc"),
        ("supplier_name_ne=Southern", "abcd"),
        ("supplier_name_is_null=false", "ad"),
        ("supplier_name_is_null=true", "bc"),
        ("supplier_name=Northern&warehouse_city=Ghent", "a"),
        ("supplier_name=Northern&warehouse_city_ne=Ghent", "d"),
    ],
)
def test_through_a_relation(related: TestClient, stock: Stock, query: str, expected: str) -> None:
    """A value of the target counts; where a row refers to none, that value is null."""
    assert stock.find(related, query) == list(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag_ids_any={stock.tags[0]}", "ad"),
        ("tag_ids_any={stock.tags[0]}&tag_ids_any={stock.tags[1]}", "abd"),
        ("tag_ids_any={stock.tags[2]}&tag_ids_any=987654321", "d"),
        ("tag_ids_any=987654321", ""),
        ("tag_ids_all={stock.tags[1]}", "abd"),
        ("tag_ids_all={stock.tags[0]}&tag_ids_all={stock.tags[1]}", "ad"),
        ("tag_ids_all={stock.tags[0]}&tag_ids_all=987654321", ""),
        ("tag_ids_none={stock.tags[0]}", "bc"),
        ("tag_ids_none={stock.tags[0]}&tag_ids_none={stock.tags[1]}", "c"),
        ("tag_ids_none=987654321", "abcd"),
        ("tag_ids_any={stock.tags[1]}&tag_ids_none={stock.tags[2]}", "ab"),
        ("zone_codes_any=BE", "cd"),
        ("zone_codes_all=BE&zone_codes_all=NL", "d"),
        ("zone_codes_none=NL", "abc"),
        ("zone_codes_any=BE&tag_ids_any={stock.tags[0]}&warehouse_city_is_null=true", "d"),
    ],
)
def test_by_links(related: TestClient, stock: Stock, query: str, expected: str) -> None:
    """One of them at least, each of them, none of them; rows without links count for `none`."""
    assert stock.find(related, query) == list(expected)


def test_by_links_to_the_same_resource(related: TestClient, stock: Stock) -> None:
    """The side that owns the links is the one that is found."""
    part = stock.rows["a"]["id"]
    whole = parcel(related, part_ids=[part])
    assert related.get(f"{PARCELS}?part_ids_any={part}").json() == [whole]
    assert related.get(f"{PARCELS}?part_ids_any={whole['id']}").json() == []


def test_by_links_outside_of_bodies(related: TestClient, stock: Stock) -> None:
    """`body: false` keeps keys out of answers, not out of filters; they have the same name."""
    path = f"{PARCELS}/{stock.rows['b']['id']}/hidden/{stock.tags[0]}"
    assert related.put(path).status_code == 204
    assert stock.find(related, f"hidden_ids_any={stock.tags[0]}") == ["b"]
    assert stock.find(related, f"hidden_ids_none={stock.tags[0]}") == ["a", "c", "d"]


def test_a_value_twice(related: TestClient, stock: Stock) -> None:
    """`all` counts the distinct, where a repeated value is allowed at all."""
    query = f"tag_ids_all={stock.tags[2]}&tag_ids_all={stock.tags[2]}"
    answer = related.get(f"{PARCELS}?{query}")
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert stock.find(related, query) == ["d"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=warehouse_id&sort=-weight", "badc"),
        ("sort=-warehouse_id&sort=weight", "cdab"),
        ("sort=country_id&sort=weight", "dabc"),
        ("sort=-country_id&sort=weight", "abcd"),
    ],
)
def test_sorted_by_the_key(related: TestClient, stock: Stock, query: str, expected: str) -> None:
    """A reference sorts like the key that it is; null is last, and first when descending."""
    both = f"warehouse_id_in={stock.ghent}&warehouse_id_in={stock.nowhere}"
    found = related.get(f"{PARCELS}?{both}&{query}").json()
    assert [row["id"] for row in found] == [stock.rows[name]["id"] for name in expected]


@pytest.mark.parametrize(
    "query",
    [
        "warehouse_id=x",
        "warehouse_id=",
        "warehouse_id=1&warehouse_id=2",
        "warehouse_id_is_null=true",
        "warehouse_id=01",
        "supplier_id=1",
        "country_id=TOOL",
        "supplier_id_is_null=yes",
        "tag_ids=1",
        "tag_ids_any=",
        "tag_ids_any=x",
        "tag_ids_any=1,2",
        "zone_codes_any=TOOL",
        "zone_ids_any=NL",
        "part_ids_none=1",
        "warehouse_name=x",
        "warehouse.city=Ghent",
        "warehouse_city=",
        "warehouse_city_gt=A",
    ],
)
def test_what_is_refused(related: TestClient, query: str) -> None:
    """What breaks the grammar or is too long for the key; what is not declared does not exist."""
    assert related.get(f"{PARCELS}?{query}").status_code == 422


def test_what_no_key_can_be(related: TestClient, stock: Stock) -> None:
    """Values obey the grammar of the key's type, not its bounds or pattern: they find nothing."""
    for query in ("warehouse_id=0", "country_id=be", "zone_codes_any=nl", "tag_ids_any=-1"):
        assert stock.find(related, query) == []


def test_most_values(related: TestClient, stock: Stock) -> None:
    """A list of values has a hundred at most."""
    some = "&".join(f"tag_ids_any={900_000_000 + number}" for number in range(99))
    assert stock.find(related, f"{some}&tag_ids_any={stock.tags[2]}") == ["d"]
    assert related.get(f"{PARCELS}?{some}&tag_ids_any=1&tag_ids_any=2").status_code == 422


def test_uuids_in_capitals(related: TestClient, stock: Stock) -> None:
    """A uuid is found in either case."""
    assert stock.find(related, f"supplier_id={stock.named.upper()}") == ["a", "d"]
    assert stock.find(related, f"supplier_id={uuid4()}") == []


def test_a_tree(related: TestClient) -> None:
    """Rows without a parent, those of some parents, and those whose parent is called so."""
    name = uuid4().hex
    root = make(related, "/r/categories", name=name)
    first, second = (
        make(related, "/r/categories", name="x", parent_id=root["id"]) for _ in range(2)
    )
    leaf = make(related, "/r/categories", name="y", parent_id=first["id"])
    path = "/r/categories"
    in_both = f"parent_id_in={root['id']}&parent_id_in={first['id']}"
    assert related.get(f"{path}?{in_both}").json() == [first, second, leaf]
    assert related.get(f"{path}?parent_id={first['id']}").json() == [leaf]
    assert related.get(f"{path}?parent_name={name}").json() == [first, second]
    assert root in related.get(f"{path}?parent_id_is_null=true&page_size=100").json()
    assert related.get(f"{path}?parent_id_is_null=true&{in_both}").json() == []
    assert related.get(f"{path}/{root['id']}/children?parent_name={name}").json() == [first, second]
