class ItemListParams(QueryModel):
    """What narrows, sorts and pages a list of items."""

    sort: Annotated[
        list[Literal["title", "price", "id", "-title", "-price", "-id"]] | MISSING,
        Field(max_length=6),
    ] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
