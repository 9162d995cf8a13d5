"""Every error that leaves the server: one shape, one place, and nothing of what was sent.

application/problem+json (RFC 9457): {type, title, status, code, request_id}. A browser that
asks for a page gets the release's own page instead, with the same status.
"""

from collections.abc import Mapping
from typing import Any, NoReturn, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from app.content.messages import FIRST_LANGUAGE, message
from app.errors import DatabaseUnavailable

CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    422: "invalid_request",
    500: "broken",
    503: "unavailable",
}
"""Every status an error can have, and the code that programs may rely on."""

MEDIA_TYPE = "application/problem+json"
NO_PAGES = ("/api/", "/assets/", "/icons/", "/schema/")
"""Below these nobody looks for a page: a missing file must never be answered with one."""

Problem = dict[str, str | int]


def missing() -> NoReturn:
    """Nothing stands at this address."""
    raise HTTPException(404)


def refuse_method(*allowed: str) -> NoReturn:
    """Something stands here, and it answers only the methods named."""
    raise HTTPException(405, headers={"Allow": ", ".join(allowed)})


def refuse_length() -> NoReturn:
    """The body is longer than limits.BODY_BYTES."""
    raise HTTPException(413)


def not_ready() -> NoReturn:
    """The server runs, and cannot answer yet, or not now."""
    raise HTTPException(503)


def status_of(error: Exception) -> int:
    """The status of an error that was raised above the routes; 500 for what nobody foresaw."""
    return error.status_code if isinstance(error, HTTPException) else 500


def problem(status: int, request_id: str) -> Problem:
    """The one shape. The title is the same for every case of a code."""
    code = CODES[status]
    return {
        "type": f"/api/v1/docs#{code}",
        "title": message(FIRST_LANGUAGE, f"problem.{code}.title"),
        "status": status,
        "code": code,
        "request_id": request_id,
    }


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route's documentation says of the errors it can answer with."""
    return {status: _documented(status) for status in statuses}


def _documented(status: int) -> dict[str, Any]:
    shown = problem(status, "0123456789abcdef")
    return {
        "description": shown["title"],
        "content": {MEDIA_TYPE: {"schema": _schema(shown), "example": shown}},
    }


def _schema(shown: Problem) -> dict[str, Any]:
    kinds = {name: {"type": "integer" if name == "status" else "string"} for name in shown}
    return {"type": "object", "required": list(shown), "properties": kinds}


class Problems:
    """Answers errors; `pages` are the release's own pages by status, 404 and 500."""

    def __init__(self, pages: Mapping[int, bytes]) -> None:
        self._pages = pages

    def install(self, app: FastAPI) -> None:
        """Registers with the framework; what it does not catch reaches api/middleware.py."""
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._validation)
        app.add_exception_handler(DatabaseUnavailable, self._database)

    def answer(
        self, scope: Scope, status: int, headers: Mapping[str, str] | None = None
    ) -> Response:
        """The page where a browser wants one and the release has it, else problem+json."""
        status = status if status in CODES else 400 if status < 500 else 500
        kept = {**(headers or {}), "Cache-Control": "no-store"}
        if status in self._pages and _wants_page(scope):
            page = self._pages[status]
            return Response(page, status, kept, "text/html")
        return JSONResponse(problem(status, scope["keel.request_id"]), status, kept, MEDIA_TYPE)

    async def _http(self, request: Request, error: Exception) -> Response:
        found = cast(HTTPException, error)
        headers = dict(found.headers or {})
        if headers.get("Allow") == "GET":
            headers["Allow"] = "GET, HEAD"
        return self.answer(request.scope, found.status_code, headers)

    async def _validation(self, request: Request, _error: Exception) -> Response:
        return self.answer(request.scope, 422)

    async def _database(self, request: Request, _error: Exception) -> Response:
        return self.answer(request.scope, 503)


def _wants_page(scope: Scope) -> bool:
    path: str = scope["path"]
    accepts = b",".join(value for name, value in scope["headers"] if name == b"accept")
    return (
        b"text/html" in accepts
        and not path.startswith(NO_PAGES)
        and "." not in path.rpartition("/")[2]
    )
