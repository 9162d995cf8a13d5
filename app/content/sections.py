"""The plan's sections and their fields, read from sections.json and checked."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Kind = Literal["line", "text", "choice", "choices", "flag", "date", "item", "ways", "photo"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]

WITH_OPTIONS = {"choice", "choices", "item"}
"""Kinds that name their options: words to choose from, or the section an item is taken from."""


class Content(BaseModel):
    """Frozen, and nothing unknown is let in: a typing error in the data is an error at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionField(Content):
    """One thing an item can hold; `when` shows it only while another field has one of these."""

    id: Name
    kind: Kind
    main: bool = False
    options: tuple[Name, ...] = ()
    when: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    same_row: bool = False

    @model_validator(mode="after")
    def _options_fit_the_kind(self) -> "SectionField":
        if bool(self.options) != (self.kind in WITH_OPTIONS):
            raise ValueError(f"{self.id}: options go with {sorted(WITH_OPTIONS)}, and only there")
        if len(set(self.options)) != len(self.options):
            raise ValueError(f"{self.id}: an option stands twice")
        return self


class Section(Content):
    """One part of the plan, or (`own`) the pattern for the parts a person adds."""

    id: Name
    source: str = Field(min_length=1)
    fields: tuple[SectionField, ...]

    @model_validator(mode="after")
    def _fields_fit_together(self) -> "Section":
        by_id = {field.id: field for field in self.fields}
        if len(by_id) != len(self.fields):
            raise ValueError(f"{self.id}: a field stands twice")
        if [field.main for field in self.fields] != [True] + [False] * (len(self.fields) - 1):
            raise ValueError(f"{self.id}: the first field, and no other, is the main one")
        for field in self.fields:
            for other, values in field.when.items():
                if other not in by_id or not set(values) <= set(by_id[other].options):
                    raise ValueError(f"{self.id}.{field.id}: `when` names what is not there")
        return self


class Sections(Content):
    """All sections in the plan's order."""

    sections: tuple[Section, ...]

    @model_validator(mode="after")
    def _sections_fit_together(self) -> "Sections":
        ids = [section.id for section in self.sections]
        if len(set(ids)) != len(ids):
            raise ValueError("a section stands twice")
        for section in self.sections:
            for field in section.fields:
                if field.kind == "item" and not set(field.options) <= set(ids):
                    raise ValueError(f"{section.id}.{field.id}: no such section")
        return self


DATA = Path(__file__).with_name("sections.json")


@cache
def read_sections(path: Path = DATA) -> Sections:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Sections.model_validate_json(path.read_bytes())


def message_keys(sections: Sections) -> set[str]:
    """Every message that the sections need: titles, labels and the words of their choices."""
    keys: set[str] = set()
    for section in sections.sections:
        keys |= {f"section.{section.id}.{part}" for part in ("title", "subtitle", "walk")}
        for field in section.fields:
            keys.add(f"field.{section.id}.{field.id}.label")
            if field.kind in ("choice", "choices"):
                keys |= {f"choice.{field.id}.{option}" for option in field.options}
    return keys
