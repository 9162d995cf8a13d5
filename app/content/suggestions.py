"""Ideas for each section of the plan, shown only when asked for, each with the line it rests on."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from app.content.sections import Content, Name, SectionField, read_sections
from app.content.sources import Source

Need = Literal["release", "feel", "kinder", "say", "control", "rest"]
Skill = Literal[
    "mindfulness", "distress_tolerance", "emotion_regulation", "interpersonal", "cognitive"
]
SuggestionId = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z][a-z_]*$")]

WRITTEN = {"line", "text"}
"""Kinds of fields that hold words; what a suggestion puts there is a message."""


class Suggestion(Content):
    """One idea. Taken, it becomes an item: `idea.<id>` in the main field, `fields` as they are,
    `idea.<id>.<field>` in each of `words`, and `needs` where the section has that field."""

    id: SuggestionId
    section: Name
    fields: dict[Name, bool | str] = Field(default_factory=dict)
    words: tuple[Name, ...] = ()
    needs: tuple[Need, ...] = ()
    skill: Skill | None = None
    source: Source

    @model_validator(mode="after")
    def _fits_its_section(self) -> "Suggestion":
        fields = fields_of(self.section)
        if not fields or not self.id.startswith(f"{self.section}."):
            raise ValueError(f"{self.id}: the id begins with one of the seven sections")
        for name, value in self.fields.items():
            if name not in fields or not _may_hold(fields[name], value):
                raise ValueError(f"{self.id}: {name} can not hold {value!r}")
        for name in self.words:
            if name not in fields or fields[name].main or fields[name].kind not in WRITTEN:
                raise ValueError(f"{self.id}: {name} is no field for words")
        if "kind" in fields and "kind" not in self.fields:
            raise ValueError(f"{self.id}: this section groups its ideas by kind")
        if self.skill and self.section != "coping_strategies":
            raise ValueError(f"{self.id}: only what one does alone names a skill")
        return self


def fields_of(section: str) -> dict[str, SectionField]:
    """The fields of one of the seven sections by name; empty for any other."""
    for one in read_sections().sections:
        if one.id == section != "own":
            return {field.id: field for field in one.fields}
    return {}


def _may_hold(field: SectionField, value: bool | str) -> bool:
    if field.kind == "flag":
        return value is True
    return field.kind == "choice" and value in field.options


class Suggestions(Content):
    """All ideas in the order in which they are shown."""

    suggestions: tuple[Suggestion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_single(self) -> "Suggestions":
        ids = [one.id for one in self.suggestions]
        if len(set(ids)) != len(ids):
            raise ValueError("a suggestion stands twice")
        return self

    def of(self, section: str) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.suggestions if one.section == section)

    def meeting(self, need: str) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.suggestions if need in one.needs)


DATA = Path(__file__).with_name("suggestions.json")


@cache
def read_suggestions(path: Path = DATA) -> Suggestions:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Suggestions.model_validate_json(path.read_bytes())


def message_keys(suggestions: Suggestions) -> set[str]:
    """Every message that the ideas need: a line each, and the words they put in other fields."""
    lines = {f"idea.{one.id}" for one in suggestions.suggestions}
    return lines | {
        f"idea.{one.id}.{name}" for one in suggestions.suggestions for name in one.words
    }
