"""The sections' data is whole, and a fault planted in it is refused."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.messages import languages, read_messages
from app.content.sections import DATA, Sections, message_keys, read_sections

IN_ORDER = (
    *("warning_signs", "coping_strategies", "distractions", "support_contacts"),
    *("professional_contacts", "environment_safety", "reasons", "own"),
)


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


def test_the_sections_stand_in_the_order_of_the_field() -> None:
    assert tuple(section.id for section in read_sections().sections) == IN_ORDER


def test_every_section_says_where_it_comes_from() -> None:
    assert all(len(section.source) > 10 for section in read_sections().sections)


@pytest.mark.parametrize("language", languages())
def test_every_section_field_and_choice_has_its_words(language: str) -> None:
    assert message_keys(read_sections()) <= read_messages(language).keys()


def test_no_two_sections_or_subtitles_have_the_same_words() -> None:
    messages = read_messages("en")
    for part in ("title", "subtitle"):
        words = [messages[f"section.{name}.{part}"] for name in IN_ORDER]
        assert len(set(words)) == len(words)


def test_an_unknown_name_in_the_data_is_refused() -> None:
    found = data()
    found["sections"][0]["colour"] = "red"
    refused(found, "Extra inputs")


def test_a_choice_without_options_is_refused() -> None:
    found = data()
    del found["sections"][0]["fields"][1]["options"]
    refused(found, "options go with")


def test_a_section_without_a_main_field_is_refused() -> None:
    found = data()
    del found["sections"][0]["fields"][0]["main"]
    refused(found, "main one")


def test_a_condition_on_a_field_that_is_not_there_is_refused() -> None:
    found = data()
    found["sections"][1]["fields"][2]["when"] = {"mood": ["low"]}
    refused(found, "not there")


def test_an_item_of_a_section_that_is_not_there_is_refused() -> None:
    found = data()
    found["sections"][0]["fields"][2]["options"] = ["somewhere"]
    refused(found, "no such section")


def test_a_section_that_stands_twice_is_refused() -> None:
    found = data()
    found["sections"].append(found["sections"][0])
    refused(found, "stands twice")


def refused(found: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Sections.model_validate(found)
