class ItemListParams(QueryModel, longest_query=61_440):
    """What narrows, sorts and pages a list of items."""

    title: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_ne: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_in: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=40)]] | MISSING, Field(max_length=100)
    ] = MISSING
    title_gt: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_ge: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_lt: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_le: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_prefix: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    title_contains: Annotated[String | MISSING, Field(min_length=1, max_length=40)] = MISSING
    level: IntegerParameter | MISSING = MISSING
    level_in: Annotated[list[IntegerParameter] | MISSING, Field(max_length=100)] = MISSING
    level_is_null: BooleanParameter | MISSING = MISSING
    price_ge: NumberParameter | MISSING = MISSING
    price_lt: NumberParameter | MISSING = MISSING
    due_ge: Date | MISSING = MISSING
    due_is_null: BooleanParameter | MISSING = MISSING
    active: BooleanParameter | MISSING = MISSING
    token: Uuid | MISSING = MISSING
    token_in: Annotated[list[Uuid] | MISSING, Field(max_length=100)] = MISSING
    body_contains: Annotated[String | MISSING, Field(min_length=1, max_length=2048)] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
