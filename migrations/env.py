"""What Alembic runs: all migrations in one transaction, on a connection like the server's."""

import os

from alembic import context
from sqlalchemy import Connection

from app.models import METADATA
from app.storage.database import Database

TURN = 0x4B65656D
"""A lock of PostgreSQL's own, beside the one that whoever waits for this process holds."""


def run(connection: Connection) -> None:
    """All migrations together: they commit whole or not at all.

    One process after the other, which SQLite sees to: whoever waited for one may have been killed,
    and have started the next while it still goes on.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
    context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
    context.run_migrations()


# By the environment: whoever lists this computer's processes reads their arguments.
database = Database(os.environ["KEEL_MIGRATE"])
database.migrate(run)
database.close()
