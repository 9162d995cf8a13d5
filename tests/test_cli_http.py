"""A request that does not come to its end is hung up on, however lively its sender is."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app import limits
from app.cli_http import BoundedRequest

SECONDS = 0.3
PAUSE = SECONDS / 8
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n"
WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
SLOW = WHOLE.replace(b"GET /", b"GET /slow")


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Reads all of it; at /slow it takes longer to answer than a request may take to come."""
    while (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.disconnect":
        return
    await asyncio.sleep(2 * SECONDS if scope["path"] == "/slow" else 0)
    headers = [(b"content-length", b"4")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"well"})


@contextmanager
def served(protocol: type[asyncio.Protocol]) -> Iterator[int]:
    """The port of a server that reads requests like this."""
    config = uvicorn.Config(app, port=0, http=protocol, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(limits, "REQUEST_SECONDS", SECONDS)
    with served(BoundedRequest) as found:
        yield found


def drip(port: int, first: bytes, part: bytes) -> float:
    """Sends a little again and again; the seconds until the server hung up, or a few in vain."""
    with socket.create_connection(("127.0.0.1", port), timeout=PAUSE) as opened:
        began = time.monotonic()
        opened.sendall(first)
        while (took := time.monotonic() - began) < 5 * SECONDS:
            with suppress(TimeoutError):
                try:
                    opened.sendall(part)
                    if not opened.recv(4096):
                        break
                except ConnectionError:
                    break
    return took


DRIPS: dict[str, tuple[bytes, bytes]] = {
    "nothing": (b"", b""),
    "a line": (b"GET /", b"a"),
    "headers": (WHOLE[:-2], b"X: y\r\n"),
    "a body": (HEAD, b"x"),
    "a body in chunks": (
        HEAD.replace(b"Content-Length: 99", b"Transfer-Encoding: chunked"),
        b"1\r\nx\r\n",
    ),
    "empty lines": (b"", b"\r\n"),
    "empty lines after an answer": (WHOLE, b"\r\n"),
    "a second request": (WHOLE + b"GET /", b"a"),
}


@pytest.mark.parametrize("what", DRIPS)
def test_what_comes_a_little_at_a_time_is_hung_up_on(port: int, what: str) -> None:
    assert SECONDS / 2 < drip(port, *DRIPS[what]) < 5 * SECONDS


def ask(opened: socket.socket, request: bytes) -> bytes:
    opened.sendall(request)
    return opened.recv(4096)


def test_an_answer_may_take_its_time_and_another_request_may_follow(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as opened:
        for request in (WHOLE, SLOW, WHOLE, HEAD + b"x" * 99):
            assert ask(opened, request).startswith(b"HTTP/1.1 200")
            time.sleep(SECONDS / 2)


def test_requests_that_were_sent_at_once_are_all_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as opened:
        opened.sendall(SLOW * 3)
        read = b""
        while read.count(b"well") < 3:
            more = opened.recv(4096)
            assert more, "it hung up"
            read += more


def test_the_control_without_a_bound_it_waits_for_ever() -> None:
    with served(HttpToolsProtocol) as port:
        assert drip(port, *DRIPS["a body"]) >= 5 * SECONDS
