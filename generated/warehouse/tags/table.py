"""Tags: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import Column, Table

from ..runtime import columns
from ..runtime.columns import metadata

tags = Table(
    "tags",
    metadata,
    Column("name", columns.String(40), primary_key=True),
    Column("meaning", columns.String(200), nullable=True),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    info={"noun": "tag"},
    sqlite_strict=True,
)
