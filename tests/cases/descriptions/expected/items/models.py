class Item(ResponseModel):
    """What the shop sells.

    Its "price" is without tax \\ duties.
    """

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]
    """What it is called."""
    price: Annotated[Decimal, Field(max_digits=8, decimal_places=2)]
    """Net.
    In pounds.
    """

class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String, Field(max_length=255)]
    price: Annotated[Decimal, Field(max_digits=8, decimal_places=2)]

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
    price: Annotated[Decimal | MISSING, Field(max_digits=8, decimal_places=2)] = MISSING
