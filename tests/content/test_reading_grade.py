"""What a person reads in a hard hour is at grade 6 or below."""

import pytest

from app.content.messages import read_messages
from tests.content.reading_grade import grade, syllables

URGENT = ("bar.", "lines.", "page.now.", "page.last.", "walk.", "page.not_found.", "page.broken.")


def words_of(prefix: str) -> str:
    return "\n".join(
        text for key, text in sorted(read_messages("en").items()) if key.startswith(prefix)
    )


@pytest.mark.parametrize("prefix", URGENT)
def test_urgent_words_are_at_grade_six_or_below(prefix: str) -> None:
    assert grade(words_of(prefix)) <= 6


@pytest.mark.parametrize(
    "prefix", ["section.", "field.", "choice.", "page.front.", "page.privacy."]
)
def test_the_other_words_are_at_grade_six_or_below(prefix: str) -> None:
    assert grade(words_of(prefix)) <= 6


def test_a_hard_text_is_seen_as_hard() -> None:
    hard = "Professional intervention is recommended immediately following deterioration."
    assert grade(hard) > 12


@pytest.mark.parametrize(
    ("word", "count"), [("urge", 1), ("someone", 2), ("emergency", 4), ("device", 2), ("the", 1)]
)
def test_syllables_are_counted_about_right(word: str, count: int) -> None:
    assert syllables(word) == count
