CREATE = Create(
    LINE,
    insert(lines),
)

LIST = List(
    LINE,
    select(*LINE.columns),
    filters={
        "total_ge": lines.c.total >= bindparam("total_ge"),
    },
    sort={
        "total": lines.c.total,
        "id": lines.c.id,
    },
    page=Page(size=20, most=100),
)
