"""The tables, as one metadata that migrations compare with; only foreign keys join them."""

from sqlmodel import SQLModel

from app.models import accounts, attempts, key_slots, plans, sessions

METADATA = SQLModel.metadata

__all__ = ["METADATA", "accounts", "attempts", "key_slots", "plans", "sessions"]
