"""Signing in, and the list of devices that are signed in."""

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.fields import Day, Device, Id, Key, Lookup
from app.schemas.key_slots import KeySlot


class SignIn(BaseModel):
    """An ill-formed name is taken like an unknown one."""

    name: str
    auth_key: Key
    device: Device


class Recovery(BaseModel):
    """What the recovery code alone gives."""

    recovery_lookup: Lookup
    recovery_auth: Key
    device: Device


class Welcome(BaseModel):
    """Whose account it is, and every way to unlock its data key."""

    account_id: Id
    key_slots: list[KeySlot]


class ListedSession(BaseModel):
    """A device that is signed in."""

    model_config = ConfigDict(from_attributes=True)

    id: Id
    device: Device
    created_on: Day
    last_seen_on: Day
    current: bool = Field(description="The one that asks.")
