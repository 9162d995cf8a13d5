"""Ideas, questions and the script as one file of a language: the editor asks for it when needed.

It stands beside the pages rather than in them, so that a page stays small for who only reads.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.content.messages import FOLDER, read_messages
from app.content.prompts import read_prompts
from app.content.script import ScriptLine, parts, read_script
from app.content.sections import read_sections
from app.content.sources import is_line
from app.content.suggestions import Suggestion, fields_of, read_suggestions

SKILL_WORDS = {
    "mindfulness": "ideas.skill.mindfulness",
    "distress_tolerance": "ideas.skill.distress_tolerance",
    "emotion_regulation": "ideas.skill.emotion_regulation",
    "interpersonal": "ideas.skill.interpersonal",
    "cognitive": "ideas.skill.cognitive",
}
OURS = "keel"
OF_EACH = ("specific", "likelihood", "obstacles")
Messages = Mapping[str, str]


def ideas(language: str, folder: Path = FOLDER) -> dict[str, Any]:
    """{"ideas": {section: {"groups", "sources"}}, "prompts": {section: [text]}, "script"}.

    A group is {"title", "ideas": [{"value", "source", "standIn"?}]}: `value` is the item that the
    idea becomes, `source` counts the sources from 1, and `standIn` says that its name is there to
    be typed over. `script` is {part: {"once", "each", "stop"}}, lines of words.
    """
    t = read_messages(language, folder)
    sections = [one.id for one in read_sections().sections if one.id != "own"]
    prompts = read_prompts().prompts
    return {
        "ideas": {one: _ideas(read_suggestions().of(one), t) for one in sections},
        "prompts": {
            one: [t[f"prompt.{asked.id}"] for asked in prompts if asked.section == one]
            for one in sections
        },
        "script": {part: _lines(read_script().of(part), t) for part in parts()},
    }


def ideas_file(language: str, folder: Path = FOLDER) -> tuple[str, bytes]:
    """Its address, which changes with its bytes, and its bytes."""
    body = json.dumps(ideas(language, folder), ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(body).hexdigest()[:10]
    return f"/assets/ideas.{language}-{digest}.json", body


def _ideas(found: Sequence[Suggestion], t: Messages) -> dict[str, Any]:
    """Under the kind or the skill that they share, each in the order of the data."""
    sources = list(dict.fromkeys(_source(one, t) for one in found))
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        idea = _idea(one, sources.index(_source(one, t)) + 1, t)
        groups.setdefault(_title(one, t), []).append(idea)
    return {
        "groups": [{"title": title, "ideas": ideas} for title, ideas in groups.items()],
        "sources": sources,
    }


def _title(one: Suggestion, t: Messages) -> str:
    if one.skill:
        return t[SKILL_WORDS[one.skill]]
    kind = one.fields.get("kind")
    return t[f"choice.kind.{kind}"] if kind else ""


def _idea(one: Suggestion, source: int, t: Messages) -> dict[str, Any]:
    fields = fields_of(one.section)
    main = next(name for name, field in fields.items() if field.main)
    value: dict[str, Any] = {main: t[f"idea.{one.id}"], **one.fields}
    value |= {name: t[f"idea.{one.id}.{name}"] for name in one.words}
    if one.needs and "needs" in fields:
        value["needs"] = list(one.needs)
    found: dict[str, Any] = {"value": value, "source": source}
    return found | ({"standIn": True} if main == "name" else {})


def _source(one: Suggestion, t: Messages) -> str:
    """By its plain name, as at the foot of the pages of words."""
    if is_line(one.source):
        return t[f"page.document.{one.source.split(':')[0]}"]
    return t["manifest.name"] if one.source == OURS else one.source.removeprefix("public: ")


def _lines(found: list[ScriptLine], t: Messages) -> dict[str, list[str]]:
    """Asked once, asked of each item, and when to stop."""
    said: dict[str, list[str]] = {"once": [], "each": [], "stop": []}
    for line in found:
        place = "stop" if line.step == "stop" else "each" if line.step in OF_EACH else "once"
        said[place].append(t[f"script.{line.section}.{line.id}"])
    return said
