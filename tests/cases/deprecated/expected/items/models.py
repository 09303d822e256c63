class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]
    legacy: Annotated[String | None, Field(max_length=255)]
    """Use the title."""

class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String, Field(max_length=255)]
    legacy: Annotated[String | None, Field(max_length=255)] = None
