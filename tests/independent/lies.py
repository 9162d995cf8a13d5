"""Ways an answer may go wrong between the server and a device: lost, or lied about."""

from collections.abc import Callable

import httpx

Lie = Callable[[httpx.Request, httpx.Response], httpx.Response]


class Between(httpx.BaseTransport):
    """Passes everything on; the next answers are lost or told otherwise, as asked."""

    def __init__(self) -> None:
        self.inner = httpx.HTTPTransport(verify=False)  # plain http: no certificates to read
        self.is_losing_answer = False
        self.is_losing_request = False
        self.lie: Lie | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx.ReadError in place of an answer that the server gave in full."""
        if self.is_losing_request:
            self.is_losing_request = False
            raise httpx.ConnectError("never sent", request=request)
        answer = self.inner.handle_request(request)
        answer.read()
        if self.is_losing_answer:
            self.is_losing_answer = False
            raise httpx.ReadError("lost after the server took it", request=request)
        return self.lie(request, answer) if self.lie else answer

    def close(self) -> None:
        self.inner.close()


def told(status: int, content: bytes = b"", **headers: str) -> httpx.Response:
    """An answer made up; underscores in the names of headers stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, content=content, headers=named)
