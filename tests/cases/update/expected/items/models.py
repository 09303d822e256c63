class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
    note: Annotated[String | None | MISSING, Field(max_length=255)] = MISSING
    count: Integer | MISSING = MISSING
