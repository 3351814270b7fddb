"""Alembic's way in: the connection that db.upgrade hands over, or the one of the settings."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from config.settings import read
from db import engine
from db.models import Base


def migrate(connection: Connection) -> None:
    context.configure(connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def by_hand() -> None:
    database = engine.connect(read().database_url)
    async with database.writer.begin() as connection:
        await connection.run_sync(migrate)
    await database.close()


if handed_over := context.config.attributes.get("connection"):
    migrate(handed_over)
else:
    asyncio.run(by_hand())
