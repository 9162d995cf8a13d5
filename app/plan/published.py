"""The published format: reading and writing a SafetyPlan, and its JSON Schema."""

import json
from typing import Any

from pydantic import ValidationError
from pydantic.json_schema import models_json_schema

from app.errors import PlanRefused
from app.plan.schema import SafetyPlan
from app.plan.stored import (
    CopiesSetting,
    OwnSectionValue,
    PaperSetting,
    ReviewSetting,
    StoredPlan,
    WalkSetting,
)
from app.plan.strict_json import parse_strict

SCHEMA_ID = "/schema/safety-plan.v1.json"

_ROOT = "SafetyPlan"
_BESIDE = (
    *(StoredPlan, OwnSectionValue),
    *(CopiesSetting, WalkSetting, PaperSetting, ReviewSetting),
)


def read_safety_plan(source: str | bytes) -> SafetyPlan:
    """PlanRefused: bad_json, or bad_plan when it is JSON of another shape."""
    try:
        return SafetyPlan.model_validate(parse_strict(source))
    except ValidationError:
        # Pydantic's own error quotes what it refused, and a plan must not reach a log.
        raise PlanRefused("bad_plan") from None


def read_stored_plan(source: str | bytes) -> StoredPlan:
    """PlanRefused: bad_json or bad_plan, as above."""
    try:
        return StoredPlan.model_validate(parse_strict(source))
    except ValidationError:
        raise PlanRefused("bad_plan") from None


def write_plan(plan: SafetyPlan | StoredPlan) -> str:
    """JSON of what is there, unknown fields too; nothing that was absent becomes null."""
    return json.dumps(plan.model_dump(exclude_unset=True), ensure_ascii=False)


def safety_plan_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of SafetyPlan, with a definition of everything that it names."""
    models = (SafetyPlan, *_BESIDE)
    _, made = models_json_schema([(model, "validation") for model in models])
    definitions = {
        name: _without_field_titles(_without_null(part)) for name, part in made["$defs"].items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **definitions.pop(_ROOT),
        "$defs": definitions,
    }


def _without_null(part: Any) -> Any:
    """`x | None` with the default None means "may be absent"; null itself is not written."""
    if isinstance(part, list):
        return [_without_null(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: _without_null(one) for key, one in part.items()}
    if "default" in made and made["default"] is None:
        del made["default"]
        return {**made.pop("anyOf")[0], **made}
    return made


def _without_field_titles(model: dict[str, Any]) -> dict[str, Any]:
    """Pydantic makes a title of each field's name ("If Not"), which says nothing new."""
    for field in model.get("properties", {}).values():
        field.pop("title", None)
    return model
