"""Categories: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from ..runtime import columns
from ..runtime.columns import metadata

categories = Table(
    "categories",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("name", columns.String(80), nullable=False),
    Column(
        "parent_id",
        columns.Integer(),
        ForeignKey("categories.id", name="fk_categories_parent", ondelete="RESTRICT"),
        nullable=True,
        info={"relation": "parent"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    UniqueConstraint("parent_id", "name", name="uq_categories_name_per_parent"),
    info={"noun": "category"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_categories_name", categories.c.name, categories.c.id)
Index("ix_categories_parent", categories.c.parent_id, categories.c.id)
