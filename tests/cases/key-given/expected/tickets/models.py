class TicketCreate(RequestModel):
    """What creates a ticket."""

    id: Annotated[Integer, Field(ge=1)]
    title: Annotated[String, Field(max_length=255)]
