"""docs/format.md: its example is a plan, and it names every section and field."""

import json
import re
from pathlib import Path
from typing import Any

from app.plan.published import read_safety_plan, write_plan
from app.plan.schema import Photo, Way
from tests.plan.test_published import VALIDATOR
from tests.plan.test_schema import TABLE

PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")


def example(page: str) -> Any:
    found = re.findall(r"```json\n(.*?)```", page, re.S)
    assert len(found) == 1
    return json.loads(found[0])


def test_the_example_is_a_plan() -> None:
    VALIDATOR.validate(example(PAGE))
    assert json.loads(write_plan(read_safety_plan(json.dumps(example(PAGE))))) == example(PAGE)


def test_the_example_shows_every_section() -> None:
    assert [one["id"] for one in example(PAGE)["sections"]][:7] == list(TABLE)[:7]
    assert example(PAGE)["sections"][7]["title"]


def test_a_broken_example_is_seen() -> None:
    assert not VALIDATOR.is_valid(example(PAGE.replace('"by": "call"', '"by": "letter"')))


def test_every_section_and_field_is_in_its_table() -> None:
    rows = dict(re.findall(r"^\| `?([a-z_ ]+)`? \|.*\| (.+) \|$", PAGE, re.M))
    for section, fields in TABLE.items():
        said = re.findall(r"`([a-z_]+)`", rows["any other" if section == "own" else section])
        assert said == list(fields)
    for model in (Way, Photo):
        assert all(f'"{field}"' in PAGE for field in model.model_fields)
