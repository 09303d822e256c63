class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    login: Annotated[String, Field(max_length=255)]

class ItemCreate(RequestModel):
    """What creates an item."""

    login: Annotated[String, Field(max_length=255)]
    password: Annotated[Secret, Field(min_length=8, max_length=64)]
    pin: Annotated[Secret | None, Field(min_length=4, max_length=8)] = None

class ItemReplace(RequestModel):
    """What replaces an item."""

    login: Annotated[String, Field(max_length=255)]
    password: Annotated[Secret | MISSING, Field(min_length=8, max_length=64)] = MISSING
    pin: Annotated[Secret | None | MISSING, Field(min_length=4, max_length=8)] = MISSING

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    login: Annotated[String | MISSING, Field(max_length=255)] = MISSING
    password: Annotated[Secret | MISSING, Field(min_length=8, max_length=64)] = MISSING
    pin: Annotated[Secret | None | MISSING, Field(min_length=4, max_length=8)] = MISSING
