"""The tables, as one metadata that migrations compare with; there are none yet."""

from sqlmodel import SQLModel

METADATA = SQLModel.metadata
