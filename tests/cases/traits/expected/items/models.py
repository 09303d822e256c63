class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    size: Annotated[Integer, Field(ge=0, le=9)]
    name: Annotated[String, Field(min_length=1, max_length=40)]
    created_at: DateTime
    """When it was created."""

class ItemCreate(RequestModel):
    """What creates an item."""

    size: Annotated[Integer, Field(ge=0, le=9)]
    name: Annotated[String, Field(min_length=1, max_length=40)]
