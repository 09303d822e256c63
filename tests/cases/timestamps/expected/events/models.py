class Event(ResponseModel):
    """An event."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    title: Annotated[String, Field(max_length=255)]
    created_at: DateTime
    """When it was created."""
