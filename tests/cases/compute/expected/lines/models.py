class Line(ResponseModel):
    """A line."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    quantity: Annotated[Integer, Field(ge=1, le=1000)]
    unit_price: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
    discount: Annotated[Integer | None, Field(ge=0, le=100)]
    total: Annotated[Decimal, Field(max_digits=11, decimal_places=2)]
    """Computed: `quantity * unit_price`."""
    half: Number | None
    """Computed: `discount / 2`."""

class LineCreate(RequestModel):
    """What creates a line."""

    quantity: Annotated[Integer, Field(ge=1, le=1000)]
    unit_price: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
    discount: Annotated[Integer | None, Field(ge=0, le=100)] = None
