class ItemBulkCreate(RequestModel):
    """What creates items, all of them or none."""

    items: Annotated[list[ItemCreate], Field(min_length=1, max_length=5000)]

class ItemBulkCreated(ResponseModel):
    """The items as they are now."""

    items: Annotated[list[Item], Field(min_length=1, max_length=5000)]
    """In the order of the request."""
