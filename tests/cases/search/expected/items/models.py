class ItemListParams(QueryModel):
    """What narrows, sorts and pages a list of items."""

    q: Annotated[String | MISSING, Field(min_length=1, max_length=200)] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
