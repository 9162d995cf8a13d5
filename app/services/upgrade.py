"""Bringing the database to the newest migration before anything is served from it."""

import fcntl
import os

from app.errors import CannotStart, DatabaseUnavailable
from app.storage.data_directory import make_private_file
from app.storage.database import Database
from app.storage.schema import is_current, run_migrations


def bring_up_to_date(database: Database) -> bool:
    """Makes the file and migrates it when it is behind; True when it was. Raises CannotStart.

    Processes that start together take turns, and all but the first find nothing left to do. A
    database that stands past the newest migration is left as it is.
    """
    try:
        make_private_file(database.path)
        return not database.read_now(is_current) and _migrate_alone(database)
    except (OSError, DatabaseUnavailable) as error:
        reason = error.reason if isinstance(error, DatabaseUnavailable) else error.strerror
        raise CannotStart(
            "database", f"The database {database.path} can't be opened: {reason}."
        ) from error


def _migrate_alone(database: Database) -> bool:
    lock = os.open(database.path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if database.read_now(is_current):
            return False
        run_migrations(database.path)
        return True
    finally:
        os.close(lock)
