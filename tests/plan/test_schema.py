"""The plan's format: what it holds, what it carries through, what it refuses."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.content.sections import read_sections
from app.errors import PlanRefused
from app.plan import schema
from app.plan.published import read_safety_plan, read_stored_plan, write_plan
from app.plan.schema import SECTION_IDS
from tests.plan.issue_plan import ISSUE_PLAN

PHOTO = {"type": "image/jpeg", "data": "_9j_4AAQ", "words": "the lake"}
FULL_WAYS = [{"by": "text", "number": "555-0100"}, {"by": "other", "app": "Signal", "handle": "m"}]

# Every field of the product's table, by section, each with something in it.
TABLE: dict[str, dict[str, Any]] = {
    "warning_signs": {"text": "t", "kind": "thought", "then": "id-of-a-strategy"},
    "coping_strategies": {
        "text": "t",
        "likelihood": "not_sure",
        "obstacles": "o",
        "if_not": "i",
        "needs": ["rest"],
        "works_at_night": True,
        "photo": PHOTO,
    },
    "distractions": {
        "text": "t",
        "kind": "person",
        "ways": FULL_WAYS,
        "hours": "h",
        "works_at_night": False,
    },
    "support_contacts": {
        "name": "n",
        "relation": "r",
        "ways": FULL_WAYS,
        "message": "m",
        "knows": True,
        "works_at_night": True,
    },
    "professional_contacts": {
        "name": "n",
        "role": "r",
        "ways": FULL_WAYS,
        "availability": "a",
        "next_appointment": "Tuesday",
    },
    "environment_safety": {
        "text": "t",
        "helper": "h",
        "by_when": "by Friday",
        "done_on": "2026-11-22",
    },
    "reasons": {"text": "t", "photo": PHOTO, "show_first": True},
    "own": {"text": "t", "ways": FULL_WAYS, "photo": PHOTO, "works_at_night": True},
}
EMPTY: tuple[Any, ...] = (None, "", [])
STORED: dict[str, Any] = {
    "format": "safety-plan",
    "version": 1,
    "items": [
        {
            "id": "0" * 32,
            "section": "reasons",
            "sibs": [{"dot": ["a" * 32, 1], "value": {"text": "the lake", "later": [1]}}],
            "ctx": {"a" * 32: 1},
            "pos": ["i", 1, "a" * 32],
        },
        {
            "id": "1" * 32,
            "section": "settings",
            "sibs": [{"dot": ["a" * 32, 2], "value": None}],
            "ctx": {"a" * 32: 2},
            "pos": ["i", 2, "a" * 32],
            "later": True,
        },
    ],
}


def plan_of(section: str, item: Any, **more: Any) -> dict[str, Any]:
    sections = [{"id": section, "items": [item], **more}]
    return {"format": "safety-plan", "version": 1, "sections": sections}


def reads(plan: Any) -> bool:
    try:
        read_safety_plan(json.dumps(plan))
    except PlanRefused:
        return False
    return True


def test_the_issues_plan_is_read_and_written_the_same() -> None:
    assert json.loads(write_plan(read_safety_plan(json.dumps(ISSUE_PLAN)))) == ISSUE_PLAN


def test_a_stored_plan_is_read_and_written_the_same() -> None:
    assert json.loads(write_plan(read_stored_plan(json.dumps(STORED)))) == STORED


@pytest.mark.parametrize("section", TABLE)
def test_every_field_of_the_table_is_read(section: str) -> None:
    plan = plan_of(section, TABLE[section])
    assert json.loads(write_plan(read_safety_plan(json.dumps(plan)))) == plan


MODELS: dict[str, type[schema.PlanItem]] = {
    "warning_signs": schema.WarningSign,
    "coping_strategies": schema.CopingStrategy,
    "distractions": schema.Distraction,
    "support_contacts": schema.SupportContact,
    "professional_contacts": schema.ProfessionalContact,
    "environment_safety": schema.EnvironmentStep,
    "reasons": schema.Reason,
    "own": schema.OwnItem,
}


@pytest.mark.parametrize("section", TABLE)
def test_the_models_know_the_tables_fields_by_name_and_no_others(section: str) -> None:
    assert set(MODELS[section].model_fields) == {"id", *TABLE[section]}


def test_sections_and_fields_are_those_of_the_content() -> None:
    content = read_sections().sections
    assert [one.id for one in content] == [*SECTION_IDS, "own"]
    assert {one.id: {field.id for field in one.fields} for one in content} == {
        section: set(fields) for section, fields in TABLE.items()
    }


def test_choices_are_those_of_the_content() -> None:
    for section in read_sections().sections:
        for field in section.fields:
            if field.kind not in ("choice", "choices"):
                continue
            for option in (*field.options, "none of these"):
                value = [option] if field.kind == "choices" else option
                item = TABLE[section.id] | {field.id: value}
                assert reads(plan_of(section.id, item)) == (option in field.options)


def places(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a plan."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from places(part)


def test_unknown_fields_survive_at_every_place() -> None:
    plan = copy.deepcopy(ISSUE_PLAN)
    every = [plan_of(name, item)["sections"][0] for name, item in TABLE.items()]
    plan["sections"] += json.loads(json.dumps(every))
    for number, place in enumerate(list(places(plan))):
        place["from_a_newer_keel"] = {"number": number, "list": [None, 1.5, "é"]}
    assert number > 30
    assert json.loads(write_plan(read_safety_plan(json.dumps(plan)))) == plan


@pytest.mark.parametrize("section", TABLE)
def test_a_field_without_a_value_is_absent_and_neither_null_nor_empty(section: str) -> None:
    main, *others = TABLE[section]
    for field in others:
        for empty in EMPTY:
            assert not reads(plan_of(section, TABLE[section] | {field: empty})), field
    assert reads(plan_of(section, {main: ""}))
    assert not reads(plan_of(section, {}))
    assert not reads(plan_of(section, {main: None}))


MALFORMED: dict[str, Any] = {
    "a list": [],
    "another format": ISSUE_PLAN | {"format": "keel"},
    "a later version": ISSUE_PLAN | {"version": 2},
    "a version in words": ISSUE_PLAN | {"version": "1"},
    "no sections": {"format": "safety-plan", "version": 1},
    "sections by name": ISSUE_PLAN | {"sections": {"reasons": []}},
    "a day in words": ISSUE_PLAN | {"exported_on": "22 November"},
    "no language": ISSUE_PLAN | {"language": ""},
    "an item that is a text": plan_of("reasons", "the lake"),
    "a number for a text": plan_of("reasons", {"text": 7}),
    "a word for a flag": plan_of("reasons", {"text": "t", "show_first": "yes"}),
    "a number for a flag": plan_of("reasons", {"text": "t", "show_first": 1}),
    "one way, not in a list": plan_of("distractions", {"text": "t", "ways": {"by": "call"}}),
    "a way without how": plan_of("distractions", {"text": "t", "ways": [{"number": "1"}]}),
    "a way by letter": plan_of("distractions", {"text": "t", "ways": [{"by": "letter"}]}),
    "a picture of another type": plan_of("reasons", {"text": "", "photo": PHOTO | {"type": "gif"}}),
    "a picture in base64": plan_of("reasons", {"text": "", "photo": PHOTO | {"data": "ab+/"}}),
    "a picture over 32 KiB": plan_of(
        "reasons", {"text": "", "photo": PHOTO | {"data": "A" * 43692}}
    ),
    "a section without an id": {**ISSUE_PLAN, "sections": [{"items": []}]},
    "a section without items": {**ISSUE_PLAN, "sections": [{"id": "reasons"}]},
    "a section of no name": plan_of("", {"text": "t"}),
    "an own section with a number for a title": plan_of("own", {"text": "t"}, title=7),
}


@pytest.mark.parametrize("why", MALFORMED)
def test_a_malformed_plan_is_refused(why: str) -> None:
    assert not reads(MALFORMED[why])


def test_four_photos_are_read_and_five_are_not() -> None:
    item = {"text": "", "photo": PHOTO}
    plan = plan_of("reasons", item)
    plan["sections"][0]["items"] = [item] * 4
    assert reads(plan)
    plan["sections"].append(plan_of("coping_strategies", item)["sections"][0])
    assert not reads(plan)


def test_a_picture_of_32_kib_is_read() -> None:
    assert reads(plan_of("reasons", {"text": "", "photo": PHOTO | {"data": "A" * 43691}}))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "short"},
        {"section": ""},
        {"sibs": [{"dot": ["a" * 32, 0], "value": None}]},
        {"sibs": [{"dot": ["a" * 32], "value": None}]},
        {"sibs": [{"dot": ["a" * 32, 1]}]},
        {"sibs": [{"dot": ["a" * 32, 1], "value": "text"}]},
        {"ctx": {"me": 1}},
        {"ctx": {"a" * 32: 2**53}},
        {"pos": ["A", 1, "a" * 32]},
        {"pos": ["a0", 1, "a" * 32]},
        {"pos": ["a", -1, "a" * 32]},
    ],
)
def test_a_malformed_stored_item_is_refused(change: dict[str, Any]) -> None:
    item = STORED["items"][0] | change
    with pytest.raises(PlanRefused, match=r"^bad_plan$"):
        read_stored_plan(json.dumps(STORED | {"items": [item]}))


def test_a_refusal_quotes_nothing() -> None:
    with pytest.raises(PlanRefused) as caught:
        read_safety_plan(json.dumps(ISSUE_PLAN | {"version": "canary"}))
    assert caught.value.args == ("bad_plan",)
    assert caught.value.__suppress_context__
