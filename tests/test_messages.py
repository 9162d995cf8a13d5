"""Every word on a screen: none missing, none left over, none that should not be said."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from app.content.messages import PLACEHOLDER, languages, read_messages
from app.content.sections import message_keys, read_sections
from app.pages.manifest import manifest
from app.pages.site import PAGES
from tests.law import words
from tests.law.tree import ROOT, Tree
from tests.law.words import BUILT, banned, missing, telling, unused

TREE = Tree(ROOT)
ENGLISH = read_messages("en")
# A text's key, and why it may say what others may not.
ALLOWED: dict[str, str] = {
    "page.library_myths.six.1.name": "named once, as a myth, to refute it in the same line",
}


def test_every_message_that_is_asked_for_exists() -> None:
    assert missing(TREE, set(ENGLISH)) == set()


def test_every_message_is_asked_for() -> None:
    assert unused(TREE, set(ENGLISH)) == set()


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


def test_what_is_allowed_is_there_and_said_once() -> None:
    assert set(ALLOWED) <= set(ENGLISH)
    assert all(banned({key: ENGLISH[key]}, {}) for key in ALLOWED)
    told = [text for text in ENGLISH.values() if "attention" in text.lower()]
    assert len(told) == 1


def test_nothing_that_an_onlooker_sees_says_what_this_is() -> None:
    assert telling(seen_by_an_onlooker()) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("title", "Keel · Self-harm"),
        ("path", "/crisis-lines"),
        ("path", "/safety-plan"),
        ("file", "urges-2026.txt"),
        ("manifest", "My relapse plan"),
        ("shortcut", "12 days clean"),
    ],
)
def test_a_name_that_says_what_this_is_is_seen(key: str, text: str) -> None:
    assert telling({key: text}) != []


def test_a_name_on_the_hidden_list_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "BANNED", {hashlib.sha256(b"keel:blue kettle").hexdigest()[:16]})
    assert telling({"path": "/blue-kettle"}) == ["path: blue kettle"]


def seen_by_an_onlooker() -> dict[str, str]:
    """Titles, addresses, files' names, the home screen and its shortcuts, in every language."""
    seen = {f"path {page.path}": page.path for page in PAGES}
    for language in languages():
        told = json.loads(manifest("white", language))
        seen |= {f"{language} {key}": str(told[key]) for key in ("id", "name", "short_name")}
        seen |= {f"{language} shortcut {one['url']}": one["name"] for one in told["shortcuts"]}
        messages = read_messages(language)
        titles = {f"page.{page.name}.title" for page in PAGES}
        seen |= {f"{language} {key}": messages[key] for key in titles}
    exported = {
        f"file {name}": name
        for path in TREE.typescript()
        for name in re.findall(
            r"[`\"]([\w${}.-]+\.(?:txt|json|keel))[`\"]", path.read_text("utf-8")
        )
    }
    assert any("keel-" in name for name in exported), exported
    return seen | exported


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
