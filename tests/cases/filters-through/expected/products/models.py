class ProductListParams(QueryModel, longest_query=61_440):
    """What narrows, sorts and pages a list of products."""

    warehouse_city: Annotated[
        String | MISSING, Field(alias="depot_city", min_length=1, max_length=80)
    ] = MISSING
    warehouse_city_prefix: Annotated[
        String | MISSING, Field(alias="depot_city_prefix", min_length=1, max_length=80)
    ] = MISSING
    warehouse_city_in: Annotated[
        list[Annotated[String, Field(min_length=1, max_length=80)]] | MISSING,
        Field(alias="depot_city_in", max_length=100),
    ] = MISSING
    warehouse_area_ge: Annotated[
        IntegerParameter | MISSING, Field(alias="depot_squareMetres_ge")
    ] = MISSING
    warehouse_region_id: Annotated[Uuid | MISSING, Field(alias="depot_region_id")] = MISSING
    warehouse_region_id_is_null: Annotated[
        BooleanParameter | MISSING, Field(alias="depot_region_id_is_null")
    ] = MISSING
    replaces_warehouse_id: Annotated[
        IntegerParameter | MISSING, Field(alias="replaces_depot_id")
    ] = MISSING
    sort: Annotated[list[Literal["id", "-id"]] | MISSING, Field(max_length=2)] = MISSING
    page: Annotated[IntegerParameter, Field(ge=1, le=100000)] = 1
    page_size: Annotated[IntegerParameter, Field(ge=1, le=100)] = 20
