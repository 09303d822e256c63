LIST = List(
    ITEM,
    select(*ITEM.columns),
    page=Page(size=10, most=40, count=True),
)
