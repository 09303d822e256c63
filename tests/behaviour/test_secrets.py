"""The pitfall: a field that only goes in comes out again, in an answer, an error or a log.

`secret` and `read: never` are in no answered schema, no selected column and no line of the log.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import EVERYTHING, Server, compiled, served

from .samples import SAMPLES, sample

PASSWORD = "Hunter2-hunter2"
NOTE = "Between-us-only"
HIDDEN = (PASSWORD, NOTE, "password", "note", "argon2")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the database."""
    return tmp_path_factory.mktemp("secrets") / "everything.db"


@pytest.fixture(scope="module")
def server(file: Path) -> Iterator[Server]:
    """Serve with everything logged that can be."""
    environment = {"EVERYTHING_DEBUG": "true", "EVERYTHING_LOG_LEVEL": "debug"}
    with served(EVERYTHING, f"sqlite:///{file}", environment=environment) as opened:
        yield opened


def assert_hidden(*texts: str) -> None:
    """None of the texts holds a value or the name of what only goes in."""
    for text in texts:
        for hidden in HIDDEN:
            assert hidden not in text


def test_a_write_only_field_never_leaves(server: Server, file: Path) -> None:
    """Through no operation, no error, no header and no log."""
    with server.client() as http:
        body = sample(password=PASSWORD, note=NOTE)
        created = http.post(SAMPLES, json=body)
        assert created.status_code == 201
        path = created.headers["location"]
        replaced = {name: value for name, value in body.items() if name != "batch"}
        answers = [
            created,
            http.get(path),
            http.get(SAMPLES),
            http.put(path, json=replaced),
            http.patch(path, json={"password": PASSWORD + "!", "note": NOTE}),
            http.post(SAMPLES, json=body),
            http.delete(path),
            http.get(path),
        ]
        statuses = [answer.status_code for answer in answers]
        assert statuses == [201, 200, 200, 200, 200, 409, 204, 404]
        for answer in answers:
            assert_hidden(answer.text, str(answer.headers))
    log = server.log()
    assert "GET /v1/test-samples" in log
    assert_hidden(log)


def test_errors_name_the_field_and_never_the_value(server: Server) -> None:
    """Wrong in any way: too short, too long, of another type, of half a pair of surrogates."""
    with server.client() as http:
        for wrong in ("Hunter2", PASSWORD * 9, [PASSWORD], {"a": PASSWORD}, PASSWORD + "\0", None):
            answer = http.post(SAMPLES, json=sample(password=wrong))
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["loc"] == ["body", "password"]
            assert "unter2" not in answer.text
        broken = json.dumps(sample(password=PASSWORD)).encode()[:-1]
        headers = {"Content-Type": "application/json"}
        answer = http.post(SAMPLES, content=broken, headers=headers)
        assert answer.status_code == 422
        assert_hidden(answer.text)
        for query in (f"password={PASSWORD}", f"note={NOTE}", "sort=password", "sort=-note"):
            answer = http.get(f"{SAMPLES}?{query}")
            assert answer.status_code == 422
            assert PASSWORD not in answer.text
            assert NOTE not in answer.text
    assert "unter2" not in server.log()


def test_what_is_stored(server: Server, file: Path) -> None:
    """A secret as its argon2id hash, each with a salt of its own; `read: never` as it is."""
    with server.client() as http:
        keys = [
            http.post(SAMPLES, json=sample(password=PASSWORD, note=NOTE)).json()["id"]
            for _ in range(2)
        ]
        http.patch(f"{SAMPLES}/{keys[0]}", json={"level": 2})
        unchanged = stored(file, keys[0])
        http.patch(f"{SAMPLES}/{keys[0]}", json={"password": PASSWORD})
    first, second = (stored(file, key) for key in keys)
    assert first[1] == second[1] == NOTE
    assert len({unchanged[0], first[0], second[0]}) == 3
    for password, _ in (unchanged, first, second):
        assert password.startswith("$argon2id$")
        assert PASSWORD not in password


def stored(file: Path, key: int) -> tuple[str, str]:
    """Read a row's secret and its note as they are stored."""
    with sqlite3.connect(file) as connection:
        row: tuple[str, str] = connection.execute(
            "SELECT password, note FROM samples WHERE id = ?", (key,)
        ).fetchone()
    connection.close()
    return row


def test_the_contract_answers_none_of_them() -> None:
    """They stand in schemas of requests alone, a secret as `writeOnly`."""
    schemas = compiled(EVERYTHING).contract()["components"]["schemas"]
    with_secret = {
        name for name, schema in schemas.items() if "password" in schema.get("properties", {})
    }
    assert with_secret == {"SampleCreate", "SampleReplace", "SampleUpdate"}
    for name in with_secret:
        assert schemas[name]["properties"]["password"]["writeOnly"] is True
