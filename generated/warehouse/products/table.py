"""Products: what is stored.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, column

from ..runtime import columns
from ..runtime.columns import metadata

products = Table(
    "products",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("sku", columns.String(20), nullable=False),
    Column("title", columns.String(200), nullable=False),
    Column("description", columns.Text(), nullable=True),
    Column("unit", columns.String(8), nullable=False),
    Column("list_price", columns.Decimal(10, 2), nullable=False),
    Column("discontinued_on", columns.Date(), nullable=True),
    Column(
        "supplier_id",
        columns.Integer(),
        ForeignKey("suppliers.id", name="fk_products_supplier", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "supplier"},
    ),
    Column(
        "category_id",
        columns.Integer(),
        ForeignKey("categories.id", name="fk_products_category", ondelete="SET NULL"),
        nullable=True,
        info={"relation": "category"},
    ),
    Column("version", columns.Version(), nullable=False),
    Column("created_at", columns.DateTime(), nullable=False),
    Column("updated_at", columns.UpdatedAt(), nullable=False),
    Column("deleted_at", columns.DeletedAt(), nullable=True),
    CheckConstraint(
        column("unit").in_(("piece", "box", "pallet", "kilogram", "litre")), name="ck_products_unit"
    ),
    info={"noun": "product"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_products_title", products.c.title, products.c.id)
Index("ix_products_list_price", products.c.list_price, products.c.id)
Index("ix_products_supplier", products.c.supplier_id, products.c.id)
Index("ix_products_category", products.c.category_id, products.c.id)
Index("ix_products_newest", products.c.created_at, products.c.id)
Index(
    "uq_products_sku",
    products.c.sku,
    unique=True,
    sqlite_where=products.c.deleted_at.is_(None),
    postgresql_where=products.c.deleted_at.is_(None),
)

product_tags = Table(
    "product_tags",
    metadata,
    Column(
        "product_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_product_tags_product", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "tag_id",
        columns.String(40),
        ForeignKey("tags.name", name="fk_product_tags_tag", ondelete="CASCADE"),
        primary_key=True,
    ),
    info={"relation": "tags"},
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("ix_product_tags_tag", product_tags.c.tag_id, product_tags.c.product_id)
