"""Sealed plans and journals: where each stands now, and its envelopes by revision."""

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Table
from sqlmodel import Field, SQLModel


class Document(SQLModel, table=True):
    """The newest revision of a plan (kind 1) or journal (kind 2); `hash` is its envelope's."""

    __tablename__ = "documents"

    account_id: UUID = Field(primary_key=True, foreign_key="accounts.id")
    kind: int = Field(primary_key=True)
    object_id: UUID
    revision: int = Field(sa_type=BigInteger)
    hash: bytes


class Revision(SQLModel, table=True):
    """An envelope as it was sent; the newest stands here too, and nowhere else. `size` in bytes."""

    __tablename__ = "revisions"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "kind"], ["documents.account_id", "documents.kind"]),
    )

    account_id: UUID = Field(primary_key=True)
    kind: int = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_type=BigInteger)
    saved_on: date
    size: int
    envelope: bytes


DOCUMENTS = cast(Table, vars(Document)["__table__"])
REVISIONS = cast(Table, vars(Revision)["__table__"])
