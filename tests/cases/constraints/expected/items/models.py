class ItemCreate(RequestModel):
    """What creates an item."""

    title: Annotated[String, Field(min_length=3, max_length=20)]
    code: Annotated[String, Field(min_length=4, max_length=12, pattern="^[A-Z]{2}-[0-9]+$")]
    count: Annotated[Integer, Field(ge=0, multiple_of=5)]
    level: Annotated[Integer, Field(ge=-5, le=5)]
    price: Annotated[Number, Field(gt=0, lt=1000)]
    ratio: Annotated[Number, Field(ge=0, le=1)]
