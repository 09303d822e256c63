class ProductTagListParams(QueryModel):
    """What narrows, sorts and pages a list of tags."""

    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
