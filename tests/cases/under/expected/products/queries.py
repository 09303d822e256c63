LIST_OF_WAREHOUSE = ListUnder(LIST, products.c.warehouse_id, WAREHOUSE)

LIST_OF_REPLACES = ListUnder(LIST, products.c.replaces_id, PRODUCT)
