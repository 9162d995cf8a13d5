"""How the web server reads a request: with an end to its head and to its time, which httptools
alone has not."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app import limits


class BoundedRequest(HttpToolsProtocol):
    """Hangs up after limits.HEAD_BYTES in which neither a request began nor a part of a body came,
    and after limits.REQUEST_SECONDS in which no request became whole.

    What is left to count is a request's line, its headers, and what follows a chunked body. The
    time runs from the connection's beginning, or from the answer before; not while one is made.
    """

    _since = 0
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Whoever comes and says nothing holds a connection too."""
        super().connection_made(transport)
        self._begin_to_wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuses before it goes on reading: what was kept until then is let go with it."""
        self._since += len(data)
        super().data_received(data)
        if self._since > limits.HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("Request head too long.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._since = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """A part of its body came; how long that may be, api/middleware.py decides."""
        self._since = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """It is whole; the answer may take its time."""
        self._end_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The next one may come, unless it was sent before this was answered."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._begin_to_wait()

    def _begin_to_wait(self) -> None:
        if self._end is None:
            self._end = self.loop.call_later(limits.REQUEST_SECONDS, self.transport.close)

    def _end_waiting(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
