"""rotate-keys: everything under the newest key, beside a running server, killed and run again."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from app import cli_keys
from app.cli_keys import drop_old_keys, rotate_keys
from app.crypto.at_rest import Keyring, new_key
from app.errors import AtRestRefused, CannotStart
from app.settings import Settings
from app.storage import key_file, key_slots, resealing
from app.storage.database import Database
from tests.conftest import ROOT, Figure
from tests.installation import account, copied, environment, slots_that_open

PEOPLE = 400
KILLS, MOST_KILLS = 8, 24


@pytest.fixture
def settings(filled: Settings, tmp_path: Path) -> Settings:
    return copied(filled, tmp_path / "data")


def keys(settings: Settings) -> list[str]:
    return [key.id.hex() for key in key_file.read(settings.key_file).keys]


def sealed_under(settings: Settings) -> dict[str, int]:
    with closing(Database(settings.database_url)) as database:
        found = database.read_now(resealing.sealed_under)
    return {key.hex(): count for key, count in found.items()}


def let_it_settle(settings: Settings) -> None:
    past = time.time() - cli_keys.SETTLED_SECONDS - 1
    os.utime(settings.key_file, (past, past))


def test_everything_is_resealed_under_a_new_key_and_opens(settings: Settings) -> None:
    (old,) = keys(settings)
    told = rotate_keys(settings)
    new, kept = keys(settings)
    assert kept == old
    assert f"{2 * PEOPLE} rows resealed under key {new}" in told
    assert sealed_under(settings) == {new: 2 * PEOPLE}
    assert slots_that_open(settings) == 2 * PEOPLE


def test_turned_twice_there_are_three_keys_and_the_newest_seals(settings: Settings) -> None:
    rotate_keys(settings)
    rotate_keys(settings)
    assert len(keys(settings)) == 3
    assert sealed_under(settings) == {keys(settings)[0]: 2 * PEOPLE}
    assert slots_that_open(settings) == 2 * PEOPLE


def test_the_peppers_stay_since_nobodys_secret_can_be_asked_for_again(settings: Settings) -> None:
    before = key_file.read(settings.key_file).peppers
    rotate_keys(settings)
    assert key_file.read(settings.key_file).peppers == before


def test_an_old_key_goes_only_when_nothing_is_sealed_under_it(settings: Settings) -> None:
    ring = key_file.read(settings.key_file)
    key_file.replace(settings.key_file, Keyring([new_key(), *ring.keys], ring.peppers))
    let_it_settle(settings)
    with pytest.raises(CannotStart, match=f"{2 * PEOPLE} rows are sealed under older keys"):
        drop_old_keys(settings)
    assert len(keys(settings)) == 2
    rotate_keys(settings)
    assert len(keys(settings)) == 2
    assert "alone" in drop_old_keys(settings)
    assert len(keys(settings)) == 1
    assert slots_that_open(settings) == 2 * PEOPLE


def test_an_old_key_stays_while_a_request_may_still_seal_under_it(settings: Settings) -> None:
    rotate_keys(settings)
    with pytest.raises(CannotStart, match=r"Run this again in \d+ seconds"):
        drop_old_keys(settings)
    assert len(keys(settings)) == 2


def test_a_row_that_no_key_opens_is_told_and_left_as_it_is(settings: Settings) -> None:
    ring = key_file.read(settings.key_file)
    key_file.replace(settings.key_file, Keyring([new_key()], ring.peppers))
    before = sealed_under(settings)
    with pytest.raises(CannotStart, match=f"{2 * PEOPLE} were left as they are"):
        rotate_keys(settings)
    assert sealed_under(settings) == before
    key_file.replace(
        settings.key_file,
        Keyring([*key_file.read(settings.key_file).keys, *ring.keys], ring.peppers),
    )
    rotate_keys(settings)
    assert slots_that_open(settings) == 2 * PEOPLE


def turning(settings: Settings, program: str) -> "subprocess.Popen[bytes]":
    """Prints "on" just before it begins; everything is imported by then."""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(settings),
        stdout=subprocess.PIPE,
    )


ROTATE = """
from app.settings import Settings
from app import cli_keys
settings = Settings()
print("on", flush=True)
cli_keys.rotate_keys(settings)
"""

# What must not be built: the old key leaves the file before everything was resealed.
DROPS_FIRST = """
from app.settings import Settings
from app import cli_keys
from app.crypto.at_rest import Keyring, new_key
from app.storage import key_file
from app.storage.database import Database
settings = Settings()
print("on", flush=True)
old = key_file.read(settings.key_file)
new = Keyring([new_key()], old.peppers)
key_file.replace(settings.key_file, new)
both = Keyring([*new.keys, *old.keys], old.peppers)
cli_keys._reseal_all(Database(settings.database_url), both)
"""


def killed_at(settings: Settings, program: str, seconds: float) -> bool:
    """Kills it so long after its beginning; False when it was through by then."""
    process = turning(settings, program)
    assert process.stdout is not None
    assert process.stdout.readline() == b"on\n"
    time.sleep(seconds)
    is_running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return is_running


def whole_time(settings: Settings) -> float:
    """How long a rotation takes here and now, from its beginning."""
    process = turning(settings, ROTATE)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    assert process.wait() == 0
    process.stdout.close()
    return time.monotonic() - began


def test_killed_anywhere_everything_opens_and_the_next_run_finishes(
    settings: Settings, figure: Figure
) -> None:
    drawn = random.Random(20261122)
    takes = whole_time(settings)
    kills = cut = half = 0
    while kills < KILLS or (not half and kills < MOST_KILLS):
        kills += 1
        cut += killed_at(settings, ROTATE, drawn.uniform(0, takes))
        assert slots_that_open(settings) == 2 * PEOPLE
        half += len(sealed_under(settings)) > 1
        if drawn.random() < 0.3:
            rotate_keys(settings)
            assert set(sealed_under(settings)) == {keys(settings)[0]}
    rotate_keys(settings)
    assert sealed_under(settings) == {keys(settings)[0]: 2 * PEOPLE}
    assert slots_that_open(settings) == 2 * PEOPLE
    figure(f"rotate-keys: {kills} kills, {cut} in time, {half} half-way; 0 of {2 * PEOPLE} lost")
    assert cut >= kills // 2
    assert half >= 1


def test_the_control_a_rotation_that_drops_the_old_key_first_loses(settings: Settings) -> None:
    takes = whole_time(settings)
    for share in (0.3, 0.1, 0.5, 0.02):
        is_cut = killed_at(settings, DROPS_FIRST, takes * share)
        if is_cut and len(sealed_under(settings)) > 1:
            break
    with pytest.raises(AtRestRefused, match="key_unknown"):
        slots_that_open(settings)


def test_a_key_is_on_disk_before_anything_is_sealed_under_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_path: Path, _keyring: Keyring) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file, "replace", no_room)
    before = sealed_under(settings)
    with pytest.raises(OSError, match="No space"):
        rotate_keys(settings)
    assert sealed_under(settings) == before


def test_a_server_that_runs_meanwhile_reads_and_seals_on(settings: Settings) -> None:
    """Its keyring was read before the rotation began; it is the one that goes on sealing."""
    running = key_file.load_or_make(settings.key_file, has_accounts=True)
    (old,) = keys(settings)
    with closing(Database(settings.database_url)) as database:
        rotation = turning(settings, ROTATE)
        turns = 0
        while rotation.poll() is None:
            number = turns % PEOPLE
            slots = database.read_now(
                partial(key_slots.read, keyring=running, account_id=account(number))
            )
            assert len(slots) == 2

            def change(held: object, n: int = number, slots: list[key_slots.Slot] = slots) -> None:
                key_slots.remove_all(held, account(n))  # type: ignore[arg-type]
                key_slots.insert(held, running, account(n), slots)  # type: ignore[arg-type]

            database.write_now(change)
            turns += 1
    assert rotation.returncode == 0
    if rotation.stdout:
        rotation.stdout.close()
    assert turns > 20
    assert running.keys[0].id.hex() == keys(settings)[0] != old
    assert sealed_under(settings) == {keys(settings)[0]: 2 * PEOPLE}
    assert slots_that_open(settings) == 2 * PEOPLE


def test_two_rotations_at_once_take_turns(settings: Settings) -> None:
    both = [turning(settings, ROTATE) for _ in range(2)]
    for process in both:
        assert process.wait(timeout=60) == 0
        if process.stdout:
            process.stdout.close()
    assert set(sealed_under(settings)) == {keys(settings)[0]}
    assert slots_that_open(settings) == 2 * PEOPLE
