"""Questions that an empty section shows while the plan is written, one to three a section."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.content.sections import Content, Name
from app.content.sources import Source
from app.content.suggestions import fields_of

MOST = 3


class Prompt(Content):
    """One question; its words are `prompt.<id>`, and its id is `<section>.<number from 1>`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[1-3]$")]
    section: Name
    source: Source


class Prompts(Content):
    """All questions, by section in the plan's order, each section numbered from 1."""

    prompts: tuple[Prompt, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _are_numbered_in_each_section(self) -> "Prompts":
        seen: Counter[str] = Counter()
        for one in self.prompts:
            seen[one.section] += 1
            if not fields_of(one.section) or one.id != f"{one.section}.{seen[one.section]}":
                raise ValueError(f"{one.id}: not the next number of one of the seven sections")
        return self


DATA = Path(__file__).with_name("prompts.json")


@cache
def read_prompts(path: Path = DATA) -> Prompts:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Prompts.model_validate_json(path.read_bytes())


def message_keys(prompts: Prompts) -> set[str]:
    return {f"prompt.{one.id}" for one in prompts.prompts}
