class ItemBulkDelete(RequestModel):
    """The keys of items to delete."""

    ids: Annotated[
        list[
            Annotated[
                String,
                Field(min_length=1, max_length=20, pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"),
            ]
        ],
        UniqueItems,
        Field(min_length=1, max_length=50),
    ]

class ItemBulkDeleted(ResponseModel):
    """How many items were deleted."""

    deleted: Annotated[Integer, Field(ge=0)]
    """How many items there were of these keys."""
