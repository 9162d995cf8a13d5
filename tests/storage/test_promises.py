"""PostgreSQL is asked what it promises before anything is kept there, and refused without it."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from app.cli_check import look_at_all
from app.errors import CannotStart
from app.main import prepare
from app.settings import Settings
from app.storage.database import Database
from app.storage.promises import PROMISES, check_promises
from tests.installation import emptied


@pytest.fixture
def kept(settings: Settings, migrated_postgres: str) -> Settings:
    return settings.model_copy(update={"database_url": emptied(migrated_postgres)})


def asked(settings: Settings) -> dict[str, object]:
    with closing(Database(settings.database_url)) as database:
        return database.read_now(check_promises)


@contextmanager
def the_whole_server(url: str, name: str, value: str) -> Iterator[None]:
    """With another setting, as its operator would have it; and back."""
    with psycopg.connect(url, autocommit=True) as connection:

        def change(statement: str, expected: str) -> None:
            connection.execute(statement)
            connection.execute("SELECT pg_reload_conf()")
            while connection.execute(f"SHOW {name}").fetchone() != (expected,):
                time.sleep(0.01)

        (before,) = connection.execute(f"SHOW {name}").fetchone() or ("",)
        change(f"ALTER SYSTEM SET {name} = {value}", value)
        try:
            yield
        finally:
            change(f"ALTER SYSTEM RESET {name}", before)


def test_a_server_as_it_comes_promises_enough(
    kept: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(kept) == dict.fromkeys(PROMISES, "on")
    prepare(kept)
    look_at_all(kept)
    assert "fsync=on, full_page_writes=on, synchronous_commit=on" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "off"),
        ("full_page_writes", "off"),
        *(("synchronous_commit", value) for value in ("off", "local", "remote_write")),
    ],
)
def test_a_server_that_could_lose_what_was_answered_is_refused_in_words(
    kept: Settings, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    prepare(kept)
    with the_whole_server(kept.database_url, name, value):
        with pytest.raises(CannotStart, match=f"{name}={value}"):
            prepare(kept)
        assert not look_at_all(kept)
        assert f"NOT WELL  PostgreSQL says {name}={value}" in capsys.readouterr().out
    prepare(kept)


def test_what_holds_for_our_user_alone_is_seen(kept: Settings) -> None:
    with psycopg.connect(kept.database_url, autocommit=True) as connection:
        connection.execute("ALTER ROLE keel SET synchronous_commit = off")
        try:
            with pytest.raises(CannotStart, match="for this user"):
                prepare(kept)
        finally:
            connection.execute("ALTER ROLE keel RESET synchronous_commit")


def test_waiting_for_a_standby_to_show_it_too_is_more_than_enough(kept: Settings) -> None:
    url = kept.database_url.replace("?", "?options=-csynchronous_commit%3Dremote_apply&")
    found = asked(kept.model_copy(update={"database_url": url}))
    assert found["synchronous_commit"] == "remote_apply"
