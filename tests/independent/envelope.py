"""Section 4: the one format of all sealed bytes, sealed and opened with its checks in order."""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.independent.primitives import LABEL, Refused

PLAN, JOURNAL, SHARE = 1, 2, 3
SLOT_PASSPHRASE, SLOT_RECOVERY, SLOT_PASSKEY, SLOT_PIN = 16, 17, 18, 19
EXPORT, DEVICE = 32, 33
SLOTS = {SLOT_PASSPHRASE, SLOT_RECOVERY, SLOT_PASSKEY, SLOT_PIN}
KINDS = {PLAN, JOURNAL, SHARE, *SLOTS, EXPORT, DEVICE}
MAGIC, SUITE, SCHEMA = b"SPE1", 1, 1
PREFIX, TAG, LARGEST = 144, 16, 512 * 1024
SIZES = [kibibytes * 1024 for kibibytes in (8, 16, 32, 64, 128, 256)]
LAST_REVISION = 2**53 - 1
ZEROS_16, ZEROS_32 = bytes(16), bytes(32)


@dataclass(frozen=True)
class Head:
    """What an envelope says of itself, which proves nothing."""

    kind: int
    account: bytes
    object: bytes
    revision: int = 1
    parent: bytes = ZEROS_32
    schema: int = SCHEMA

    def packed(self) -> bytes:
        numbers = bytes((SUITE, self.kind)) + self.schema.to_bytes(2, "big")
        ids = self.account + self.object
        return MAGIC + numbers + ids + self.revision.to_bytes(8, "big") + self.parent


@dataclass(frozen=True)
class Expected:
    """What the caller knows beforehand; `object` None adopts the first plan that opens."""

    kind: int
    account: bytes
    object: bytes | None
    lowest_revision: int = 1


def seal(key: bytes, head: Head, plaintext: bytes, salt: bytes | None = None) -> bytes:
    """`plaintext` is UTF-8 JSON, or the bare key of a slot. Raises Refused too_large."""
    first = head.packed() + (salt or secrets.token_bytes(32))
    cipher, nonce, commitment = keys(key, first)
    body = plaintext if head.kind in SLOTS else padded(plaintext)
    prefix = first + commitment
    return prefix + AESGCM(cipher).encrypt(nonce, body, prefix)


def keys(base: bytes, first: bytes) -> tuple[bytes, bytes, bytes]:
    """Key, nonce and commitment, from the first 112 bytes of an envelope."""
    kdf = HKDF(SHA256(), 76, salt=first[80:112], info=LABEL + b"env\0" + first[:80])
    okm = kdf.derive(base)
    return okm[:32], okm[32:44], okm[44:]


def padded(plaintext: bytes) -> bytes:
    text = len(plaintext).to_bytes(4, "big") + plaintext
    size = next((size for size in SIZES if len(text) <= size), None)
    if size is None:
        raise Refused("too_large")
    return text.ljust(size, b"\0")


def head_of(envelope: bytes) -> Head:
    """Unproven; for an answer's number and parent, and to tell a stored envelope's revision."""
    return Head(
        envelope[5],
        envelope[8:24],
        envelope[24:40],
        int.from_bytes(envelope[40:48], "big"),
        envelope[48:80],
        int.from_bytes(envelope[6:8], "big"),
    )


def refuse_unless(holds: bool, code: str) -> None:
    if not holds:
        raise Refused(code)


def open_envelope(key: bytes, envelope: bytes, expected: Expected) -> bytes:
    """The plaintext without its padding. Raises Refused with the first check that fails."""
    check_form(envelope)
    check_expected(head_of(envelope), expected)
    body = decrypted(key, envelope)
    plaintext = slot_key(envelope, body) if expected.kind in SLOTS else unpadded(body)
    schema = head_of(envelope).schema
    refuse_unless(schema != 0, "bad_schema")
    refuse_unless(schema <= SCHEMA, "newer_schema")
    return plaintext


def check_form(envelope: bytes) -> None:
    refuse_unless(len(envelope) >= PREFIX + TAG, "truncated")
    refuse_unless(len(envelope) <= LARGEST, "too_large")
    refuse_unless(envelope[:4] == MAGIC, "not_an_envelope")
    refuse_unless(envelope[4] == SUITE, "suite_not_allowed")
    refuse_unless(envelope[5] in KINDS, "kind_unknown")
    refuse_unless(1 <= head_of(envelope).revision <= LAST_REVISION, "bad_revision")


def check_expected(head: Head, expected: Expected) -> None:
    refuse_unless(head.kind == expected.kind, "wrong_kind")
    refuse_unless(head.account == expected.account, "wrong_account")
    refuse_unless(expected.object in (None, head.object), "wrong_object")
    refuse_unless(head.revision >= expected.lowest_revision, "rollback")


def decrypted(key: bytes, envelope: bytes) -> bytes:
    prefix = envelope[:PREFIX]
    cipher, nonce, commitment = keys(key, envelope[:112])
    refuse_unless(hmac.compare_digest(commitment, prefix[112:]), "wrong_key_or_altered")
    try:
        return AESGCM(cipher).decrypt(nonce, envelope[PREFIX:], prefix)
    except InvalidTag as error:
        raise Refused("wrong_key_or_altered") from error


def unpadded(body: bytes) -> bytes:
    refuse_unless(len(body) in SIZES, "bad_padding")
    end = 4 + int.from_bytes(body[:4], "big")
    refuse_unless(end <= len(body) and not any(body[end:]), "bad_padding")
    return body[4:end]


def slot_key(envelope: bytes, body: bytes) -> bytes:
    """A slot stands once: its revision, parent and length leave no choice."""
    head = head_of(envelope)
    is_first = head.revision == 1 and head.parent == ZEROS_32
    refuse_unless(len(body) == 32 and is_first, "bad_padding")
    return body
