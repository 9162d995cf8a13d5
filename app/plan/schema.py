"""The plan's format: what leaves a device (SafetyPlan) and what is sealed on it (StoredPlan).

These descriptions are published as they stand, in /schema/safety-plan.v1.json. Fields that are
not named here are carried through untouched; a field without a value is absent, never empty.
"""

from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

SectionId = Literal[
    "warning_signs",
    "coping_strategies",
    "distractions",
    "support_contacts",
    "professional_contacts",
    "environment_safety",
    "reasons",
]
SECTION_IDS: tuple[str, ...] = get_args(SectionId)
"""The seven sections that every plan knows, in the plan's order."""

PHOTOS_A_PLAN = 4
PHOTO_BYTES = 32 * 1024


def _no_flag(given: Any) -> Any:
    """In Python True equals 1; in JSON it does not."""
    if isinstance(given, bool):
        raise ValueError("a version is a number")
    return given


Version = Annotated[Literal[1], BeforeValidator(_no_flag)]
Words = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(min_length=1)]
Hex16 = Annotated[str, Field(pattern="^[0-9a-f]{32}$", description="16 bytes as lower-case hex.")]
Day = Annotated[
    str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})
]
Base64Url = Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$", max_length=(PHOTO_BYTES * 4 + 2) // 3)]


