class WarehouseStoredProductListParams(QueryModel):
    """What narrows, sorts and pages a list of products."""

    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    sort: Annotated[list[Literal["sku", "id", "-sku", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20

class ProductReplacedByListParams(QueryModel, longest_query=41_815):
    """What narrows, sorts and pages a list of products."""

    warehouse_id: IntegerParameter | MISSING = MISSING
    warehouse_id_in: Annotated[list[IntegerParameter] | MISSING, Field(max_length=100)] = MISSING
    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    sort: Annotated[list[Literal["sku", "id", "-sku", "-id"]] | MISSING, Field(max_length=4)] = (
        MISSING
    )
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
