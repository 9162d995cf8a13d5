"""Every error that leaves the server: one shape, one place, and nothing of what was sent.

application/problem+json (RFC 9457): {type, title, status, code, request_id}. A browser that
asks for a page gets the release's own page instead, with the same status.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NoReturn, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from app.api.preconditions import etag_of, sealed_answer
from app.content.messages import FIRST_LANGUAGE, message
from app.errors import (
    CannotStart,
    Conflict,
    DatabaseUnavailable,
    EnvelopeRefused,
    KeelError,
    NotThere,
    ProofRefused,
    RequestRefused,
    SignedOut,
    SignInRefused,
    Stale,
    StorageFull,
    TooManyAttempts,
)

CODES = {
    400: "bad_request",
    401: "signed_out",
    403: "cross_site",
    404: "not_found",
    405: "method_not_allowed",
    409: "name_taken",
    412: "stale",
    413: "too_large",
    422: "invalid_request",
    428: "precondition_needed",
    429: "too_many_attempts",
    500: "broken",
    503: "unavailable",
    507: "storage_full",
}
"""Every status an error can have, and the code that programs may rely on."""

ENVELOPE_CODES = (
    *("truncated", "not_an_envelope", "suite_not_allowed", "kind_unknown", "bad_revision"),
    *("wrong_kind", "wrong_account", "wrong_object", "bad_padding"),
    *("wrong_revision", "wrong_parent"),
)
"""What sealed bytes can be refused for; they share a title."""

MORE_CODES = {
    "sign_in_failed": 401,
    "proof_needed": 403,
    "proof_failed": 403,
    "signups_closed": 403,
    "account_gone": 409,
    "slot_needed": 409,
    **dict.fromkeys(ENVELOPE_CODES, 422),
}
"""Codes of a status beside its first."""

ALL_CODES = sorted([*CODES.items(), *((status, code) for code, status in MORE_CODES.items())])
"""(status, code), each code once: a sealed plan that is too large inside JSON travels as 422."""

STATUSES: dict[type[KeelError], int] = {
    SignedOut: 401,
    SignInRefused: 401,
    ProofRefused: 403,
    NotThere: 404,
    Conflict: 409,
    Stale: 412,
    EnvelopeRefused: 422,
    RequestRefused: 422,
    TooManyAttempts: 429,
    CannotStart: 503,
    DatabaseUnavailable: 503,
    StorageFull: 507,
}
"""What travels under which number; an error that is not here is one that nobody foresaw."""

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


def refuse_origin() -> NoReturn:
    """A change was asked for by another site's page, or by no page of ours."""
    raise HTTPException(403)


def refuse_precondition() -> NoReturn:
    """A save has to say which revision it was made from."""
    raise HTTPException(428)


def not_ready() -> NoReturn:
    """The server runs, and cannot answer yet, or not now."""
    raise HTTPException(503)


def status_of(error: Exception) -> int:
    """The status of an error that was raised above the routes; 500 for what nobody foresaw. Whoever
    hung up in the middle of a body hears nothing, and it was no fault of the server's."""
    if isinstance(error, ClientDisconnect):
        return 400
    return error.status_code if isinstance(error, HTTPException) else 500


def status_of_code(code: str) -> int:
    """Which status a code travels under; of an envelope's `too_large`, which has two, the first."""
    if code in MORE_CODES:
        return MORE_CODES[code]
    return next(status for status, first in CODES.items() if first == code)


def problem(status: int, request_id: str, code: str | None = None) -> Problem:
    """The one shape. The title is the same for every case of a code."""
    code = code or CODES[status]
    title = "envelope" if code in ENVELOPE_CODES else code
    return {
        "type": f"/api/v1/docs#{code}",
        "title": message(FIRST_LANGUAGE, f"problem.{title}.title"),
        "status": status,
        "code": code,
        "request_id": request_id,
    }


def documented(*wanted: int | str) -> dict[int | str, dict[str, Any]]:
    """What a route's documentation says of the errors it can answer with: statuses, whose first
    code is meant, and further codes."""
    codes: dict[int, list[str]] = defaultdict(list)
    for one in wanted:
        status = status_of_code(one) if isinstance(one, str) else one
        codes[status].append(one if isinstance(one, str) else CODES[one])
    return {status: _documented(status, codes[status]) for status in sorted(codes)}


def _documented(status: int, codes: list[str]) -> dict[str, Any]:
    shown = problem(status, "0123456789abcdef", codes[0])
    titles = {code: problem(status, "", code)["title"] for code in codes}
    told = " ".join(f"{code}: {title}" for code, title in titles.items())
    return {
        "description": told if len(codes) > 1 else titles[codes[0]],
        "content": {MEDIA_TYPE: {"schema": _schema(shown, codes), "example": shown}},
    }


def _schema(shown: Problem, codes: list[str]) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        name: {"type": "integer" if name == "status" else "string"} for name in shown
    }
    kinds["code"]["enum"] = codes
    return {"type": "object", "required": list(shown), "properties": kinds}


class Problems:
    """Answers errors; `pages` are the release's own pages by status, 404 and 500."""

    def __init__(self, pages: Mapping[int, bytes]) -> None:
        self._pages = pages

    def install(self, app: FastAPI) -> None:
        """Registers with the framework; what it does not catch reaches api/middleware.py."""
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._validation)
        app.add_exception_handler(KeelError, self._ours)

    def answer(
        self,
        scope: Scope,
        status: int,
        headers: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> Response:
        """The page where a browser wants one and the release has it, else problem+json."""
        status = status if status in CODES else 400 if status < 500 else 500
        kept = {**(headers or {}), "Cache-Control": "no-store"}
        if status in self._pages and _wants_page(scope):
            page = self._pages[status]
            return Response(page, status, kept, "text/html")
        told = problem(status, scope["keel.request_id"], code)
        return JSONResponse(told, status, kept, MEDIA_TYPE)

    async def _http(self, request: Request, error: Exception) -> Response:
        found = cast(HTTPException, error)
        headers = dict(found.headers or {})
        if headers.get("Allow") == "GET":
            headers["Allow"] = "GET, HEAD"
        return self.answer(request.scope, found.status_code, headers)

    async def _validation(self, request: Request, _error: Exception) -> Response:
        return self.answer(request.scope, 422)

    async def _ours(self, request: Request, error: Exception) -> Response:
        """An error of ours by its code; one that nobody foresaw goes on up."""
        found = cast(KeelError, error)
        code = found.code
        status = MORE_CODES.get(code) or STATUSES.get(type(found))
        if status is None:
            raise found
        if isinstance(found, Stale) and found.envelope:
            return sealed_answer(found.envelope, etag_of(found.revision, found.hash), status)
        if isinstance(found, CannotStart | DatabaseUnavailable):
            code = CODES[status]
        wait = found.seconds if isinstance(found, TooManyAttempts) else None
        headers = {"Retry-After": str(wait)} if wait else None
        return self.answer(request.scope, status, headers, code)


def _wants_page(scope: Scope) -> bool:
    path: str = scope["path"]
    accepts = b",".join(value for name, value in scope["headers"] if name == b"accept")
    return (
        b"text/html" in accepts
        and not path.startswith(NO_PAGES)
        and "." not in path.rpartition("/")[2]
    )
