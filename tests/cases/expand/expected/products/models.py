class ProductListParams(QueryModel):
    """What narrows, sorts and pages a list of products."""

    sort: Annotated[list[Literal["id", "-id"]] | MISSING, OneDirection, Field(max_length=2)] = (
        MISSING
    )
    expand: Annotated[list[Literal["warehouse", "replaces"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
    cursor: Cursor | MISSING = MISSING
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20

class ProductReadParams(QueryModel):
    """What is answered beside the product."""

    expand: Annotated[list[Literal["warehouse", "replaces"]] | MISSING, Field(max_length=2)] = (
        MISSING
    )
