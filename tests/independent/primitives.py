"""Section 2 of the protocol: the few primitives that everything else is made of."""

import base64
import hashlib
import re
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LABEL = b"safety-plan/v1/"
KIBIBYTES = 64 * 1024  # of memory: KDF suite 1, the only one
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


class Refused(Exception):
    """Something was not accepted; `code` is the stable name of the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def derive(secret: bytes, name: str, length: int = 32) -> bytes:
    """HKDF-SHA-256 with an empty salt; `name` is the label without its beginning."""
    return HKDF(SHA256(), length, salt=None, info=LABEL + name.encode()).derive(secret)


@cache
def argon2id(secret: bytes, salt: bytes) -> bytes:
    """Suite 1, at its whole cost; the same question is not computed twice in one run."""
    kdf = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=KIBIBYTES)
    return kdf.derive(secret)


def to_text(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    """Raises Refused bad_base64url for padding, other letters, and a second spelling of bytes."""
    if not BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise Refused("bad_base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_text(data) != text:
        raise Refused("bad_base64url")
    return data
