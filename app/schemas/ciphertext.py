"""An envelope as far as it can be checked without a key: what its first 80 bytes say."""

import hashlib
from typing import NamedTuple
from uuid import UUID

from app import limits
from app.errors import EnvelopeRefused

PLAN, JOURNAL = 1, 2
SLOTS = {"passphrase": 16, "recovery": 17}
KINDS = {1, 2, 3, 16, 17, 18, 19, 32, 33}
LARGEST_REVISION = 2**53 - 1
SHORTEST = 160
PADDED = {SHORTEST + kib * 1024 for kib in (8, 16, 32, 64, 128, 256)}
LENGTHS = {PLAN: PADDED, JOURNAL: PADDED, **{kind: {192} for kind in SLOTS.values()}}
"""Of each kind, the only ones that sealing makes: what else comes would open nowhere."""


class Sealed(NamedTuple):
    """What an envelope says of itself; `hash` is SHA-256 of the whole, `parent` that of the one
    before."""

    object_id: UUID
    revision: int
    parent: bytes
    hash: bytes
    envelope: bytes


def check_envelope(
    envelope: bytes, *, kind: int, account: UUID, object_id: UUID | None = None
) -> Sealed:
    """`object_id` None takes any. EnvelopeRefused, in this order: truncated, too_large,
    not_an_envelope, suite_not_allowed, kind_unknown, bad_revision, wrong_kind, wrong_account,
    wrong_object, bad_padding."""
    _check_length(envelope)
    found = Sealed(
        UUID(bytes=envelope[24:40]),
        int.from_bytes(envelope[40:48], "big"),
        envelope[48:80],
        hashlib.sha256(envelope).digest(),
        envelope,
    )
    refusals = {
        "not_an_envelope": envelope[:4] != b"SPE1",
        "suite_not_allowed": envelope[4] != 1,
        "kind_unknown": envelope[5] not in KINDS,
        "bad_revision": not 1 <= found.revision <= LARGEST_REVISION,
        "wrong_kind": envelope[5] != kind,
        "wrong_account": envelope[8:24] != account.bytes,
        "wrong_object": object_id is not None and found.object_id != object_id,
        "bad_padding": len(envelope) not in LENGTHS[kind],
    }
    for code, is_refused in refusals.items():
        if is_refused:
            raise EnvelopeRefused(code)
    return found


def _check_length(envelope: bytes) -> None:
    if len(envelope) < SHORTEST:
        raise EnvelopeRefused("truncated")
    if len(envelope) > limits.ENVELOPE_BYTES:
        raise EnvelopeRefused("too_large")


def check_first(envelope: bytes, *, kind: int, account: UUID, object_id: UUID) -> Sealed:
    """The same for a first revision, which has no parent: also wrong_revision, wrong_parent."""
    found = check_envelope(envelope, kind=kind, account=account, object_id=object_id)
    if found.revision != 1:
        raise EnvelopeRefused("wrong_revision")
    if any(found.parent):
        raise EnvelopeRefused("wrong_parent")
    return found


def check_slot(envelope: bytes, *, kind: str, account: UUID, id: UUID) -> None:
    """A slot's envelope: a first revision that holds nothing but a key."""
    check_first(envelope, kind=SLOTS[kind], account=account, object_id=id)
