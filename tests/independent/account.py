"""Sections 3 and 10: what a person keeps of an account, and what travels of it."""

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.independent import recovery_code
from tests.independent.envelope import (
    SLOT_PASSPHRASE,
    SLOT_RECOVERY,
    Expected,
    Head,
    open_envelope,
    seal,
)
from tests.independent.passphrase import PassphraseKeys, draw_name, passphrase_keys
from tests.independent.primitives import Refused, to_bytes, to_text
from tests.independent.recovery_code import RecoveryKeys, recovery_keys

SLOT_KINDS = {"passphrase": SLOT_PASSPHRASE, "recovery": SLOT_RECOVERY}
Json = dict[str, Any]


@dataclass
class Credentials:
    """A name with its passphrase, and a recovery code: all that a person could lose or be asked."""

    host: str
    name: str = field(default_factory=draw_name)
    passphrase: str = "six words drawn for this one life"
    code: str = field(default_factory=lambda: recovery_code.written(secrets.token_bytes(20)))

    @cached_property
    def words(self) -> PassphraseKeys:
        return passphrase_keys(self.host, self.name, self.passphrase)

    @cached_property
    def recovery(self) -> RecoveryKeys:
        return recovery_keys(recovery_code.read(self.code))

    @classmethod
    def with_random_keys(cls, host: str) -> "Credentials":
        """No passphrase stands behind these; a server cannot tell, and Argon2 is not paid for."""
        who = cls(host)
        who.words = PassphraseKeys(secrets.token_bytes(32), secrets.token_bytes(32))
        return who

    def proof(self) -> str:
        return f"Keel-Passphrase {to_text(self.words.auth)}"

    def recovery_proof(self) -> str:
        return f"Keel-Recovery {to_text(self.recovery.auth)}"

    def passphrase_fields(self) -> Json:
        return {"name": self.name, "auth_key": to_text(self.words.auth)}

    def recovery_fields(self) -> Json:
        return {
            "recovery_lookup": to_text(self.recovery.lookup),
            "recovery_auth": to_text(self.recovery.auth),
        }

    def slots(self, account_id: bytes, data_key: bytes) -> list[Json]:
        return [
            sealed_slot("passphrase", account_id, self.words.wrapping, data_key),
            sealed_slot("recovery", account_id, self.recovery.wrapping, data_key),
        ]


def sealed_slot(kind: str, account_id: bytes, wrapping: bytes, data_key: bytes) -> Json:
    """A new slot with an id of its own."""
    slot_id = secrets.token_bytes(16)
    envelope = seal(wrapping, Head(SLOT_KINDS[kind], account_id, slot_id), data_key)
    return {"id": to_text(slot_id), "kind": kind, "envelope": to_text(envelope)}


def open_slot(slots: list[Json], kind: str, account_id: bytes, wrapping: bytes) -> bytes:
    """The data key. Raises Refused no_slot, or the envelope's code."""
    slot = next((one for one in slots if one["kind"] == kind), None)
    if slot is None:
        raise Refused("no_slot")
    expected = Expected(SLOT_KINDS[kind], account_id, to_bytes(slot["id"]))
    return open_envelope(wrapping, to_bytes(slot["envelope"]), expected)
