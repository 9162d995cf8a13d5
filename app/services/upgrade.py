"""Bringing the database to the newest migration before anything is served from it."""

from app.errors import CannotStart, DatabaseUnavailable, StorageFull
from app.storage.data_directory import make_private_file
from app.storage.database import Database
from app.storage.promises import check_promises
from app.storage.schema import is_current, run_migrations


def bring_up_to_date(database: Database) -> bool:
    """Makes SQLite's file, or asks PostgreSQL what it promises, and migrates what is behind; True
    when it was. Raises CannotStart.

    Processes that start together take turns, and all but the first find nothing left to do. A
    database that stands past the newest migration is left as it is.
    """
    try:
        if database.path is not None:
            make_private_file(database.path)
        else:
            database.read_now(check_promises)
        return not _is_current(database) and _migrate_alone(database)
    except StorageFull as error:
        raise CannotStart(
            "database", f"There is no room left where the database stands: {database.place}."
        ) from error
    except (OSError, DatabaseUnavailable) as error:
        reason = error.reason if isinstance(error, DatabaseUnavailable) else str(error)
        raise CannotStart(
            "database", f"The database {database.place} can't be opened: {reason.strip()}."
        ) from error


def _is_current(database: Database) -> bool:
    """SQLite makes a file as it opens: on a full disk, with the room that is kept for deleting."""
    try:
        return database.read_now(is_current)
    except StorageFull:
        if not database.make_room():
            raise
        return database.read_now(is_current)


def _migrate_alone(database: Database) -> bool:
    with database.alone():
        if database.read_now(is_current):
            return False
        run_migrations(database.url)
        return True
