"""An account: what a name and its secrets are recognised by, and nothing to read them from."""

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Table
from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    """Verifiers are 32 bytes each, under a pepper of the key file.

    `gone_mark` is what the file of deleted accounts will name this one by.
    """

    __tablename__ = "accounts"

    id: UUID = Field(primary_key=True)
    name_verifier: bytes = Field(unique=True)
    auth_verifier: bytes
    lookup_verifier: bytes = Field(unique=True)
    recovery_verifier: bytes
    gone_mark: bytes = Field(unique=True)
    created_on: date


ACCOUNTS = cast(Table, vars(Account)["__table__"])
