"""Tables of which some really go and some are marked, each referring to another in its own way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, Table, bindparam, delete

from generator.runtime import columns
from generator.runtime.database import Database
from generator.runtime.deletions import Delete
from generator.runtime.models import ResponseModel
from generator.runtime.rows import Rows
from generator.runtime.schema import Schema
from generator.runtime.wire_types import Integer
from tests.runtime.sample import Settings

metadata = MetaData()


def _table(
    name: str, *parts: Column[Any] | CheckConstraint, marked: bool = False, **on_delete: str
) -> Table:
    more: list[Column[Any]] = (
        [Column("deleted_at", columns.DeletedAt(), nullable=True)] if marked else []
    )
    references: list[Column[Any]] = [
        Column(
            f"{relation}_id",
            columns.Integer(),
            ForeignKey(f"{'boxes' if relation == 'box' else f'{relation}s'}.id", ondelete=action),
            nullable=True,
            info={"relation": relation},
        )
        for relation, action in on_delete.items()
    ]
    key: Column[int] = Column("id", columns.IntegerKey(), primary_key=True)
    info = {"noun": "box" if name == "boxes" else name.removesuffix("s")}
    return Table(name, metadata, key, *references, *more, *parts, info=info, sqlite_strict=True)


boxes = _table("boxes")
lots = _table("lots", box="RESTRICT", marked=True)
parts = _table("parts", lot="CASCADE", box="SET NULL")
crates = _table("crates", lot="CASCADE", part="CASCADE", marked=True)
seals = _table(
    "seals",
    CheckConstraint("box_id IS NOT NULL", name="ck_seals_boxed"),
    Column("version", columns.Version(), nullable=True),
    box="SET NULL",
)


class Box(ResponseModel):
    """What is answered of any of them."""

    id: Integer


LOT = Rows("lot", lots, Box, key="id")
BOX = Rows("box", boxes, Box, key="id")
SEAL = Rows("seal", seals, Box, key="id")
DELETE_BOX = Delete(BOX, delete(boxes).where(BOX.key == bindparam("key")))
DELETE_SEAL = Delete(SEAL, delete(seals).where(SEAL.key == bindparam("key")))
SCHEMA = Schema(tuple(metadata.sorted_tables), digest="0011223344556677")


@asynccontextmanager
async def open_tree(url: str) -> AsyncIterator[Database]:
    """Open a database that has the tables."""
    async with Database(Settings.model_validate({"database_url": url})) as database:
        await SCHEMA.ensure(database)
        yield database
