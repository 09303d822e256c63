class Product(ResponseModel):
    """A product."""

    id: Annotated[Integer, Field(ge=1)]
    """The key."""
    sku: Annotated[String, Field(min_length=1, max_length=20)]
    tag_ids: Annotated[
        list[
            Annotated[
                String,
                Field(min_length=1, max_length=40, pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"),
            ]
        ],
        UniqueItems,
        Field(max_length=20),
    ]
    similar_products: Annotated[
        list[Annotated[Integer, Field(ge=1)]], UniqueItems, Field(max_length=100)
    ]

class ProductCreate(RequestModel):
    """What creates a product."""

    sku: Annotated[String, Field(min_length=1, max_length=20)]
    tag_ids: Annotated[
        list[
            Annotated[
                String,
                Field(min_length=1, max_length=40, pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"),
            ]
        ],
        UniqueItems,
        Field(max_length=20),
    ] = []
    similar_products: Annotated[
        list[Annotated[Integer, Field(ge=1)]], UniqueItems, Field(max_length=100)
    ] = []

class ProductReplace(RequestModel):
    """What replaces a product."""

    sku: Annotated[String, Field(min_length=1, max_length=20)]
    tag_ids: Annotated[
        list[
            Annotated[
                String,
                Field(min_length=1, max_length=40, pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"),
            ]
        ],
        UniqueItems,
        Field(max_length=20),
    ] = []
    similar_products: Annotated[
        list[Annotated[Integer, Field(ge=1)]], UniqueItems, Field(max_length=100)
    ] = []

class ProductUpdate(RequestModel):
    """The fields of a product to change; the others stay as they are."""

    sku: Annotated[String | MISSING, Field(min_length=1, max_length=20)] = MISSING
    tag_ids: Annotated[
        list[
            Annotated[
                String,
                Field(min_length=1, max_length=40, pattern="^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"),
            ]
        ]
        | MISSING,
        UniqueItems,
        Field(max_length=20),
    ] = MISSING
    similar_products: Annotated[
        list[Annotated[Integer, Field(ge=1)]] | MISSING, UniqueItems, Field(max_length=100)
    ] = MISSING
