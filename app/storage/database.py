"""The database: every connection with the promises it needs, and every transaction.

SQLite, read inline: a statement takes microseconds there, and a hop to a thread more than that.
Nothing writes yet but migrations; `write` comes with the first thing that does.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from app import limits
from app.errors import CannotStart, DatabaseUnavailable

Result = TypeVar("Result")

PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(limits.DATABASE_WAIT_SECONDS * 1000), limits.DATABASE_WAIT_SECONDS * 1000),
}
"""What is asked for, and what SQLite must say afterwards: a promise is not kept by asking."""


class Database:
    """One file. It is never made by connecting: storage/schema.py makes it, privately."""

    def __init__(self, url: str) -> None:
        self.path = Path(url.removeprefix("sqlite:///"))
        self._engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    def _connect(self) -> sqlite3.Connection:
        """By URI, whatever letters the path has; `rw`, so that none is made where none is."""
        place = f"file:{quote(str(self.path))}?mode=rw"
        return sqlite3.connect(place, uri=True, check_same_thread=False)

    async def read(self, fn: Callable[[Connection], Result]) -> Result:
        """Runs `fn` in a transaction of its own, and rolls it back. Raises DatabaseUnavailable."""
        return self.read_now(fn)

    def read_now(self, fn: Callable[[Connection], Result]) -> Result:
        """The same, for commands that have no event loop."""
        try:
            with self._engine.connect() as connection:
                return fn(connection)
        except DBAPIError as error:
            raise DatabaseUnavailable(str(error.orig)) from error

    def migrate(self, fn: Callable[[Connection], object]) -> None:
        """Runs `fn`, a migration, in one transaction; it commits whole or not at all."""
        with self._engine.begin() as connection:
            fn(connection)

    def close(self) -> None:
        """Closes the connections that are not in use."""
        self._engine.dispose()


def pragmas(connection: Connection) -> dict[str, object]:
    """What SQLite says of this connection's promises."""
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}


def _prepare(connection: Any, _record: object) -> None:
    """Sets the pragmas and asks for each again. Raises CannotStart for one that did not take."""
    connection.isolation_level = None
    for name, (value, expected) in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != expected:
            raise CannotStart(
                "database", f"SQLite does not keep {name}={value} here; it says {found}."
            )


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
