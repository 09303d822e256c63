CREATE = Create(
    EVENT,
    insert(events),
    made={"created_at": now},
)

REPLACE = Replace(
    EVENT,
    update(events).where(EVENT.key == bindparam("key")),
)
