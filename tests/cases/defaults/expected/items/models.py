class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String, Field(max_length=255)] = ""
    keyword: Annotated[String, Field(max_length=255)] = "null"
    count: Integer = 0
    price: Number = 1.5
    active: Boolean = True
    opens: Time = Field("09:00:00", validate_default=True)
    runs: Duration = Field("PT5M", validate_default=True)
    born: Date = Field("2026-11-22", validate_default=True)
    labels: Annotated[list[Annotated[String, Field(max_length=255)]], Field(max_length=100)] = [
        "a",
        "b",
    ]
    extra: Json = Field({"a": [1, None]}, validate_default=True)
    moment: DateTime | MISSING = MISSING
    day: Date | MISSING = MISSING
    token: Uuid | MISSING = MISSING

class ItemReplace(RequestModel):
    """What replaces an item."""

    title: Annotated[String, Field(max_length=255)] = ""
    keyword: Annotated[String, Field(max_length=255)] = "null"
    count: Integer = 0
    price: Number = 1.5
    active: Boolean = True
    opens: Time = Field("09:00:00", validate_default=True)
    runs: Duration = Field("PT5M", validate_default=True)
    born: Date = Field("2026-11-22", validate_default=True)
    labels: Annotated[list[Annotated[String, Field(max_length=255)]], Field(max_length=100)] = [
        "a",
        "b",
    ]
    extra: Json = Field({"a": [1, None]}, validate_default=True)
    moment: DateTime | MISSING = MISSING
    day: Date | MISSING = MISSING
    token: Uuid | MISSING = MISSING

class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""

    title: Annotated[String | MISSING, Field(max_length=255)] = MISSING
    keyword: Annotated[String | MISSING, Field(max_length=255)] = MISSING
    count: Integer | MISSING = MISSING
    price: Number | MISSING = MISSING
    active: Boolean | MISSING = MISSING
    opens: Time | MISSING = MISSING
    runs: Duration | MISSING = MISSING
    born: Date | MISSING = MISSING
    labels: Annotated[
        list[Annotated[String, Field(max_length=255)]] | MISSING, Field(max_length=100)
    ] = MISSING
    extra: Json | MISSING = MISSING
    moment: DateTime | MISSING = MISSING
    day: Date | MISSING = MISSING
    token: Uuid | MISSING = MISSING
