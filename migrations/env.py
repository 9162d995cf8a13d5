"""What Alembic runs: all migrations in one transaction, on a connection like the server's."""

import os

from alembic import context
from sqlalchemy import Connection

from app.models import METADATA
from app.storage.database import Database


def run(connection: Connection) -> None:
    """All migrations together: they commit whole or not at all."""
    context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
    context.run_migrations()


# By the environment: whoever lists this computer's processes reads their arguments.
database = Database(os.environ["KEEL_MIGRATE"])
database.migrate(run)
database.close()
