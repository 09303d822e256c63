BULK_CREATE = BulkCreate(CREATE, keep=("seat_per_show",), counts=True)
