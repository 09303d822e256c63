class ItemReplace(RequestModel):
    """What replaces an item."""

    title: Annotated[String, Field(max_length=255)]
    note: Annotated[String | None, Field(max_length=255)] = None
    count: Integer = 0
