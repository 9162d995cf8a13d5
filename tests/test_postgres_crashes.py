"""A PostgreSQL that crashes while devices save loses nothing; the service says 503 and goes on."""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random

import pytest

from app.storage import promises
from tests import postgres
from tests.api.small_release import write_small_release
from tests.conftest import Figure, size
from tests.installation import begun
from tests.under_writers import DEVICES, Writer, acknowledged, devices_of, lost, saving

CRASHES = size(5, 25)
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


def crash_under_writers(crash: postgres.Crash, folder: Path, devices: list[Writer]) -> float:
    """Seconds from PostgreSQL's return until every device has seen its plan again."""
    before = acknowledged(devices)
    with saving(devices):
        while acknowledged(devices) < before + DEVICES:
            time.sleep(0.001)
        time.sleep(MOMENTS.uniform(0, 0.2))
        crash(folder)
        time.sleep(DOWN_SECONDS)
    postgres.start(folder)
    began = time.monotonic()
    for one in devices:
        one.look()
    return time.monotonic() - began


def test_crashes_lose_nothing_and_the_service_comes_back(
    server: str, release: Path, tmp_path: Path, figure: Figure
) -> None:
    settings = begun(tmp_path / "data", postgres.new_database(server, "keel"))
    with devices_of(settings, release) as (served, devices):
        process, longest = served.pid, 0.0
        for crash in islice(cycle((postgres.kill, postgres.stop_at_once)), CRASHES):
            seen = sum((one.statuses for one in devices), Counter[int]())
            back = crash_under_writers(crash, postgres.folder_of(server), devices)
            statuses = sum((one.statuses for one in devices), Counter[int]()) - seen
            assert set(statuses) == {200, 503}, statuses
            longest = max(longest, back)
        assert served.pid == process
    figure(
        f"{CRASHES} crashes of PostgreSQL: {acknowledged(devices)} saves acknowledged, "
        f"{lost(devices)} lost, back in {longest:.2f} s at most"
    )
    assert lost(devices) == 0
    assert longest < 5


def promise_nothing() -> None:
    """The fault that a crash must find: a server is taken that forgets what it committed."""
    promises.PROMISES.clear()


def test_the_control_a_commit_that_does_not_wait_for_the_disk_loses(
    server: str, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promises, "PROMISES", {})
    url = postgres.new_database(server, "lazy")
    lazy = url.replace("?", "?options=-csynchronous_commit%3Doff&")
    settings = begun(tmp_path / "data", lazy)
    with devices_of(settings, release, promise_nothing) as (_, devices):
        for _again in range(2):
            crash_under_writers(postgres.kill, postgres.folder_of(server), devices)
    assert lost(devices) > 0
