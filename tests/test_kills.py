"""A server that is killed while devices save loses nothing that it acknowledged."""

import random
import shutil
import time
from pathlib import Path

import pytest

from app.settings import Settings
from tests.api.small_release import write_small_release
from tests.conftest import Figure, size
from tests.under_writers import (
    DEVICES,
    Served,
    Writer,
    acknowledged,
    answer_before_commit,
    devices_of,
    lost,
    saving,
)

KILLS = size(20, 500)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return write_small_release(tmp_path / "release")


@pytest.fixture
def settings(migrated_sqlite: Path, tmp_path: Path) -> Settings:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder)
    return Settings(_env_file=None, data_dir=folder)


def kill_under_writers(served: Served, devices: list[Writer], kills: int) -> None:
    """Each time somewhere else in the saving."""
    moments = random.Random(20261122)
    for _ in range(kills):
        before = acknowledged(devices)
        with saving(devices):
            while acknowledged(devices) < before + DEVICES:
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.1))
            served.kill()
        served.start()
        for one in devices:
            one.look()


def test_kills_lose_nothing_that_was_acknowledged(
    settings: Settings, release: Path, figure: Figure
) -> None:
    with devices_of(settings, release) as (served, devices):
        kill_under_writers(served, devices, KILLS)
    unanswered = sum(one.unanswered for one in devices)
    figure(
        f"{KILLS} kills of the server: {acknowledged(devices)} saves acknowledged, "
        f"{lost(devices)} lost, {unanswered} that were committed and not answered"
    )
    assert {status for one in devices for status in one.statuses} == {200}
    assert acknowledged(devices) > KILLS * DEVICES
    assert lost(devices) == 0


def test_the_control_an_answer_before_the_commit_loses(settings: Settings, release: Path) -> None:
    with devices_of(settings, release, answer_before_commit) as (served, devices):
        kill_under_writers(served, devices, 4)
    assert lost(devices) > 0
