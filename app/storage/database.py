"""The database: every connection with the promises it needs, and every transaction.

On SQLite a read runs inline (a hop to a thread costs more than all of it) and one thread commits
together what waits together; PostgreSQL has a pool. No write is answered before its commit.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
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
Waiting = tuple[Callable[[Connection], Any], Future[Any]]  # a write, and where its answer goes

PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(limits.DATABASE_WAIT_SECONDS * 1000), limits.DATABASE_WAIT_SECONDS * 1000),
}
"""What is asked for, and what SQLite must say afterwards: a promise is not kept by asking."""

IS_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, "53100"}  # a disk without room
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
        self.url, self.make_room = url, make_room
        self.path = self._kept.path  # SQLite's file; None for PostgreSQL
        self.place = self._kept.place  # in words that hold no password

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
        self._waiting: deque[Waiting] = deque()
        self._asked_in: asyncio.AbstractEventLoop | None = None
        self._reader: Connection | None = None

    def _connect(self) -> sqlite3.Connection:
        """By URI, whatever letters the path has; `rw`, so that none is made where none is."""
        uri = f"file:{quote(self.place)}?mode=rw"
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    async def read(self, fn: Callable[[Connection], Result]) -> Result:
        """On one connection that stays; after any error the next read has a new one."""
        connection, self._reader = self._reader or self._engine.connect(), None
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
        answered: Future[Result] = Future()
        answered.set_running_or_notify_cancel()  # who asked may go away; what was begun goes on
        self._waiting.append((fn, answered))
        if self._asked_in is not (loop := asyncio.get_running_loop()):
            self._asked_in = loop  # not at once: what else comes in this turn of it goes along
            loop.call_soon(self._writer.submit, self._write_waiting)
        return await asyncio.wrap_future(answered)

    def _write_waiting(self) -> None:
        """All that wait by now; whoever comes after this first line asks again."""
        self._asked_in = None
        if together := [self._waiting.popleft() for _ in range(len(self._waiting))]:
            self._write(together)

    def _write(self, together: list[Waiting]) -> None:
        """With one commit; where that fails each alone, unless all waited in vain for a lock."""
        try:
            with self.begin(writes=True) as connection:
                found = [fn(connection) for fn, _ in together]
        except BaseException as error:  # noqa: BLE001, whoever waits has to be told
            is_busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            for one in together:
                is_told = is_busy or len(together) == 1
                one[1].set_exception(error) if is_told else self._write([one])
        else:
            for (_, answered), what in zip(together, found, strict=True):
                answered.set_result(what)

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
        psycopg: Any = import_module("psycopg")  # only whoever uses it waits for it
        wait = {} if "connect_timeout=" in url else {"connect_timeout": limits.CONNECT_SECONDS}
        connect = partial(psycopg.AsyncConnection.connect, url, **wait)
        connect_now = partial(psycopg.connect, url, **wait)
        pool = {"pool_size": limits.CONNECTIONS, "max_overflow": 0, "pool_use_lifo": True}
        pool["pool_timeout"] = limits.DATABASE_WAIT_SECONDS
        create: Any = import_module("sqlalchemy.ext.asyncio").create_async_engine
        self._engine: Any = create("postgresql+psycopg://", async_creator=connect, **pool)
        self._reading: Any = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._now = create_engine("postgresql+psycopg://", creator=connect_now, poolclass=NullPool)

    async def read(self, fn: Callable[[Connection], Result]) -> Result:
        return await self._twice(self._read, fn)

    async def write(self, fn: Callable[[Connection], Result]) -> Result:
        return await self._twice(self._write, fn)

    async def _twice(self, run: Callable[[Any], Awaitable[Result]], fn: Any) -> Result:
        """Once more on a new connection when the old one turned out to be cut before a commit."""
        try:
            return await run(fn)
        except DBAPIError as error:
            if not error.connection_invalidated or getattr(error, "may_be_committed", False):
                raise
            return await run(fn)

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
            told = f"SQLite does not keep {name}={value} here; it says {found}."
            raise CannotStart("database", told)


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
