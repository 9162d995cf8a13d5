"""Deleting an account: the mark first, then every byte, while the server goes on."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection

from app.errors import DatabaseUnavailable, SignedOut, StorageFull
from app.models.sessions import SignedIn
from app.services.accounts import Accounts
from app.settings import Settings
from app.storage import accounts as rows
from app.storage import gone, key_file
from app.storage.database import Database
from tests.installation import TODAY, account, begun, copied, files_with, fill, save

WORDS = b"plan-canary 2 "


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = begun(tmp_path_factory.mktemp("filled") / "data")
    fill(made, 5)
    with closing(Database(made.database_url)) as database:
        for revision in range(2, 6):
            save(database, 2, revision)
    return made


@pytest.fixture
def settings(filled: Settings, tmp_path: Path) -> Settings:
    return copied(filled, tmp_path / "data")


def service(settings: Settings, database: Database) -> Accounts:
    place = gone.gone_file(settings.key_file)
    return Accounts(database, key_file.read(settings.key_file), place)


def signed_in(whose: UUID) -> SignedIn:
    return SignedIn(whose, uuid4(), TODAY, TODAY, False)


def mark(settings: Settings, number: int) -> bytes:
    return key_file.read(settings.key_file).verifier("gone", account(number).bytes)


def test_no_file_holds_a_word_of_it_while_the_server_goes_on(settings: Settings) -> None:
    with closing(Database(settings.database_url)) as database:
        for revision in range(6, 9):  # in the journal, and not yet in the database's own file
            save(database, 2, revision)
        assert "keel.sqlite3-wal" in files_with(WORDS, settings.data_dir)
        asyncio.run(service(settings, database).delete(signed_in(account(2))))
        assert files_with(WORDS, settings.data_dir) == []
        assert files_with(b"plan-canary 3 ", settings.data_dir) == ["keel.sqlite3"]


def test_the_control_a_deletion_without_secure_delete_leaves_words(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data_dir / "keel.sqlite3")) as raw:
        raw.execute("PRAGMA secure_delete=OFF")
        raw.execute("DELETE FROM revisions WHERE account_id = ?", [account(2).hex])
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert files_with(WORDS, settings.data_dir) == ["keel.sqlite3"]


def test_the_mark_is_on_disk_before_anything_is_deleted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = gone.gone_file(settings.key_file)

    def cut_off(_connection: Connection, _account: UUID) -> None:
        assert gone.marks(place) == {mark(settings, 2)}
        raise DatabaseUnavailable("the power went")

    monkeypatch.setattr(rows, "erase", cut_off)
    with closing(Database(settings.database_url)) as database:
        with pytest.raises(DatabaseUnavailable):
            asyncio.run(service(settings, database).delete(signed_in(account(2))))
        assert database.read_now(lambda held: rows.read_mark(held, account(2)))


def test_without_a_mark_nothing_is_deleted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with closing(Database(settings.database_url)) as database:
        with pytest.raises(StorageFull):
            asyncio.run(service(settings, database).delete(signed_in(account(2))))
        assert database.read_now(lambda held: rows.read_mark(held, account(2)))


def test_an_account_that_is_gone_is_not_deleted_twice(settings: Settings) -> None:
    with closing(Database(settings.database_url)) as database:
        asyncio.run(service(settings, database).delete(signed_in(account(2))))
    with (
        closing(Database(settings.database_url)) as database,
        pytest.raises(SignedOut),
    ):
        asyncio.run(service(settings, database).delete(signed_in(account(2))))
    assert gone.marks(gone.gone_file(settings.key_file)) == {mark(settings, 2)}
