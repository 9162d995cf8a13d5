"""A prepared statement finds and changes what SQLAlchemy's own way does, on both databases."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from app.models.accounts import ACCOUNTS
from app.models.prepared import Prepared
from app.storage.database import Database

COLUMNS = ("name_verifier", "auth_verifier", "lookup_verifier", "recovery_verifier", "gone_mark")
ROWS = [
    {"id": UUID(int=n), "created_on": date(2026, 11, n), **{c: bytes([n]) * 32 for c in COLUMNS}}
    for n in (1, 2, 3)
]
AFTER = (ACCOUNTS.c.created_on > bindparam("day"),)
FOUND = select(ACCOUNTS).where(*AFTER).order_by(ACCOUNTS.c.id.desc()).limit(2)


def fill(held: Connection) -> None:
    held.execute(insert(ACCOUNTS), ROWS)


def both(held: Connection, statement: Any, given: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Prepared, and in SQLAlchemy's own way."""
    rows = [tuple(row) for row in held.execute(statement, given)]
    assert Prepared(statement).first(held, given) == (rows[0] if rows else None)
    return Prepared(statement).rows(held, given), rows


def test_rows_come_back_with_their_types(kept: Database) -> None:
    kept.write_now(fill)
    ours, theirs = kept.read_now(lambda held: both(held, FOUND, {"day": date(2026, 11, 1)}))
    assert ours == theirs
    assert [row[0] for row in ours] == [UUID(int=3), UUID(int=2)]
    assert {type(value) for value in ours[0]} == {UUID, bytes, date}


def test_nothing_found_is_none(kept: Database) -> None:
    kept.write_now(fill)
    given = {"day": date(2030, 1, 1)}
    assert kept.read_now(lambda held: both(held, FOUND, given)) == ([], [])


def test_values_that_a_statement_holds_itself_go_with_it(kept: Database) -> None:
    kept.write_now(fill)
    most = select(func.coalesce(func.max(ACCOUNTS.c.created_on), date(2000, 1, 1))).where(*AFTER)
    for day, expected in ((date(2026, 11, 1), ROWS[2]["created_on"]), (date(2030, 1, 1), None)):
        found = kept.read_now(partial(both, statement=most, given={"day": day}))
        assert found[0] == found[1] == [(expected or date(2000, 1, 1),)]


def test_a_change_says_how_many_rows_it_changed(kept: Database) -> None:
    kept.write_now(fill)
    moved = Prepared(update(ACCOUNTS).where(*AFTER).values(auth_verifier=bindparam("new")))
    gone = Prepared(delete(ACCOUNTS).where(*AFTER))
    given = {"day": date(2026, 11, 1)}
    assert kept.write_now(lambda held: moved.change(held, {**given, "new": b"n"})) == 2
    assert kept.write_now(lambda held: gone.change(held, given)) == 2
    assert kept.write_now(lambda held: gone.change(held, given)) == 0
    kept.write_now(lambda held: Prepared(insert(ACCOUNTS)).change(held, ROWS[1]))
    whole = Prepared(select(ACCOUNTS.c.id, ACCOUNTS.c.auth_verifier).order_by(ACCOUNTS.c.id))
    assert kept.read_now(lambda held: whole.rows(held, {})) == [
        (UUID(int=1), bytes([1]) * 32),
        (UUID(int=2), bytes([2]) * 32),
    ]


def test_a_text_gives_its_columns_as_they_are(kept: Database) -> None:
    kept.write_now(fill)
    counted = Prepared(text("SELECT count(*), :more FROM accounts WHERE gone_mark <> :mark"))
    given = {"more": "more", "mark": bytes([1]) * 32}
    assert kept.read_now(lambda held: counted.first(held, given)) == (2, "more")
