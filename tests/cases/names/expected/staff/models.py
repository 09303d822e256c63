class Person(ResponseModel):
    """A person."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    type: Annotated[String, Field(max_length=255)]
    match: Boolean
    items: Integer | None
    keys: Annotated[String | None, Field(max_length=255)]

class PersonListParams(QueryModel):
    """What narrows, sorts and pages a list of staff."""

    type: Annotated[String | MISSING, Field(min_length=1, max_length=255)] = MISSING
    keys: Annotated[String | MISSING, Field(min_length=1, max_length=255)] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
