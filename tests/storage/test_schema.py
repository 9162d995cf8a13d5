"""The tables that migrations make are those of the models, on both databases, to the letter."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect

from app.models import METADATA
from app.storage.data_directory import make_private_file
from app.storage.database import Database

Described = dict[str, Any]


def described(held: Connection) -> Described:
    """Every table with its columns, keys and indexes, as the database itself tells them."""
    found = inspect(held)
    return {
        name: {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"], one["default"])
                for one in found.get_columns(name)
            },
            "primary": found.get_pk_constraint(name)["constrained_columns"],
            "foreign": sorted(
                (one["constrained_columns"], one["referred_table"], one["referred_columns"])
                for one in found.get_foreign_keys(name)
            ),
            "unique": sorted(one["column_names"] for one in found.get_unique_constraints(name)),
            "indexes": sorted(
                (one["name"], one["column_names"], bool(one["unique"]))
                for one in found.get_indexes(name)
            ),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


@pytest.fixture
def of_the_models(kept: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Described:
    """What the models alone would have made of an empty database."""
    if kept.path is None:
        new_postgres: Callable[[], str] = request.getfixturevalue("new_postgres")
        url = new_postgres()
    else:
        make_private_file(tmp_path / "made.sqlite3")
        url = f"sqlite:///{tmp_path}/made.sqlite3"
    with closing(Database(url)) as database:
        database.write_now(METADATA.create_all)
        return database.read_now(described)


def test_migrations_make_what_the_models_say(kept: Database, of_the_models: Described) -> None:
    assert kept.read_now(described) == of_the_models
    assert of_the_models.keys() == METADATA.tables.keys()
    assert sum(len(table["unique"]) for table in of_the_models.values()) == 5


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX ix_sessions_last_seen_on",
        "CREATE UNIQUE INDEX more ON key_slots (sealed)",
        "ALTER TABLE accounts ADD COLUMN note TEXT",
        "ALTER TABLE revisions RENAME COLUMN size TO length",
        "CREATE TABLE notes (id INTEGER)",
    ],
)
def test_the_control_any_difference_is_seen(
    kept: Database, of_the_models: Described, change: str
) -> None:
    class Undone(Exception):
        pass

    def compare(held: Connection) -> None:
        held.exec_driver_sql(change)
        assert described(held) != of_the_models
        raise Undone

    with pytest.raises(Undone):
        kept.write_now(compare)
