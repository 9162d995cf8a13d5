"""The contract of a database itself, on SQLite and on PostgreSQL: whole, once, committed."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import DatabaseUnavailable
from app.models.attempts import ATTEMPTS
from app.storage.database import Database

SUBJECT = b"s" * 32


def add(held: Connection, rule: str = "rule", count: int = 0) -> None:
    row = {"subject": SUBJECT, "rule": rule, "count": count, "ends_at": 2**40}
    held.execute(insert(ATTEMPTS).values(row))


def counts(held: Connection) -> list[int]:
    return list(held.execute(select(ATTEMPTS.c.count).order_by(ATTEMPTS.c.rule)).scalars())


def in_one_loop(kept: Database, life: Coroutine[Any, Any, None]) -> None:
    """As a server has it: every connection is closed in the loop it was used in."""

    async def live() -> None:
        try:
            await life
        finally:
            await kept.aclose()

    asyncio.run(live())


def test_a_write_is_there_for_everybody_once_it_returns(kept: Database, database_url: str) -> None:
    other = Database(database_url)

    async def life() -> None:
        for number in range(5):
            await kept.write(partial(add, rule=f"rule {number}", count=number))
            assert other.read_now(counts) == list(range(number + 1))
            assert await kept.read(counts) == list(range(number + 1))

    in_one_loop(kept, life())
    other.close()


def test_a_write_that_fails_leaves_nothing(kept: Database) -> None:
    class Half(Exception):
        pass

    def half(held: Connection) -> None:
        add(held)
        assert counts(held) == [0]
        raise Half

    async def life() -> None:
        with pytest.raises(Half):
            await kept.write(half)
        with pytest.raises(Half):
            kept.write_now(half)
        assert await kept.read(counts) == []
        await kept.write(add)
        assert await kept.read(counts) == [0]

    in_one_loop(kept, life())


def test_a_broken_constraint_goes_up_as_it_is_and_leaves_nothing(kept: Database) -> None:
    def twice(held: Connection) -> None:
        add(held, "new")
        add(held)

    async def life() -> None:
        await kept.write(add)
        with pytest.raises(IntegrityError):
            await kept.write(twice)
        assert await kept.read(counts) == [0]

    in_one_loop(kept, life())


def test_a_statement_that_is_not_understood_is_the_databases_own_trouble(kept: Database) -> None:
    async def life() -> None:
        with pytest.raises(DatabaseUnavailable) as refused:
            await kept.read(lambda c: c.exec_driver_sql("SELECT 1 FROM nowhere"))
        assert "nowhere" in refused.value.reason
        assert await kept.read(counts) == []

    in_one_loop(kept, life())


def test_a_hundred_writes_at_once_are_each_counted(kept: Database) -> None:
    def one_more(held: Connection) -> None:
        held.execute(update(ATTEMPTS).values(count=ATTEMPTS.c.count + 1))

    async def life() -> None:
        await kept.write(add)
        await asyncio.gather(*(kept.write(one_more) for _ in range(100)))
        assert await kept.read(counts) == [100]

    in_one_loop(kept, life())


def test_a_read_sees_nothing_of_a_write_that_is_not_committed(
    kept: Database, database_url: str
) -> None:
    other = Database(database_url)

    def look_from_outside(held: Connection) -> list[int]:
        add(held)
        return other.read_now(counts)

    async def life() -> None:
        assert await kept.write(look_from_outside) == []
        assert await kept.read(counts) == [0]

    in_one_loop(kept, life())
    other.close()


def test_whoever_asks_to_be_alone_is(kept: Database, database_url: str) -> None:
    """The second begins when the first is through, on another connection."""
    other, order = Database(database_url), list[str]()

    def second() -> None:
        with other.alone():
            order.append("second")

    async def life() -> None:
        with kept.alone():
            waiting = asyncio.create_task(asyncio.to_thread(second))
            await asyncio.sleep(0.2)
            order.append("first")
        await waiting

    in_one_loop(kept, life())
    other.close()
    assert order == ["first", "second"]
