"""From a path to its segments, and from segments to a template."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from generator.runtime.paths import PathTable, path_segments


def segments(raw: bytes, root_path: str = "") -> list[str]:
    """Cut a path as it came on the wire, and as servers decode it."""
    path = unquote(raw.partition(b"?")[0].decode("latin-1"))
    return path_segments({"path": path, "raw_path": raw, "root_path": root_path})


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"/catalog/products", ["catalog", "products"]),
        (b"/catalog/products/", ["catalog", "products", ""]),
        (b"//products", ["", "products"]),
        (b"/products/1%2F2", ["products", "1/2"]),
        (b"/%70roducts", ["products"]),
        (b"/%C3%A9", ["é"]),
        (b"/%ff", ["%ff"]),
        (b"/%ed%a0%80", ["%ed%a0%80"]),
        (b"/%zz", ["%zz"]),
        (b"/%", ["%"]),
        (b"/%00", ["\0"]),
        (b"/products?x=1", ["products"]),
        (b"*", []),
    ],
)
def test_segments_are_cut_before_they_are_decoded(raw: bytes, expected: list[str]) -> None:
    """What is no percent-encoded UTF-8 stays as it is."""
    assert segments(raw) == expected


def test_the_root_path_is_no_part_of_a_path() -> None:
    """However it is encoded; a path without it is taken as it is."""
    assert segments(b"/my%20api/products", "/my api") == ["products"]
    assert segments(b"/api/v1/products", "/api/v1/") == ["products"]
    assert segments(b"/products", "/api") == ["products"]
    assert segments(b"/apix/products", "/api") == ["apix", "products"]


def test_a_server_that_gives_no_raw_path() -> None:
    """The decoded path is all there is then."""
    assert path_segments({"path": "/a/b", "raw_path": None}) == ["a", "b"]


def test_a_layer_around_us_that_changes_the_path() -> None:
    """It need not know of the raw one, which then says nothing any more."""
    assert path_segments({"path": "/a/1", "raw_path": b"/api/a/%31"}) == ["a", "1"]
    assert path_segments({"path": "/a/b", "raw_path": b"/api/a/b"}) == ["a", "b"]


def found(table: PathTable[str], path: str) -> list[tuple[str, dict[str, str]]]:
    """Look up who answers GET."""
    return [
        (methods["GET"][1], dict(zip(methods["GET"][0], values, strict=True)))
        for methods, values in table.find(path.split("/")[1:])
    ]


def test_a_literal_comes_before_a_parameter() -> None:
    """All templates that fit are found, the most literal first."""
    table: PathTable[str] = PathTable()
    for template in ("/p/{id}", "/p/new", "/p/{id}/tags/{tag}", "/p:bulk", "/p"):
        assert table.add(template, "GET", template)
    assert found(table, "/p/new") == [("/p/new", {}), ("/p/{id}", {"id": "new"})]
    assert found(table, "/p/new/tags/x") == [("/p/{id}/tags/{tag}", {"id": "new", "tag": "x"})]
    assert found(table, "/p:bulk") == [("/p:bulk", {})]
    assert found(table, "/p/") == []
    assert found(table, "/p/1/tags") == []
    assert found(table, "/q") == []


def test_the_first_value_of_a_template_and_method_stays() -> None:
    """As FastAPI asks its routes in order."""
    table: PathTable[str] = PathTable()
    table.add("/p/{id}", "GET", "first")
    table.add("/p/{key}", "GET", "second")
    assert found(table, "/p/1") == [("first", {"id": "1"})]


@pytest.mark.parametrize("template", ["/files/{name:path}", "/p/{a}-{b}", "/p/v{id}"])
def test_other_templates_are_left_to_fastapi(template: str) -> None:
    """A parameter is a whole segment here."""
    assert not PathTable[str]().add(template, "GET", "")
