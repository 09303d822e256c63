class Product(ResponseModel):
    """A product."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    sku: Annotated[String, Field(min_length=1, max_length=20)]
    warehouse_id: Annotated[Integer, Field(ge=1)]
    supplier_id: Annotated[
        String | None,
        Field(
            alias="vendor_id",
            min_length=1,
            max_length=20,
            pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$",
        ),
    ]
    """Who sells it."""
    passport_id: Uuid
    replaces_id: Annotated[Integer | None, Field(ge=1)]

class ProductCreate(RequestModel):
    """What creates a product."""

    sku: Annotated[String, Field(min_length=1, max_length=20)]
    warehouse_id: Annotated[Integer, Field(ge=1)]
    supplier_id: Annotated[
        String | None,
        Field(
            alias="vendor_id",
            min_length=1,
            max_length=20,
            pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$",
        ),
    ] = None
    passport_id: Uuid
    replaces_id: Annotated[Integer | None, Field(ge=1)] = None

class ProductListParams(QueryModel, longest_query=42_263):
    """What narrows, sorts and pages a list of products."""

    warehouse_id: IntegerParameter | MISSING = MISSING
    warehouse_id_in: Annotated[list[IntegerParameter] | MISSING, Field(max_length=100)] = MISSING
    supplier_id_ne: Annotated[
        String | MISSING, Field(alias="vendor_id_ne", min_length=1, max_length=20)
    ] = MISSING
    supplier_id_is_null: Annotated[BooleanParameter | MISSING, Field(alias="vendor_id_is_null")] = (
        MISSING
    )
    sort: Annotated[
        list[Literal["warehouse_id", "id", "-warehouse_id", "-id"]] | MISSING, Field(max_length=4)
    ] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20

class ProductReplace(RequestModel):
    """What replaces a product."""

    sku: Annotated[String, Field(min_length=1, max_length=20)]
    supplier_id: Annotated[
        String | None,
        Field(
            alias="vendor_id",
            min_length=1,
            max_length=20,
            pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$",
        ),
    ] = None
    passport_id: Uuid
    replaces_id: Annotated[Integer | None, Field(ge=1)] = None

class ProductUpdate(RequestModel):
    """The fields of a product to change; the others stay as they are."""

    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    supplier_id: Annotated[
        String | None | MISSING,
        Field(
            alias="vendor_id",
            min_length=1,
            max_length=20,
            pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$",
        ),
    ] = MISSING
    passport_id: Uuid | MISSING = MISSING
    replaces_id: Annotated[Integer | None | MISSING, Field(ge=1)] = MISSING
