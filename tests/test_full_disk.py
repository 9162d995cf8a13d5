"""On a full disk deleting works, reading works, saving is refused, and all recovers by itself."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest

from app import limits
from app.cli_backup import back_up
from app.errors import CannotStart, StorageFull
from app.main import open_database, prepare
from app.models.sessions import SignedIn
from app.services.accounts import Accounts
from app.settings import Settings
from app.storage import accounts, ballast, gone, key_file, plans
from app.storage.database import Database
from tests.installation import TODAY, account, begun, copied, fill, save
from tests.small_disk import fill_up, mounted

LARGE = 300 * 1024
BALLAST = 10 * 2**20


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Three people, one of them with as many large plans as are kept."""
    made = begun(tmp_path_factory.mktemp("filled") / "data")
    fill(made, 3)
    with closing(Database(made.database_url)) as database:
        for revision in range(2, limits.PLAN_REVISIONS + 2):
            keep(database, 1, revision, LARGE)
    return made


@pytest.fixture
def settings(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """The same on a disk of 64 MiB."""
    monkeypatch.setattr(limits, "BALLAST_BYTES", BALLAST)
    with mounted(tmp_path / "disk", 64) as disk:
        yield copied(filled, disk / "data")


def keep(database: Database, number: int, revision: int, size: int) -> None:
    """A save whose parent is whatever stands there."""
    held = database.read_now(lambda c: plans.read_newest(c, account(number), plans.PLAN))
    assert held
    assert held[0] == revision - 1
    save(database, number, revision, size, parent=held[1])


def deleted(settings: Settings, database: Database, number: int) -> None:
    keyring = key_file.read(settings.key_file)
    service = Accounts(database, keyring, gone.gone_file(settings.key_file))
    asyncio.run(service.delete(SignedIn(account(number), uuid4(), TODAY, TODAY, False)))


def save_until_full(database: Database) -> int:
    """Saves for person 2 until the database has no room; the last revision that was answered."""
    revision = 1
    with suppress(StorageFull):
        while True:
            keep(database, 2, revision + 1, LARGE)
            revision += 1
    with pytest.raises(StorageFull):
        keep(database, 2, revision + 1, LARGE)
    return revision


@contextmanager
def serving(settings: Settings) -> Iterator[Database]:
    """A database as a server has it, whose connections were opened while there was room."""
    with closing(open_database(settings)) as database:
        keep(database, 0, 2, 100)
        yield database


def test_deleting_works_on_a_full_disk_and_the_rest_recovers(settings: Settings) -> None:
    place = ballast.ballast_file(settings.data_dir / "keel.sqlite3")
    ballast.put_in(place)
    assert place.stat().st_blocks * 512 >= BALLAST
    with serving(settings) as database:
        filler = fill_up(settings.data_dir.parent)
        last = save_until_full(database)
        assert database.read_now(lambda c: plans.read_newest(c, account(2), plans.PLAN))
        deleted(settings, database, 1)
        assert database.read_now(lambda c: accounts.read_mark(c, account(1))) is None
        mark = key_file.read(settings.key_file).verifier("gone", account(1).bytes)
        assert gone.marks(gone.gone_file(settings.key_file)) == {mark}
        filler.unlink()
        keep(database, 2, last + 1, LARGE)
        ballast.put_in(place)
        assert place.stat().st_size == BALLAST


def test_the_control_without_ballast_deleting_fails(settings: Settings) -> None:
    with serving(settings) as database:
        fill_up(settings.data_dir.parent)
        save_until_full(database)
        with pytest.raises(StorageFull):
            deleted(settings, database, 1)
        assert database.read_now(lambda c: accounts.read_mark(c, account(1)))


def test_a_server_starts_on_a_full_disk_and_deletes(settings: Settings) -> None:
    ballast.put_in(ballast.ballast_file(settings.data_dir / "keel.sqlite3"))
    fill_up(settings.data_dir.parent)
    assert prepare(settings) is False
    with closing(open_database(settings)) as database:
        deleted(settings, database, 1)
        assert database.read_now(lambda c: accounts.read_mark(c, account(1))) is None


def test_the_control_without_ballast_a_start_on_a_full_disk_says_why_not(
    settings: Settings,
) -> None:
    fill_up(settings.data_dir.parent)
    with pytest.raises(CannotStart, match="no room left"):
        prepare(settings)


def test_a_mark_that_found_no_room_leaves_the_file_whole(settings: Settings) -> None:
    path = gone.gone_file(settings.key_file)
    filler = fill_up(settings.data_dir.parent)
    with pytest.raises(OSError, match="No space"):
        gone.add(path, b"\1" * 32)
    assert path.read_bytes() == b""
    filler.unlink()
    gone.add(path, b"\1" * 32)
    assert gone.marks(path) == {b"\1" * 32}


def test_a_backup_that_finds_no_room_leaves_nothing_behind(settings: Settings) -> None:
    disk = settings.data_dir.parent
    fill_up(disk)
    before = sorted(path.name for path in disk.iterdir())
    with pytest.raises((StorageFull, OSError)):
        back_up(settings, disk / "copy")
    assert sorted(path.name for path in disk.iterdir()) == before
