lines = Table(
    "lines",
    metadata,
    Column("id", columns.IntegerKey(), primary_key=True),
    Column("quantity", columns.Integer(), nullable=False),
    Column("unit_price", columns.Decimal(8, 2), nullable=False),
    Column("discount", columns.Integer(), nullable=True),
    Column(
        "total",
        columns.Decimal(11, 2),
        Computed(columns.Sql("quantity * unit_price"), persisted=True),
        nullable=False,
    ),
    Column(
        "half",
        columns.Number(),
        Computed(
            columns.Sql(
                "CAST(discount AS REAL) / 2.0",
                "CAST(discount AS DOUBLE PRECISION) / CAST(2.0 AS DOUBLE PRECISION)",
            ),
            persisted=True,
        ),
        nullable=True,
    ),
    info={"noun": "line"},
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

Index("ix_lines_total", lines.c.total, lines.c.id)
