"""Hostile inputs that take more than one message, by their number in the same list."""

from __future__ import annotations

import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.services import Server

from .conftest import read_every_page
from .wire import (
    JSON,
    book,
    book_with,
    connect,
    exchange,
    get,
    parse,
    post_book,
    receive,
    request,
    send,
)


def isbns(library: Server, isbn: object) -> int:
    """Count the books with an ISBN."""
    with library.client() as http:
        books = http.get("/books", params={"page_size": 100}).json()
    return [one["isbn"] for one in books].count(isbn)


def test_87_and_88_cursors_of_other_filters_sorts_and_deleted_rows(library: Server) -> None:
    """A cursor goes on behind a row that is gone, with other filters too; never in another sort."""
    with library.client() as http:
        first = http.get("/loans", params={"sort": "reader"}).json()
        cursor = first["next_cursor"]
        assert http.delete(f"/loans/{first['items'][-1]['id']}").status_code == 204
        following = http.get("/loans", params={"sort": "reader", "cursor": cursor})
        assert [one["reader"] for one in following.json()["items"]] == ["reader 2", "reader 3"]
        filters = {"sort": "reader", "cursor": cursor, "reader": "reader 4"}
        assert len(http.get("/loans", params=filters).json()["items"]) == 1
        for sort in ("-reader", "until"):
            answer = http.get("/loans", params={"sort": sort, "cursor": cursor})
            assert answer.status_code == 404
            assert answer.json()["type"] == "/problems/unknown-cursor"
        assert http.get("/loans", params={"cursor": cursor}).status_code == 404


def test_145_a_client_that_closes_in_the_middle_of_its_body(library: Server) -> None:
    """Nothing is written, and the connection is given back."""
    body = json.dumps(book(isbn="9791450000000")).encode()
    for kept in (1, 9, len(body) - 1):
        with connect(library.port) as connection:
            whole = request(b"POST", b"/books", JSON, body=body)
            connection.sendall(whole[: len(whole) - len(body) + kept])
    assert isbns(library, "9791450000000") == 0


def test_152_two_spellings_of_a_letter_are_two_values(library: Server) -> None:
    """Text is neither normalised nor folded."""
    with library.client() as http:
        for title in ("\u00e9", "e\u0301"):
            answer = http.post("/books", json=book(title=title))
            found = http.get("/books", params={"title": title}).json()
            assert [one["id"] for one in found] == [answer.json()["id"]]


def test_193_a_list_that_was_refused_does_not_grow_the_answer(library: Server) -> None:
    """Fifty errors at most, whatever the body holds."""
    many = json.dumps(dict.fromkeys(map(str, range(60)), 1))
    answer = exchange(library.port, send("POST", "/books", many.encode()))
    assert answer is not None
    assert len(answer.json()["errors"]) == 50


def test_203_two_at_once(library: Server) -> None:
    """Of creates of one ISBN, sent together, one is taken; the others name its key."""
    sent = post_book(isbn="9792030000000")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: exchange(library.port, sent), range(16)))
    created = [one.json() for one in answers if one is not None and one.status == 201]
    taken = [one.json() for one in answers if one is not None and one.status == 409]
    assert (len(created), len(taken)) == (1, 15)
    for problem in taken:
        assert problem["type"] == "/problems/unique-taken"
        assert (problem["constraint"], problem["fields"]) == ("isbn", ["isbn"])
        assert problem["key"] == created[0]["id"]


def test_278_a_body_shorter_than_its_length(library: Server) -> None:
    """The service waits for the rest, and writes nothing when the client ends its side."""
    body = book_with("isbn", '"9792780000000"')
    sent = request(b"POST", b"/books", JSON, b"Content-Length: %d" % (len(body) + 9)) + body
    with connect(library.port) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = parse(receive(connection))
    assert answer is None or answer.status in (400, 408)
    assert isbns(library, "9792780000000") == 0


def test_292_to_294_slow_and_idle_connections_do_not_keep_others_waiting(library: Server) -> None:
    """What ends them is the server in front."""
    with ExitStack() as stack:
        for number in range(200):
            connection = stack.enter_context(connect(library.port))
            if number % 3:
                connection.sendall(get("/books/1")[: 20 * (number % 3)])
        began = time.monotonic()
        answer = exchange(library.port, get("/books/1"))
        assert answer is not None
        assert answer.status == 200
        assert time.monotonic() - began < 8


def test_295_a_client_that_leaves_during_a_write(library: Server) -> None:
    """The row is committed once, or not at all."""
    for number in range(20):
        isbn = f"979295000{number:04}"
        with connect(library.port) as connection:
            connection.sendall(post_book(isbn=isbn))
            if number % 2:
                time.sleep(0.001 * number)
    read_every_page(library)
    with library.client() as http:
        for number in range(20):
            isbn = f"979295000{number:04}"
            again = http.post("/books", json=book(isbn=isbn)).status_code
            assert again in (201, 409)
            assert http.post("/books", json=book(isbn=isbn)).status_code == 409


def test_296_pipelined_requests(library: Server) -> None:
    """Each is answered, in order, the wrong ones too."""
    first = get("/books/1").replace(b"Connection: close\r\n", b"")
    wrong = send("POST", "/books", b"{").replace(b"Connection: close\r\n", b"")
    with connect(library.port) as connection:
        connection.sendall(first + wrong + first + get("/books/0"))
        received = receive(connection)
    assert re.findall(rb"HTTP/1.1 ([0-9]+)", received) == [b"200", b"422", b"200", b"422"]


def test_297_a_client_that_ends_its_side_and_listens(library: Server) -> None:
    """It has its answer, or an end; never an error of the service."""
    with connect(library.port) as connection:
        connection.sendall(get("/books/1"))
        connection.shutdown(socket.SHUT_WR)
        answer = parse(receive(connection))
    assert answer is None or answer.status == 200
