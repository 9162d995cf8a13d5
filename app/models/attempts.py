"""Attempts: how often something was tried, counted until its time is over, then deleted."""

from typing import cast

from sqlalchemy import BigInteger, Table
from sqlmodel import Field, SQLModel


class Attempts(SQLModel, table=True):
    """`subject` is 32 bytes under a pepper, never a name or an address itself; `ends_at` is in
    seconds since 1970."""

    __tablename__ = "attempts"

    subject: bytes = Field(primary_key=True)
    rule: str = Field(primary_key=True, max_length=32)
    count: int
    ends_at: int = Field(sa_type=BigInteger, index=True)


ATTEMPTS = cast(Table, vars(Attempts)["__table__"])
