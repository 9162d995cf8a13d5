"""The published JSON Schema: a valid one, complete, described, and of one mind with the models."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.plan.published import read_safety_plan, safety_plan_schema
from tests.plan.issue_plan import ISSUE_PLAN
from tests.plan.test_schema import MALFORMED, STORED, TABLE, plan_of, reads

SCHEMA = safety_plan_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

NAMED = {
    "StoredPlan",
    "Item",
    "Sibling",
    "WarningSign",
    "CopingStrategy",
    "Distraction",
    "SupportContact",
    "ProfessionalContact",
    "EnvironmentStep",
    "Reason",
    "OwnItem",
    "Way",
    "Photo",
}


def accepts(plan: Any) -> bool:
    return bool(VALIDATOR.is_valid(plan))


def part(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


def test_it_is_a_json_schema_with_a_name_and_words_for_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "/schema/safety-plan.v1.json"
    assert SCHEMA["title"] == "SafetyPlan"
    assert SCHEMA["$defs"].keys() >= NAMED
    json.dumps(SCHEMA)


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, model in {"SafetyPlan": SCHEMA, **SCHEMA["$defs"]}.items():
        assert model["description"], name
        assert model["additionalProperties"] is True, name
        for field, said in model["properties"].items():
            yield f"{name}.{field}", said


def test_every_field_that_does_not_explain_itself_is_described() -> None:
    itself = {"format", "version", "kind", "photo", "type", "items", "sibs", "title", "name"}
    for name, said in fields():
        model, field = name.split(".")
        if field in itself or (field == "id" and (model.endswith("Section") or model == "Item")):
            continue
        assert said.get("description"), name


def test_it_accepts_the_issues_plan_and_every_field() -> None:
    VALIDATOR.validate(ISSUE_PLAN)
    for section, item in TABLE.items():
        VALIDATOR.validate(plan_of(section, item))


def test_it_accepts_what_a_newer_keel_adds() -> None:
    VALIDATOR.validate(ISSUE_PLAN | {"later": 1})
    VALIDATOR.validate(plan_of("reasons", {"text": "t", "later": None}))


@pytest.mark.parametrize("why", MALFORMED)
def test_it_refuses_the_malformed(why: str) -> None:
    assert not accepts(MALFORMED[why])


def test_it_accepts_a_stored_plan_by_its_own_definition() -> None:
    part("StoredPlan").validate(STORED)
    assert not part("StoredPlan").is_valid(ISSUE_PLAN)
    assert not accepts(STORED)


SPOILERS: list[Any] = [None, "", "x", 0, 1, True, [], ["x"], {}, {"id": "reasons"}, -1, 1.5]


def spoiled(value: Any) -> Iterator[Any]:
    """A plan with one place of it replaced by something else, or left out."""
    if not isinstance(value, dict | list):
        return
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        for put in SPOILERS:
            yield type(value)(_replaced(value, key, put))
        yield type(value)(_without(value, key))
        for inner in spoiled(value[key]):
            yield type(value)(_replaced(value, key, inner))


def _replaced(value: Any, key: Any, put: Any) -> Any:
    if isinstance(value, dict):
        return {**value, key: put}
    return [*value[:key], put, *value[key + 1 :]]


def _without(value: Any, key: Any) -> Any:
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if name != key}
    return [*value[:key], *value[key + 1 :]]


@pytest.mark.parametrize("section", TABLE)
def test_schema_and_models_are_of_one_mind(section: str) -> None:
    tried = list(spoiled(plan_of(section, TABLE[section])))
    assert len(tried) > 100
    apart = [one for one in tried if accepts(one) != reads(one)]
    assert apart == []
    assert any(accepts(one) for one in tried)
    assert any(not accepts(one) for one in tried)


def test_what_is_read_in_python_dumps_to_what_the_schema_accepts() -> None:
    VALIDATOR.validate(read_safety_plan(json.dumps(ISSUE_PLAN)).model_dump(exclude_unset=True))
