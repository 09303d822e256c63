LIST = List(
    PERSON,
    select(*PERSON.columns),
    filters={
        "type": staff.c.type == bindparam("type"),
        "keys": staff.c["keys"] == bindparam("keys"),
    },
    sort={
        "id": staff.c.id,
    },
    page=Page(size=20, most=100),
)
