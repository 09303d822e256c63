class ItemCreate(RequestModel):
    """What creates an item."""

    id: Uuid
    title: Annotated[String, Field(max_length=255)]

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
