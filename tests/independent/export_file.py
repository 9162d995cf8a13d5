"""Section 9: the locked file that a person keeps, written and opened."""

import secrets

from tests.independent.envelope import (
    EXPORT,
    ZEROS_16,
    Expected,
    Head,
    check_expected,
    check_form,
    head_of,
    open_envelope,
    seal,
)
from tests.independent.passphrase import normalised
from tests.independent.primitives import Refused, argon2id, derive, sha256

MAGIC, KDF_SUITE, HEAD = b"SPX1", 1, 21


def wrapping_key(passphrase: str, salt: bytes) -> bytes:
    return derive(argon2id(normalised(passphrase), salt), "export/kek")


def write_export(passphrase: str, plaintext: bytes) -> bytes:
    salt = secrets.token_bytes(16)
    head = MAGIC + bytes((KDF_SUITE,)) + salt
    envelope = Head(EXPORT, ZEROS_16, sha256(head)[:16])
    return head + seal(wrapping_key(passphrase, salt), envelope, plaintext)


def open_export(passphrase: str, data: bytes) -> bytes:
    """Raises Refused with not_an_export, kdf_not_allowed or an envelope's code."""
    if data[:4] != MAGIC or len(data) < HEAD:
        raise Refused("not_an_export")
    if data[4] != KDF_SUITE:
        raise Refused("kdf_not_allowed")
    envelope, expected = data[HEAD:], Expected(EXPORT, ZEROS_16, sha256(data[:HEAD])[:16])
    check_form(envelope)  # before Argon2 is paid for
    check_expected(head_of(envelope), expected)
    return open_envelope(wrapping_key(passphrase, data[5:HEAD]), envelope, expected)
