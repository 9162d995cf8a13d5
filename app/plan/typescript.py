"""What the browser's code is checked against: message keys as a type, and the plan's schema."""

import json
from pathlib import Path

from app.content.messages import FIRST_LANGUAGE, read_messages
from app.plan.published import safety_plan_schema


def write_types(folder: Path) -> None:
    """Writes messages.ts and safety-plan.schema.json; the build makes TypeScript of the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = sorted(read_messages(FIRST_LANGUAGE))
    (folder / "messages.ts").write_text(message_keys_module(keys), "utf-8")
    schema = json.dumps(safety_plan_schema(), indent=2, ensure_ascii=False)
    (folder / "safety-plan.schema.json").write_text(schema + "\n", "utf-8")


def message_keys_module(keys: list[str]) -> str:
    """A TypeScript module whose one export is the union of the keys."""
    union = "".join(f"\n  | {json.dumps(key)}" for key in keys) or " never"
    return (
        "// Written by `python -m app types` from app/content/messages; not to be edited.\n"
        f"export type MessageKey ={union};\n"
    )
