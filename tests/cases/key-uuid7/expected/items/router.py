ItemId = Annotated[UuidKey, Path()]
