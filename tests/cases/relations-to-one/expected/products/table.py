products = Table(
    "products",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("sku", columns.String(20), nullable=False),
    Column(
        "warehouse_id",
        columns.Integer(),
        ForeignKey("warehouses.id", name="fk_products_warehouse", ondelete="CASCADE"),
        nullable=False,
        info={"relation": "warehouse"},
    ),
    Column(
        "supplier_id",
        columns.String(20),
        ForeignKey("suppliers.code", name="fk_products_supplier", ondelete="SET NULL"),
        nullable=True,
        info={"relation": "supplier"},
    ),
    Column(
        "passport_id",
        columns.Uuid(),
        ForeignKey("passports.id", name="fk_products_passport", ondelete="RESTRICT"),
        nullable=False,
        info={"relation": "passport"},
    ),
    Column(
        "replaces_id",
        columns.Integer(),
        ForeignKey("products.id", name="fk_products_replaces", ondelete="RESTRICT"),
        nullable=True,
        info={"relation": "replaces"},
    ),
    UniqueConstraint("passport_id", name="uq_products_passport"),
    UniqueConstraint("sku", "warehouse_id", name="uq_products_sku_per_warehouse"),
    info={"noun": "product"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_products_warehouse", products.c.warehouse_id, products.c.id)

Index("ix_products_supplier", products.c.supplier_id, products.c.id)

Index("ix_products_replaces", products.c.replaces_id, products.c.id)

Index(
    "ix_products_newest_of_supplier",
    products.c.supplier_id,
    products.c.sku.desc(),
    products.c.id.desc(),
)
