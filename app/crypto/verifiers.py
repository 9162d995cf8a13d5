"""Verifiers: what the database holds in place of a name or a secret (docs/protocol.md).

A stolen database is worth nothing without the pepper, which stands in the key file.
"""

import hmac
from hashlib import sha256

from app.errors import VerifierRefused


def verifier(pepper: bytes, label: str, secret: bytes) -> bytes:
    """HMAC-SHA256(pepper, label ‖ "|" ‖ secret), 32 bytes.

    `label` says what the secret is for ("name", "auth", "lookup", "recovery", "gone" …) and is
    given without its bar: one secret under two labels gives two verifiers that cannot be told to
    belong together. ValueError for a label with a bar or none at all.
    """
    if not label or "|" in label:
        raise ValueError("a label is a word without a bar")
    return hmac.digest(pepper, label.encode() + b"|" + secret, sha256)


def check(expected: bytes, given: bytes) -> None:
    """Compares in constant time. VerifierRefused: wrong_secret."""
    if not hmac.compare_digest(expected, given):
        raise VerifierRefused("wrong_secret")
