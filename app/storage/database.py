"""The database: every connection with the promises it needs, and every transaction.

On SQLite a read runs inline, since a hop to a thread costs more than the whole of it, and writes go
one after another to one writer thread. On PostgreSQL both run on psycopg's pool. A write is
answered after its commit, never before.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from app import limits
from app.errors import CannotStart, DatabaseUnavailable, StorageFull

__all__ = ["PRAGMAS", "Connection", "Database", "pragmas"]

Result = TypeVar("Result")

PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(limits.DATABASE_WAIT_SECONDS * 1000), limits.DATABASE_WAIT_SECONDS * 1000),
}
"""What is asked for, and what SQLite must say afterwards: a promise is not kept by asking."""

IS_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, "53100"}
"""What SQLite and PostgreSQL call a disk without room."""

ADVISORY_LOCK = 0x4B65656C  # any number that no other program is likely to take


class Database:
    """One SQLite file, never made by connecting, or one PostgreSQL database.

    Everything here raises DatabaseUnavailable when the database is away and StorageFull when it
    has no room; a broken constraint goes up as SQLAlchemy's IntegrityError, to storage's callers.
    """

    def __init__(self, url: str, make_room: Callable[[], bool] = lambda: False) -> None:
        """`make_room` gives back what was kept free for a full disk; False when there is none."""
        is_file = url.startswith("sqlite:///")
        self._kept: _Sqlite | _Postgres = _Sqlite(url) if is_file else _Postgres(url)
        self.url = url
        self.make_room = make_room

    @property
    def path(self) -> Path | None:
        """SQLite's file; None for PostgreSQL."""
        return self._kept.path

    @property
    def place(self) -> str:
        """In words that hold no password."""
        return self._kept.place

    async def read(self, fn: Callable[[Connection], Result]) -> Result:
        """Runs `fn`, which changes nothing."""
        with _told():
            return await self._kept.read(fn)

    async def write(self, fn: Callable[[Connection], Result]) -> Result:
        """Runs `fn` in one transaction, and returns when it is committed; or nothing happened."""
        with _told():
            return await self._kept.write(fn)

    async def erase(self, fn: Callable[[Connection], Result]) -> Result:
        """The same for what ends in less being kept: on a full disk there is room for it."""
        try:
            return await self.write(fn)
        except StorageFull:
            if not self.make_room():
                raise
            return await self.write(fn)

    def read_now(self, fn: Callable[[Connection], Result]) -> Result:
        """The same as `read`, for commands that have no event loop."""
        with _told(), self._kept.begin(writes=False) as connection:
            return fn(connection)

    def write_now(self, fn: Callable[[Connection], Result]) -> Result:
        """The same as `write`, for commands that have no event loop."""
        with _told(), self._kept.begin(writes=True) as connection:
            return fn(connection)

    def migrate(self, fn: Callable[[Connection], object]) -> None:
        """Runs `fn`, a migration, in one transaction; it commits whole or not at all."""
        with self._kept.begin(writes=True) as connection:
            fn(connection)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps every other process that asks for the same waiting until this one is through."""
        with _told(), self._kept.alone():
            yield

    async def aclose(self) -> None:
        """Closes every connection, in the event loop that they were used in."""
        await self._kept.aclose()
        self._kept.close()

    def close(self) -> None:
        """Closes the connections that were used without an event loop."""
        self._kept.close()


class _Sqlite:
    """One connection for reads, on the event loop's own thread, and one for writes on another."""

    def __init__(self, url: str) -> None:
        self.path: Path | None = Path(url.removeprefix("sqlite:///"))
        self.place = str(self.path)
        self._engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        event.listen(self._engine, "connect", _prepare)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._reader: Connection | None = None

    def _connect(self) -> sqlite3.Connection:
        """By URI, whatever letters the path has; `rw`, so that none is made where none is."""
        place = f"file:{quote(self.place)}?mode=rw"
        return sqlite3.connect(place, uri=True, check_same_thread=False)

    async def read(self, fn: Callable[[Connection], Result]) -> Result:
        """On one connection that stays; after any error the next read has a new one."""
        connection = self._reader or self._engine.connect()
        self._reader = None
        raw: Any = connection.connection.dbapi_connection
        try:
            raw.execute("BEGIN")
            found = fn(connection)
            raw.execute("ROLLBACK")
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        self._reader = connection
        return found

    async def write(self, fn: Callable[[Connection], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self._write, fn)

    def _write(self, fn: Callable[[Connection], Result]) -> Result:
        with self.begin(writes=True) as connection:
            return fn(connection)

    @contextmanager
    def begin(self, *, writes: bool) -> Iterator[Connection]:
        """A read sees one moment and is rolled back; a write takes its turn before its first."""
        with self._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            try:
                yield connection
                if writes:
                    raw.execute("COMMIT")
            finally:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")

    @contextmanager
    def alone(self) -> Iterator[None]:
        lock = os.open(Path(self.place).with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    async def aclose(self) -> None:
        self._writer.shutdown()
        self._writer = ThreadPoolExecutor(1, "writer")

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._engine.dispose()


class _Postgres:
    """psycopg's connections, made of the URL as libpq reads it: several hosts, TLS, all of it."""

    def __init__(self, url: str) -> None:
        self.path: Path | None = None
        self.place = "on PostgreSQL"
        self._url = url
        self._wait = (
            {} if "connect_timeout=" in url else {"connect_timeout": limits.CONNECT_SECONDS}
        )
        self._psycopg: Any = import_module("psycopg")  # only whoever uses it waits for it
        pool = {"pool_size": limits.CONNECTIONS, "max_overflow": 0, "pool_use_lifo": True}
        wait = {"pool_timeout": limits.DATABASE_WAIT_SECONDS}
        self._engine: Any = import_module("sqlalchemy.ext.asyncio").create_async_engine(
            "postgresql+psycopg://", async_creator=self._connect, **pool, **wait
        )
        self._reading: Any = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._now = create_engine(
            "postgresql+psycopg://", creator=self._connect_now, poolclass=NullPool
        )

    async def _connect(self) -> Any:
        return await self._psycopg.AsyncConnection.connect(self._url, **self._wait)

    def _connect_now(self) -> Any:
        return self._psycopg.connect(self._url, **self._wait)

    async def read(self, fn: Callable[[Connection], Result]) -> Result:
        return await self._twice(self._read, fn)

    async def write(self, fn: Callable[[Connection], Result]) -> Result:
        return await self._twice(self._write, fn)

    async def _twice(self, run: Any, fn: Callable[[Connection], Result]) -> Result:
        """Once more on a new connection when the old one turned out to be cut before a commit."""
        try:
            found: Result = await run(fn)
        except DBAPIError as error:
            if not error.connection_invalidated or getattr(error, "may_be_committed", False):
                raise
            found = await run(fn)
        return found

    async def _read(self, fn: Callable[[Connection], Result]) -> Result:
        async with self._reading.connect() as connection:
            found: Result = await connection.run_sync(fn)
            return found

    async def _write(self, fn: Callable[[Connection], Result]) -> Result:
        async with self._engine.connect() as connection:
            found: Result = await connection.run_sync(fn)
            try:
                await connection.commit()
            except DBAPIError as error:
                vars(error)["may_be_committed"] = True
                raise
            return found

    @contextmanager
    def begin(self, *, writes: bool) -> Iterator[Connection]:
        with self._now.connect() as connection:
            yield connection
            if writes:
                connection.commit()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._now.connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({ADVISORY_LOCK})")
            yield

    async def aclose(self) -> None:
        await self._engine.dispose()

    def close(self) -> None:
        self._now.dispose()


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


@contextmanager
def _told() -> Iterator[None]:
    """The database's own errors as two of ours; a broken constraint stays what it is."""
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, sqlite3.Error) as error:
        found: Any = getattr(error, "orig", None) or error
        code = getattr(found, "sqlite_errorcode", getattr(found, "sqlstate", None))
        if code in IS_FULL:
            raise StorageFull from error
        raise DatabaseUnavailable(str(found)) from error
