EXPANSIONS = MappingProxyType(
    {
        "warehouse": Expansion(products.c.warehouse_id, WAREHOUSE),
        "replaces": Expansion(products.c.replaces_id, PRODUCT),
    }
)

LIST = List(
    PRODUCT,
    select(*PRODUCT.columns),
    sort={
        "id": products.c.id,
    },
    expand=EXPANSIONS,
    page=CursorPage(size=20, most=100),
)

READ = Read(
    PRODUCT,
    select(*PRODUCT.columns).where(PRODUCT.key == bindparam("key")),
    expand=EXPANSIONS,
)
