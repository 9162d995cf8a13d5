"""A key slot: one way to unlock an account's data key, sealed again under the keyring."""

from typing import cast
from uuid import UUID

from sqlalchemy import Table
from sqlmodel import Field, SQLModel


class KeySlot(SQLModel, table=True):
    """`kind` is passphrase or recovery; `sealed` is the envelope as the keyring sealed it."""

    __tablename__ = "key_slots"

    account_id: UUID = Field(primary_key=True, foreign_key="accounts.id")
    id: UUID = Field(primary_key=True)
    kind: str = Field(max_length=16)
    sealed: bytes


KEY_SLOTS = cast(Table, vars(KeySlot)["__table__"])
