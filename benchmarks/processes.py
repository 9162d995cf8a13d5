"""The servers that are measured, each a process of its own, and what the kernel says of them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.settings import Settings
from tests.journeys.server import PATIENCE, ROOT, free_port

SERVER_CORE, CLIENT_CORE = 0, 1
TICKS = os.sysconf("SC_CLK_TCK")


class Served:
    """One server that runs: where, as which process, and how long it took to answer."""

    def __init__(self, arguments: list[str], port: int, log: Path, **settings: str) -> None:
        """Its log goes to a file, as a service's does."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("KEEL_")}
        began = time.perf_counter()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env={**kept, **settings},
                stdout=out,
                stderr=out,
            )
        self.port, self.pid, self._log = port, self._process.pid, log
        self._wait()
        self.ready_seconds = time.perf_counter() - began

    def _wait(self) -> None:
        """Until something answers, whatever it is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if line.recv(1):
                    return
            time.sleep(0.002)
        self.stop()
        raise RuntimeError(self._log.read_text("utf-8", "replace"))

    def pin(self) -> None:
        """To the core that the clients are not on: its threads too."""
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {SERVER_CORE} if _has_two() else {0})

    @property
    def memory(self) -> tuple[float, float]:
        """MiB that are resident, and those of them that are shared with nobody."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]
        kib = {
            name: int(rest.split()[0]) for name, _, rest in (one.partition(":") for one in lines)
        }
        return kib["Rss"] / 1024, (kib["Private_Clean"] + kib["Private_Dirty"]) / 1024

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


@contextmanager
def keel(settings: Settings) -> Iterator[Served]:
    """Keel at its defaults, over the database that these settings name."""
    port = free_port()
    server = Served(
        ["app", "serve"],
        port,
        settings.data_dir / "served.log",
        KEEL_PORT=str(port),
        KEEL_DATA_DIR=str(settings.data_dir),
        KEEL_DATABASE_URL=settings.database_url,
        KEEL_PUBLIC_ORIGIN="http://localhost",
    )
    server.pin()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def bare(file: Path) -> Iterator[Served]:
    """The bare endpoint over its own file."""
    port = free_port()
    log = file.with_suffix(".log")
    server = Served(["benchmarks.bare", str(port), str(file)], port, log)
    server.pin()
    try:
        yield server
    finally:
        server.stop()


def cpu_seconds(pid: int) -> float:
    """What a process and its children used until now, in user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(int, fields[11:15])) / TICKS + sum(_gone_or(int(one)) for one in children)


def _gone_or(pid: int) -> float:
    try:
        return cpu_seconds(pid)
    except OSError:
        return 0.0


def _has_two() -> bool:
    return (os.cpu_count() or 1) > 1
