class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]

class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String, Field(max_length=255)]
    note: Annotated[String | None, Field(max_length=50)] = None
    """For us alone."""

class ItemReplace(RequestModel):
    """What replaces an item."""

    title: Annotated[String, Field(max_length=255)]
    note: Annotated[String | None | MISSING, Field(max_length=50)] = MISSING
    """For us alone."""
