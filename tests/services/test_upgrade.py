"""From nothing to the newest migration: once, by one process, and never backwards."""

import multiprocessing
import sys
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import CannotStart
from app.main import prepare
from app.services import upgrade
from app.settings import Settings
from app.storage.database import Database
from app.storage.schema import is_current, newest_revision, read_revision


def revision(settings: Settings) -> str:
    database = Database(settings.database_url)
    found = database.read_now(read_revision)
    database.close()
    return found


def test_an_empty_database_goes_to_the_newest_once(settings: Settings) -> None:
    assert prepare(settings) is True
    assert revision(settings) == newest_revision()
    assert prepare(settings) is False


def test_the_newest_is_the_last_by_name(tmp_path: Path) -> None:
    for name in ("20261122_baseline.py", "20270101_later.py", "__init__.py", "20261231_then.txt"):
        (tmp_path / name).touch()
    assert newest_revision(tmp_path) == "20270101_later"


def start(data_dir: Path, barrier: Barrier, results: "multiprocessing.Queue[bool | str]") -> None:
    """One of several processes that begin at the same moment."""
    barrier.wait(60)
    try:
        results.put(prepare(Settings(_env_file=None, data_dir=data_dir)))
    except CannotStart as error:
        results.put(str(error))


def test_four_that_start_together_do_not_race(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    barrier, results = processes.Barrier(4), processes.Queue()
    running = [
        processes.Process(target=start, args=(tmp_path / "data", barrier, results))
        for _ in range(4)
    ]
    for one in running:
        one.start()
    found = [results.get(timeout=120) for _ in running]
    for one in running:
        one.join(60)
    assert sorted(found, key=str) == [False, False, False, True]


def test_a_database_past_this_build_is_left_as_it_is(settings: Settings) -> None:
    prepare(settings)
    database = Database(settings.database_url)
    newer = text("UPDATE alembic_version SET version_num = '20991231_newer'")
    database.migrate(lambda connection: connection.execute(newer))
    assert upgrade.bring_up_to_date(database) is False
    assert database.read_now(is_current)
    assert database.read_now(read_revision) == "20991231_newer"
    database.close()


def test_a_migration_that_is_unknown_is_refused_in_words(settings: Settings) -> None:
    prepare(settings)
    database = Database(settings.database_url)
    lost = text("UPDATE alembic_version SET version_num = '20200101_lost'")
    database.migrate(lambda connection: connection.execute(lost))
    with pytest.raises(CannotStart, match="20200101_lost"):
        upgrade.bring_up_to_date(database)
    database.close()


def test_a_file_that_is_no_database_is_refused_in_words(settings: Settings) -> None:
    settings.data_dir.mkdir(mode=0o700)
    (settings.data_dir / "keel.sqlite3").write_bytes(b"only words, " * 1000)
    with pytest.raises(CannotStart, match="not a database"):
        prepare(settings)


def test_serving_never_imports_what_only_migrating_needs() -> None:
    import subprocess  # noqa: PLC0415

    told = "import sys, app.main; print([m for m in ('alembic', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
