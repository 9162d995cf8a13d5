"""A body that is too long is refused: before it is read where it says so, else at the limit."""

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from app import limits
from app.api.middleware import BodyLimit

CHUNK = 64 * 1024


class Reader:
    """An application that reads whatever it is sent, and counts it."""

    def __init__(self) -> None:
        self.read = 0

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        more = True
        while more:
            message = await receive()
            self.read += len(message["body"])
            more = message["more_body"]


def send_body(length: int, headers: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """What the application read, and what was taken from the network, of a body of that length."""
    reader, taken = Reader(), 0

    async def receive() -> Message:
        nonlocal taken
        size = min(CHUNK, length - taken)
        taken += size
        return {"type": "http.request", "body": b"x" * size, "more_body": taken < length}

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is sent from here")

    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    try:
        anyio.run(BodyLimit(reader), scope, receive, send)
    except HTTPException as refused:
        return -refused.status_code, taken
    return reader.read, taken


@pytest.mark.parametrize("length", [0, 1, limits.BODY_BYTES])
def test_a_body_within_the_limit_is_read_whole(length: int) -> None:
    assert send_body(length, []) == (length, length)


def test_one_that_says_it_is_longer_is_never_read() -> None:
    said = [(b"content-length", str(limits.BODY_BYTES + 1).encode())]
    assert send_body(limits.BODY_BYTES + 1, said) == (-413, 0)


def test_one_that_says_nothing_is_cut_at_the_limit() -> None:
    read, taken = send_body(1024**3, [])
    assert read == -413
    assert limits.BODY_BYTES < taken <= limits.BODY_BYTES + CHUNK
