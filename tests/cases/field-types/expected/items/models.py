class Item(ResponseModel):
    """An item."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    string: Annotated[String, Field(max_length=255)]
    text: Annotated[String, Field(max_length=65536)]
    integer: Integer
    number: Number
    decimal: Annotated[Decimal, Field(max_digits=10, decimal_places=2)]
    boolean: Boolean
    date: Date
    datetime: DateTime
    time: Time
    duration: Duration
    uuid: Uuid
    email: Annotated[Email, Field(max_length=254)]
    url: Annotated[Url, Field(max_length=2048)]
    anything: Json

class ItemCreate(RequestModel):
    """What creates an item."""

    string: Annotated[String, Field(max_length=255)]
    text: Annotated[String, Field(max_length=65536)]
    integer: Integer
    number: Number
    decimal: Annotated[Decimal, Field(max_digits=10, decimal_places=2)]
    boolean: Boolean
    date: Date
    datetime: DateTime
    time: Time
    duration: Duration
    uuid: Uuid
    email: Annotated[Email, Field(max_length=254)]
    url: Annotated[Url, Field(max_length=2048)]
    anything: Json
    secret: Annotated[Secret, Field(min_length=8, max_length=255)]
