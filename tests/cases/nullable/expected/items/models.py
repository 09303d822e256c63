class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String | None, Field(max_length=255)]
    price: Annotated[Decimal | None, Field(max_digits=6, decimal_places=2)]
    due: Date | None
    labels: Annotated[list[Annotated[String, Field(max_length=255)]] | None, Field(max_length=100)]
    extra: Json | None

class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String | None, Field(max_length=255)] = None
    price: Annotated[Decimal | None, Field(max_digits=6, decimal_places=2)] = None
    due: Date | None = None
    labels: Annotated[
        list[Annotated[String, Field(max_length=255)]] | None, Field(max_length=100)
    ] = None
    extra: Json | None = None

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | None | MISSING, Field(max_length=255)] = MISSING
    price: Annotated[Decimal | None | MISSING, Field(max_digits=6, decimal_places=2)] = MISSING
    due: Date | None | MISSING = MISSING
    labels: Annotated[
        list[Annotated[String, Field(max_length=255)]] | None | MISSING, Field(max_length=100)
    ] = MISSING
    extra: Json | None | MISSING = MISSING
