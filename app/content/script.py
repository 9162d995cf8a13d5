"""The script for filling in a plan together: what to ask at each section, and when to stop.

It follows the order and method of the six-step Safety Planning Intervention (Stanley and Brown
2012); none of its words.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from app.content.sections import Content, Name, read_sections
from app.content.sources import Source

Step = Literal["say", "ask", "specific", "likelihood", "obstacles", "stop"]

BEFORE = ("opening",)
AFTER = ("read_through", "closing")
IN_EACH_SECTION: frozenset[Step] = frozenset({"ask", "specific", "obstacles", "stop"})
"""What stands beside every section of the plan."""


class ScriptLine(Content):
    """One line, `script.<section>.<id>`; `each` says that it is asked for every item anew."""

    id: Name
    section: Name
    step: Step
    each: bool = False
    source: Source


class Script(Content):
    """All lines: the opening, the seven sections in the plan's order, the read-through, the end."""

    script: tuple[ScriptLine, ...]

    @model_validator(mode="after")
    def _is_whole_and_in_order(self) -> "Script":
        keys = [(line.section, line.id) for line in self.script]
        if len(set(keys)) != len(keys):
            raise ValueError("a line stands twice")
        if list(dict.fromkeys(line.section for line in self.script)) != parts():
            raise ValueError("the script's parts are not the plan's, in order")
        for part in parts():
            if part not in BEFORE + AFTER:
                _check(part, [line.step for line in self.of(part)])
        return self

    def of(self, part: str) -> list[ScriptLine]:
        return [line for line in self.script if line.section == part]

    def words_shown(self, messages: Mapping[str, str], items: int) -> int:
        """How many words two people read from beginning to end, with so many items a section."""
        return sum(
            len(messages[f"script.{line.section}.{line.id}"].split()) * (items if line.each else 1)
            for line in self.script
        )


def parts() -> list[str]:
    """Opening, the seven sections, read-through, closing."""
    sections = [one.id for one in read_sections().sections if one.id != "own"]
    return [*BEFORE, *sections, *AFTER]


def _check(part: str, steps: list[Step]) -> None:
    if lacking := IN_EACH_SECTION - set(steps):
        raise ValueError(f"{part}: nothing says {sorted(lacking)}")
    if steps[-1] != "stop":
        raise ValueError(f"{part}: does not end with when to stop")


DATA = Path(__file__).with_name("script.json")


@cache
def read_script(path: Path = DATA) -> Script:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Script.model_validate_json(path.read_bytes())


def message_keys(script: Script) -> set[str]:
    return {f"script.{line.section}.{line.id}" for line in script.script}
