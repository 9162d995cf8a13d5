"""Every word on a screen: none missing, none left over, none that should not be said."""

import hashlib
import json
from pathlib import Path

import pytest

from app.content.messages import PLACEHOLDER, languages, read_messages
from app.content.sections import message_keys, read_sections
from tests.law import words
from tests.law.tree import ROOT, Tree
from tests.law.words import BUILT, banned, missing, unused

TREE = Tree(ROOT)
ENGLISH = read_messages("en")
# A text's key, and why it may say what others may not.
ALLOWED: dict[str, str] = {}
# Words whose screen is still to be made; who makes it takes this away.
AWAITED = {key for key in ENGLISH if key.startswith("walk.helper.")}


def test_every_message_that_is_asked_for_exists() -> None:
    assert missing(TREE, set(ENGLISH)) == set()


def test_every_message_is_asked_for() -> None:
    assert unused(TREE, set(ENGLISH)) == AWAITED


def test_the_sections_have_their_words_and_no_others() -> None:
    needed = message_keys(read_sections())
    families = {"section", "field", "choice"}
    there = {key for key in ENGLISH if key.split(".")[0] in families}
    hints = {key for key in there if key.endswith(".hint")}
    assert needed - there == set()
    assert there - needed - hints == set()
    assert {key.removesuffix("hint") + "label" for key in hints} <= needed


def test_a_missing_and_a_leftover_message_are_seen(tmp_path: Path) -> None:
    plant(tmp_path, "app/pages/a.html", '{{ t("bar.call") }} {{ t("lines." ~ id ~ ".name") }}')
    plant(tmp_path, "frontend/src/ui/a.tsx", 't("walk.gone"); // t("walk.old")\nt(`nudge.${a}`);')
    messages = {"bar.call", "walk.old", "nudge.one", "lines.us.name", "walk.next"}
    assert missing(Tree(tmp_path), messages) == {"walk.gone"}
    assert unused(Tree(tmp_path), messages) == {"walk.old", "walk.next"}


def test_only_documented_families_may_be_put_together(tmp_path: Path) -> None:
    plant(tmp_path, "frontend/src/ui/a.tsx", "t(`walk.${a}`);")
    assert "walk" not in BUILT
    assert unused(Tree(tmp_path), {"walk.next"}) == {"walk.next"}


def test_the_words_of_ideas_needs_prompts_and_script_are_put_together(tmp_path: Path) -> None:
    messages = {"idea.reasons.pet", "need.rest.title", "prompt.reasons.1", "script.closing.copy"}
    assert unused(Tree(tmp_path), messages) == messages
    plant(tmp_path, "frontend/src/ui/a.tsx", "t(`idea.${id}`); t(`need.${id}.title`);")
    plant(tmp_path, "app/content/a.py", 'f"prompt.{one.id}"; f"script.{line.section}.{line.id}"')
    assert unused(Tree(tmp_path), messages) == set()


@pytest.mark.parametrize("language", languages())
def test_all_languages_say_the_same(language: str) -> None:
    messages = read_messages(language)
    assert set(messages) == set(ENGLISH)
    for key, text in messages.items():
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(ENGLISH[key])), key
        assert text.strip() == text != "", key


@pytest.mark.parametrize("language", languages())
def test_no_banned_phrase_is_said(language: str) -> None:
    assert banned(dict(read_messages(language)), ALLOWED) == []


def test_no_banned_phrase_stands_in_the_other_content() -> None:
    texts = {
        f"{path.name}:{number}": text
        for path in TREE.files("app/content", ".json")
        if path.parent.name != "messages"
        for number, text in enumerate(strings(json.loads(path.read_text("utf-8"))))
    }
    assert texts
    assert banned(texts, ALLOWED) == []


@pytest.mark.parametrize(
    "text",
    [
        "Then press 3.",
        "A relapse is no end.",
        "Well done!",
        "12 days clean",
        "A contract for safety",
    ],
)
def test_a_banned_phrase_is_seen(text: str) -> None:
    assert banned({"a.b": text}, {}) != []
    assert banned({"a.b": text}, {"a.b": "to refute it"}) == []


def test_a_word_that_is_only_known_by_its_hash_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = hashlib.sha256(b"keel:blue kettle").hexdigest()[:16]
    monkeypatch.setattr(words, "BANNED", {secret})
    assert banned({"a.b": "The Blue kettle."}, {}) == ["a.b: blue kettle"]
    assert banned({"a.b": "The kettle."}, {}) == []


def strings(value: object) -> list[str]:
    """Every text in a JSON value, keys left out."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in strings(one)]


def plant(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
