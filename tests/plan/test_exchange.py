"""What the app's TypeScript writes is what the published format describes."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.content.sections import read_sections
from app.plan.published import read_safety_plan, read_stored_plan
from tests.plan.test_published import VALIDATOR, part
from tests.plan.test_schema import TABLE

SCRIPT = Path(__file__).with_name("write_plan.mjs")
FRONTEND = Path(__file__).parents[2] / "frontend"

EMPTIED: tuple[Any, ...] = ("", [], None)


def written(values: list[tuple[str, dict[str, Any]]], own_title: str = "Mornings") -> Any:
    """{stored, exported}: the texts that the app makes of these values."""
    sections = read_sections().model_dump(mode="json")["sections"]
    given = json.dumps({"sections": sections, "values": values, "ownTitle": own_title})
    run = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT.read_text("utf-8")],
        cwd=FRONTEND,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@cache
def whole() -> Any:
    return written(list(TABLE.items()))


def test_an_export_with_every_field_is_a_safety_plan() -> None:
    exported = json.loads(whole()["exported"])
    VALIDATOR.validate(exported)
    read_safety_plan(whole()["exported"])
    assert len(exported["sections"]) == len(TABLE)
    for section, fields in zip(exported["sections"], TABLE.values(), strict=True):
        (item,) = section["items"]
        assert {name: item[name] for name in item if name != "id"} == fields
    assert exported["sections"][-1]["title"] == "Mornings"


def test_what_is_sealed_is_a_stored_plan() -> None:
    stored = json.loads(whole()["stored"])
    part("StoredPlan").validate(stored)
    read_stored_plan(whole()["stored"])
    values = [sib["value"] for item in stored["items"] for sib in item["sibs"]]
    assert {"text": "removed", "removed_on": "2026-11-20"} in values
    assert None in values
    assert {"name": "copies", "json_on": "2026-11-22"} in values


def test_nothing_of_merging_removing_or_settings_leaves() -> None:
    for word in ("dot", "ctx", "pos", "sibs", "removed", "faded", "copies", "follow_system"):
        assert f'"{word}' in whole()["stored"] or word == "faded"
        assert f'"{word}' not in whole()["exported"]


@pytest.mark.parametrize("empty", EMPTIED)
def test_emptied_fields_are_absent_from_an_export(empty: Any) -> None:
    values = []
    for section, (main, *others) in TABLE.items():
        values.append((section, {main: "", **dict.fromkeys(others, empty)}))
    exported = json.loads(written(values, own_title="")["exported"])
    VALIDATOR.validate(exported)
    for section in exported["sections"]:
        assert all(set(item) <= {"id", "text", "name"} for item in section["items"])


def test_ways_that_were_begun_and_left_are_still_a_safety_plan() -> None:
    ways = [{"by": "both", "number": ""}, {"by": "other", "app": "", "handle": ""}]
    exported = written([("distractions", {"text": "t", "ways": ways})])["exported"]
    VALIDATOR.validate(json.loads(exported))
