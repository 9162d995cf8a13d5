"""A server in a process of its own that may be killed, and devices that save without a pause.

The process is forked from one that has imported everything, since twenty starts from nothing would
take a minute; from there on it does what `serve` does.
"""

import asyncio
import multiprocessing
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from app.main import create_app, prepare
from app.settings import Settings
from app.storage import database
from tests.api.people import ORIGIN, PLAN, Browser, Person, tag
from tests.journeys.server import free_port

CONTEXT = multiprocessing.get_context("forkserver")
PATIENCE = 30
"""Seconds until a server that was started must answer."""

DEVICES = 4
LATE = 0.05
"""Seconds from the answer to the commit, where that is planted."""


def serve(settings: Settings, release: Path, port: int, plant: Callable[[], None] | None) -> None:
    """What the process does until it is killed."""
    if plant:
        plant()
    prepare(settings)
    app = create_app(settings, release)
    uvicorn.run(
        app, host="127.0.0.1", port=port, access_log=False, log_config=None, proxy_headers=False
    )


def answer_before_commit() -> None:
    """The fault that a kill must find: what was written is answered, and committed after that."""

    async def write(self: Any, fn: Callable[[Any], Any]) -> Any:
        loop = asyncio.get_running_loop()
        answered = loop.create_future()

        def run() -> None:
            try:
                with self.begin(writes=True) as connection:
                    loop.call_soon_threadsafe(answered.set_result, fn(connection))
                    time.sleep(LATE)
            except Exception as error:  # noqa: BLE001, as the real one hands on every error
                loop.call_soon_threadsafe(answered.set_exception, error)

        loop.run_in_executor(self._writer, run)
        return await answered

    database._Sqlite.write = write  # type: ignore[method-assign]


class Served:
    """The server's process, with a port of its own."""

    def __init__(
        self, settings: Settings, release: Path, plant: Callable[[], None] | None = None
    ) -> None:
        self.port = free_port()
        ours = settings.model_copy(update={"public_origin": ORIGIN})
        self._given = (ours, release, self.port, plant)
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Returns when it takes connections."""
        CONTEXT.set_forkserver_preload(["tests.under_writers"])
        self._process = CONTEXT.Process(target=serve, args=self._given, daemon=True)
        self._process.start()
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.is_alive(), "the server did not start"
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.005)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """SIGKILL: nothing is closed, nothing is finished."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.is_alive() else None


@dataclass
class Writer:
    """One device. `saved` is the newest plan that was acknowledged or seen; `tried` was sent."""

    browser: Browser
    person: Person = field(default_factory=Person)
    saved: bytes = b""
    revision: int = 1
    tried: bytes = b""
    acknowledged: int = 0
    lost: int = 0
    unanswered: int = 0
    statuses: Counter[int] = field(default_factory=Counter)

    def begin(self) -> None:
        self.saved = self.browser.register(self.person)

    def save_until(self, is_over: threading.Event) -> None:
        """One revision after the other, each sent again until it is acknowledged or gone."""
        while not is_over.is_set():
            self.tried = self.person.envelope(PLAN, self.revision + 1, self.saved)
            while not is_over.is_set() and not self._save():
                time.sleep(0.005)

    def _save(self) -> bool:
        try:
            answer = self.browser.save("plan", self.tried, tag(self.revision, self.saved))
        except httpx.TransportError:
            return False
        self.statuses[answer.status_code] += 1
        is_taken = answer.status_code == 200
        if is_taken or (answer.status_code == 412 and answer.content == self.tried):
            self.acknowledged += is_taken
            self.revision, self.saved = self.revision + 1, self.tried
            return True
        return False

    def look(self) -> None:
        """Counts what was acknowledged and is not there; then goes on from what is."""
        end = time.monotonic() + PATIENCE
        while (answer := self.browser.ask("GET", "/plan")).status_code == 503:
            assert time.monotonic() < end, "the service did not come back"
            time.sleep(0.01)
        assert answer.status_code == 200
        stands, found = answer.content, int.from_bytes(answer.content[40:48], "big")
        if stands == self.tried != self.saved:
            self.unanswered += 1
        elif stands != self.saved:
            self.lost += self.revision - found
        self.revision, self.saved = found, stands


@contextmanager
def writers(port: int, count: int) -> Iterator[list[Writer]]:
    """So many, each with an account of its own."""
    base, host = f"http://127.0.0.1:{port}", {"Host": ORIGIN.removeprefix("http://")}
    clients: list[Any] = [
        httpx.Client(base_url=base, headers=host, timeout=PATIENCE) for _ in range(count)
    ]
    made = [Writer(Browser(client)) for client in clients]
    try:
        for one in made:
            one.begin()
        yield made
    finally:
        for client in clients:
            client.close()


@contextmanager
def devices_of(
    settings: Settings, release: Path, plant: Callable[[], None] | None = None
) -> Iterator[tuple[Served, list[Writer]]]:
    """A server in its process and the devices that save there."""
    served = Served(settings, release, plant)
    served.start()
    try:
        with writers(served.port, DEVICES) as devices:
            yield served, devices
    finally:
        served.kill()


def acknowledged(devices: list[Writer]) -> int:
    return sum(one.acknowledged for one in devices)


def lost(devices: list[Writer]) -> int:
    return sum(one.lost for one in devices)


@contextmanager
def saving(these: list[Writer]) -> Iterator[None]:
    """All of them save while this block lasts."""
    is_over = threading.Event()
    threads = [threading.Thread(target=one.save_until, args=[is_over]) for one in these]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
