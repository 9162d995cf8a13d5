"""Pages of words as data: what stands on them, where each statement comes from, who has read it."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from app.content.sections import Content, Name

Sources = Annotated[
    str,
    StringConstraints(
        pattern=r"^([0-9]{3}:[1-9][0-9]*( [0-9]{3}:[1-9][0-9]*)*|public: .+, [12][0-9]{3}|keel)$"
    ),
]
"""Lines of our documents ("000:17 004:18"), a public work with its year, or Keel itself."""

Path_ = Annotated[str, StringConstraints(pattern=r"^/([a-z-]+(/[a-z-]+)?)?$")]

NAMED = {"named", "folded"}
"""Kinds whose items have a name beside their text: `page.<guide>.<part>.<number>.name`."""

BARE = {"call", "way", "links"}
"""Kinds without words of their own: lines to call, one way out, or several ways on."""


class Item(Content):
    """Where `page.<guide>.<part>.<number>` comes from."""

    source: Sources


class Part(Content):
    """One piece of a page; its items are numbered from 1."""

    id: Name
    kind: Literal["lead", "text", "rows", "named", "steps", "folded", "say", "call", "way", "links"]
    title: bool = False
    items: tuple[Item, ...] = ()
    lines: tuple[str, ...] = ()
    to: tuple[Path_, ...] = ()

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Part":
        if bool(self.items) == (self.kind in BARE):
            raise ValueError(f"{self.id}: every kind but {sorted(BARE)} has items")
        leads_on = self.kind in ("way", "links")
        if bool(self.lines) != (self.kind == "call") or bool(self.to) != leads_on:
            raise ValueError(f"{self.id}: call has lines, way and links have to, and no other kind")
        many = {"say": len(self.items), "way": len(self.to)}.get(self.kind, 1)
        if many > 1:
            raise ValueError(f"{self.id}: one message to send, one way out, not more")
        return self


class Reviewed(Content):
    """Who, qualified to do so, has read the words, and on which day."""

    by: str = Field(min_length=3)
    on: date


class Guide(Content):
    """One page; `up` is the page it belongs to."""

    id: Name
    path: Path_
    up: Path_ = "/"
    needs_review: bool
    reviewed: Reviewed | None = None
    parts: tuple[Part, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _parts_are_single(self) -> "Guide":
        ids = [part.id for part in self.parts]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.id}: a part stands twice")
        return self

    def sources(self) -> Iterator[str]:
        for part in self.parts:
            yield from (item.source for item in part.items)


class Guides(Content):
    """All such pages."""

    guides: tuple[Guide, ...]

    @model_validator(mode="after")
    def _guides_are_single(self) -> "Guides":
        for names in ([one.id for one in self.guides], [one.path for one in self.guides]):
            if len(set(names)) != len(names):
                raise ValueError("a guide or its path stands twice")
        return self


class Document(Content):
    """One of our documents, told by what kind of page it is."""

    id: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    kind: Literal["clinic", "blog", "center", "practice", "explainer"]


class Documents(Content):
    documents: tuple[Document, ...]


DATA = Path(__file__).with_name("guides.json")
DOCUMENTS = Path(__file__).with_name("documents.json")


@cache
def read_guides(path: Path = DATA) -> Guides:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Guides.model_validate_json(path.read_bytes())


@cache
def read_documents(path: Path = DOCUMENTS) -> Documents:
    return Documents.model_validate_json(path.read_bytes())


def document_ids(guide: Guide) -> list[str]:
    """The documents that a page rests on, in their order."""
    found = {line for source in guide.sources() for line in re.findall(r"\b(\d{3}):\d", source)}
    return sorted(found)


def public_works(guide: Guide) -> list[str]:
    """Public works that a page rests on, as they are shown, in the order they are met."""
    found = [one.removeprefix("public: ") for one in guide.sources() if one.startswith("public: ")]
    return list(dict.fromkeys(found))


def message_keys(guides: Guides) -> set[str]:
    """Every message that the guides need."""
    keys: set[str] = set()
    for guide in guides.guides:
        keys |= {f"page.{guide.id}.title", f"page.{guide.id}.heading"}
        for part in guide.parts:
            stem = f"page.{guide.id}.{part.id}"
            numbers = range(1, len(part.items) + 1)
            keys |= {f"{stem}.{number}" for number in numbers}
            keys |= {f"{stem}.title"} if part.title else set()
            keys |= {f"{stem}.{number}.name" for number in numbers if part.kind in NAMED}
    return keys
