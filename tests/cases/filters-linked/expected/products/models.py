class ProductListParams(QueryModel, longest_query=61_440):
    """What narrows, sorts and pages a list of products."""

    tag_ids_any: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_all: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    tag_ids_none: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    components_any: Annotated[list[IntegerParameter] | MISSING, Field(max_length=100)] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
