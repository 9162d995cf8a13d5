"""Asks a server as fast as it answers, or at a pace, from a process and a core of its own.

`python -m benchmarks.load` reads one job as JSON from standard input and prints what it saw. The
whole answer is read and its status checked; one that is not what it should be is an error.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from typing import NamedTuple, cast

import uvloop

from benchmarks.people import SEALED_BYTES, Person, envelope, person, text
from benchmarks.processes import cpu_seconds

WARM_SECONDS = 0.3
PLAN = "/api/v1/plan"


@dataclass(frozen=True)
class Job:
    """`pace` is requests a second over all connections, 0 for as many as there can be; `cpu` names
    the processes whose time is counted, of a database's first one all its children too."""

    port: int
    what: str
    connections: int = 8
    seconds: float = 2.0
    pace: float = 0.0
    people: int = 256
    first: int = 0
    core: int | None = None
    cpu: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """`p50` and `p99` in milliseconds; `cpu` in milliseconds a request, of the processes asked
    for; `own_cpu` is this process's share of its core: near 1 it is what limits."""

    requests: int
    errors: int
    rate: float
    p50: float
    p99: float
    cpu: float
    own_cpu: float


class Answer(NamedTuple):
    status: int
    head: bytes
    body: bytes


Asking = Generator[bytes, Answer, None]
"""Gives the next request, and takes its answer."""


class Wrong(Exception):
    """A request was answered otherwise than it should be."""


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    if body or method != "GET":
        lines += [f"Content-Length: {len(body)}", "Keel: 1", "Sec-Fetch-Site: same-origin"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def expect(answer: Answer, status: int, least: int = 0) -> Answer:
    if answer.status != status or len(answer.body) < least:
        raise Wrong(f"{answer.status}, not {status}: {answer.body[:200]!r}")
    return answer


def fetching(one: Person) -> Asking:
    asked = request("GET", PLAN, f"Cookie: {one.cookie}")
    while True:
        expect((yield asked), 200, SEALED_BYTES)


def saving(one: Person, fetches: int = 0) -> Asking:
    """Each save is made from the one before; `fetches` come between two."""
    asked = request("GET", PLAN, f"Cookie: {one.cookie}")
    stands = expect((yield asked), 200, SEALED_BYTES).body
    while True:
        for _ in range(fetches):
            expect((yield asked), 200, SEALED_BYTES)
        new, tag = _next(one, stands)
        expect((yield _save(one, tag, new)), 200)
        stands = new


def stale(one: Person) -> Asking:
    """Saves over a revision that no longer stands there."""
    asked = _save(one, '"1-0123456789abcdef"', envelope(one, 2))
    while True:
        expect((yield asked), 412, SEALED_BYTES)


def signing_in(one: Person) -> Asking:
    """As a device that has no session yet, and then its plan: two requests a turn."""
    keys = {"name": one.name, "auth_key": text(one.auth_key), "device": "phone"}
    body = json.dumps(keys).encode()
    asked = request("POST", "/api/v1/sessions", "Content-Type: application/json", body=body)
    while True:
        head = expect((yield asked), 201).head
        cookie = head.partition(b"__Host-sp=")[2][:43].decode()
        expect((yield request("GET", PLAN, f"Cookie: __Host-sp={cookie}")), 200, SEALED_BYTES)


def _next(one: Person, stands: bytes) -> tuple[bytes, str]:
    revision, hash = int.from_bytes(stands[40:48], "big"), sha256(stands).digest()
    return envelope(one, revision + 1, hash), f'"{revision}-{hash[:8].hex()}"'


def _save(one: Person, tag: str, new: bytes) -> bytes:
    kind = "Content-Type: application/octet-stream"
    return request("PUT", PLAN, f"Cookie: {one.cookie}", f"If-Match: {tag}", kind, body=new)


WHAT: dict[str, Callable[[Person], Asking]] = {
    "fetch": fetching,
    "save": saving,
    "stale": stale,
    "sign in": signing_in,
    "nine fetches and a save": lambda one: saving(one, 9),
}


class Line(asyncio.Protocol):
    """One connection, which asks for one person after the other's answer came."""

    def __init__(self, run: "Run", asking: Asking) -> None:
        self._run, self._asking = run, asking
        self._read = bytearray()
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ask(next(self._asking))

    def _ask(self, asked: bytes) -> None:
        wait = self._run.wait()
        if wait:
            asyncio.get_running_loop().call_later(wait, self._send, asked)
        else:
            self._send(asked)

    def _send(self, asked: bytes) -> None:
        self._began = time.perf_counter()
        self._transport.write(asked)

    def data_received(self, data: bytes) -> None:
        self._read += data
        end = self._read.find(b"\r\n\r\n") + 4
        if end < 4:
            return
        length = _length(bytes(self._read[:end]))
        if len(self._read) < end + length:
            return
        self._run.took(self._began, time.perf_counter())
        status, head = int(self._read[9:12]), bytes(self._read[:end])
        answer = Answer(status, head, bytes(self._read[end:]))
        self._read.clear()
        try:
            self._ask(self._asking.send(answer))
        except Wrong as error:
            self._run.fail(str(error))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._run.is_over:
            self._run.fail(f"hung up: {exc!r}")


def _length(head: bytes) -> int:
    found = head.lower().partition(b"content-length:")[2]
    return int(found.partition(b"\r")[0] or b"0")


class Run:
    """What all connections of one job share: when it counts, and what was counted."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.took_ms: list[float] = []
        self.errors: list[str] = []
        self.is_over = False
        self._since = self._next = time.perf_counter() + WARM_SECONDS

    def wait(self) -> float:
        """Seconds until the next request may go."""
        if not self.job.pace:
            return 0
        self._next += 1 / self.job.pace
        return max(0.0, self._next - time.perf_counter())

    def took(self, began: float, ended: float) -> None:
        if began >= self._since and not self.is_over:
            self.took_ms.append((ended - began) * 1000)

    def fail(self, why: str) -> None:
        self.errors.append(why)

    async def measure(self) -> Seen:
        """Connects, warms up, and counts for as long as it was told."""
        loop, job = asyncio.get_running_loop(), self.job
        for number in range(job.connections):
            one = person(job.first + number * job.people // job.connections)
            line = partial(Line, self, WHAT[job.what](one))
            await loop.create_connection(line, "127.0.0.1", job.port)
        self._since = time.perf_counter() + WARM_SECONDS
        await asyncio.sleep(WARM_SECONDS)
        before, own = [cpu_seconds(one) for one in job.cpu], time.process_time()
        began = time.perf_counter()
        await asyncio.sleep(job.seconds)
        passed = time.perf_counter() - began
        self.is_over = True
        after, own = [cpu_seconds(one) for one in job.cpu], time.process_time() - own
        return self._seen(passed, sum(after) - sum(before), own / passed)

    def _seen(self, passed: float, cpu: float, own: float) -> Seen:
        took, count = sorted(self.took_ms) or [0.0], max(1, len(self.took_ms))
        for why in self.errors[:3]:
            print(why, file=sys.stderr)
        return Seen(
            requests=len(self.took_ms),
            errors=len(self.errors),
            rate=len(self.took_ms) / passed,
            p50=took[len(took) // 2],
            p99=took[min(len(took) - 1, int(len(took) * 0.99))],
            cpu=cpu * 1000 / count,
            own_cpu=own,
        )


def main() -> None:
    job = Job(**json.load(sys.stdin))
    if job.core is not None:
        os.sched_setaffinity(0, {job.core})
    seen = uvloop.run(Run(job).measure())
    print(json.dumps(asdict(seen)))


if __name__ == "__main__":
    main()
