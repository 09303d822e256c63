class ItemUpdate(RequestModel):
    """The fields of an item to change; the others stay as they are."""
