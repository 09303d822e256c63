LIST = List(
    PRODUCT,
    select(*PRODUCT.columns),
    filters={
        "warehouse_id": products.c.warehouse_id == bindparam("warehouse_id"),
        "warehouse_id_in": among(products.c.warehouse_id, "warehouse_id_in"),
        "supplier_id_ne": differs(products.c.supplier_id, "supplier_id_ne"),
        "supplier_id_is_null": is_null(products.c.supplier_id, "supplier_id_is_null"),
    },
    sort={
        "warehouse_id": products.c.warehouse_id,
        "id": products.c.id,
    },
    page=Page(size=20, most=100),
)
