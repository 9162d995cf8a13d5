"""Backup and restore: under load, looked through, never over data, and without whoever is gone."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from app.cli_backup import back_up, restore
from app.crypto.at_rest import Keyring
from app.errors import CannotStart, KeelError
from app.settings import Settings
from app.storage import backups, gone, key_file, schema
from app.storage.database import Database
from tests.conftest import ROOT
from tests.installation import (
    account,
    copied,
    envelope,
    environment,
    files_with,
    save,
    slots_that_open,
)

PEOPLE = 20


@pytest.fixture
def settings(filled: Settings, tmp_path: Path) -> Settings:
    return copied(filled, tmp_path / "data")


def restored(settings: Settings, to: Path) -> Settings:
    """The same installation on another disk: its own data, and the key file where it was."""
    return Settings(_env_file=None, data_dir=to, key_file=settings.key_file)


def mark_of(settings: Settings, number: int) -> bytes:
    return key_file.read(settings.key_file).verifier("gone", account(number).bytes)


def plans_in(path: Path) -> dict[tuple[str, int], bytes]:
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT account_id, revision, envelope FROM revisions").fetchall()
    return {(account_id, revision): bytes(held) for account_id, revision, held in found}


def test_a_drill_from_backup_to_a_restored_installation(settings: Settings, tmp_path: Path) -> None:
    told = back_up(settings, tmp_path / "copy")
    assert f"{PEOPLE} accounts" in told
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    place = tmp_path / "new"
    assert f"{2 * PEOPLE} key_slots" in restore(settings, tmp_path / "copy", str(place))
    there = restored(settings, place)
    assert slots_that_open(there) == 2 * PEOPLE
    before, after = (plans_in(one.data_dir / "keel.sqlite3") for one in (settings, there))
    assert before == after
    with closing(Database(there.database_url)) as database:
        save(database, 0, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "data", "new"]


def test_a_backup_holds_no_key_and_no_pepper(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    keyring = key_file.read(settings.key_file)
    text = settings.key_file.read_text("utf-8")
    for secret in (keyring.keys[0].secret, keyring.pepper):
        for form in (secret, secret.hex().encode()):
            assert form not in (tmp_path / "copy").read_bytes()
    assert all(
        word.encode() not in (tmp_path / "copy").read_bytes()
        for word in text.split('"')
        if len(word) == 43
    )
    assert b"slot-canary" not in (tmp_path / "copy").read_bytes()


@contextmanager
def writing(settings: Settings, acknowledged: Path) -> Iterator[None]:
    """Another process saves one plan after the other, and writes down each that was answered."""
    with acknowledged.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.writing", settings.database_url, str(PEOPLE)],
            cwd=ROOT,
            env=environment(settings),
            stdout=out,
        )
        try:
            wait_for_lines(acknowledged, 30)
            yield
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def wait_for_lines(file: Path, count: int) -> None:
    end = time.monotonic() + 60
    while len(lines(file)) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


def lines(file: Path) -> set[tuple[str, int]]:
    """Whole lines alone: account in hex, and the revision that was acknowledged."""
    whole = file.read_text("utf-8").rpartition("\n")[0].split("\n")
    return {(line.split()[0], int(line.split()[1])) for line in whole if line}


def lost(settings: Settings, acknowledged: set[tuple[str, int]], copy: Path) -> int:
    """Acknowledged revisions that are neither in the copy nor behind a newer one there."""
    newest: dict[str, int] = {}
    for whose, revision in plans_in(copy):
        newest[whose] = max(newest.get(whose, 0), revision)
    return sum(newest.get(whose, 0) < revision for whose, revision in acknowledged)


def test_a_backup_under_load_holds_every_acknowledgement_from_before_its_start(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "acknowledged"
    with writing(settings, file):
        for number in range(5):
            wait_for_lines(file, len(lines(file)) + 10)
            before = lines(file)
            back_up(settings, tmp_path / f"copy{number}")
            place = tmp_path / f"new{number}"
            restore(settings, tmp_path / f"copy{number}", str(place))
            assert lost(settings, before, place / "keel.sqlite3") == 0
    assert len(before) >= 70


def test_the_control_a_copied_file_loses_acknowledgements(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "acknowledged"
    with writing(settings, file):
        before = lines(file)
        shutil.copyfile(settings.data_dir / "keel.sqlite3", tmp_path / "copy.sqlite3")
    assert lost(settings, before, tmp_path / "copy.sqlite3") > 0


def test_whoever_was_deleted_after_the_backup_stays_deleted(
    settings: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "copy")
    gone.add(gone.gone_file(settings.key_file), mark_of(settings, 3))
    place = tmp_path / "new"
    assert "1 deleted accounts" in restore(settings, tmp_path / "copy", str(place))
    assert slots_that_open(restored(settings, place)) == 2 * (PEOPLE - 1)
    whose = {whose for whose, _ in plans_in(place / "keel.sqlite3")}
    assert account(3).hex not in whose
    assert len(whose) == PEOPLE - 1
    assert files_with(envelope(3, 1)[:20], tmp_path / "new") == []
    assert files_with(envelope(4, 1)[:20], tmp_path / "new") != []


def test_without_the_gone_file_nothing_is_restored(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    gone.gone_file(settings.key_file).unlink()
    with pytest.raises(CannotStart, match="deleted"):
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_without_its_key_file_nothing_is_restored(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    old = settings.key_file.rename(tmp_path / "old.json")
    with pytest.raises(CannotStart, match="missing"):
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))
    key_file.load_or_make(settings.key_file, has_accounts=False)
    with pytest.raises(CannotStart, match="does not hold the key") as refused:
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))
    assert key_file.read(old).keys[0].id.hex() in refused.value.sentence
    assert list((tmp_path / "new").iterdir()) == []


def test_another_pepper_is_seen_before_anybody_is_told_a_secret_is_wrong(
    settings: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "copy")
    ours = key_file.read(settings.key_file)
    key_file.replace(settings.key_file, Keyring(ours.keys, [bytes(32)]))
    with pytest.raises(CannotStart, match="pepper"):
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))


@pytest.mark.parametrize("name", ["keel.sqlite3", "keel.sqlite3-wal", "keel.sqlite3-shm"])
def test_nothing_is_restored_over_data(settings: Settings, tmp_path: Path, name: str) -> None:
    back_up(settings, tmp_path / "copy")
    place = tmp_path / "new"
    place.mkdir(mode=0o700)
    (place / name).write_bytes(b"data")
    with pytest.raises(CannotStart, match="over data"):
        restore(settings, tmp_path / "copy", str(place))
    assert [(path.name, path.read_bytes()) for path in place.iterdir()] == [(name, b"data")]


def test_no_backup_is_written_over_a_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"last week's")
    with pytest.raises(CannotStart, match="there already"):
        back_up(settings, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"last week's"


def test_every_damaged_page_is_seen(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    unseen = []
    for at in range(0, len(whole), 4096):
        (tmp_path / "damaged").write_bytes(whole[:at] + b"\xff" * 64 + whole[at + 64 :])
        with suppress(KeelError):
            restore(settings, tmp_path / "damaged", str(tmp_path / "new"))
            unseen.append(at)
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
    assert unseen == []


def test_a_damaged_plan_keeps_nobody_elses_from_a_backup_and_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(settings.data_dir / "keel.sqlite3")) as raw:
        raw.execute("UPDATE revisions SET envelope = x'00' WHERE account_id = ?", [account(7).hex])
        raw.commit()
    with pytest.raises(CannotStart, match="1 plans in it are damaged"):
        back_up(settings, tmp_path / "copy")
    with pytest.raises(CannotStart, match="1 plans in it are damaged"):
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))
    assert slots_that_open(restored(settings, tmp_path / "new")) == 2 * PEOPLE


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0"])
def test_what_is_no_backup_is_refused(settings: Settings, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(KeelError):
        restore(settings, tmp_path / "other", str(tmp_path / "new"))
    assert not (tmp_path / "new/keel.sqlite3").exists()


def test_a_copy_that_differs_from_its_database_does_not_count(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backups.look_through
    monkeypatch.setattr(backups, "look_through", lambda held: {**real(held), "accounts": 1})
    with pytest.raises(CannotStart, match="does not hold"):
        back_up(settings, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_an_older_backup_is_brought_up_to_date(settings: Settings, tmp_path: Path) -> None:
    """From before there were accounts; what it misses is made, and it is whole afterwards."""
    old = tmp_path / "old.sqlite3"
    old.touch()
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "20261122_baseline"],
        cwd=ROOT,
        env={**environment(settings), "KEEL_MIGRATE": f"sqlite:///{old}"},
        check=True,
        capture_output=True,
    )
    assert "0 accounts" in restore(settings, old, str(tmp_path / "new"))
    there = restored(settings, tmp_path / "new")
    with closing(Database(there.database_url)) as database:
        assert database.read_now(schema.is_current)


def test_a_backup_of_a_newer_version_is_refused_in_words(
    settings: Settings, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(settings.data_dir / "keel.sqlite3")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '29990101_later'")
        raw.commit()
    back_up(settings, tmp_path / "copy")
    with pytest.raises(CannotStart, match="newer version"):
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))
    assert list((tmp_path / "new").iterdir()) == []
