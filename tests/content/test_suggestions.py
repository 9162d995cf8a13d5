"""Ideas for the plan: enough, for every section, safe, plain, and each of them fit to be taken."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.messages import languages, read_messages
from app.content.sections import read_sections
from app.content.suggestions import (
    DATA,
    Suggestion,
    Suggestions,
    fields_of,
    message_keys,
    read_suggestions,
)
from app.plan.schema import SafetyPlan
from tests.content.reading_grade import grade

IDEAS = read_suggestions()
SEVEN = [section.id for section in read_sections().sections if section.id != "own"]
FEWEST = 60
LONGEST = 60
# For "feel something" these and no others: nothing that works by what it does to the body.
SAFE = {"loud_music", "pet", "cloth", "window", "sing", "voice"}
# How a text may hold another's unkind thought: named as a thought, and in quotes.
NOTICED = ("The thought “", "I go over ", "I think about ")


def item(one: Suggestion, messages: Mapping[str, str]) -> dict[str, Any]:
    """What the plan holds when the idea is taken."""
    fields = fields_of(one.section)
    main = next(name for name, field in fields.items() if field.main)
    words = {name: messages[f"idea.{one.id}.{name}"] for name in one.words}
    needs = {"needs": list(one.needs)} if "needs" in fields and one.needs else {}
    return {main: messages[f"idea.{one.id}"], **one.fields, **words, **needs}


def scarce(ideas: Suggestions) -> list[str]:
    """Sections with fewer than five ideas, and "all" when there are too few of them together."""
    few = [section for section in SEVEN if len(ideas.of(section)) < 5]
    return few + ["all"] * (len(ideas.suggestions) < FEWEST)


def in_pieces(ideas: Suggestions) -> list[str]:
    """Kinds whose ideas do not stand together, so that a heading would come twice."""
    order = [(one.section, str(one.fields.get("kind"))) for one in ideas.suggestions]
    starts = [now for before, now in zip([None, *order], order, strict=False) if now != before]
    return [f"{section}.{kind}" for section, kind in starts if starts.count((section, kind)) > 1]


def unsafe(ideas: Suggestions) -> set[str]:
    return {one.id.split(".")[1] for one in ideas.meeting("feel")} ^ SAFE


def endorsed(ideas: Suggestions, messages: Mapping[str, str]) -> list[str]:
    """Thoughts that stand as if they were so."""
    thoughts = [one.id for one in ideas.suggestions if one.fields.get("kind") == "thought"]
    return [name for name in thoughts if not messages[f"idea.{name}"].startswith(NOTICED)]


def too_long(ideas: Suggestions, messages: Mapping[str, str]) -> list[str]:
    return [one.id for one in ideas.suggestions if len(messages[f"idea.{one.id}"]) > LONGEST]


def first_people(ideas: Suggestions, messages: Mapping[str, str]) -> list[str]:
    """The first idea wherever people are suggested."""
    people = [one for one in ideas.of("distractions") if one.fields["kind"] == "person"]
    return [messages[f"idea.{first.id}"] for first in (ideas.of("support_contacts")[0], people[0])]


def parents_alone(texts: Mapping[str, str]) -> list[str]:
    family = ("parent", "mother", "father", "mom", "dad")
    named = {key: text for key, text in texts.items() if any(w in text.lower() for w in family)}
    return [
        key for key, text in named.items() if "another adult" not in text and "grand" not in text
    ]


def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


def changed(name: str, **changes: Any) -> dict[str, Any]:
    """The data with one idea changed; a value of None takes the key away."""
    found = data()
    one = next(one for one in found["suggestions"] if one["id"] == name)
    one.update(changes)
    for key in [key for key, value in changes.items() if value is None]:
        del one[key]
    return found


def test_there_are_enough_and_some_for_every_section() -> None:
    assert scarce(IDEAS) == []
    few = data()
    few["suggestions"] = [one for one in few["suggestions"] if one["section"] != "reasons"]
    assert scarce(Suggestions.model_validate(few)) == ["reasons"]
    few["suggestions"] = few["suggestions"][: FEWEST - 1]
    assert "all" in scarce(Suggestions.model_validate(few))


def test_every_kind_of_sign_and_every_skill_has_ideas() -> None:
    kinds = {one.fields["kind"] for one in IDEAS.of("warning_signs")}
    assert kinds == {"thought", "feeling", "body", "behaviour", "situation"}
    assert {one.fields["kind"] for one in IDEAS.of("distractions")} == {"person", "place"}
    assert all(one.skill and one.needs for one in IDEAS.of("coping_strategies"))
    assert len({one.skill for one in IDEAS.of("coping_strategies")}) == 5


def test_ideas_of_one_kind_stand_together() -> None:
    assert in_pieces(IDEAS) == []
    mixed = data()
    mixed["suggestions"].insert(20, mixed["suggestions"].pop(0))
    assert "warning_signs.thought" in in_pieces(Suggestions.model_validate(mixed))


@pytest.mark.parametrize("language", languages())
def test_the_ideas_have_their_words_and_no_others(language: str) -> None:
    there = {key for key in read_messages(language) if key.startswith("idea.")}
    assert there == message_keys(IDEAS)


@pytest.mark.parametrize("language", languages())
def test_every_idea_becomes_an_item_of_the_plan(language: str) -> None:
    messages = read_messages(language)
    sections = [
        {"id": section, "items": [item(one, messages) for one in IDEAS.of(section)]}
        for section in SEVEN
    ]
    plan = SafetyPlan.model_validate({"format": "safety-plan", "version": 1, "sections": sections})
    for section in plan.sections:
        known = fields_of(str(section.id))
        assert all(one.model_fields_set <= known.keys() for one in section.items)


def test_to_feel_something_only_the_safe_list_is_offered() -> None:
    assert unsafe(IDEAS) == set()
    planted = changed("coping_strategies.walk", needs=["release", "feel"])
    assert unsafe(Suggestions.model_validate(planted)) == {"walk"}


def test_a_hard_thought_is_noticed_and_not_endorsed() -> None:
    messages = read_messages("en")
    assert endorsed(IDEAS, messages) == []
    planted = {**messages, "idea.warning_signs.burden": "I am too much for everyone"}
    assert endorsed(IDEAS, planted) == ["warning_signs.burden"]


def test_people_begin_with_an_adult_i_trust() -> None:
    messages = read_messages("en")
    assert all(text.startswith("An adult I trust") for text in first_people(IDEAS, messages))
    planted = {**messages, "idea.support_contacts.trusted_adult": "My mother"}
    assert not all(text.startswith("An adult I trust") for text in first_people(IDEAS, planted))


def test_parents_are_never_named_alone() -> None:
    messages = {key: text for key, text in read_messages("en").items() if key.startswith("idea.")}
    assert parents_alone(messages) == []
    assert parents_alone({"idea.a.b": "Tell my parents"}) == ["idea.a.b"]


def test_an_idea_fits_on_a_line() -> None:
    messages = read_messages("en")
    assert too_long(IDEAS, messages) == []
    planted = {**messages, "idea.reasons.song": "la " * 21}
    assert too_long(IDEAS, planted) == ["reasons.song"]


@pytest.mark.parametrize("section", SEVEN)
def test_the_ideas_of_each_section_are_at_grade_six_or_below(section: str) -> None:
    messages = read_messages("en")
    lines = [text for key, text in messages.items() if key.startswith(f"idea.{section}.")]
    assert grade("\n".join(lines)) <= 6
    assert grade(". ".join(["Regulate overwhelming emotional intensity"] * len(lines))) > 6


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"section": "own"}, "begins with one of"),
        ({"id": "coping_strategies.song"}, "begins with one of"),
        ({"fields": {"colour": "red"}}, "can not hold"),
        ({"fields": {"show_first": "yes"}}, "can not hold"),
        ({"fields": {"show_first": False}}, "can not hold"),
        ({"words": ["photo"]}, "no field for words"),
        ({"words": ["text"]}, "no field for words"),
        ({"needs": ["hope"]}, "Input should be"),
        ({"skill": "mindfulness"}, "names a skill"),
        ({"source": "somewhere"}, "match pattern"),
        ({"source": "public: a page"}, "match pattern"),
        ({"source": None}, "Field required"),
        ({"text": "A song"}, "Extra inputs"),
    ],
)
def test_a_fault_in_the_data_is_refused(fault: dict[str, Any], reason: str) -> None:
    Suggestions.model_validate(changed("reasons.song"))
    with pytest.raises(ValidationError, match=reason):
        Suggestions.model_validate(changed("reasons.song", **fault))


def test_a_sign_without_its_kind_and_an_idea_that_stands_twice_are_refused() -> None:
    with pytest.raises(ValidationError, match="by kind"):
        Suggestions.model_validate(changed("warning_signs.burden", fields=None))
    twice = data()
    twice["suggestions"].append(twice["suggestions"][0])
    with pytest.raises(ValidationError, match="stands twice"):
        Suggestions.model_validate(twice)
