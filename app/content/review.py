"""Which words wait for a clinician's eyes, and the page of the documentation that says so."""

from functools import cache
from pathlib import Path

from pydantic import model_validator

from app.content.guides import Guide, Guides, Reviewed, read_guides
from app.content.sections import Content, Name


class ReviewedWords(Content):
    """Words that are no guide: messages by shell pattern, and the pages that show them."""

    id: Name
    messages: tuple[str, ...]
    pages: tuple[Name, ...] = ()
    needs_review: bool
    reviewed: Reviewed | None = None


class Review(Content):
    words: tuple[ReviewedWords, ...]

    @model_validator(mode="after")
    def _words_are_single(self) -> "Review":
        ids = [one.id for one in self.words]
        if len(set(ids)) != len(ids):
            raise ValueError("words stand twice")
        return self


DATA = Path(__file__).with_name("review.json")


@cache
def read_review(path: Path = DATA) -> Review:
    """Raises pydantic.ValidationError when the data breaks its own rules."""
    return Review.model_validate_json(path.read_bytes())


@cache
def waiting(page: str) -> bool:
    """Whether a page shows words that need a clinician and have had none."""
    shown: list[Guide | ReviewedWords] = [one for one in read_review().words if page in one.pages]
    shown += [one for one in read_guides().guides if one.id == page]
    return any(one.needs_review and one.reviewed is None for one in shown)


HEAD = """# What someone qualified has read, and what not yet

Words that a person meets in a hard hour need a clinician's eyes before anyone leans on them. Until
a row names who read it and when, it **needs clinical review**, and its page says so at the foot.

Written by `python -m app review` from `app/content/guides.json` and `app/content/review.json`.

| Words | Where | Read by | When |
|---|---|---|---|
"""
FOOT = """
The crisis lines' numbers carry `source` and `checked_on` in `app/content/lines.json`; `make lines`
lists them and fails when one was read more than 180 days ago.
"""


def as_markdown(guides: Guides, review: Review) -> str:
    """docs/content-review.md, whole."""
    rows = [
        _row(one.id, ", ".join(f"`{pattern}`" for pattern in one.messages), one)
        for one in review.words
    ]
    rows += [_row(one.id, f"`{one.path}`", one) for one in guides.guides]
    return HEAD + "\n".join(rows) + "\n" + FOOT


def _row(name: str, where: str, one: Guide | ReviewedWords) -> str:
    needs = "nobody yet: **needs clinical review**" if one.needs_review else "not needed"
    by = one.reviewed.by if one.reviewed else needs
    day = one.reviewed.on.isoformat() if one.reviewed else ""
    return f"| {name.replace('_', ' ')} | {where} | {by} | {day} |"
