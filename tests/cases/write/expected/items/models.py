class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]
    origin: Annotated[String, Field(max_length=255)]
    seen_at: DateTime
    reviewed_at: DateTime | None
    batch: Annotated[String, Field(max_length=255)]

class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String, Field(max_length=255)]
    batch: Annotated[String, Field(max_length=255)]

class ItemReplace(RequestModel):
    """What replaces an item."""

    title: Annotated[String, Field(max_length=255)]

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
