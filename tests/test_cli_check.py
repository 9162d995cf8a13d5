"""`check` says of each thing that can be wrong what it is, and what to do; else all is well."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from app import cli_check
from app.cli_check import look_at_all
from app.crypto.at_rest import Keyring, new_key, new_pepper
from app.settings import Settings
from app.storage import gone, key_file
from app.storage.database import Database
from tests.api.small_release import write_small_release
from tests.installation import copied

PEOPLE = 3
PUBLIC = {"public_origin": "https://keel.example", "trusted_proxies": "127.0.0.1"}


@pytest.fixture
def settings(filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(cli_check, "RELEASE", write_small_release(tmp_path / "release"))
    return copied(filled, tmp_path / "data").model_copy(update=PUBLIC)


class Found(NamedTuple):
    is_well: bool
    wrong: list[str]


def looked_at(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Found:
    is_well = look_at_all(settings)
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("well ", "NOT WELL ")) for line in lines)
    assert len(lines) == len(cli_check.LOOKS) + 1
    return Found(is_well, [line for line in lines if line.startswith("NOT WELL")])


def test_a_sound_installation_is_well(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert look_at_all(settings)
    told = capsys.readouterr().out
    for word in ("journal_mode=wal", "secure_delete=1", "3 accounts", "mode 0600", "MiB free"):
        assert word in told


def test_no_secret_of_the_key_file_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    look_at_all(settings)
    told = capsys.readouterr().out
    ring = key_file.read(settings.key_file)
    assert ring.keys[0].secret.hex() not in told
    assert not any(
        word in told for word in settings.key_file.read_text().split('"') if len(word) > 40
    )


def opened_to_others(settings: Settings) -> None:
    settings.key_file.chmod(0o644)


def lost_key_file(settings: Settings) -> None:
    settings.key_file.unlink()


def cut_key_file(settings: Settings) -> None:
    settings.key_file.write_bytes(settings.key_file.read_bytes()[:60])


def another_key(settings: Settings) -> None:
    ring = key_file.read(settings.key_file)
    key_file.replace(settings.key_file, Keyring([new_key()], ring.peppers))


def another_pepper(settings: Settings) -> None:
    ring = key_file.read(settings.key_file)
    key_file.replace(settings.key_file, Keyring(ring.keys, [new_pepper()]))


def lost_gone_file(settings: Settings) -> None:
    gone.gone_file(settings.key_file).unlink()


def data_open_to_others(settings: Settings) -> None:
    settings.data_dir.chmod(0o755)


def behind(settings: Settings) -> None:
    with closing(Database(settings.database_url)) as database:
        database.write_now(
            lambda held: held.execute(text("UPDATE alembic_version SET version_num = '2026'"))
        )


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (opened_to_others, "chmod 600"),
        (lost_key_file, "is missing"),
        (cut_key_file, "short or damaged"),
        (another_key, "does not hold the key"),
        (another_pepper, "pepper is not the one"),
        (lost_gone_file, "accounts that were deleted"),
        (data_open_to_others, "chmod 700"),
        (behind, "is behind"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[Settings], None],
    words: str,
) -> None:
    harm(settings)
    found = looked_at(settings, capsys)
    assert not found.is_well
    assert len(found.wrong) == 1
    assert words in found.wrong[0]


def test_a_disk_that_is_nearly_full_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.data_dir)._replace(free=100 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage)
    found = looked_at(settings, capsys)
    assert ["100 MiB free" in line for line in found.wrong] == [True]


def test_a_proxy_that_nobody_named_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    unnamed = settings.model_copy(update={"trusted_proxies": ""})
    found = looked_at(unnamed, capsys)
    assert ["KEEL_TRUSTED_PROXIES" in line for line in found.wrong] == [True]
    local = unnamed.model_copy(update={"public_origin": "http://localhost:8000"})
    assert looked_at(local, capsys).is_well


def test_a_database_that_is_away_is_told_and_the_rest_is_looked_at(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    away = "postgresql://keel@127.0.0.1:1/keel"
    found = looked_at(settings.model_copy(update={"database_url": away}), capsys)
    assert not found.is_well
    assert all("did not answer" in line for line in found.wrong)
    assert len(found.wrong) == 2
