class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    name: Annotated[String, Field(min_length=1, max_length=40)]
    shop: Integer
    email: Annotated[Email, Field(max_length=254)]
    replaces_id: Annotated[Integer | None, Field(ge=1)]
