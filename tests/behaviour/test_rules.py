"""Rules: whoever finds that a write breaks one, the client is told the same, by the same names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.services import async_client, client, compiled

from .related import Answered, conflict, make

RULES = """
spec: 1
service: {name: rules, version: 1, wire: camel}
enums: {State: [open, shipped, closed]}
resources:
  Depot:
    fields: {name: string(..20) = depot}
    endpoints: [create]
  Stock:
    plural: stocks
    fields:
      code: {type: string(..20), unique: true}
      on_hand: integer(0..1000)? = 10
      reserved: integer(0..1000)? = 0
      unit_price: decimal(8:2)?
      discount: {type: decimal(6:3)?, as: priceCut}
      begins: date?
      ends: date?
      state: State = open
      carrier: string(..20)?
      fragile: boolean = false
      packed: boolean? = false
      share: number?
      pin: {type: integer?, read: never}
    relations:
      depot: {to: Depot?, inverse: stocks}
      spare: {to: Depot?, inverse: spared, as: other}
    rules:
      reserved_fits: {check: reserved <= on_hand, message: Reserved stock is in stock.}
      fair_discount: {check: discount <= unit_price, message: "At most 100% off, it's fair."}
      dates_in_order: ends > begins
      shipped_by_somebody: state != 'shipped' or carrier is not null
      known_carrier: lower(carrier) not in ['us', 'them'] and len(carrier) > 1
      fragile_is_packed: not fragile or packed
      two_depots: depot != spare
      spare_needs_depot: spare is null or depot is not null
      pin_is_large: pin > on_hand
      small_share: share / on_hand < 2
    endpoints:
      create:
      read:
      replace:
      update:
      bulk_create:
