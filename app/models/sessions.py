"""A session: a device that is signed in, known by the hash of its token and by days alone."""

from datetime import date
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table
from sqlmodel import Field, SQLModel


class DeviceSession(SQLModel, table=True):
    """Hashes are SHA-256 of 32 random bytes.

    `number` counts an account's sessions from 1: days alone do not tell which of today's came last.
    `previous_hash` is the token before the last renewal: it holds until the new one was seen on
    a later day, since the answer that carried the new one may have been lost.
    """

    __tablename__ = "sessions"

    account_id: UUID = Field(primary_key=True, foreign_key="accounts.id")
    id: UUID = Field(primary_key=True)
    token_hash: bytes = Field(unique=True)
    previous_hash: bytes | None = Field(default=None, unique=True)
    number: int
    device: str = Field(max_length=16)
    created_on: date
    last_seen_on: date = Field(index=True)
    renewed_on: date


class SignedIn(NamedTuple):
    """What a request's token stands for."""

    account_id: UUID
    id: UUID
    last_seen_on: date
    renewed_on: date
    is_previous: bool
    """By the token before the newest."""


SESSIONS = cast(Table, vars(DeviceSession)["__table__"])
