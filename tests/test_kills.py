"""A server that is killed while devices save loses nothing that it acknowledged."""

import random
import shutil
import time
from pathlib import Path

import pytest

from app.settings import Settings
from tests.api.small_release import write_small_release
from tests.conftest import Figure
from tests.under_writers import Served, Writer, answer_before_commit, saving, writers

KILLS = 20
DEVICES = 4


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return write_small_release(tmp_path / "release")


@pytest.fixture
def settings(migrated_sqlite: Path, tmp_path: Path) -> Settings:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder)
    return Settings(_env_file=None, data_dir=folder)


def kill_under_writers(served: Served, kills: int) -> list[Writer]:
    """Each time somewhere else in the saving; what came of every device."""
    moments = random.Random(20261122)
    served.start()
    try:
        with writers(served.port, DEVICES) as devices:
            for _ in range(kills):
                before = sum(one.acknowledged for one in devices)
                with saving(devices):
                    while sum(one.acknowledged for one in devices) < before + DEVICES:
                        time.sleep(0.001)
                    time.sleep(moments.uniform(0, 0.1))
                    served.kill()
                served.start()
                for one in devices:
                    one.look()
            return devices
    finally:
        served.kill()


def test_twenty_kills_lose_nothing_that_was_acknowledged(
    settings: Settings, release: Path, figure: Figure
) -> None:
    devices = kill_under_writers(Served(settings, release), KILLS)
    lost, acknowledged = (
        sum(one.lost for one in devices),
        sum(one.acknowledged for one in devices),
    )
    unanswered = sum(one.unanswered for one in devices)
    figure(
        f"{KILLS} kills of the server: {acknowledged} saves acknowledged, {lost} lost, "
        f"{unanswered} that were committed and not answered"
    )
    assert {status for one in devices for status in one.statuses} == {200}
    assert acknowledged > KILLS * DEVICES
    assert lost == 0


def test_the_control_an_answer_before_the_commit_loses(settings: Settings, release: Path) -> None:
    devices = kill_under_writers(Served(settings, release, answer_before_commit), 4)
    assert sum(one.lost for one in devices) > 0
