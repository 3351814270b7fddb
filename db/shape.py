"""Whether a database has all that its revision promises: a table or a guard of the audit log that
was taken away, by whatever hand, leaves the revision as it was."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from db.engine import Database
from db.guards import AUDIT
from db.models import Base

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


class Incomplete(Exception):
    """`lacking`: tables and triggers by name."""

    def __init__(self, lacking: list[str]) -> None:
        self.lacking = lacking
        super().__init__(f"the database lacks {', '.join(lacking)}")


async def lacking(database: Database) -> list[str]:
    """Of a database at the newest revision; by name, in order."""
    async with database.reader.connect() as connection:
        return await connection.run_sync(_lacking)


def _lacking(connection: Connection) -> list[str]:
    dialect = connection.dialect.name
    there = {*inspect(connection).get_table_names(), *connection.scalars(text(TRIGGERS[dialect]))}
    return sorted({*Base.metadata.tables, *AUDIT[dialect]} - there)
