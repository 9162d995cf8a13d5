"""The six needs: named and no more, each with ideas that meet it in another way."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.messages import languages, read_messages
from app.content.needs import DATA, Needs, message_keys, read_needs
from app.content.suggestions import fields_of, read_suggestions
from tests.content.reading_grade import grade

IN_ORDER = ["release", "feel", "kinder", "say", "control", "rest"]
# A need is named; that anything was ever an answer to it is not.
TOLD = re.compile(r"\b(hurt|harm|self-|pressure|pain|relie|urge)", re.I)


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


def told(messages: Mapping[str, str]) -> list[str]:
    return [key for key, text in messages.items() if key.startswith("need.") and TOLD.search(text)]


def test_the_six_needs_are_those_that_a_strategy_can_name() -> None:
    assert [need.id for need in read_needs().needs] == IN_ORDER
    assert list(fields_of("coping_strategies")["needs"].options) == IN_ORDER


def test_each_need_has_five_ideas_or_more_and_one_for_the_night() -> None:
    at_night = {
        one.id for one in read_suggestions().suggestions if one.fields.get("works_at_night")
    }
    for need in read_needs().needs:
        assert len(need.suggestions) >= 5, need.id
        assert at_night & set(need.suggestions), need.id


@pytest.mark.parametrize("language", languages())
def test_the_needs_have_their_words_and_no_others(language: str) -> None:
    there = {key for key in read_messages(language) if key.startswith("need.")}
    assert there == message_keys(read_needs())


def test_a_need_is_named_and_nothing_is_told_about_meeting_it() -> None:
    assert told(read_messages("en")) == []
    assert told({"need.release.text": "It brings relief."}) == ["need.release.text"]


@pytest.mark.parametrize("need", IN_ORDER)
def test_the_words_are_in_the_first_person_and_plain(need: str) -> None:
    messages = read_messages("en")
    title, text = messages[f"need.{need}.title"], messages[f"need.{need}.text"]
    assert title.startswith("I need ")
    assert grade(f"{title}. {text}") <= 6
    assert len(title) <= 32
    assert len(text) <= 72


def test_an_idea_that_does_not_name_the_need_is_refused() -> None:
    found = data()
    found["needs"][0]["suggestions"][0] = "reasons.song"
    refused(found, "reasons.song")


def test_an_idea_left_out_and_one_in_the_wrong_place_are_refused() -> None:
    found = data()
    left_out = found["needs"][0]["suggestions"].pop()
    refused(found, left_out)
    found = data()
    found["needs"][0]["suggestions"].reverse()
    refused(found, "in order")


def test_too_few_ideas_needs_or_an_unknown_one_are_refused() -> None:
    found = data()
    found["needs"][1]["suggestions"] = found["needs"][1]["suggestions"][:4]
    refused(found, "fewer than 5")
    found = data()
    found["needs"].pop()
    refused(found, "at least 6")
    found = data()
    found["needs"][0] = found["needs"][1]
    refused(found, "stands twice")
    found = data()
    found["needs"][0]["id"] = "hope"
    refused(found, "Input should be")


def refused(found: dict[str, Any], reason: str) -> None:
    Needs.model_validate(data())
    with pytest.raises(ValidationError, match=reason):
        Needs.model_validate(found)
