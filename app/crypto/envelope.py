"""The envelope: the one format of all sealed bytes (docs/protocol.md, "The envelope")."""

import hmac
import os
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import EnvelopeRefused

NEWEST_SCHEMA = 1
LARGEST_REVISION = 2**53 - 1  # what a JavaScript number holds exactly
LARGEST_ENVELOPE = 512 * 1024
LARGEST_PLAINTEXT = 256 * 1024 - 4

_MAGIC = b"SPE1"
_SUITE = 1
_LABEL = b"safety-plan/v1/env\0"
_HEAD = 80  # what the keys are bound to: everything before the salt
_PREFIX = 144  # head, salt, commitment: what the tag is bound to
_TAG = 16
_SLOT = 32  # a slot's plaintext: a bare key
_BUCKETS = tuple(kib * 1024 for kib in (8, 16, 32, 64, 128, 256))


class Kind(IntEnum):
    """What an envelope holds; the numbers are on disk and never change."""

    PLAN = 1
    JOURNAL = 2
    SHARE = 3
    SLOT_PASSPHRASE = 16
    SLOT_RECOVERY = 17
    SLOT_PASSKEY = 18
    SLOT_PIN = 19
    EXPORT = 32
    DEVICE = 33


_SLOTS = frozenset((Kind.SLOT_PASSPHRASE, Kind.SLOT_RECOVERY, Kind.SLOT_PASSKEY, Kind.SLOT_PIN))
_KNOWN = frozenset(int(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What an envelope says of itself.

    `account` and `object` are 16 bytes, `parent` is SHA-256 of the whole previous envelope of
    this object (32 zeros at revision 1).
    """

    kind: int
    account: bytes
    object: bytes
    revision: int
    parent: bytes
    schema: int = NEWEST_SCHEMA


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller knows already: nothing that an envelope says of itself is acted on."""

    kind: int
    account: bytes
    object: bytes
    lowest_revision: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """What an envelope held, once every check has passed."""

    plaintext: bytes
    revision: int
    parent: bytes
    schema: int


@dataclass(frozen=True, slots=True)
class _Keys:
    key: bytes
    nonce: bytes
    commitment: bytes


def seal(
    base_key: bytes, sealing: Sealing, plaintext: bytes, *, salt: bytes | None = None
) -> bytes:
    """Sealed bytes; `salt` (32 bytes) is given by tests alone.

    EnvelopeRefused: kind_unknown, bad_revision, bad_schema, newer_schema, too_large, bad_padding.
    """
    head = _write_head(sealing)
    padded = _pad(sealing.kind, plaintext)
    salt = _fit(os.urandom(32) if salt is None else salt, 32)
    keys = _derive(base_key, head, salt)
    prefix = head + salt + keys.commitment
    return prefix + AESGCM(keys.key).encrypt(keys.nonce, padded, prefix)


def open(base_key: bytes, expected: Expected, envelope: bytes) -> Opened:
    """The checks stand in the order of docs/protocol.md, each with its code (EnvelopeRefused)."""
    if len(envelope) < _PREFIX + _TAG:
        raise EnvelopeRefused("truncated")
    if len(envelope) > LARGEST_ENVELOPE:
        raise EnvelopeRefused("too_large")
    revision = _check_head(expected, envelope)
    padded = _decrypt(base_key, envelope)
    parent = envelope[48:_HEAD]
    is_slot = expected.kind in _SLOTS
    plaintext = _slot_key(padded, revision, parent) if is_slot else _unpad(padded)
    schema = int.from_bytes(envelope[6:8], "big")
    _check_schema(schema)
    return Opened(plaintext, revision, parent, schema)


def _check_head(expected: Expected, envelope: bytes) -> int:
    """What can be refused without any key, in its order; the revision."""
    if envelope[:4] != _MAGIC:
        raise EnvelopeRefused("not_an_envelope")
    if envelope[4] != _SUITE:
        raise EnvelopeRefused("suite_not_allowed")
    kind = envelope[5]
    if kind not in _KNOWN:
        raise EnvelopeRefused("kind_unknown")
    revision = int.from_bytes(envelope[40:48], "big")
    _check_revision(revision)
    if kind != expected.kind:
        raise EnvelopeRefused("wrong_kind")
    if envelope[8:24] != expected.account:
        raise EnvelopeRefused("wrong_account")
    if envelope[24:40] != expected.object:
        raise EnvelopeRefused("wrong_object")
    if revision < expected.lowest_revision:
        raise EnvelopeRefused("rollback")
    return revision


def _decrypt(base_key: bytes, envelope: bytes) -> bytes:
    prefix = envelope[:_PREFIX]
    keys = _derive(base_key, prefix[:_HEAD], prefix[_HEAD : _HEAD + 32])
    # The tag alone does not bind an AES-GCM ciphertext to one key; the commitment does.
    if not hmac.compare_digest(keys.commitment, prefix[_HEAD + 32 :]):
        raise EnvelopeRefused("wrong_key_or_altered")
    try:
        return AESGCM(keys.key).decrypt(keys.nonce, envelope[_PREFIX:], prefix)
    except InvalidTag:
        raise EnvelopeRefused("wrong_key_or_altered") from None


def _derive(base_key: bytes, head: bytes, salt: bytes) -> _Keys:
    okm = HKDF(SHA256(), length=76, salt=salt, info=_LABEL + head).derive(base_key)
    return _Keys(okm[:32], okm[32:44], okm[44:])


def _write_head(sealing: Sealing) -> bytes:
    if sealing.kind not in _KNOWN:
        raise EnvelopeRefused("kind_unknown")
    _check_revision(sealing.revision)
    _check_schema(sealing.schema)
    return b"".join(
        (
            _MAGIC,
            bytes((_SUITE, sealing.kind)),
            sealing.schema.to_bytes(2, "big"),
            _fit(sealing.account, 16),
            _fit(sealing.object, 16),
            sealing.revision.to_bytes(8, "big"),
            _fit(sealing.parent, 32),
        )
    )


def _check_revision(revision: int) -> None:
    if not 1 <= revision <= LARGEST_REVISION:
        raise EnvelopeRefused("bad_revision")


def _check_schema(schema: int) -> None:
    if schema < 1:
        raise EnvelopeRefused("bad_schema")
    if schema > NEWEST_SCHEMA:
        raise EnvelopeRefused("newer_schema")


def _pad(kind: int, plaintext: bytes) -> bytes:
    """u32 length, plaintext, zeros to the smallest bucket; a slot's bare key stays as it is."""
    if kind in _SLOTS:
        if len(plaintext) != _SLOT:
            raise EnvelopeRefused("bad_padding")
        return plaintext
    if len(plaintext) > LARGEST_PLAINTEXT:
        raise EnvelopeRefused("too_large")
    whole = len(plaintext).to_bytes(4, "big") + plaintext
    return whole.ljust(next(bucket for bucket in _BUCKETS if len(whole) <= bucket), b"\0")


def _unpad(padded: bytes) -> bytes:
    if len(padded) not in _BUCKETS:
        raise EnvelopeRefused("bad_padding")
    end = 4 + int.from_bytes(padded[:4], "big")
    if end > len(padded) or any(padded[end:]):
        raise EnvelopeRefused("bad_padding")
    return padded[4:end]


def _slot_key(padded: bytes, revision: int, parent: bytes) -> bytes:
    """A slot is written once: whatever else it may be, it has no earlier revision."""
    if len(padded) != _SLOT or revision != 1 or any(parent):
        raise EnvelopeRefused("bad_padding")
    return padded


def _fit(value: bytes, length: int) -> bytes:
    if len(value) != length:
        raise ValueError(f"{length} bytes expected")
    return value
