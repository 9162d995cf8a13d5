"""The "gone" file keeps every mark, and never loses one to a cut-off line or a full disk."""

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.storage import gone


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = gone.gone_file(tmp_path / "keys.json")
    gone.make(place, has_accounts=False)
    return place


def mark(number: int) -> bytes:
    return number.to_bytes(32, "big")


def test_it_stands_beside_its_key_file_and_is_its_owners_alone(path: Path) -> None:
    assert path.name == "keys.gone"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert gone.marks(path) == set()


def test_every_mark_is_kept_through_every_start(path: Path) -> None:
    for number in range(5):
        gone.add(path, mark(number))
        gone.make(path, has_accounts=True)
    assert gone.marks(path) == {mark(number) for number in range(5)}


def test_a_missing_one_is_refused_when_there_are_accounts(path: Path) -> None:
    path.unlink()
    with pytest.raises(CannotStart, match="would bring them back"):
        gone.make(path, has_accounts=True)
    with pytest.raises(CannotStart, match="can't be read"):
        gone.marks(path)
    assert not path.exists()


def test_a_mark_is_on_disk_before_add_returns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(file: int) -> None:
        synced.append(os.fstat(file).st_size)
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    gone.add(path, mark(1))
    assert synced == [65]


@pytest.mark.parametrize("length", range(1, 65))
def test_a_line_that_was_cut_off_is_passed_over_and_the_next_one_is_whole(
    path: Path, length: int
) -> None:
    gone.add(path, mark(1))
    whole = path.read_bytes()
    path.write_bytes(whole + b"a" * length)
    assert gone.marks(path) == {mark(1)}
    gone.add(path, mark(2))
    assert gone.marks(path) == {mark(1), mark(2)}


@pytest.mark.parametrize("damage", [b"x" * 64 + b"\n", b"\n", b"00\n", b"A" * 64 + b"\n"])
def test_a_damaged_one_is_refused(path: Path, damage: bytes) -> None:
    gone.add(path, mark(1))
    path.write_bytes(damage + path.read_bytes())
    with pytest.raises(CannotStart, match="damaged"):
        gone.marks(path)
    with pytest.raises(CannotStart, match="damaged"):
        gone.make(path, has_accounts=True)


def test_a_write_that_fails_half_way_leaves_no_half_line(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone.add(path, mark(1))
    before = path.read_bytes()
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, line: real(file, line[:20]))
    with pytest.raises(OSError, match="part of the line"):
        gone.add(path, mark(2))
    assert path.read_bytes() == before


def test_only_a_whole_mark_is_taken(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        gone.add(path, b"short")


def _add(path: Path, first: int) -> None:
    for number in range(first, first + 50):
        gone.add(path, mark(number))


def test_processes_that_add_together_lose_none(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    started = [context.Process(target=_add, args=(path, 50 * number)) for number in range(4)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert gone.marks(path) == {mark(number) for number in range(200)}
