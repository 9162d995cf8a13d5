"""The privacy page's sentences, each with the names of the checks that hold it."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.content.sections import Content, Name

Check = Annotated[
    str, StringConstraints(pattern=r"^tests/[a-z_/-]+\.(py|test\.tsx?)::[a-zA-Z][\w ,.:’'-]+$")
]
"""A test by its file and name: "tests/api/test_logs.py::test_a_line_holds_five_things"."""

BEYOND = "beyond"
"""The part that says what no test can hold."""


class Sentence(Content):
    """`page.privacy.<part>.<number>`."""

    checks: tuple[Check, ...] = ()

    @property
    def names(self) -> list[str]:
        """The checks as a person reads them."""
        found = [check.partition("::")[2] for check in self.checks]
        return [name.removeprefix("test_").replace("_", " ") for name in found]


class PrivacyPart(Content):
    id: Name
    sentences: tuple[Sentence, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_is_held(self) -> "PrivacyPart":
        if any(bool(one.checks) == (self.id == BEYOND) for one in self.sentences):
            raise ValueError(f"{self.id}: every sentence names its check, but what is {BEYOND}")
        return self


class Privacy(Content):
    parts: tuple[PrivacyPart, ...]


DATA = Path(__file__).with_name("privacy.json")


@cache
def read_privacy(path: Path = DATA) -> Privacy:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Privacy.model_validate_json(path.read_bytes())


def message_keys(privacy: Privacy) -> set[str]:
    """Every message that the page's parts need."""
    keys = {f"page.privacy.{part.id}.title" for part in privacy.parts}
    for part in privacy.parts:
        keys |= {f"page.privacy.{part.id}.{n}" for n in range(1, len(part.sentences) + 1)}
    return keys
