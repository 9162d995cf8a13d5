"""ETags: an answer that is ready before it is asked for, and the 304 that spares sending it."""

import hashlib

from fastapi import Request
from starlette.responses import Response


def matches(if_none_match: str | None, etag: str) -> bool:
    """RFC 9110, 13.1.2: `*`, or one of a list; weak and strong forms of a tag count as one."""
    if if_none_match is None:
        return False
    named = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in named or etag.removeprefix("W/") in named


class Prepared:
    """One body, made once, with a strong ETag of its own bytes."""

    def __init__(self, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> None:
        self._body = body
        self._media_type = media_type
        digest = hashlib.sha256(body).hexdigest()[:32]
        self._headers = {**(headers or {}), "ETag": f'"{digest}"', "Cache-Control": "no-cache"}

    def answer(self, request: Request) -> Response:
        """200 with the body, or 304 without for whoever has it."""
        named = ",".join(request.headers.getlist("if-none-match")) or None
        if matches(named, self._headers["ETag"]):
            return Response(None, 304, self._headers)
        return Response(self._body, 200, self._headers, self._media_type)