"""

STOCKS = "/stocks"
_numbers = count(1)


def new(**fields: object) -> dict[str, object]:
    """Make a body that keeps all rules, unlike all others, but for what is given."""
    return {"code": f"S{next(_numbers)}"} | fields


@pytest.fixture(scope="module")
def rules(module_database_url: str) -> Iterator[TestClient]:
    """Talk to a service with rules over every kind of column, on each database in turn."""
    with client(RULES, module_database_url) as http:
        yield http


def depot(http: TestClient) -> int:
    """Create a depot; return its key."""
    key: int = make(http, "/depots")["id"]
    return key


BROKEN: list[tuple[dict[str, object], str, list[str]]] = [
    ({"reserved": 11}, "reserved_fits", ["reserved", "onHand"]),
    ({"onHand": 0, "reserved": 1}, "reserved_fits", ["reserved", "onHand"]),
    ({"unitPrice": "1.00", "priceCut": "1.001"}, "fair_discount", ["priceCut", "unitPrice"]),
    ({"unitPrice": "-2", "priceCut": "-1.999"}, "fair_discount", ["priceCut", "unitPrice"]),
    ({"begins": "2026-03-01", "ends": "2026-02-28"}, "dates_in_order", ["ends", "begins"]),
    ({"begins": "2026-03-01", "ends": "2026-03-01"}, "dates_in_order", ["ends", "begins"]),
    ({"state": "shipped"}, "shipped_by_somebody", ["state", "carrier"]),
    ({"carrier": "THEM"}, "known_carrier", ["carrier"]),
    ({"carrier": "é"}, "known_carrier", ["carrier"]),
    ({"carrier": ""}, "known_carrier", ["carrier"]),
    ({"fragile": True}, "fragile_is_packed", ["fragile", "packed"]),
    ({"pin": 10}, "pin_is_large", ["pin", "onHand"]),
    ({"share": 20.0}, "small_share", ["share", "onHand"]),
]

HOLDING: list[dict[str, object]] = [
    {"reserved": 10},
    {"reserved": 1000, "onHand": None},
    {"reserved": None, "onHand": 0},
    {"unitPrice": "1", "priceCut": "1.000"},
    {"unitPrice": None, "priceCut": "9.999"},
    {"unitPrice": "0.01", "priceCut": None},
    {"begins": "2026-02-28", "ends": "2026-03-01"},
    {"begins": "2026-02-28"},
    {"ends": "0001-01-01"},
    {"state": "shipped", "carrier": "DH"},
    {"state": "closed"},
    {"carrier": "éé"},
    {"carrier": "theM "},
    {"fragile": True, "packed": True},
    {"fragile": True, "packed": None},
    {"pin": 11},
    {"pin": 0, "onHand": None},
    {"share": 1e300, "onHand": 0},
    {"share": 19.99},
]


@pytest.mark.parametrize(("fields", "rule", "named"), BROKEN)
def test_broken_by_every_write(
    rules: TestClient, fields: dict[str, object], rule: str, named: list[str]
) -> None:
    """Create, replace, update and an item of a bulk: 409 with the rule and the names sent."""
    refused = conflict(rules.post(STOCKS, json=new(**fields)), "rule-broken", rule=rule)
    assert refused["fields"] == named
    assert refused["message"] == refused["detail"]
    told = {"rule": rule, "message": refused["message"], "fields": named}

    kept = make(rules, STOCKS, **new())
    path = f"{STOCKS}/{kept['id']}"
    conflict(rules.put(path, json={"code": kept["code"], **fields}), "rule-broken", **told)
    conflict(rules.patch(path, json=fields), "rule-broken", **told)
    assert rules.get(path).json() == kept

    items = [new(), new(**fields), new()]
    answer = rules.post(f"{STOCKS}:bulk-create", json={"items": items})
    problem = conflict(answer, "rule-broken", index=1, **told)
    assert problem["conflicts"] == [{"index": 1, "type": "/problems/rule-broken", **told}]
    assert make(rules, STOCKS, **items[0])["id"] > kept["id"], "nothing of it was written"


@pytest.mark.parametrize("fields", HOLDING)
def test_kept_by_every_write(rules: TestClient, fields: dict[str, object]) -> None:
    """What keeps a rule is written, and so is what leaves it unknown, by a null."""
    created = make(rules, STOCKS, **new(**fields))
    path = f"{STOCKS}/{created['id']}"
    whole = {"code": created["code"], **fields}
    assert rules.put(path, json=whole).json() == created
    assert rules.patch(path, json=fields).json() == created
    answer = rules.post(f"{STOCKS}:bulk-create", json={"items": [new(**fields)]})
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("before", "change", "rule"),
    [
        ({"reserved": 5}, {"onHand": 4}, "reserved_fits"),
        ({"onHand": 4}, {"reserved": 5}, "reserved_fits"),
        ({"unitPrice": "2.00"}, {"priceCut": "2.01"}, "fair_discount"),
        ({"begins": "2026-02-28"}, {"ends": "2026-02-28"}, "dates_in_order"),
        ({"state": "shipped", "carrier": "DH"}, {"carrier": None}, "shipped_by_somebody"),
        ({"packed": True, "fragile": True}, {"packed": False}, "fragile_is_packed"),
        ({"pin": 11}, {"onHand": 11}, "pin_is_large"),
        ({"pin": 11}, {"onHand": 12, "reserved": 12}, "pin_is_large"),
    ],
)
def test_updates_of_one_side(
    rules: TestClient, before: dict[str, object], change: dict[str, object], rule: str
) -> None:
    """What an update leaves as it is counts too, also what is never answered."""
    created = make(rules, STOCKS, **new(**before))
    path = f"{STOCKS}/{created['id']}"
    conflict(rules.patch(path, json=change), "rule-broken", rule=rule)
    assert rules.patch(path, json={}).json() == created


def test_an_update_of_both_sides(rules: TestClient) -> None:
    """Only the row as it will be counts, not the way there."""
    created = make(rules, STOCKS, **new(reserved=10))
    path = f"{STOCKS}/{created['id']}"
    both = rules.patch(path, json={"onHand": 0, "reserved": 0})
    assert both.json() == created | {"onHand": 0, "reserved": 0}


def test_replacing_takes_defaults_into_account(rules: TestClient) -> None:
    """What a replacement leaves out is its default, or stays where it is never answered."""
    created = make(rules, STOCKS, **new(onHand=100, reserved=50, pin=101))
    path = f"{STOCKS}/{created['id']}"
    whole = {"code": created["code"]}
    conflict(rules.put(path, json=whole | {"reserved": 50}), "rule-broken", rule="reserved_fits")
    conflict(rules.put(path, json=whole | {"onHand": 101}), "rule-broken", rule="pin_is_large")
    assert rules.put(path, json=whole | {"onHand": 100}).status_code == 200


def test_relations(rules: TestClient) -> None:
    """A rule over relations is told by the names of their keys on the wire."""
    one, two = depot(rules), depot(rules)
    both = ["depotId", "otherId"]
    same = rules.post(STOCKS, json=new(depotId=one, otherId=one))
    conflict(same, "rule-broken", rule="two_depots", fields=both)
    alone = rules.post(STOCKS, json=new(otherId=one))
    conflict(alone, "rule-broken", rule="spare_needs_depot", fields=both[::-1])
    created = make(rules, STOCKS, **new(depotId=one, otherId=two))
    path = f"{STOCKS}/{created['id']}"
    conflict(rules.patch(path, json={"depotId": two}), "rule-broken", rule="two_depots")
    conflict(rules.patch(path, json={"depotId": None}), "rule-broken", rule="spare_needs_depot")
    swapped = rules.patch(path, json={"depotId": two, "otherId": one})
    assert (swapped.json()["depotId"], swapped.json()["otherId"]) == (two, one)


def test_the_order_of_conflicts(rules: TestClient) -> None:
    """References come first, then unique sets, then rules, each in the order of the spec."""
    taken = make(rules, STOCKS, **new())
    everything = {"code": taken["code"], "depotId": 10**9, "state": "shipped", "reserved": 11}
    conflict(rules.post(STOCKS, json=everything), "reference-missing", relation="depot")
    del everything["depotId"]
    conflict(rules.post(STOCKS, json=everything), "unique-taken", constraint="code")
    everything |= new()
    conflict(rules.post(STOCKS, json=everything), "rule-broken", rule="reserved_fits")
    del everything["reserved"]
    conflict(rules.post(STOCKS, json=everything), "rule-broken", rule="shipped_by_somebody")
    other = make(rules, STOCKS, **new())
    path = f"{STOCKS}/{other['id']}"
    worse = {"code": taken["code"], "depotId": 10**9, "reserved": 11}
    conflict(rules.patch(path, json=worse), "reference-missing", relation="depot")
    del worse["depotId"]
    conflict(rules.patch(path, json=worse), "unique-taken", key=taken["id"])


def test_an_unknown_row_comes_before_its_rules(rules: TestClient) -> None:
    """404, whatever the body would break."""
    for answer in (
        rules.patch(f"{STOCKS}/999999999", json={"reserved": 11}),
        rules.put(f"{STOCKS}/999999999", json=new(reserved=11)),
    ):
        assert answer.status_code == 404


def test_messages(rules: TestClient) -> None:
    """A rule's own message is told as it stands; without one, the rule itself is."""
    fair = rules.post(STOCKS, json=new(unitPrice="1", priceCut="2")).json()
    assert fair["message"] == fair["detail"] == "At most 100% off, it's fair."
    default = rules.post(STOCKS, json=new(begins="2026-01-01", ends="2026-01-01")).json()
    assert default["message"] == default["detail"]
    assert "ends > begins" in default["message"] or "dates_in_order" in default["message"]


