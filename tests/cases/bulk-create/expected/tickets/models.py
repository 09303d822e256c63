class TicketBulkCreated(ResponseModel):
    """How many tickets were created."""

    created: Annotated[Integer, Field(ge=0)]
    """How many tickets are new."""
    kept: Annotated[Integer, Field(ge=0)]
    """How many items had one of the tickets already, which was kept."""
