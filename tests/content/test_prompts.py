"""Questions on an empty section: one to three, plain, and asked as questions."""

import json
from collections import Counter
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.messages import languages, read_messages
from app.content.prompts import DATA, MOST, Prompts, message_keys, read_prompts
from app.content.sections import read_sections
from tests.content.reading_grade import grade

SEVEN = [section.id for section in read_sections().sections if section.id != "own"]


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


def test_every_section_asks_one_to_three_questions() -> None:
    asked = Counter(one.section for one in read_prompts().prompts)
    assert list(asked) == SEVEN
    assert set(asked.values()) <= set(range(1, MOST + 1))


@pytest.mark.parametrize("language", languages())
def test_the_prompts_have_their_words_and_no_others(language: str) -> None:
    messages = read_messages(language)
    there = {key for key in messages if key.startswith("prompt.")}
    assert there == message_keys(read_prompts())
    assert all(messages[key].endswith("?") for key in there)


@pytest.mark.parametrize("section", SEVEN)
def test_the_questions_are_at_grade_six_or_below(section: str) -> None:
    messages = read_messages("en")
    asked = [text for key, text in messages.items() if key.startswith(f"prompt.{section}.")]
    assert grade("\n".join(asked)) <= 6


@pytest.mark.parametrize(
    "fault",
    [
        {"id": "warning_signs.2"},
        {"id": "reasons.1"},
        {"id": "warning_signs.first"},
        {"section": "own", "id": "own.1"},
        {"source": "4:73"},
    ],
)
def test_a_fault_in_the_data_is_refused(fault: dict[str, str]) -> None:
    Prompts.model_validate(data())
    found = data()
    found["prompts"][0].update(fault)
    with pytest.raises(ValidationError):
        Prompts.model_validate(found)


def test_a_fourth_question_is_refused() -> None:
    found = data()
    found["prompts"].insert(3, found["prompts"][0] | {"id": "warning_signs.4"})
    with pytest.raises(ValidationError, match="pattern"):
        Prompts.model_validate(found)
