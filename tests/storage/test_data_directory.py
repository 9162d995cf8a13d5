"""The data directory is its owner's alone before anything is in it."""

import stat
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.main import prepare
from app.settings import Settings
from app.storage.data_directory import is_private, make_private, make_private_file
from app.storage.database import Connection, Database, pragmas


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_directory_is_closed_to_others(tmp_path: Path) -> None:
    make_private(tmp_path / "one" / "data")
    assert mode(tmp_path / "one" / "data") == 0o700


def test_an_empty_one_is_closed(tmp_path: Path) -> None:
    open_one = tmp_path / "data"
    open_one.mkdir(mode=0o755)
    make_private(open_one)
    assert mode(open_one) == 0o700


def test_one_that_is_open_and_in_use_is_refused_and_left_alone(tmp_path: Path) -> None:
    used = tmp_path / "home"
    used.mkdir(mode=0o755)
    (used / "letter").write_text("mine")
    with pytest.raises(CannotStart, match="chmod 700"):
        make_private(used)
    assert mode(used) == 0o755
    assert not is_private(used)


def test_one_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="can't be made"):
        make_private(tmp_path / "file" / "data")


def test_everything_in_it_is_its_owners(settings: Settings) -> None:
    prepare(settings)
    database = Database(settings.database_url)

    def look(connection: Connection) -> dict[str, int]:
        assert pragmas(connection)["journal_mode"] == "wal"
        return {path.name: mode(path) for path in settings.data_dir.iterdir()}

    found = database.read_now(look)
    database.close()
    of_the_database = {"keel.sqlite3", "keel.sqlite3-wal", "keel.sqlite3-shm", "keel.lock"}
    assert of_the_database | {"keel.ballast", "keys.json", "keys.gone"} == set(found)
    assert set(found.values()) == {0o600}


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("words")
    make_private_file(path)
    assert path.read_text() == "words"
