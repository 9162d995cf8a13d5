"""Every connection keeps its promises, or there is no connection."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.errors import CannotStart, DatabaseUnavailable
from app.storage import database as module
from app.storage.data_directory import make_private_file
from app.storage.database import PRAGMAS, Database, pragmas


@pytest.fixture
def database(tmp_path: Path) -> Database:
    path = tmp_path / "kept.sqlite3"
    make_private_file(path)
    return Database(f"sqlite:///{path}")


def test_every_connection_has_the_promises(database: Database) -> None:
    expected = {name: value for name, (_, value) in PRAGMAS.items()}

    def on_two(first: Connection) -> list[dict[str, object]]:
        assert first.connection.dbapi_connection is not None
        return [pragmas(first), database.read_now(pragmas)]

    assert database.read_now(on_two) == [expected, expected]
    assert database.write_now(pragmas) == expected


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("synchronous", "NORMAL", 2),
        ("journal_mode", "DELETE", "wal"),
        ("foreign_keys", "OFF", 1),
        ("secure_delete", "OFF", 1),
        ("busy_timeout", "0", 5000),
    ],
)
def test_a_promise_that_did_not_take_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch, name: str, asked: str, expected: object
) -> None:
    monkeypatch.setattr(module, "PRAGMAS", {**PRAGMAS, name: (asked, expected)})
    with pytest.raises(CannotStart, match=name):
        database.read_now(pragmas)


def test_a_read_is_one_transaction_and_leaves_nothing(database: Database) -> None:
    def write(connection: Connection) -> bool:
        connection.execute(text("CREATE TABLE t (n)"))
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw.in_transaction

    assert database.read_now(write)
    assert database.read_now(tables) == []


def test_a_migration_that_fails_leaves_nothing(database: Database) -> None:
    def half(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE t (n)"))
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        database.migrate(half)
    assert database.read_now(tables) == []
    database.migrate(lambda connection: connection.execute(text("CREATE TABLE t (n)")))
    assert database.read_now(tables) == ["t"]


def tables(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(text("SELECT name FROM sqlite_master"))]


def test_connecting_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        Database(f"sqlite:///{tmp_path / 'none.sqlite3'}").read_now(tables)
    assert (refused.value.code, list(tmp_path.iterdir())) == ("database_unavailable", [])


def test_a_path_with_odd_letters_is_only_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a b?mode=memory&x#ü%20;é.sqlite3"
    make_private_file(path)
    odd = Database(f"sqlite:///{path}")
    odd.migrate(lambda connection: connection.execute(text("CREATE TABLE t (n)")))
    assert path.stat().st_size > 0
    odd.close()