def test_the_contract_tells_rules() -> None:
    """Every message stands in the contract's text."""
    contract: dict[str, Any] = compiled(RULES).contract()
    for schema in ("StockCreate", "StockReplace", "StockUpdate"):
        description = contract["components"]["schemas"][schema]["description"]
        assert "Reserved stock is in stock." in description
        assert "At most 100% off, it's fair." in description


async def _race(http: httpx2.AsyncClient, row: Answered) -> tuple[list[int], Answered]:
    path = f"{STOCKS}/{row['id']}"
    answers = await asyncio.gather(
        http.patch(path, json={"onHand": 5}), http.patch(path, json={"reserved": 6})
    )
    (lost,) = [one.json() for one in answers if one.status_code == 409] or [{}]
    left = (await http.get(path)).json()
    assert (left["onHand"], left["reserved"]) in [(5, 0), (10, 6)]
    return sorted(one.status_code for one in answers), lost


@pytest.mark.anyio
async def test_two_updates_that_race(database_url: str) -> None:
    """Each alone is fine, both are not: one wins, and the other is told as if it came later."""
    patient = {"pool_timeout": 60, "busy_timeout": 60}
    async with async_client(RULES, database_url, settings=patient) as (http, _):
        rows = [(await http.post(STOCKS, json=new())).json() for _ in range(20)]
        for statuses, lost in await asyncio.gather(*(_race(http, row) for row in rows)):
            assert statuses == [200, 409]
            assert lost["type"] == "/problems/rule-broken"
            assert lost["rule"] == "reserved_fits"
            assert lost["message"] == "Reserved stock is in stock."
            assert lost["fields"] == ["reserved", "onHand"]
