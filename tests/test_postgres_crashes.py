"""A PostgreSQL that crashes while devices save loses nothing; the service says 503 and goes on."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from app.settings import Settings
from tests import postgres
from tests.api.small_release import write_small_release
from tests.conftest import Figure
from tests.installation import begun
from tests.under_writers import Served, Writer, saving, writers

CRASHES = (
    postgres.kill,
    postgres.stop_at_once,
    postgres.kill,
    postgres.stop_at_once,
    postgres.kill,
)
DEVICES = 4
DOWN_SECONDS = 0.3
MOMENTS = Random(20261122)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """One that nobody else uses."""
    with postgres.running() as url:
        yield url


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return write_small_release(tmp_path / "release")


@contextmanager
def devices_of(settings: Settings, release: Path) -> Iterator[tuple[Served, list[Writer]]]:
    served = Served(settings, release)
    served.start()
    try:
        with writers(served.port, DEVICES) as devices:
            yield served, devices
    finally:
        served.kill()


def crash_under_writers(crash: postgres.Crash, folder: Path, devices: list[Writer]) -> float:
    """Seconds from PostgreSQL's return until every device has seen its plan again."""
    before = sum(one.acknowledged for one in devices)
    with saving(devices):
        while sum(one.acknowledged for one in devices) < before + DEVICES:
            time.sleep(0.001)
        time.sleep(MOMENTS.uniform(0, 0.2))
        crash(folder)
        time.sleep(DOWN_SECONDS)
    postgres.start(folder)
    began = time.monotonic()
    for one in devices:
        one.look()
    return time.monotonic() - began


def test_five_crashes_lose_nothing_and_the_service_comes_back(
    server: str, release: Path, tmp_path: Path, figure: Figure
) -> None:
    settings = begun(tmp_path / "data", postgres.new_database(server, "keel"))
    with devices_of(settings, release) as (served, devices):
        process, longest = served.pid, 0.0
        for crash in CRASHES:
            seen = sum((one.statuses for one in devices), Counter[int]())
            back = crash_under_writers(crash, postgres.folder_of(server), devices)
            statuses = sum((one.statuses for one in devices), Counter[int]()) - seen
            assert set(statuses) == {200, 503}, statuses
            longest = max(longest, back)
        assert served.pid == process
    acknowledged = sum(one.acknowledged for one in devices)
    figure(
        f"{len(CRASHES)} crashes of PostgreSQL: {acknowledged} saves acknowledged, "
        f"{sum(one.lost for one in devices)} lost, back in {longest:.2f} s at most"
    )
    assert sum(one.lost for one in devices) == 0
    assert longest < 5


def test_the_control_a_commit_that_does_not_wait_for_the_disk_loses(
    server: str, release: Path, tmp_path: Path
) -> None:
    url = postgres.new_database(server, "lazy")
    lazy = url.replace("?", "?options=-csynchronous_commit%3Doff&")
    with devices_of(begun(tmp_path / "data", lazy), release) as (_, devices):
        for _again in range(2):
            crash_under_writers(postgres.kill, postgres.folder_of(server), devices)
    assert sum(one.lost for one in devices) > 0