class Open(BaseModel):
    """No coercion, and unknown fields are kept: a newer app's plan passes through whole."""

    model_config = ConfigDict(extra="allow", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _absent_rather_than_null(cls, given: Any) -> Any:
        if isinstance(given, dict):
            for name, field in cls.model_fields.items():
                if name in given and given[name] is None and not field.is_required():
                    raise ValueError(f"{name} is null; a field without a value is left out")
        return given


class Way(Open):
    """One way to reach a person or place."""

    by: Literal["call", "text", "both", "other"] = Field(
        description="`both`: one number for calls and texts. `other`: an app and a name in it."
    )
    number: Words | None = Field(default=None, description="A phone number, exactly as typed.")
    app: Words | None = Field(default=None, description="The app's name, when `by` is `other`.")
    handle: Words | None = Field(default=None, description="The person's name in that app.")


class Photo(Open):
    """A small picture inside the plan: at most 32 KiB, at most four in a plan."""

    type: Literal["image/jpeg", "image/webp"]
    data: Base64Url = Field(description="The picture's bytes, base64url without padding.")
    words: Words | None = Field(default=None, description="What the picture shows, in a few words.")


class PlanItem(Open):
    """What every item of a section may hold."""

    id: Id | None = Field(default=None, description="Stays the same while the item is edited.")


WorksAtNight = Annotated[
    bool | None, Field(description="Also possible between 22:00 and 07:00, alone and quietly.")
]
Ways = Annotated[list[Way] | None, Field(min_length=1, description="How to reach them.")]


class WarningSign(PlanItem):
    """How the person notices it coming."""

    text: str = Field(description="The sign, in the person's own words.")
    kind: Literal["thought", "feeling", "body", "behaviour", "situation"] | None = None
    then: Id | None = Field(
        default=None, description="“When this, I will …”: the `id` of an item of coping_strategies."
    )


class CopingStrategy(PlanItem):
    """Something the person can do without contacting anyone."""

    text: str = Field(description="What they can do.")
    likelihood: Literal["likely", "not_sure", "unlikely"] | None = Field(
        default=None, description="How likely they are to do it when it is hard."
    )
    obstacles: Words | None = Field(default=None, description="What could get in the way.")
    if_not: Words | None = Field(default=None, description="What to do if that doesn't work.")
    needs: Annotated[
        list[Literal["release", "feel", "kinder", "say", "control", "rest"]] | None,
        Field(min_length=1, description="Which needs it meets."),
    ] = None
    works_at_night: WorksAtNight = None
    photo: Photo | None = None


class Distraction(PlanItem):
    """A person or a place to be with, without having to say that one is struggling."""

    text: str = Field(description="The person or the place.")
    kind: Literal["person", "place"] | None = None
    ways: Ways = None
    hours: Words | None = Field(default=None, description="When it is open, or when they are free.")
    works_at_night: WorksAtNight = None


class SupportContact(PlanItem):
    """Someone the person can tell."""

    name: str = Field(description="What the person calls them.")
    relation: Words | None = Field(default=None, description="Who they are: “my sister”.")
    ways: Ways = None
    message: Words | None = Field(default=None, description="A message written beforehand.")
    knows: bool | None = Field(default=None, description="They know that they are in this plan.")
    works_at_night: WorksAtNight = None


class ProfessionalContact(PlanItem):
    """Someone, or a place, whose work this is."""

    name: str = Field(description="The person or the place.")
    role: Words | None = Field(default=None, description="What they do: “therapist”.")
    ways: Ways = None
    availability: Words | None = Field(default=None, description="When and how to reach them.")
    next_appointment: Words | None = Field(default=None, description="In the person's own words.")


class EnvironmentStep(PlanItem):
    """One thing the person does to put distance between them and harm; never a list of objects."""

    text: str = Field(description="What they will do.")
    helper: Words | None = Field(default=None, description="Who helps.")
    by_when: Words | None = Field(default=None, description="In the person's own words.")
    done_on: Day | None = Field(default=None, description="The day on which it was done.")


class Reason(PlanItem):
    """Something that matters to the person."""

    text: str = Field(description="What matters.")
    photo: Photo | None = None
    show_first: bool | None = Field(default=None, description="The walk begins with it.")


class OwnItem(PlanItem):
    """An item of a section that the person added."""

    text: str = Field(description="In the person's own words.")
    ways: Ways = None
    photo: Photo | None = None
    works_at_night: WorksAtNight = None


class WarningSignsSection(Open):
    """Section 1: how I notice it coming, the earliest sign first."""

    id: Literal["warning_signs"]
    items: list[WarningSign]


class CopingStrategiesSection(Open):
    """Section 2: things I can do without contacting anyone."""

    id: Literal["coping_strategies"]
    items: list[CopingStrategy]


class DistractionsSection(Open):
    """Section 3: people and places, without having to say I'm struggling."""

    id: Literal["distractions"]
    items: list[Distraction]


class SupportContactsSection(Open):
    """Section 4: people I can tell."""

    id: Literal["support_contacts"]
    items: list[SupportContact]


class ProfessionalContactsSection(Open):
    """Section 5: people whose work this is."""

    id: Literal["professional_contacts"]
    items: list[ProfessionalContact]


class EnvironmentSafetySection(Open):
    """Section 6: putting distance between me and harm."""

    id: Literal["environment_safety"]
    items: list[EnvironmentStep]


class ReasonsSection(Open):
    """Section 7: what matters to me."""

    id: Literal["reasons"]
    items: list[Reason]


class OwnSection(Open):
    """A section that the person added; its title is theirs."""

    id: Annotated[Id, Field(json_schema_extra={"not": {"enum": list(SECTION_IDS)}})]
    title: str | None = Field(default=None, description="In the person's own words.")
    items: list[OwnItem]


def _which_section(value: Any) -> str:
    found = value.get("id") if isinstance(value, dict) else getattr(value, "id", None)
    return found if found in SECTION_IDS else "own"


Section = Annotated[
    Annotated[WarningSignsSection, Tag("warning_signs")]
    | Annotated[CopingStrategiesSection, Tag("coping_strategies")]
    | Annotated[DistractionsSection, Tag("distractions")]
    | Annotated[SupportContactsSection, Tag("support_contacts")]
    | Annotated[ProfessionalContactsSection, Tag("professional_contacts")]
    | Annotated[EnvironmentSafetySection, Tag("environment_safety")]
    | Annotated[ReasonsSection, Tag("reasons")]
    | Annotated[OwnSection, Tag("own")],
    Discriminator(_which_section),
]


class SafetyPlan(Open):
    """A personal safety plan, as it leaves the device it was written on."""

    format: Literal["safety-plan"]
    version: Version
    exported_on: Day | None = Field(default=None, description="The day it was written out.")
    language: Words | None = Field(default=None, description="A BCP 47 tag, such as `en`.")
    sections: list[Section] = Field(description="In the order in which they are read.")

    @model_validator(mode="after")
    def _few_photos(self) -> "SafetyPlan":
        items = [item for section in self.sections for item in section.items]
        if sum(getattr(item, "photo", None) is not None for item in items) > PHOTOS_A_PLAN:
            raise ValueError("more than four photos")
        return self
