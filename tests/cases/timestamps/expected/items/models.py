class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]
    created_at: DateTime
    """When it was created."""
    updated_at: DateTime
    """When it was last changed."""

class ItemListParams(QueryModel):
    """What narrows, sorts and pages a list of items."""

    updated_at_ge: DateTime | MISSING = MISSING
    updated_at_lt: DateTime | MISSING = MISSING
    sort: Annotated[
        list[Literal["created_at", "id", "-created_at", "-id"]] | MISSING, Field(max_length=4)
    ] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
