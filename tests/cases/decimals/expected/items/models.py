class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    share: Annotated[Decimal, Field(gt=Decimal("-1.5"), le=1, max_digits=4, decimal_places=3)]
    whole: Annotated[Decimal, Field(max_digits=6, decimal_places=0)]
    discount: Annotated[Decimal | None, Field(max_digits=4, decimal_places=3)]

class ItemCreate(RequestModel):
    """What creates an item."""

    price: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
    share: Annotated[Decimal, Field(gt=Decimal("-1.5"), le=1, max_digits=4, decimal_places=3)]
    whole: Annotated[Decimal, Field(max_digits=6, decimal_places=0)] = Field(
        "7", validate_default=True
    )
    discount: Annotated[Decimal | None, Field(max_digits=4, decimal_places=3)] = Field(
        "0.125", validate_default=True
    )

class ItemListParams(QueryModel, longest_query=27_767):
    """What narrows, sorts and pages a list of items."""

    price: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    price_ge: Annotated[Decimal | MISSING, Field(max_digits=10, decimal_places=2)] = MISSING
    price_in: Annotated[
        list[Annotated[Decimal, Field(max_digits=10, decimal_places=2)]] | MISSING,
        Field(max_length=100),
    ] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
