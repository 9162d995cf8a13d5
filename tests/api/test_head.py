"""HEAD as a real web server counts it: headers, no body, and the connection goes on."""

import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
import uvicorn
from fastapi import FastAPI

HOST = {"Host": "localhost:8000"}


@pytest.fixture(scope="module")
def port(app: FastAPI) -> Iterator[int]:
    """The server behind uvicorn, in a thread of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        running = threading.Thread(target=server.run, args=([listening],), daemon=True)
        running.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        running.join(10)


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/content", "/now", "/nope", "/api/v1/docs"])
def test_head_says_what_get_would_and_the_connection_goes_on(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    lengths = []
    connection.connect()
    connection.auto_open = 0  # one that was closed is not quietly opened again
    for method in ("HEAD", "HEAD", "GET"):
        connection.request(method, path, headers=HOST)
        answer = connection.getresponse()
        lengths.append((answer.status, answer.headers["content-length"]))
        assert bool(answer.read()) == (method == "GET")
    connection.close()
    assert len(set(lengths)) == 1
