"""The key file: made once, closed to others, replaced whole, and refused in words that help."""

import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from app.crypto.at_rest import Keyring, new_key
from app.errors import CannotStart
from app.storage.key_file import load_or_make, read, replace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def secrets(keyring: Keyring) -> tuple[object, ...]:
    return tuple((key.id, key.secret) for key in keyring.keys), keyring.peppers


def test_the_first_start_makes_one_that_its_owner_alone_may_read(path: Path) -> None:
    os.umask(os.umask(0))
    made = load_or_make(path, has_accounts=False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = json.loads(path.read_text())
    assert (told["version"], len(told["keys"]), len(told["peppers"])) == (1, 1, 1)
    assert list(path.parent.iterdir()) == [path]
    assert secrets(load_or_make(path, has_accounts=True)) == secrets(made)


def test_two_installations_share_no_key(tmp_path: Path) -> None:
    one, two = (load_or_make(tmp_path / name, has_accounts=False) for name in ("a", "b"))
    assert one.keys[0].secret != two.keys[0].secret
    assert one.pepper != two.pepper


def test_a_missing_one_is_refused_when_accounts_need_it(path: Path) -> None:
    with pytest.raises(CannotStart, match="Put it back"):
        load_or_make(path, has_accounts=True)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o666, 0o620, 0o602, 0o601])
def test_one_that_others_may_read_or_a_group_may_change_is_refused(path: Path, mode: int) -> None:
    load_or_make(path, has_accounts=False)
    path.chmod(mode)
    with pytest.raises(CannotStart, match="chmod 600") as refused:
        load_or_make(path, has_accounts=True)
    assert refused.value.code == "key_file"


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o440])
def test_one_that_is_closed_enough_is_read(path: Path, mode: int) -> None:
    load_or_make(path, has_accounts=False)
    path.chmod(mode)
    load_or_make(path, has_accounts=True)


def test_every_shorter_length_is_refused(path: Path) -> None:
    load_or_make(path, has_accounts=False)
    whole = path.read_bytes()
    for length in range(len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(CannotStart, match="short or damaged"):
            load_or_make(path, has_accounts=True)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"keys": []},
        {"peppers": []},
        {"peppers": ["AAAA"]},
        {"keys": [{"id": "00", "key": "A" * 43}]},
        {"keys": [{"id": "00" * 8, "key": "A" * 42}]},
        {"keys": [{"id": "00" * 8, "key": "*" * 43}]},
        {"keys": [{"id": "00" * 8, "key": "A" * 43}] * 2},
        {"keys": "none"},
        {"keys": [None]},
    ],
    ids=str,
)
def test_a_malformed_one_is_refused_and_left_as_it_is(path: Path, change: dict[str, str]) -> None:
    load_or_make(path, has_accounts=False)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    before = path.read_bytes()
    with pytest.raises(CannotStart, match="short or damaged"):
        load_or_make(path, has_accounts=True)
    assert path.read_bytes() == before


def test_no_sentence_holds_what_the_file_holds(path: Path) -> None:
    path.write_text('{"version": 1, "keys": ["canary"], "peppers": ["canary"]}')
    path.chmod(0o600)
    with pytest.raises(CannotStart) as refused:
        read(path)
    assert "canary" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_one_that_cannot_be_made_or_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="can't be made"):
        load_or_make(tmp_path / "file" / "keys.json", has_accounts=False)
    with pytest.raises(CannotStart, match="can't be read"):
        read(tmp_path)


def _make(path: Path, found: "multiprocessing.Queue[object]") -> None:
    found.put(secrets(load_or_make(path, has_accounts=False)))


def test_processes_that_start_together_have_one_keyring(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    found: multiprocessing.Queue[object] = context.Queue()
    started = [context.Process(target=_make, args=(path, found)) for _ in range(8)]
    for process in started:
        process.start()
    rings = [found.get(timeout=30) for _ in started]
    for process in started:
        process.join()
    assert all(ring == rings[0] for ring in rings)
    assert list(path.parent.iterdir()) == [path]


def test_a_running_process_follows_a_file_that_was_added_to(path: Path) -> None:
    running = load_or_make(path, has_accounts=False)
    old = running.keys[0]
    replace(path, Keyring([new_key(), old], running.peppers))
    assert len(running.keys) == 2
    assert running.keys[1] == old
    place = {"table": "t", "column": "c", "row": b"r", "account": b"a"}
    sealed = running.seal(b"slot", **place)  # type: ignore[arg-type]
    assert read(path).open(sealed, **place) == b"slot"  # type: ignore[arg-type]


@pytest.mark.parametrize("harm", ["missing", "short", "open"])
def test_a_running_process_keeps_what_it_has_while_the_file_cannot_be_read(
    path: Path, harm: str
) -> None:
    running = load_or_make(path, has_accounts=False)
    before, whole = secrets(running), path.read_bytes()
    path.unlink()
    if harm != "missing":
        path.write_bytes(whole[:40] if harm == "short" else whole)
        path.chmod(0o600 if harm == "short" else 0o644)
    assert secrets(running) == before
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_bytes(whole)
    replace(path, Keyring([new_key(), *running.keys], running.peppers))
    assert len(running.keys) == 2


def test_a_replacement_that_fails_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = load_or_make(path, has_accounts=False)
    before = path.read_bytes()

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace(path, Keyring([new_key(), *ring.keys], ring.peppers))
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_a_link_when_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "keys.json"
    ring = load_or_make(real, has_accounts=False)
    link.symlink_to(real)
    replace(link, Keyring([new_key(), *ring.keys], ring.peppers))
    assert link.is_symlink()
    assert len(read(real).keys) == 2
