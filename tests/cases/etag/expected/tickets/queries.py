CREATE = Create(
    TICKET,
    insert(tickets),
    made={"version": fresh_version},
)
