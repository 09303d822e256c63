class Position(RequestModel):
    """A position."""

    latitude: Annotated[Number, Field(ge=-90, le=90)]
    height: Annotated[Decimal, Field(max_digits=6, decimal_places=2)] = Field(
        "0.00", validate_default=True
    )

class Address(RequestModel):
    """Where it is."""

    street: Annotated[String, Field(max_length=80)]
    zip: Annotated[String, Field(max_length=10)]
    """The postal code."""
    country: Annotated[String, Field(max_length=2)] = "GB"
    position: Position | None = None

class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    address: Address
    others: Annotated[list[Address], Field(max_length=3)]

class ItemCreate(RequestModel):
    """What creates an item."""

    address: Address
    others: Annotated[list[Address], Field(max_length=3)] = []
