"""The few kinds of text that bodies and answers are made of; bytes travel as base64url."""

import base64
import binascii
import json
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, WithJsonSchema

Device = Literal["phone", "tablet", "computer", "other"]
Day = Annotated[date, Field(description="In UTC.", examples=["2026-11-22"])]

SIGN = "[A-Za-z0-9_-]"
LAST_SIGN = {0: "", 1: "[AQgw]", 2: "[AEIMQUYcgkosw048]"}
"""What a canonical text may end with, by the bytes over a multiple of three."""


def to_text(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def to_bytes(text: object) -> bytes:
    """The reverse. Raises ValueError for every form but the canonical one."""
    if not isinstance(text, str):
        raise ValueError("a text of base64url is needed")
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None
    if to_text(value) != text:
        raise ValueError("not the canonical form")
    return value


def refuse_key_twice(sent: bytes) -> None:
    """Raises ValueError for JSON that has one key twice in an object: two readers could take it
    for two things."""
    json.loads(sent, object_pairs_hook=_no_key_twice, parse_int=str, parse_float=str)


def _no_key_twice(pairs: list[tuple[str, object]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("one key twice")


def _exactly(length: int) -> Any:
    def read(text: object) -> bytes:
        value = to_bytes(text)
        if len(value) != length:
            raise ValueError(f"{length} bytes are needed")
        return value

    whole, left = divmod(length * 8, 6)
    signs = f"^{SIGN}{{{whole}}}{LAST_SIGN[length % 3] if left else ''}$"
    return (BeforeValidator(read), PlainSerializer(to_text), _text(pattern=signs))


def _text(**more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "format": "base64url", **more})


def to_id(text: object) -> UUID:
    """Sixteen bytes. Raises ValueError."""
    value = to_bytes(text)
    if len(value) != 16:
        raise ValueError("16 bytes are needed")
    return UUID(bytes=value)


ID_PATTERN = f"^{SIGN}{{21}}[AQgw]$"
Key = Annotated[bytes, *_exactly(32)]
Lookup = Annotated[bytes, *_exactly(16)]
Id = Annotated[
    UUID,
    BeforeValidator(lambda given: given if isinstance(given, UUID) else to_id(given)),
    PlainSerializer(lambda id: to_text(id.bytes), return_type=str),
    _text(pattern=ID_PATTERN),
]
Envelope = Annotated[
    bytes,
    BeforeValidator(lambda given: given if isinstance(given, bytes) else to_bytes(given)),
    PlainSerializer(to_text, return_type=str),
    _text(pattern=f"^{SIGN}*$", minLength=1),
]
DrawnName = Annotated[str, StringConstraints(pattern=r"^[a-z]{3,9}-[a-z]{3,9}-[0-9]{4}$")]
