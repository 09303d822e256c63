"""Emitted models of resources that refer to each other, and of many rows at once."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
from pydantic import MISSING, ValidationError

from generator.tidy import tidy
from tests.emitted import models_of
from tests.related_service import SPEC, related_service

PACKAGE = "emitted_store"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """Emit the models of the service, laid out."""
    return tidy(models_of(related_service()))


@pytest.fixture(scope="module")
def products(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Put the emitted models where they can be imported, on top of the runtime where it stands."""
    folder = tmp_path_factory.mktemp("models")
    write(folder / PACKAGE, files)
    sys.path.insert(0, str(folder))
    yield f"{PACKAGE}.products"
    sys.path.remove(str(folder))
    for name in [one for one in sys.modules if one.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def write(folder: Path, files: dict[str, str]) -> None:
    """Write modules, each folder a package."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        for one in (folder, file.parent):
            (one / "__init__.py").touch()
        file.write_text(text.replace("from ..runtime", "from generator.runtime"))


@pytest.fixture(scope="module")
def rows(products: str) -> ModuleType:
    """Import the models of products."""
    return importlib.import_module(f"{products}.models")


def test_expanded_models_stand_in_a_file_of_their_own(files: dict[str, str]) -> None:
    """Only they import the models of other resources; where nothing expands there is no file."""
    assert sorted(path for path in files if path.endswith("expanded.py")) == [
        "products/expanded.py"
    ]
    assert files["products/expanded.py"] == EXPANDED
    assert not any("models import" in line for line in others(files))


def others(files: dict[str, str]) -> list[str]:
    """List what modules import of other resources, `expanded.py` apart."""
    return [
        line
        for path, text in files.items()
        if not path.endswith("expanded.py")
        for line in text.splitlines()
        if line.startswith("from ..") and "runtime" not in line
    ]


EXPANDED = '''"""Products together with what they refer to.

Generated from spec/store.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from ..runtime.models import ResponseModel
from ..runtime.wire_types import Cursor
from ..warehouses.models import Warehouse
from .models import Product


class ProductExpanded(Product):
    """A product, with what `expand` asks for."""

    warehouse: Warehouse | MISSING = MISSING
    """The warehouse of `warehouse_id`; absent without `expand=warehouse`."""
    origin: Product | None | MISSING = MISSING
    """The product of `origin_id`; absent without `expand=origin`, null where there is none."""


class ProductPage(ResponseModel):
    """A page of products."""

    items: list[ProductExpanded]
    next_cursor: Cursor | None
    """What to send as `cursor` for the next page; null on the last one."""
'''


def test_expanded_rows_read(products: str) -> None:
    """An expanded row is a row; what was not asked for is missing, and null is none."""
    expanded = importlib.import_module(f"{products}.expanded").ProductExpanded
    row = {
        "id": 1, "sku": "a", "price": "1", "floor": None, "label": "#a", "warehouse_id": 2,
        "origin_id": None, "version": 1, "tag_ids": [],
    }  # fmt: skip
    assert expanded(**row).warehouse is MISSING
    assert expanded(**row, origin=None).origin is None
    warehouse = {"id": 2, "city": "Ghent", "version": 3}
    assert expanded(**row, warehouse=warehouse).warehouse.city == "Ghent"
    assert "warehouse" not in expanded(**row).model_dump()


def test_keys_of_many(rows: ModuleType) -> None:
    """Keys are distinct, at most so many, none when absent from a creation, kept in an update."""
    given = {"sku": "a", "price": "1", "warehouse_id": 1}
    assert rows.ProductCreate(**given).tag_ids == []
    assert rows.ProductCreate(**given, tag_ids=["new"]).tag_ids == ["new"]
    for keys in (["new", "new"], ["aa", "bb", "cc", "dd"], [".."], [""], None):
        with pytest.raises(ValidationError):
            rows.ProductCreate(**given, tag_ids=keys)
    assert rows.ProductUpdate().tag_ids is MISSING
    for name in ("warehouse_id", "hidden_ids", "version", "label"):
        with pytest.raises(ValidationError):
            rows.ProductUpdate(**{name: 1})
    for key in (0, None, 1.5):
        with pytest.raises(ValidationError):
            rows.ProductCreate(**given | {"warehouse_id": key})


def test_many_rows(rows: ModuleType) -> None:
    """Items are read like the body of a creation, in their number; keys are distinct."""
    item: dict[str, object] = {"sku": "a", "price": "1", "warehouse_id": 1}
    body = rows.ProductBulkCreate(items=[item] * 50)
    assert type(body.items[0]) is rows.ProductCreate
    refused: list[list[dict[str, object]]] = [[], [item] * 51, [{}], [{**item, "id": 1}]]
    for items in refused:
        with pytest.raises(ValidationError):
            rows.ProductBulkCreate(items=items)
    assert rows.ProductBulkDelete(ids=[1, 2]).ids == [1, 2]
    for keys in ([], [1, 1], [1, 1.0], [0]):
        with pytest.raises(ValidationError):
            rows.ProductBulkDelete(ids=keys)


def test_uuids_are_distinct_as_they_are_written(products: str) -> None:
    """The contract compares texts: a key in two spellings is two items, the same in one is not."""
    visits = importlib.import_module(products.replace("products", "visits.models"))
    text = "0190b5a2-7c1e-7d3f-8a4b-5c6d7e8f9a0b"
    body = visits.VisitBulkDelete(ids=[text, text.upper()])
    assert body.ids == [UUID(text)] * 2
    with pytest.raises(ValidationError):
        visits.VisitBulkDelete(ids=[text, text])


def test_queries(rows: ModuleType) -> None:
    """Filters by links take several keys, `q` takes words, `expand` names of relations."""
    params = rows.ProductListParams(tag_ids_any=["new"], q="blue", expand=["origin", "origin"])
    assert params.tag_ids_any == ["new"]
    assert params.expand == ["origin", "origin"]
    for refused in ({"q": "a" * 201}, {"expand": ["tags"]}, {"warehouse_id": "x"}):
        with pytest.raises(ValidationError):
            rows.ProductListParams(**refused)
    assert rows.ProductReadParams().expand is MISSING
    assert not hasattr(rows.WarehouseProductListParams(), "warehouse_id")
    assert set(rows.ProductTagListParams.model_fields) == {"page", "page_size"}


def test_expansions_in_a_circle(tmp_path: Path) -> None:
    """Two resources that expand each other can be imported, in either order."""
    text = SPEC.replace(
        "    fields: {city: {type: string(..40), index: true, example: Ghent}}",
        "    fields: {city: {type: string(..40), index: true}}\n"
        "    relations:\n"
        "      best: {to: Product?, inverse: best_of, on_delete: set_null, expand: true}",
    )
    files = tidy(models_of(related_service(text)))
    write(tmp_path / "emitted_circle", files)
    sys.path.insert(0, str(tmp_path))
    try:
        for resource, other in (("warehouses", "best"), ("products", "warehouse")):
            module = importlib.import_module(f"emitted_circle.{resource}.expanded")
            name = "WarehouseExpanded" if resource == "warehouses" else "ProductExpanded"
            assert other in getattr(module, name).model_fields
    finally:
        sys.path.remove(str(tmp_path))
        for name in [one for one in sys.modules if one.partition(".")[0] == "emitted_circle"]:
            del sys.modules[name]
