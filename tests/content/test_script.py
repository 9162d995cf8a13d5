"""The script for two people: whole at every section, short, plain, and free of any demand."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.messages import languages, read_messages
from app.content.prompts import message_keys as prompt_keys
from app.content.prompts import read_prompts
from app.content.script import DATA, Script, message_keys, parts, read_script
from tests.content.reading_grade import grade

SCRIPT = read_script()
MOST_WORDS = 1400
ITEMS = 3
# The plan is no contract, and nobody is asked to be strong.
DEMAND = re.compile(r"\b(promise|must|have to|should|agree to|brave|strong|weak|try hard)", re.I)


def demanded(messages: Mapping[str, str]) -> list[str]:
    found = {key: text.replace("don’t have to", "") for key, text in messages.items()}
    return [key for key, text in found.items() if key.startswith("script.") and DEMAND.search(text)]


def words_shown(messages: Mapping[str, str]) -> int:
    """The script with three items a section, and the questions of the sections while empty."""
    asked = sum(len(messages[key].split()) for key in prompt_keys(read_prompts()))
    return SCRIPT.words_shown(messages, ITEMS) + asked


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


@pytest.mark.parametrize("language", languages())
def test_three_items_a_section_take_few_words(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = words_shown(read_messages(language))
    with capsys.disabled():
        print(f"\nwords of prompts for three items a section ({language}): {words}")
    assert words <= MOST_WORDS


def test_a_script_that_says_too_much_is_seen() -> None:
    messages = read_messages("en")
    said_thrice = {**messages, "script.coping_strategies.tonight": "so " * 100}
    assert words_shown(said_thrice) > words_shown(messages) + 250
    assert words_shown({key: text * 2 for key, text in messages.items()}) > MOST_WORDS


@pytest.mark.parametrize("language", languages())
def test_the_script_has_its_words_and_no_others(language: str) -> None:
    there = {key for key in read_messages(language) if key.startswith("script.")}
    assert there == message_keys(SCRIPT)


def test_what_makes_an_item_doable_is_asked_of_every_item() -> None:
    for line in SCRIPT.script:
        is_of_the_item = line.step in ("specific", "likelihood", "obstacles")
        assert line.each == is_of_the_item, f"{line.section}.{line.id}"


def test_every_section_asks_about_tonight_and_how_likely_it_is() -> None:
    messages = read_messages("en")
    for part in parts()[2:-3]:
        asked = " ".join(messages[f"script.{part}.{line.id}"] for line in SCRIPT.of(part))
        assert "tonight" in asked, part
        assert "likely" in asked, part


def test_the_opening_says_that_it_can_pause_and_what_comes_before_the_plan() -> None:
    messages = read_messages("en")
    assert "pause" in messages["script.opening.time"]
    assert {"988", "911"} <= set(re.findall(r"\d{3}", messages["script.opening.danger"]))
    assert "another day" in messages["script.closing.pause"]
    assert "with whom" in messages["script.closing.review"]


def test_nothing_is_demanded() -> None:
    assert demanded(read_messages("en")) == []
    for text in ("Promise to call.", "You should be strong."):
        assert demanded({"script.a.b": text}) == ["script.a.b"]


@pytest.mark.parametrize("part", parts())
def test_each_part_is_at_grade_six_or_below(part: str) -> None:
    messages = read_messages("en")
    said = [text for key, text in messages.items() if key.startswith(f"script.{part}.")]
    assert grade("\n".join(said)) <= 6


def without(section: str, step: str) -> dict[str, Any]:
    found = data()
    found["script"] = [
        line for line in found["script"] if (line["section"], line["step"]) != (section, step)
    ]
    return found


@pytest.mark.parametrize("step", ["ask", "specific", "obstacles", "stop"])
def test_a_section_without_one_of_its_steps_is_refused(step: str) -> None:
    Script.model_validate(data())
    with pytest.raises(ValidationError, match=step):
        Script.model_validate(without("distractions", step))


def test_parts_out_of_order_lines_twice_and_no_end_are_refused() -> None:
    found = data()
    found["script"].insert(0, found["script"].pop())
    refused(found, "in order")
    found = data()
    found["script"].insert(1, found["script"][0])
    refused(found, "stands twice")
    found = data()
    reasons = [n for n, line in enumerate(found["script"]) if line["section"] == "reasons"]
    found["script"].insert(reasons[0], found["script"].pop(reasons[-1]))
    refused(found, "when to stop")
    found = data()
    found["script"][0]["step"] = "praise"
    refused(found, "Input should be")


def refused(found: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Script.model_validate(found)
