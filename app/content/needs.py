"""The six needs that a hard moment can hold: named, and which ideas meet each in another way."""

from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from app.content.sections import Content
from app.content.sources import Source
from app.content.suggestions import Need as NeedId
from app.content.suggestions import SuggestionId, read_suggestions

FEWEST = 5


class Need(Content):
    """One need; its words are `need.<id>.title` and `need.<id>.text`."""

    id: NeedId
    source: Source
    suggestions: tuple[SuggestionId, ...]

    @model_validator(mode="after")
    def _names_the_ideas_that_meet_it(self) -> "Need":
        if len(self.suggestions) < FEWEST:
            raise ValueError(f"{self.id}: fewer than {FEWEST} ideas")
        meeting = [one.id for one in read_suggestions().meeting(self.id)]
        if list(self.suggestions) != meeting:
            odd = sorted(set(self.suggestions) ^ set(meeting))
            raise ValueError(f"{self.id}: not the ideas that name this need, in order: {odd}")
        return self


class Needs(Content):
    """All six, in the order of the page."""

    needs: tuple[Need, ...] = Field(min_length=6, max_length=6)

    @model_validator(mode="after")
    def _ids_are_single(self) -> "Needs":
        if len({need.id for need in self.needs}) != len(self.needs):
            raise ValueError("a need stands twice")
        return self


DATA = Path(__file__).with_name("needs.json")


@cache
def read_needs(path: Path = DATA) -> Needs:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Needs.model_validate_json(path.read_bytes())


def message_keys(needs: Needs) -> set[str]:
    return {f"need.{need.id}.{part}" for need in needs.needs for part in ("title", "text")}
