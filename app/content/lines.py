"""Crisis lines as data: each with the public page it was read in, and the day."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from pydantic import Field, StringConstraints, model_validator

from app.content.sections import Content

FRESH_FOR = timedelta(days=180)
"""A line read longer ago than this is read again before it is trusted."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]*[0-9]$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/[a-z0-9./-]*)?$")]


class LineWay(Content):
    """One way to reach a line: a number to call or text, or a page to open."""

    by: Literal["call", "text", "chat", "asl", "web"]
    number: Number | None = None
    press: Annotated[str, StringConstraints(pattern=r"^[0-9]$")] | None = None
    body: Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")] | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _number_or_page(self) -> "LineWay":
        if (self.number is None) == (self.url is None):
            raise ValueError("a way has a number or a page, and not both")
        if (self.by in ("call", "text")) != (self.number is not None):
            raise ValueError("call and text need a number, the others a page")
        return self

    @property
    def href(self) -> str:
        """A link that any phone or browser understands, without a script."""
        if self.url is not None:
            return self.url
        digits = re.sub(r"\D", "", self.number or "")
        if self.by == "call":
            return f"tel:{digits}"
        # `?&body=` is the one spelling that both iPhone and Android read.
        return f"sms:{digits}" + (f"?&body={quote(self.body)}" if self.body else "")


class Line(Content):
    """One line; `note` says that messages hold `lines.<id>.note` beside `lines.<id>.name`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|other)$")]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    what: Literal["crisis", "emergency", "poison", "directory"]
    ways: tuple[LineWay, ...] = Field(min_length=1)
    emergency: tuple[Number, ...] = ()
    emergency_text: Number | None = None
    hours: Literal["always", "part"]
    note: bool = False
    source: Url
    checked_on: date

    def is_overdue(self, today: date) -> bool:
        return today - self.checked_on > FRESH_FOR


class Lines(Content):
    """All lines, the person's likely own country first."""

    lines: tuple[Line, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_single(self) -> "Lines":
        ids = [line.id for line in self.lines]
        if len(set(ids)) != len(ids):
            raise ValueError("a line stands twice")
        return self


DATA = Path(__file__).with_name("lines.json")


@cache
def read_lines(path: Path = DATA) -> Lines:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Lines.model_validate_json(path.read_bytes())


def overdue(today: date, lines: Lines | None = None) -> list[Line]:
    """The lines to read again in their sources, oldest first."""
    found = [line for line in (lines or read_lines()).lines if line.is_overdue(today)]
    return sorted(found, key=lambda line: line.checked_on)


def hosts(lines: Lines | None = None) -> set[str]:
    """Every foreign host that a page may link to: the lines' own, and no other."""
    ways = [way for line in (lines or read_lines()).lines for way in line.ways]
    return {urlsplit(way.url).netloc for way in ways if way.url}


def message_keys(lines: Lines) -> set[str]:
    """Every message that the lines need: names, and notes where they have one."""
    names = {f"lines.{line.id}.name" for line in lines.lines}
    return names | {f"lines.{line.id}.note" for line in lines.lines if line.note}
