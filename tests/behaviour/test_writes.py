"""Who may send what, and what is answered: the table of the language, a row at a time."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from .samples import FULL, SAMPLES, sample

NEVER_SENT = {
    "id": 7,
    "origin": "import",
    "createdAt": "2026-11-22T10:00:00Z",
    "updatedAt": "2026-11-22T10:00:00Z",
}
MADE = ("moment", "token", "joined")
SECRET = ("password", "note")


def create(http: TestClient, **fields: object) -> dict[str, object]:
    """Create a sample, and return what is answered."""
    answer = http.post(SAMPLES, json=sample(**fields))
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    assert http.get(answer.headers["location"]).json() == found
    return found


@pytest.fixture(scope="module")
def row(http: TestClient) -> str:
    """Return the path of a row that tests may change. (A create hashes a secret, which is slow.)"""
    return f"{SAMPLES}/{create(http)['id']}"


def writable(body: dict[str, object]) -> dict[str, object]:
    """Leave out what only create takes."""
    return {name: value for name, value in body.items() if name != "batch"}


def test_every_value_is_answered_as_it_was_meant(http: TestClient) -> None:
    """GET(POST(x)) == x, for a value of every type."""
    sent = FULL | {"token": str(uuid.uuid4())}
    found = create(http, **sent)
    assert {name: found[name] for name in sent} == sent


def test_a_value_is_answered_in_its_canonical_form(http: TestClient) -> None:
    """Offsets, spellings, missing decimals and members of objects."""
    found = create(
        http,
        moment="2026-11-22T12:30:00.5+02:30",
        opens="09:30:00.000",
        runs="PT90M",
        amount="1",
        discount="0",
        level=3.0,
        rating=-0.0,
        token="6F9619FF-8B86-D011-B42D-00CF4FC964FE",
        address={"street": "s", "zip": "1"},
    )
    assert found["moment"] == "2026-11-22T10:00:00.500000Z"
    assert found["opens"] == "09:30:00"
    assert found["runs"] == "PT1H30M"
    assert (found["amount"], found["discount"]) == ("1.00", "0.000")
    assert (found["level"], str(found["rating"])) == (3, "0.0")
    assert found["token"] == "6f9619ff-8b86-d011-b42d-00cf4fc964fe"
    assert found["address"] == {"street": "s", "zip": "1", "country": "GB", "position": None}


def test_defaults_on_create(http: TestClient) -> None:
    """Absent is null for `?`, the default for a literal, made for `now`, `today` and `uuid`."""
    before = datetime.now(UTC)
    found = create(http)
    assert [found[name] for name in ("body", "day", "extra", "address", "legacy")] == [None] * 5
    assert (found["discount"], found["runs"], found["origin"]) == ("0.125", "PT5M", "import")
    assert (found["tags"], found["colours"], found["status"]) == ([], ["red"], "draft")
    assert found["moment"] == found["createdAt"] == found["updatedAt"]
    assert timedelta(0) <= datetime.fromisoformat(str(found["moment"])) - before < timedelta(10)
    assert found["joined"] in {before.date().isoformat(), datetime.now(UTC).date().isoformat()}
    assert uuid.UUID(str(found["token"])).version == 4
    assert found["discount"] is not None


def test_null_for_what_has_a_default_and_may_be_null(http: TestClient) -> None:
    """It is null, not the default."""
    assert create(http, discount=None)["discount"] is None


@pytest.mark.parametrize("name", ["name", "code", "level", "rating", "amount", "batch", "password"])
def test_a_plain_field_is_required_on_create(http: TestClient, name: str) -> None:
    """Absent and null are both 422."""
    body = sample()
    for wrong in (body | {name: None}, {key: body[key] for key in body if key != name}):
        answer = http.post(SAMPLES, json=wrong)
        assert answer.status_code == 422
        assert [error["loc"] for error in answer.json()["errors"]] == [["body", name]]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("name", NEVER_SENT)
def test_what_the_server_writes_is_never_sent(
    http: TestClient, row: str, method: str, name: str
) -> None:
    """The key, timestamps and `write: never` are in no schema of a body."""
    path = SAMPLES if method == "POST" else row
    body = sample() if method == "POST" else writable(sample())
    answer = http.request(method, path, json=body | {name: NEVER_SENT[name]})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"loc": ["body", name], "msg": "There is nothing of this name here.", "type": "unknown"}
    ]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_what_is_written_on_create_stays(http: TestClient, row: str, method: str) -> None:
    """`write: create` is in neither schema, and kept."""
    assert http.request(method, row, json=sample()).status_code == 422
    assert http.request(method, row, json=writable(sample())).json()["batch"] == "first"


def test_replace(http: TestClient) -> None:
    """Absent is null or the default; what was made and what is secret stays."""
    created = create(http, **FULL, token=str(uuid.uuid4()), note="kept")
    path = f"{SAMPLES}/{created['id']}"
    body = writable(sample())
    del body["password"]
    answer = http.put(path, json=body)
    assert answer.status_code == 200
    found = answer.json()
    kept = (*MADE, "id", "origin", "batch", "createdAt")
    assert {name: found[name] for name in kept} == {name: created[name] for name in kept}
    assert {name: found[name] for name in body} == body
    assert [found[name] for name in ("body", "day", "address", "legacy")] == [None] * 4
    assert (found["discount"], found["tags"], found["active"]) == ("0.125", [], True)
    assert str(found["updatedAt"]) > str(created["updatedAt"])
    assert http.put(path, json={}).status_code == 422


def test_replace_never_creates(http: TestClient) -> None:
    """404 for a key of no row."""
    answer = http.put(f"{SAMPLES}/999999", json=writable(sample()))
    assert (answer.status_code, answer.json()["resource"]) == (404, "sample")


@pytest.mark.parametrize(("name", "value"), [(k, v) for k, v in FULL.items() if k != "name"])
def test_update_writes_one_field_and_keeps_the_rest(
    http: TestClient, row: str, name: str, value: object
) -> None:
    """Whatever its type."""
    before = http.get(row).json()
    answer = http.patch(row, json={name: value})
    assert answer.status_code == 200
    found = answer.json()
    assert found["updatedAt"] > before["updatedAt"]
    assert found == before | {name: value, "updatedAt": found["updatedAt"]}


def test_update_with_null(http: TestClient) -> None:
    """It clears what may be null, and is 422 on what may not."""
    created = create(http, **FULL, token=str(uuid.uuid4()))
    path = f"{SAMPLES}/{created['id']}"
    nullable = ("body", "discount", "day", "opens", "contact", "homePage", "extra", "scores")
    for name in (*nullable, "address", "legacy"):
        assert http.patch(path, json={name: None}).json()[name] is None
    for name in ("name", "level", "active", "moment", "token", "tags", "colours", "status"):
        answer = http.patch(path, json={name: None})
        assert answer.status_code == 422
        assert [error["loc"] for error in answer.json()["errors"]] == [["body", name]]


def test_an_empty_update_changes_nothing(http: TestClient, row: str) -> None:
    """Not even `updatedAt`; of no row it is 404."""
    before = http.get(row).json()
    answer = http.patch(row, json={})
    assert (answer.status_code, answer.json()) == (200, before)
    assert http.patch(f"{SAMPLES}/999999", json={}).status_code == 404


def test_update_is_one_level_deep(http: TestClient) -> None:
    """An object, a list or `json` that is given replaces the stored one."""
    created = create(http, **FULL, token=str(uuid.uuid4()))
    path = f"{SAMPLES}/{created['id']}"
    found = http.patch(path, json={"extra": {"d": 2}, "address": {"street": "t", "zip": "2"}})
    assert found.json()["extra"] == {"d": 2}
    assert found.json()["address"]["position"] is None
    assert http.patch(path, json={"address": {"street": "t"}}).status_code == 422


def test_delete(http: TestClient) -> None:
    """204 without a body, and from then on 404 for everything."""
    path = f"{SAMPLES}/{create(http)['id']}"
    answer = http.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers
    for method, body in [
        ("GET", None),
        ("DELETE", None),
        ("PATCH", {}),
        ("PUT", writable(sample())),
    ]:
        again = http.request(method, path, json=body)
        assert again.status_code == 404
        problem = again.json()
        assert (problem["type"], problem["resource"]) == ("/problems/unknown-key", "sample")


def test_a_key_is_never_used_again(http: TestClient) -> None:
    """Also that of the last row."""
    key = create(http)["id"]
    assert http.delete(f"{SAMPLES}/{key}").status_code == 204
    assert int(str(create(http)["id"])) > int(str(key))


def test_moments_have_six_digits_or_none(http: TestClient) -> None:
    """One way to write each."""
    found = create(http, moment="2026-11-22T10:00:00.120Z")
    assert found["moment"] == "2026-11-22T10:00:00.120000Z"
    assert re.fullmatch(r"\S{19}(\.[0-9]{6})?Z", str(found["createdAt"]))


def test_items_are_bounded_and_distinct(http: TestClient) -> None:
    """`max_items`, `min_items` and `unique_items`, with the place of what is wrong."""
    for name, value, kind in [
        ("tags", ["a", "a"], "array_not_unique"),
        ("tags", list("abcdef"), "array_too_long"),
        ("colours", [], "array_too_short"),
        ("scores", list(range(101)), "array_too_long"),
        ("addresses", [{"street": "s", "zip": "1"}] * 4, "array_too_long"),
    ]:
        answer = http.post(SAMPLES, json=sample(**{name: value}))
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["type"], error["loc"]) == (422, kind, ["body", name])


def test_the_place_of_an_error_inside_of_an_object(http: TestClient) -> None:
    """Its path in the body, and all errors at once."""
    wrong = [{"street": "s", "zip": "1"}, {"street": "", "zip": "a", "planet": "Mars"}]
    answer = http.post(SAMPLES, json=sample(addresses=wrong, level=6, extra=None, colour="pink"))
    errors = {tuple(error["loc"]): error["type"] for error in answer.json()["errors"]}
    assert errors == {
        ("body", "addresses", 1, "street"): "string_too_short",
        ("body", "addresses", 1, "zip"): "string_pattern",
        ("body", "addresses", 1, "planet"): "unknown",
        ("body", "level"): "less_than_equal",
        ("body", "colour"): "enum",
    }
