"""What is told of a sealed plan beside its bytes."""

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.fields import Day, Envelope, Id


class Saved(BaseModel):
    """The number that the saved revision has."""

    revision: int


class ListedRevision(BaseModel):
    """One that is kept."""

    model_config = ConfigDict(from_attributes=True)

    revision: int
    saved_on: Day
    size: int = Field(description="In bytes.")


class SealedPlan(BaseModel):
    """A plan or journal inside JSON."""

    object_id: Id
    envelope: Envelope
