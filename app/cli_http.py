"""How the web server reads a request: with an end to its head, which httptools alone has not."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app import limits


class BoundedHead(HttpToolsProtocol):
    """Hangs up after limits.HEAD_BYTES in which neither a request began nor a part of a body came.

    What is left to count is a request's line, its headers, and what follows a chunked body.
    """

    _since = 0

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
