"""Bodies and heads that are huge, endless or slow, sent to the server as it is served."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from app import limits
from tests.api.people import COOKIE, PLAN, Browser, Person, tag
from tests.independent.process import Server

GIGABYTE = 1024**3
MEBIBYTE = 1024 * 1024
MOST_GROWTH = 20 * MEBIBYTE
PATIENCE = 20
FIVE = ("/accounts", "/sessions", "/recovery-sessions", "/account/passphrase", "/account/rotation")


class Told(NamedTuple):
    """An answer: its status, its headers as one text, and as much of the body as came."""

    status: int
    head: str
    body: bytes


class Running(NamedTuple):
    """The server, and somebody who is signed in to it."""

    server: Server
    phone: Browser
    plan: bytes

    @property
    def memory(self) -> int:
        """Resident bytes of the process, at their most since `forget_memory`."""
        assert self.server.process is not None
        told = Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+)", told)[0]) * 1024

    def forget_memory(self) -> int:
        assert self.server.process is not None
        Path(f"/proc/{self.server.process.pid}/clear_refs").write_text("5")
        return self.memory

    def begin(self, method: str, path: str, **headers: str) -> socket.socket:
        """Sends a request's head, with everything that our own page would send."""
        port = int(self.server.settings["KEEL_PORT"])
        line = f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\n"
        ours = {"Keel": "1", "Sec-Fetch-Site": "same-origin", "If-Match": tag(1, self.plan)}
        ours |= {"Content-Type": "application/json", "Cookie": f"{COOKIE}={self.phone.cookie}"}
        told = "".join(f"{name.replace('_', '-')}: {v}\r\n" for name, v in (ours | headers).items())
        opened = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        opened.sendall((line + told + "\r\n").encode())
        return opened


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server = Server(tmp_path_factory.mktemp("hostile"))
    server.start()
    try:
        with httpx.Client(base_url=server.origin, timeout=PATIENCE, verify=False) as client:
            phone = Browser(client)  # type: ignore[arg-type]  # httpx's own, of the same kind
            plan = phone.register(Person())
            yield Running(server, phone, plan)
    finally:
        server.kill()


def answer(opened: socket.socket) -> Told:
    """What came back until the connection was closed, or the body was whole."""
    read = b""
    with suppress(OSError):
        while b"\r\n\r\n" not in read or not is_whole(read):
            more = opened.recv(65536)
            if not more:
                break
            read += more
    head, _, body = read.partition(b"\r\n\r\n")
    return Told(int(head.split()[1]) if head else 0, head.decode("latin-1").lower(), body)


def is_whole(read: bytes) -> bool:
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    if length is None:
        return head.split()[1] == b"204"
    return len(body) >= int(length[1])


def is_refused(told: Told, status: int, code: str) -> bool:
    return told.status == status and json.loads(told.body)["code"] == code


@pytest.mark.parametrize("path", FIVE)
def test_a_gigabyte_that_is_announced_is_refused_before_it_is_sent(
    running: Running, path: str
) -> None:
    before = running.forget_memory()
    for length in (GIGABYTE, limits.BODY_BYTES + 1, 10**18):
        with running.begin("POST", f"/api/v1{path}", Content_Length=str(length)) as opened:
            assert is_refused(answer(opened), 413, "too_large")
    assert running.memory - before < MOST_GROWTH


def test_a_plan_that_is_announced_too_long_is_refused_before_it_is_sent(running: Running) -> None:
    """After the session, the origin and the revision were looked at."""
    for length in (GIGABYTE, limits.ENVELOPE_BYTES + 1):
        asked = {"Content_Length": str(length)}
        with running.begin("PUT", "/api/v1/plan", **asked) as opened:
            assert is_refused(answer(opened), 413, "too_large")
        with running.begin("PUT", "/api/v1/plan", **asked, If_Match="*") as opened:
            assert is_refused(answer(opened), 428, "precondition_needed")
        with running.begin("PUT", "/api/v1/plan", **asked, Cookie="") as opened:
            assert is_refused(answer(opened), 401, "signed_out")


