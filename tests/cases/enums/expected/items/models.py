class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    colour: Literal["red", "deep blue", "08:15"] | None
    status: Literal["draft", "done"]

class ItemListParams(QueryModel, longest_query=8_285):
    """What narrows, sorts and pages a list of items."""

    status: Literal["draft", "done"] | MISSING = MISSING
    status_ne: Literal["draft", "done"] | MISSING = MISSING
    status_in: Annotated[list[Literal["draft", "done"]] | MISSING, Field(max_length=100)] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
