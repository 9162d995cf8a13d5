"""The plan as it is sealed on a device: items that two copies can be merged by (StoredPlan)."""

from typing import Annotated, Literal

from pydantic import Field

from app.plan.schema import Day, Hex16, Id, Open, Photo, Version

Counter = Annotated[int, Field(ge=1, le=2**53 - 1)]
Lamport = Annotated[int, Field(ge=0, le=2**53 - 1)]
Fraction = Annotated[str, Field(pattern="^[0-9a-z]*[1-9a-z]$")]


class StoredValue(Open):
    """An item's fields by name, those of its section's item in SafetyPlan."""

    removed_on: Day | None = Field(
        default=None, description="Deleted on this day; the text stays for 180 days."
    )


class OwnSectionValue(StoredValue):
    """The value of an item of `own_sections`: a section that the person added."""

    title: str
    walk_first: bool | None = Field(default=None, description="The walk begins with it.")


class CopiesSetting(StoredValue):
    """The value of the item of `settings` that remembers where copies are."""

    name: Literal["copies"]
    text_on: Day | None = Field(default=None, description="Last written out as text.")
    json_on: Day | None = Field(default=None, description="Last written out as JSON.")
    printed_on: Day | None = Field(default=None, description="Last printed.")
    locked_on: Day | None = Field(default=None, description="Last written out as a locked file.")


class WalkSetting(StoredValue):
    """The value of the item of `settings` that follows the person into every walk."""

    name: Literal["walk"]
    follow_system: bool | None = Field(
        default=None, description="Light or dark as the device has it, and not dark always."
    )


class PaperSetting(StoredValue):
    """The value of the item of `settings` that holds a picture of the plan on paper."""

    name: Literal["paper"]
    photo: Photo | None = Field(
        default=None, description="Shown until the plan is typed; it stays out of a SafetyPlan."
    )
    taken_on: Day | None = Field(default=None, description="The day it was taken.")


class ReviewSetting(StoredValue):
    """The value of the item of `settings` that says when the plan is looked at again."""

    name: Literal["review"]
    on: Day | None = Field(default=None, description="The day that was agreed on.")
    with_: str | None = Field(default=None, alias="with", description="With whom, as typed.")


class Sibling(Open):
    """One value of an item. Two that were edited apart stand side by side until one is chosen."""

    dot: tuple[Hex16, Counter] = Field(
        strict=False, description="Replica and its count: which edit wrote this value."
    )
    value: StoredValue | None = Field(description="null once a deletion is 180 days old.")


class Item(Open):
    """One entry of the plan, with what a merge needs to lose nothing."""

    id: Hex16
    section: Id = Field(
        description="A section's id, `own_sections`, `settings`, or an own section's own id."
    )
    sibs: list[Sibling]
    ctx: dict[Hex16, Counter] = Field(
        description="For each replica the highest count that this copy of the item has seen."
    )
    pos: tuple[Fraction, Lamport, Hex16] = Field(
        strict=False,
        description="Fraction (over 0-9a-z), lamport, replica: where it stands in its section.",
    )


class StoredPlan(Open):
    """The plan as it is sealed; it never leaves the person's own devices."""

    format: Literal["safety-plan"]
    version: Version
    items: list[Item]
