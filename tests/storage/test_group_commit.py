"""Writes that wait together on SQLite are committed together, and none of them notices."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from app import limits
from app.errors import DatabaseUnavailable
from app.storage.data_directory import make_private_file
from app.storage.database import Database


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "kept.sqlite3"
    make_private_file(path)
    database = Database(f"sqlite:///{path}")
    database.migrate(lambda held: held.execute(text("CREATE TABLE t (n INTEGER UNIQUE)")))
    yield database
    database.close()


def add(number: int, held: Connection) -> int:
    held.execute(text("INSERT INTO t VALUES (:n)"), {"n": number})
    return number


def numbers(held: Connection) -> list[int]:
    return list(held.execute(text("SELECT n FROM t ORDER BY n")).scalars())


async def gathered(kept: Database, *writes: Any) -> list[Any]:
    try:
        return await asyncio.gather(*(kept.write(fn) for fn in writes), return_exceptions=True)
    finally:
        await kept.aclose()


def test_what_waits_together_is_committed_together(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, begin = list[bool](), kept._kept.begin

    def counted(*, writes: bool) -> Any:
        began.append(writes)
        return begin(writes=writes)

    monkeypatch.setattr(kept._kept, "begin", counted)
    found = asyncio.run(gathered(kept, *(partial(add, n) for n in range(20))))
    assert found == list(range(20))
    assert began == [True]
    assert kept.read_now(numbers) == list(range(20))


def test_one_that_fails_takes_nobody_with_it(kept: Database) -> None:
    class Refused(Exception):
        pass

    def half(held: Connection) -> None:
        add(100, held)
        raise Refused

    found = asyncio.run(gathered(kept, partial(add, 1), half, partial(add, 1), partial(add, 2)))
    kinds = [type(one).__name__ for one in found]
    assert kinds == ["int", "Refused", "IntegrityError", "int"]
    assert kept.read_now(numbers) == [1, 2]


def test_none_is_answered_before_the_commit_of_all(kept: Database, tmp_path: Path) -> None:
    """Looked at from another connection at the moment of each answer."""

    async def one(number: int, other: sqlite3.Connection) -> set[int]:
        await kept.write(partial(add, number))
        return {n for (n,) in other.execute("SELECT n FROM t")}

    async def life() -> list[set[int]]:
        with closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as other:
            seen = await asyncio.gather(*(one(n, other) for n in range(30)))
        await kept.aclose()
        return seen

    for number, there in enumerate(asyncio.run(life())):
        assert number in there


def test_whoever_goes_away_stops_nobody(kept: Database) -> None:
    async def life() -> None:
        waiting = [asyncio.create_task(kept.write(partial(add, n))) for n in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        done = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(one).__name__ for one in done] == ["int", "CancelledError", "int"]
        assert await kept.write(partial(add, 9)) == 9
        await kept.aclose()

    asyncio.run(life())
    assert set(kept.read_now(numbers)) >= {0, 2, 9}


def test_a_lock_that_another_process_holds_is_waited_for_once(
    kept: Database, tmp_path: Path
) -> None:
    """Ten that wait for it in vain do not wait ten times."""
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        found = asyncio.run(gathered(kept, *(partial(add, n) for n in range(10))))
    assert {type(one) for one in found} == {DatabaseUnavailable}
    assert time.monotonic() - began < 2 * limits.DATABASE_WAIT_SECONDS
    assert kept.read_now(numbers) == []
