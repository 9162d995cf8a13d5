"""Key slots as they travel."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.errors import RequestRefused
from app.schemas.ciphertext import check_slot
from app.schemas.fields import Envelope, Id


class KeySlot(BaseModel):
    """One way to unlock; passkeys are not taken yet."""

    model_config = ConfigDict(frozen=True)

    id: Id
    kind: Literal["passphrase", "recovery"]
    envelope: Envelope


def check_slots(slots: list[KeySlot], kinds: set[str], account: UUID) -> None:
    """Exactly one of each kind, with ids of their own. RequestRefused invalid_request, and what
    check_slot refuses."""
    if sorted(slot.kind for slot in slots) != sorted(kinds):
        raise RequestRefused("invalid_request")
    if len({slot.id for slot in slots}) != len(slots):
        raise RequestRefused("invalid_request")
    for slot in slots:
        check_slot(slot.envelope, kind=slot.kind, account=account, id=slot.id)
