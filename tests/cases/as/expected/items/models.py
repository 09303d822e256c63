class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    photo_urls: Annotated[
        list[Annotated[Url, Field(max_length=2048)]], Field(alias="photoUrls", max_length=100)
    ]
    kind: Annotated[String, Field(alias="item-kind", max_length=10)]

class ItemListParams(QueryModel, longest_query=14_627):
    """What narrows, sorts and pages a list of items."""

    kind: Annotated[String | MISSING, Field(alias="item-kind", min_length=1, max_length=10)] = (
        MISSING
    )
    kind_in: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=10)]] | MISSING,
        Field(alias="item-kind_in", max_length=100),
    ] = MISSING
    sort: Annotated[
        list[Literal["item-kind", "id", "-item-kind", "-id"]] | MISSING, Field(max_length=4)
    ] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
