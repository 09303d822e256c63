"""The article's catalog, as the article writes it: FastAPI over a dictionary, gone on a restart."""

from __future__ import annotations

import itertools
import os
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query, status
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel, Field

app = FastAPI(title="Inventory Control API", version="2.1.0")
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://admin.internal.corp"],
    allow_credentials=True,
    allow_methods=["GET", "POST", "DELETE"],
    allow_headers=["Authorization", "Content-Type"],
)


class Condition(StrEnum):
    """What state a product is in."""

    NEW = "new"
    USED = "used"
    REFURBISHED = "refurbished"


class ProductCreate(BaseModel):
    """What creates a product."""

    sku: str = Field(..., min_length=3, max_length=20)
    title: str = Field(..., min_length=1, max_length=200)
    unit_price: float = Field(..., gt=0)
    inventory_count: int = Field(default=0, ge=0)
    category: str | None = Field(default=None, max_length=80)
    condition: Condition = Condition.NEW


class Product(ProductCreate):
    """An item the warehouse can stock."""

    id: int


class Catalog:
    """The products, in memory."""

    def __init__(self) -> None:
        self.products: dict[int, Product] = {}
        self.keys = itertools.count(1)

    def add(self, body: ProductCreate) -> Product:
        """Store a product."""
        product = Product(id=next(self.keys), **body.model_dump())
        self.products[product.id] = product
        return product


catalog = Catalog()


async def get_catalog() -> Catalog:
    """Return the catalog."""
    return catalog


class Pagination:
    """Which part of a list is asked for."""

    def __init__(
        self,
        page: Annotated[int, Query(ge=1)] = 1,
        page_size: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> None:
        self.start = (page - 1) * page_size
        self.end = self.start + page_size


Store = Annotated[Catalog, Depends(get_catalog)]


@app.post("/catalog/products", response_model=Product, status_code=status.HTTP_201_CREATED)
async def create_product(product: ProductCreate, store: Store) -> Product:
    """Create a product."""
    return store.add(product)


@app.get("/catalog/products", response_model=list[Product])
async def list_products(
    store: Store,
    pagination: Annotated[Pagination, Depends()],
    category: Annotated[str | None, Query(max_length=80)] = None,
) -> list[Product]:
    """List products."""
    products = list(store.products.values())
    if category:
        products = [product for product in products if product.category == category]
    return products[pagination.start : pagination.end]


@app.get("/catalog/products/{product_id}", response_model=Product)
async def get_product(product_id: int, store: Store) -> Product:
    """Read a product."""
    if product_id not in store.products:
        raise HTTPException(status_code=404, detail="Product not found")
    return store.products[product_id]


@app.delete("/catalog/products/{product_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_product(product_id: int, store: Store) -> None:
    """Delete a product."""
    if product_id not in store.products:
        raise HTTPException(status_code=404, detail="Product not found")
    del store.products[product_id]


def _fill(rows: int) -> None:
    """Begin with rows, as every server of the benchmark does."""
    for number in range(1, rows + 1):
        catalog.add(
            ProductCreate(
                sku=f"SKU-{number:06d}",
                title=f"Adjustable thing number {number}",
                unit_price=round(1 + number % 997 * 0.37, 2),
                inventory_count=number % 250,
                category=f"category-{number % 20:02d}",
                condition=list(Condition)[number % 3],
            )
        )


_fill(1_000 + int(os.environ.get("EXTRA_ROWS", "0")))
