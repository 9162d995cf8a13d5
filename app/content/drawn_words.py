"""The words that a passphrase and an account's name are drawn from, read from drawn_words.json."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.content.sections import Content
from app.content.sources import Source

COUNT = 7776
"""Five throws of a die a word: six words hold 77 bits."""

Word = Annotated[str, StringConstraints(pattern=r"^[a-z]{3,9}$")]


class DrawnWords(Content):
    """In their order, each once. A name takes one of up to five letters, then a longer one."""

    about: str
    source: Source
    changes: str
    licence: str
    words: tuple[Word, ...] = Field(min_length=COUNT, max_length=COUNT)

    @model_validator(mode="after")
    def _stand_once_and_in_order(self) -> "DrawnWords":
        if list(self.words) != sorted(set(self.words)):
            raise ValueError("the words stand in their order, each once")
        return self


DATA = Path(__file__).with_name("drawn_words.json")


@cache
def read_drawn_words(path: Path = DATA) -> DrawnWords:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return DrawnWords.model_validate_json(path.read_bytes())