@pytest.mark.parametrize("length", ["-1", "+5", "0x10", "1_0", "5, 6", "", "9" * 30, "9" * 5000])
def test_a_length_that_is_none_is_refused(running: Running, length: str) -> None:
    with running.begin("POST", "/api/v1/sessions", Content_Length=length) as opened:
        assert answer(opened).status == 400


def flood(opened: socket.socket, part: bytes, total: int) -> int:
    """Sends parts until so many bytes are out, or until the server hangs up; how many went out."""
    sent = 0
    with suppress(OSError):
        while sent < total:
            opened.sendall(part)
            sent += len(part)
    return sent


CHUNK = b"10000\r\n" + b"x" * 65536 + b"\r\n"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("POST", f"/api/v1{path}", 413) for path in FIVE[:3]),
        ("POST", "/api/v1/account/rotation", 403),
        ("PUT", "/api/v1/plan", 413),
        ("GET", "/api/v1/plan", 200),
        ("DELETE", "/api/v1/journal", 204),
        ("GET", "/now", 200),
        ("POST", "/now", 405),
    ],
)
def test_a_body_without_end_is_refused_at_the_limit_and_not_kept(
    running: Running, method: str, path: str, status: int
) -> None:
    before = running.forget_memory()
    with running.begin(method, path, Transfer_Encoding="chunked") as opened:
        flood(opened, CHUNK, 60 * MEBIBYTE)
        told = answer(opened)
    assert told.status == status
    assert running.memory - before < MOST_GROWTH


@pytest.mark.parametrize("where", ["the line", "a header", "headers", "behind the body"])
def test_a_head_without_end_is_refused_and_not_kept(running: Running, where: str) -> None:
    """httptools would keep every byte of it: 100 MB sent were 100 MB of memory."""
    before = running.forget_memory()
    port = int(running.server.settings["KEEL_PORT"])
    begun = f"GET /now HTTP/1.1\r\nHost: localhost:{port}\r\n"
    begins = {"the line": "GET /", "a header": begun + "X: ", "headers": begun}
    begins["behind the body"] = begun + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
    part = b"X-A: b\r\n" * 8192 if where in ("headers", "behind the body") else b"x" * 65536
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as opened:
        opened.sendall(begins[where].encode())
        sent = flood(opened, part, 100 * MEBIBYTE)
    assert sent < 30 * MEBIBYTE, "it hung up"
    assert running.memory - before < MOST_GROWTH


def test_a_head_within_the_limit_is_read(running: Running) -> None:
    with running.begin("GET", "/healthz", X_Long="x" * (limits.HEAD_BYTES - 2000)) as opened:
        assert answer(opened).status == 200


def test_bodies_that_come_a_byte_at_a_time_hold_nobody_up(running: Running) -> None:
    """Forty of them, while others are answered; and one that hangs up is no fault of ours."""
    with ExitStack() as ending:
        slow = [
            ending.enter_context(running.begin("POST", f"/api/v1{path}", Content_Length="9000"))
            for path in ("/accounts", "/sessions") * 20
        ]
        is_over = threading.Event()
        dripping = threading.Thread(target=drip, args=(slow, is_over))
        dripping.start()
        try:
            took = [waited(running) for _ in range(20)]
        finally:
            is_over.set()
            dripping.join()
    assert sorted(took)[-1] < 1
    assert running.phone.ask("GET", "/plan").content == running.plan
    time.sleep(0.3)
    assert "fault" not in running.server.log.read_text()
    assert '"status": 5' not in running.server.log.read_text()


def drip(slow: list[socket.socket], is_over: threading.Event) -> None:
    while not is_over.wait(0.2):
        for one in slow:
            one.sendall(b"{")


def waited(running: Running) -> float:
    began = time.perf_counter()
    assert running.phone.ask("GET", "/plan").status_code == 200
    time.sleep(0.05)
    return time.perf_counter() - began


def test_a_save_that_is_cut_off_saves_nothing(running: Running) -> None:
    new = Person().envelope(PLAN, 2, running.plan)
    with running.begin("PUT", "/api/v1/plan", Content_Length=str(len(new))) as opened:
        opened.sendall(new[:-1])
    assert running.phone.ask("GET", "/plan").content == running.plan
