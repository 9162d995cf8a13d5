"""Sections, words and lines as data: whole, in one language, and not sent twice."""

import hashlib

import pytest
from starlette.testclient import TestClient

from app.content import needs, prompts, script, suggestions
from app.content.lines import message_keys as line_keys
from app.content.lines import read_lines
from app.content.sections import message_keys as section_keys
from app.content.sections import read_sections

PATH = "/api/v1/content"


def test_everything_is_there_with_a_word_for_each_id(client: TestClient) -> None:
    found = client.get(PATH).json()
    assert found["language"] == "en"
    assert [one["id"] for one in found["sections"]] == [s.id for s in read_sections().sections]
    assert {one["id"] for one in found["lines"]} >= {"us_988"}
    assert all(one["source"] and one["checked_on"] for one in found["lines"])
    assert set(found["messages"]) >= section_keys(read_sections()) | line_keys(read_lines())


def test_no_word_of_the_screens_is_sent(client: TestClient) -> None:
    starts = {key.split(".")[0] for key in client.get(PATH).json()["messages"]}
    data = {"section", "field", "choice", "lines", "idea", "need", "prompt", "script"}
    assert starts == data


def test_ideas_needs_prompts_and_script_are_there_with_their_words(client: TestClient) -> None:
    found = client.get(PATH).json()
    assert [one["id"] for one in found["suggestions"]] == [
        one.id for one in suggestions.read_suggestions().suggestions
    ]
    assert [one["id"] for one in found["needs"]] == [one.id for one in needs.read_needs().needs]
    parts = [one for name in ("suggestions", "needs", "prompts", "script") for one in found[name]]
    assert all(one["source"] for one in parts)
    assert set(found["messages"]) >= (
        suggestions.message_keys(suggestions.read_suggestions())
        | needs.message_keys(needs.read_needs())
        | prompts.message_keys(prompts.read_prompts())
        | script.message_keys(script.read_script())
    )


def test_the_tag_is_strong_and_of_the_bytes(client: TestClient) -> None:
    answer = client.get(PATH)
    digest = hashlib.sha256(answer.content).hexdigest()[:32]
    assert answer.headers["etag"] == f'"{digest}"'
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-language"] == "en"


@pytest.mark.parametrize("path", [PATH, "/api/v1/openapi.json", "/api/v1/docs"])
def test_what_somebody_has_is_not_sent_again(client: TestClient, path: str) -> None:
    etag = client.get(path).headers["etag"]
    for named in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = client.get(path, headers={"if-none-match": named})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    for named in ("", '"other"', etag[1:-1], f"{etag}x"):
        assert client.get(path, headers={"if-none-match": named}).status_code == 200


@pytest.mark.parametrize("language", ["", "EN", "en-US", "tlh", "../en", "en\x00", "💬" * 1000])
def test_a_language_that_is_not_there_is_refused(client: TestClient, language: str) -> None:
    answer = client.get(PATH, params={"language": language})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
