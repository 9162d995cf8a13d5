"""The file of ideas: all their words, ready to become items, beside the pages and not in them."""

import json
from pathlib import Path

import pytest

from app.content.messages import languages, read_messages
from app.content.script import message_keys as script_keys
from app.content.script import parts, read_script
from app.content.sections import read_sections
from app.content.suggestions import read_suggestions
from app.pages.ideas import ideas, ideas_file
from app.pages.page_data import page_data
from app.pages.site import MAIN, NOW

SECTIONS = [one for one in read_sections().sections if one.id != "own"]


@pytest.mark.parametrize("language", languages())
def test_every_idea_is_an_item_with_its_words_and_its_source(language: str) -> None:
    t = read_messages(language)
    found = ideas(language)["ideas"]
    for section in SECTIONS:
        known = read_suggestions().of(section.id)
        main = next(field.id for field in section.fields if field.main)
        shown = [one for group in found[section.id]["groups"] for one in group["ideas"]]
        assert sorted(one["value"][main] for one in shown) == sorted(
            t[f"idea.{one.id}"] for one in known
        )
        assert {one["source"] for one in shown} == set(
            range(1, len(found[section.id]["sources"]) + 1)
        )
        names = {field.id for field in section.fields}
        assert all(set(one["value"]) <= names for one in shown)


def test_ideas_stand_under_their_kind_or_skill_once() -> None:
    found = ideas("en")["ideas"]
    for section in SECTIONS:
        titles = [group["title"] for group in found[section.id]["groups"]]
        assert len(titles) == len(set(titles)), section.id
    assert len(found["distractions"]["groups"]) == 2
    assert [group["title"] for group in found["reasons"]["groups"]] == [""]


def test_a_persons_name_is_a_stand_in_and_a_strategy_is_none() -> None:
    found = ideas("en")["ideas"]
    for section, is_name in (("support_contacts", True), ("coping_strategies", False)):
        shown = [one for group in found[section]["groups"] for one in group["ideas"]]
        assert {one.get("standIn", False) for one in shown} == {is_name}


@pytest.mark.parametrize("language", languages())
def test_the_script_is_whole(language: str) -> None:
    t = read_messages(language)
    script = ideas(language)["script"]
    assert list(script) == parts()
    said = [text for lines in script.values() for part in lines.values() for text in part]
    assert sorted(said) == sorted(t[key] for key in script_keys(read_script()))


def test_the_page_names_the_file_and_holds_none_of_it(release: Path) -> None:
    path, body = ideas_file("en")
    listed = json.loads((release / "release.json").read_text("utf-8"))["files"]
    row = next(one for one in listed if one["path"] == path)
    assert (row["cache"], row["offline"]) == ("immutable", True)
    assert (release / row["file"]).read_bytes() == body
    data = json.loads(str(page_data(MAIN, "en")))
    assert data["ideas"] == path
    assert not {"idea", "prompt", "script"} & data["messages"].keys()
    assert "ideas" not in json.loads(str(page_data(NOW, "en")))


def test_its_address_changes_with_its_words(two_languages: Path) -> None:
    addresses = {ideas_file(language, two_languages)[0] for language in ("en", "es")}
    assert len({address.split("-")[1] for address in addresses}) == 2
