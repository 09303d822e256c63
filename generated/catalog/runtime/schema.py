"""The tables of a service: created once, and known by a digest of what made them.

The digest stands in the table `restwright_schema`. A service that finds another one there refuses
to start, since its statements would not fit the tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Connection, MetaData, Table, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

from .columns import Text
from .database import Database, StartError

LOCK = 5_720_815_331
"""Of PostgreSQL's advisory locks: the one that starting services take."""

_own = Table(
    "restwright_schema", MetaData(), Column("digest", Text(), nullable=False), sqlite_strict=True
)


class SchemaMismatchError(StartError):
    """The database holds other tables than the service needs. The text says what to do."""


class Schema:
    """The tables that a service needs."""

    def __init__(self, tables: Sequence[Table], digest: str) -> None:
        self.tables = tables
        self.digest = digest

    async def ensure(self, database: Database) -> None:
        """Create the tables if there are none; refuse those of another schema."""
        async with database.engine.connect() as connection:
            found = await connection.run_sync(_digest)
            await connection.rollback()
        if found is None:
            async with database.engine.begin() as connection:
                await _lock(connection)
                found = await connection.run_sync(_digest)
                if found is None:
                    await connection.run_sync(self._create)
                    return
        if found != self.digest:
            variable = database.settings.variable("database_url")
            raise SchemaMismatchError(
                f"The database holds the tables of schema {found}, but this service needs those of "
                f"schema {self.digest}: set {variable} to an empty database, or generate the "
                "service again from the spec that made the tables."
            )

    def _create(self, connection: Connection) -> None:
        names = {table.name for table in self.tables}
        strangers = names.intersection(inspect(connection).get_table_names())
        if strangers:
            raise SchemaMismatchError(
                f"The database already has a table {min(strangers)!r} that this service did not "
                "create: choose an empty database."
            )
        self._create_tables(connection)
        connection.execute(CreateTable(_own))
        connection.execute(_own.insert().values(digest=self.digest))

    def _create_tables(self, connection: Connection) -> None:
        """Create tables and indexes; and then, where tables can be altered, foreign keys.

        So tables may refer to each other in a circle. `create_all` would see to that too, but mark
        the keys of circles as not the table's own: a process that then creates the tables in a
        database of the other kind would do so without them.
        """
        later = connection.dialect.supports_alter
        for table in self.tables:
            inline = () if later else None
            connection.execute(CreateTable(table, include_foreign_key_constraints=inline))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                connection.execute(CreateIndex(index))
        for table in self.tables if later else ():
            for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
                connection.execute(AddConstraint(key, isolate_from_table=False))


def _digest(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_own.name):
        return None
    return connection.execute(select(_own.c.digest)).scalar_one_or_none()


async def _lock(connection: AsyncConnection) -> None:
    """Let one service at a time create; SQLite has locked the file when the transaction began."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
