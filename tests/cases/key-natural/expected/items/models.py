class Item(ResponseModel):
    """An item."""

    sku: Annotated[String, Field(min_length=2, max_length=12, pattern="^[A-Z][A-Z0-9]+$")]
    title: Annotated[String, Field(max_length=255)]

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
