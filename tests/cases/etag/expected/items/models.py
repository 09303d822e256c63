class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    name: Annotated[String, Field(min_length=1, max_length=40)]
    version: Annotated[Integer, Field(ge=1)]
    """Raised by every change."""
