"""ETags: what stands there, the 304 that spares sending it, and the revision a save names."""

import hashlib
import re

from fastapi import Request
from starlette.responses import Response

SEALED = "application/octet-stream"
REVISION_TAG = re.compile(r'"(\d{1,16})-([0-9a-f]{16})"')


def matches(if_none_match: str | None, etag: str) -> bool:
    """RFC 9110, 13.1.2: `*`, or one of a list; weak and strong forms of a tag count as one."""
    if if_none_match is None:
        return False
    named = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in named or etag.removeprefix("W/") in named


def if_none_match(request: Request) -> str | None:
    """The header, however often it was sent."""
    return ",".join(request.headers.getlist("if-none-match")) or None


def etag_of(revision: int, digest: bytes) -> str:
    """Strong: the revision's number, and the first 8 bytes of its envelope's SHA-256."""
    return f'"{revision}-{digest[:8].hex()}"'


def named_revision(request: Request) -> tuple[int, bytes] | None:
    """What one strong If-Match names: the number, and the hash's first 8 bytes; None for no such
    header, `*`, a list, or a weak tag. (0, b"") is a strong tag that no revision has."""
    named = request.headers.getlist("if-match")
    if len(named) != 1 or not re.fullmatch(r'"[\x21\x23-\x7e]*"', named[0]):
        return None
    found = REVISION_TAG.fullmatch(named[0])
    return (int(found[1]), bytes.fromhex(found[2])) if found else (0, b"")


def asks_for_a_first(request: Request) -> bool:
    """`If-None-Match: *`: only if nothing stands there."""
    named = request.headers.getlist("if-none-match")
    return named == ["*"] and "if-match" not in request.headers


def sealed_answer(envelope: bytes, etag: str, status: int = 200) -> Response:
    """The bytes as they were sent, for whoever has the key; kept by no cache on the way."""
    headers = {"ETag": etag, "Cache-Control": "no-store"}
    return Response(envelope, status, headers, SEALED)


class Prepared:
    """One body, made once, with a strong ETag of its own bytes."""

    def __init__(self, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> None:
        self._body = body
        self._media_type = media_type
        digest = hashlib.sha256(body).hexdigest()[:32]
        self._headers = {**(headers or {}), "ETag": f'"{digest}"', "Cache-Control": "no-cache"}

    def answer(self, request: Request) -> Response:
        """200 with the body, or 304 without for whoever has it."""
        if matches(if_none_match(request), self._headers["ETag"]):
            return Response(None, 304, self._headers)
        return Response(self._body, 200, self._headers, self._media_type)
