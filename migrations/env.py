"""What Alembic runs: all migrations in one transaction, on a connection like the server's."""

from alembic import context
from sqlalchemy import Connection

from app.models import METADATA
from app.storage.database import Database


def run(connection: Connection) -> None:
    """All migrations together: they commit whole or not at all."""
    context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
    context.run_migrations()


path = context.get_x_argument(as_dictionary=True)["database"]
database = Database(f"sqlite:///{path}")
database.migrate(run)
database.close()
