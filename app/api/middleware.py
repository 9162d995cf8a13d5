"""What happens to every request and every answer, whatever stands behind the address."""

import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import limits
from app.api.logs import write_access, write_fault
from app.api.problems import Problems, refuse_length, status_of

SEALED = frozenset({"/api/v1/plan", "/api/v1/journal"})
"""These read bytes themselves, to a smaller limit, after they asked who is there."""

ANY_HOST = frozenset({"/healthz", "/readyz"})
"""A load balancer asks these by address."""
NOT_KEPT = {"Cache-Control": "no-store"}
"""A browser keeps a 308 for good: an origin that was set wrong for an hour would stay wrong."""


def security_headers(release: Mapping[str, str], public_origin: str) -> dict[str, str]:
    """The release's headers; the promise that it stays https is only given over https."""
    is_https = public_origin.startswith("https:")
    return {
        name: value
        for name, value in release.items()
        if is_https or name.lower() != "strict-transport-security"
    }


class Answers:
    """Outermost: gives each request its id, each answer its headers, writes the line, and answers
    what nobody below could."""

    def __init__(self, app: ASGIApp, problems: Problems, headers: Mapping[str, str]) -> None:
        self._app = app
        self._problems = problems
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, method, status = time.perf_counter(), scope["method"], 0
        request_id = scope["keel.request_id"] = secrets.token_hex(8)

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._stamp(message, request_id)
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception as error:
            is_answered, code = bool(status), status_of(error)
            if is_answered or code == 500:
                write_fault(error, request_id)
            if is_answered:
                raise
            await self._problems.answer(scope, code)(scope, receive, with_headers)
        finally:
            write_access(method, _route(scope), status, time.perf_counter() - began, request_id)

    def _stamp(self, message: Message, request_id: str) -> None:
        """Adds what the answer does not say itself."""
        said = list(message.get("headers", ()))
        names = {name.lower() for name, _ in said}
        said += [one for one in self._headers if one[0] not in names]
        message["headers"] = [*said, (b"x-request-id", request_id.encode())]


def _route(scope: Scope) -> str:
    return str(scope.get("keel.route") or getattr(scope.get("route"), "path", "none"))


class PublicHost:
    """Sends every other Host to the public origin: a plan is kept by origin, and there is one."""

    def __init__(self, app: ASGIApp, public_origin: str) -> None:
        self._app = app
        self._origin = public_origin
        parts = urlsplit(public_origin)
        default = {"http": 80, "https": 443}[parts.scheme]
        name = parts.netloc.removesuffix(f":{default}")
        self._hosts = {parts.netloc, name} | ({f"{name}:{default}"} if not parts.port else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ANY_HOST or self._is_public(scope):
            await self._app(scope, receive, send)
            return
        scope["keel.route"] = "host"
        away = RedirectResponse(self._origin + _target(scope), 308, NOT_KEPT)
        await away(scope, receive, send)

    def _is_public(self, scope: Scope) -> bool:
        named = [value for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and named[0].decode("latin-1").lower() in self._hosts


def _target(scope: Scope) -> str:
    """Path and query as they were asked for; one that is no path (`OPTIONS *`) is the front."""
    path = scope.get("raw_path") or b"/"
    query = scope["query_string"]
    whole: bytes = path + (b"?" + query if query else b"")
    return whole.decode("latin-1") if path.startswith(b"/") else "/"


class BodyLimit:
    """Refuses a body that is too long: before reading it where it says so, else at the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in SEALED:
            await self._app(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limits.BODY_BYTES:
                refuse_length()
            return message

        if scope["type"] == "http" and declared(scope) > limits.BODY_BYTES:
            refuse_length()
        await self._app(scope, counted, send)


def declared(scope: Scope) -> int:
    """How long the body is said to be, in bytes; 0 when nothing is said. Twenty digits are over
    every limit."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0


class HeadAsGet:
    """Answers HEAD as GET would be, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        scope["method"] = "GET"

        async def without_body(message: Message) -> None:
            scope["method"] = "HEAD"  # the web server counts what it sends by this very scope
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, without_body)
