"""A server starts only with the keys that its database needs, and brings nobody back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.main import prepare
from app.settings import Settings
from app.storage import gone, key_file
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


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = begun(tmp_path_factory.mktemp("filled") / "data")
    fill(made, PEOPLE)
    return made


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
