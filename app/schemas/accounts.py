"""What an account begins with, and what changes one."""

from pydantic import BaseModel, Field

from app import limits
from app.schemas.fields import Device, DrawnName, Id, Key, Lookup
from app.schemas.key_slots import KeySlot
from app.schemas.plans import SealedPlan


class Secrets(BaseModel):
    """What the server keeps verifiers of."""

    name: DrawnName
    auth_key: Key
    recovery_lookup: Lookup
    recovery_auth: Key


class Registration(Secrets):
    """One account throughout, first revisions, one passphrase slot and one recovery slot."""

    account_id: Id
    device: Device
    key_slots: list[KeySlot] = Field(max_length=limits.KEY_SLOTS)
    plan: SealedPlan


class Begun(BaseModel):
    """The account is there; the cookie signs in."""

    account_id: Id


class NewPassphrase(BaseModel):
    """The name may be newly drawn."""

    name: DrawnName
    auth_key: Key
    key_slot: KeySlot


class NewRecovery(BaseModel):
    """Of the new code, which was shown and confirmed first."""

    recovery_lookup: Lookup
    recovery_auth: Key
    key_slot: KeySlot


class Rotation(Secrets):
    """New secrets, and everything sealed anew under a new data key."""

    key_slots: list[KeySlot] = Field(max_length=limits.KEY_SLOTS)
    plan: SealedPlan
    journal: SealedPlan | None = None
