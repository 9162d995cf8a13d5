"""What the browser's code is checked against is written whole, and only what is there."""

import json
from pathlib import Path

from app.content.messages import FIRST_LANGUAGE, read_messages
from app.plan.published import safety_plan_schema
from app.plan.typescript import message_keys_module, write_types


def test_the_keys_and_the_schema_are_written(tmp_path: Path) -> None:
    write_types(tmp_path / "generated")
    module = (tmp_path / "generated" / "messages.ts").read_text("utf-8")
    for key in read_messages(FIRST_LANGUAGE):
        assert f'\n  | "{key}"' in module
    written = json.loads((tmp_path / "generated" / "safety-plan.schema.json").read_text("utf-8"))
    assert written == safety_plan_schema()


def test_the_module_is_a_union_of_its_keys() -> None:
    module = message_keys_module(["a.b", "c"])
    assert module.endswith('export type MessageKey =\n  | "a.b"\n  | "c";\n')
    assert message_keys_module([]).endswith("export type MessageKey = never;\n")
