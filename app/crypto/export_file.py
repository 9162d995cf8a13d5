"""The locked file that a person takes out of the browser (docs/protocol.md, "Export").

Layout: "SPX1" ‖ KDF suite 1 ‖ salt 16 ‖ envelope of kind 32, whose account is zeros and whose
object is SHA-256 of the first 21 bytes, cut to 16.
"""

import os
import unicodedata
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto import envelope
from app.errors import ExportRefused

LONGEST_PASSPHRASE = 1024
"""Code points, before NFKC."""

_MAGIC = b"SPX1"
_SUITE = 1
_PREFIX = 21  # magic, suite and salt: what the envelope's object is the hash of
_LABEL = b"safety-plan/v1/export/kek"
_NOBODY = bytes(16)


def open(passphrase: str, file: bytes) -> bytes:
    """The plan's JSON as it was sealed.

    ExportRefused: not_an_export, kdf_not_allowed, bad_passphrase. EnvelopeRefused, as any
    envelope: a wrong passphrase is wrong_key_or_altered.
    """
    if file[:4] != _MAGIC:
        raise ExportRefused("not_an_export")
    if file[4:5] != bytes((_SUITE,)):
        raise ExportRefused("kdf_not_allowed")
    prefix = file[:_PREFIX]
    expected = envelope.Expected(envelope.Kind.EXPORT, _NOBODY, _object(prefix))
    return envelope.open(_key(passphrase, prefix[5:]), expected, file[_PREFIX:]).plaintext


def seal(passphrase: str, plaintext: bytes) -> bytes:
    """A whole file. ExportRefused: bad_passphrase; EnvelopeRefused: too_large."""
    prefix = _MAGIC + bytes((_SUITE,)) + os.urandom(16)
    sealing = envelope.Sealing(
        envelope.Kind.EXPORT, _NOBODY, _object(prefix), revision=1, parent=bytes(32)
    )
    return prefix + envelope.seal(_key(passphrase, prefix[5:]), sealing, plaintext)


def _object(prefix: bytes) -> bytes:
    return sha256(prefix).digest()[:16]


def _key(passphrase: str, salt: bytes) -> bytes:
    """Argon2id over 64 MiB, a third of a second; a salt that was cut short opens nothing."""
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise ExportRefused("bad_passphrase")
    try:
        secret = unicodedata.normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError:
        raise ExportRefused("bad_passphrase") from None
    kdf = Argon2id(
        salt=salt.ljust(16, b"\0"), length=32, iterations=3, lanes=1, memory_cost=64 * 1024
    )
    return HKDF(SHA256(), length=32, salt=None, info=_LABEL).derive(kdf.derive(secret))
