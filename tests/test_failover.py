"""PostgreSQL's first server dies while devices save: the one that followed it takes over, nothing
that was acknowledged is lost, and the service goes on without a restart."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests import postgres
from tests.api.small_release import write_small_release
from tests.conftest import Figure, size
from tests.installation import begun
from tests.under_writers import DEVICES, PATIENCE, Writer, acknowledged, devices_of, lost, saving

FAILOVERS = size(1, 10)
HELD_SECONDS = 0.3
"""For so long before its end the first server writes and sends nothing to the other."""

MOST_SECONDS = 2
"""From when the promotion is asked for to the first save that is acknowledged."""


class Pair:
    """Two servers, of which `leader` takes writes. What it acknowledges the other has too, if
    `is_synchronous`."""

    def __init__(self, leader: Path, follower: Path, *, is_synchronous: bool) -> None:
        self.leader, self.follower = leader, follower
        self.is_synchronous = is_synchronous

    def url(self) -> str:
        """As docs/operating.md gives it: both, and whichever takes writes."""
        hosts = ",".join(quote(str(one), safe="") for one in (self.leader, self.follower))
        return f"postgresql://keel@/keel?target_session_attrs=read-write&host={hosts}"

    @contextmanager
    def _asked(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        place = f"host={self.leader} user=keel dbname=postgres"
        with psycopg.connect(place, autocommit=True) as connection:
            yield connection

    def wait_until_confirmed(self) -> None:
        """From here on a commit waits for the follower, if that was asked for."""
        names = "*" if self.is_synchronous else ""
        expected = "sync" if self.is_synchronous else "async"
        end = time.monotonic() + PATIENCE
        with self._asked() as connection:
            connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
            connection.execute("SELECT pg_reload_conf()")
            asked = "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"
            while connection.execute(asked).fetchall() != [(expected,)]:
                assert time.monotonic() < end, "the other server does not follow"
                time.sleep(0.01)

    def hold_back(self) -> None:
        """What is written from now on reaches the follower no more."""
        with self._asked() as connection:
            for (process,) in connection.execute("SELECT pid FROM pg_stat_replication"):
                os.kill(int(str(process)), signal.SIGSTOP)

    def fail_over(self) -> None:
        postgres.promote(self.follower)
        self.leader, self.follower = self.follower, self.leader

    def begin_again(self) -> None:
        """The one that died comes back, and follows."""
        postgres.follow(self.follower, self.leader)
        self.wait_until_confirmed()


@contextmanager
def pair(*, is_synchronous: bool) -> Iterator[Pair]:
    with postgres.running() as url:
        postgres.new_database(url, "keel")
        with postgres.following(url) as follower:
            made = Pair(postgres.folder_of(url), follower, is_synchronous=is_synchronous)
            made.wait_until_confirmed()
            yield made


def fail_over_under(
    devices: list[Writer], servers: Pair, patience: float = 2 * MOST_SECONDS
) -> float:
    """Seconds from the promotion to the first save that was acknowledged, or `patience` in vain."""
    before = acknowledged(devices)
    with saving(devices):
        while acknowledged(devices) < before + DEVICES:
            time.sleep(0.001)
        servers.hold_back()
        time.sleep(HELD_SECONDS)
        postgres.kill(servers.leader)
        began, before = time.monotonic(), acknowledged(devices)
        servers.fail_over()
        while acknowledged(devices) == before and time.monotonic() < began + patience:
            time.sleep(0.001)
        seconds = time.monotonic() - began
    for one in devices:
        one.look()
    return seconds


def test_a_failover_loses_nothing_and_the_service_goes_on(tmp_path: Path, figure: Figure) -> None:
    release = write_small_release(tmp_path / "release")
    with pair(is_synchronous=True) as servers:
        settings, longest = begun(tmp_path / "data", servers.url()), 0.0
        with devices_of(settings, release) as (served, devices):
            process = served.pid
            for number in range(FAILOVERS):
                if number:
                    servers.begin_again()
                longest = max(longest, fail_over_under(devices, servers))
            assert served.pid == process
    unanswered = sum(one.unanswered for one in devices)
    figure(
        f"{FAILOVERS} failovers of PostgreSQL: {acknowledged(devices)} saves acknowledged, "
        f"{lost(devices)} lost, {unanswered} committed and not answered, first write after "
        f"{longest:.2f} s at most"
    )
    assert lost(devices) == 0
    assert {status for one in devices for status in one.statuses} <= {200, 503, 412}
    assert longest <= MOST_SECONDS


def test_the_control_without_a_synchronous_standby_saves_are_lost(tmp_path: Path) -> None:
    release = write_small_release(tmp_path / "release")
    with pair(is_synchronous=False) as servers:
        settings = begun(tmp_path / "data", servers.url())
        with devices_of(settings, release) as (_, devices):
            fail_over_under(devices, servers, patience=0)
    assert lost(devices) > 0
