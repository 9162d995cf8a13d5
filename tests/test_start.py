"""A server starts only with the keys that its database needs, and brings nobody back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from app.errors import CannotStart
from app.main import prepare
from app.settings import Settings
from app.storage import gone, key_file
from app.storage.database import Connection, Database
from app.storage.fit import SAMPLE, check_fit
from tests.installation import account, begun, copied, files_with, fill, slots_that_open
from tests.journeys.server import free_port
from tests.test_cli import served
from tests.test_cli_check import (
    another_key,
    another_pepper,
    cut_key_file,
    lost_gone_file,
    lost_key_file,
    opened_to_others,
)

PEOPLE = 5


@pytest.fixture
def settings(filled: Settings, tmp_path: Path) -> Settings:
    return copied(filled, tmp_path / "data")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lost_key_file, "Put it back"),
        (cut_key_file, "Put it back"),
        (opened_to_others, "chmod 600"),
        (another_key, "Put the key file back"),
        (another_pepper, "Put the right key file back"),
        (lost_gone_file, "Put it back"),
    ],
)
def test_what_is_wrong_with_the_keys_is_refused_and_said(
    settings: Settings, harm: Callable[[Settings], None], words: str
) -> None:
    harm(settings)
    before = sorted(path.name for path in settings.data_dir.iterdir())
    with pytest.raises(CannotStart, match=words):
        prepare(settings)
    kept = {path.name for path in settings.data_dir.iterdir()} & {"keys.json", "keys.gone"}
    assert kept == {"keys.json", "keys.gone"} & set(before)


def test_a_first_start_makes_both_files_and_a_second_changes_neither(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    prepare(settings)
    path = settings.key_file
    first = path.read_bytes(), gone.gone_file(path).read_bytes()
    prepare(settings)
    assert (path.read_bytes(), gone.gone_file(path).read_bytes()) == first


def test_without_accounts_a_lost_key_file_is_made_anew(tmp_path: Path) -> None:
    settings = begun(tmp_path / "data")
    settings.key_file.unlink()
    prepare(settings)
    assert settings.key_file.exists()


def test_whoever_was_deleted_is_deleted_again_when_a_copied_file_brings_them_back(
    settings: Settings, tmp_path: Path
) -> None:
    """Somebody put an old copy of the database in place by hand, and asked `restore` nothing."""
    mark = key_file.read(settings.key_file).verifier("gone", account(2).bytes)
    gone.add(gone.gone_file(settings.key_file), mark)
    assert slots_that_open(settings) == 2 * PEOPLE
    prepare(settings)
    assert slots_that_open(settings) == 2 * (PEOPLE - 1)
    assert files_with(b"plan-canary 2 ", settings.data_dir) == []
    assert files_with(b"plan-canary 3 ", settings.data_dir) == ["keel.sqlite3"]


def test_a_deletion_that_a_kill_cut_off_is_finished_by_the_next_start(settings: Settings) -> None:
    """The mark is on disk, and the power went before anything else."""
    ring = key_file.read(settings.key_file)
    for number in (0, 4):
        gone.add(gone.gone_file(settings.key_file), ring.verifier("gone", account(number).bytes))
    prepare(settings)
    assert slots_that_open(settings) == 2 * (PEOPLE - 2)


def test_serve_says_it_in_a_sentence_and_ends(settings: Settings, tmp_path: Path) -> None:
    opened_to_others(settings)
    process = served(tmp_path, free_port())
    text = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert f"chmod 600 {settings.key_file}" in text
    assert "Traceback" not in text


def effort(settings: Settings, rows: int | None) -> int:
    """How much SQLite does to find out whether the key file fits, in its own steps."""
    keyring, taken = key_file.read(settings.key_file), count()

    def look(held: Connection) -> None:
        raw = cast(sqlite3.Connection, held.connection.dbapi_connection)
        raw.set_progress_handler(lambda: next(taken) < 0, 1)
        check_fit(held, keyring, rows=rows)
        raw.set_progress_handler(None, 0)

    with closing(Database(settings.database_url)) as database:
        database.read_now(look)
    return next(taken)


def test_a_start_looks_at_as_much_of_many_accounts_as_of_few(settings: Settings) -> None:
    """`check` looks at all of them."""
    fill(settings, SAMPLE, PEOPLE)
    few = [effort(settings, rows) for rows in (SAMPLE, None)]
    fill(settings, 4 * SAMPLE, PEOPLE + SAMPLE)
    many = [effort(settings, rows) for rows in (SAMPLE, None)]
    assert many[0] == few[0]
    assert many[1] > 3 * few[1]
