PERSON = Rows(
    "person",
    staff,
    Person,
    key="id",
)
