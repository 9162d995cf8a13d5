"""What the server takes in is sealed or a key, and pages are let ask nobody else."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.content.lines import hosts
from app.pages.headers import security_headers
from tests.api.every_answer import EVERY, Asked

READS = {"GET", "HEAD"}


TAKES = {
    *(f"post /api/v1/{path}" for path in ("accounts", "sessions", "recovery-sessions")),
    *(f"post /api/v1/account/{what}" for what in ("passphrase", "recovery", "rotation")),
    *(f"put /api/v1/{path}" for path in ("plan", "journal")),
}
DELETES = {
    *(f"delete /api/v1/{path}" for path in ("account", "journal", "sessions", "sessions/current")),
    *(f"delete /api/v1/{path}/{{id}}" for path in ("sessions", "key-slots")),
}


def described(client: TestClient) -> dict[str, Any]:
    """Every route by method and path."""
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    return {f"{way} {path}": route for path, ways in paths.items() for way, route in ways.items()}


def writing(client: TestClient) -> set[str]:
    return {name for name in described(client) if name.split()[0].upper() not in READS}


def test_nothing_is_taken_in_but_by_these_routes(client: TestClient) -> None:
    assert writing(client) == TAKES | DELETES
    told = described(client)
    assert {name for name, route in told.items() if "requestBody" in route} == TAKES


def plain_fields(schema: dict[str, Any], name: str = "body") -> list[str]:
    """Fields that could hold a word of a person's own: text that is neither bytes, nor one of a
    list, nor of the form of a drawn name."""
    if schema.get("type") == "string":
        is_bound = {"enum", "pattern"} & set(schema) or schema.get("format") == "binary"
        return [] if is_bound else [name]
    inner = list(schema.get("properties", {}).items())
    inner += [(name, one) for one in [*schema.get("anyOf", []), schema.get("items")] if one]
    return [field for key, one in inner for field in plain_fields(one, key)]


def test_what_is_taken_in_has_no_place_for_a_word_of_the_plan(client: TestClient) -> None:
    """But the name at sign-in: an ill-formed one is hashed like any other, and refused alike."""
    for name in TAKES:
        for shape in described(client)[name]["requestBody"]["content"].values():
            free = ["name"] if name == "post /api/v1/sessions" else []
            assert plain_fields(shape["schema"]) == free, name


def test_a_field_for_words_would_be_seen() -> None:
    note = {"type": "object", "properties": {"note": {"type": "string"}}}
    assert plain_fields({"type": "array", "items": note}) == ["note"]


@pytest.mark.parametrize("asked", EVERY, ids=str)
def test_no_answer_sets_a_cookie(client: TestClient, asked: Asked) -> None:
    answer = client.request(
        asked.method, asked.path, headers=asked.headers, content=asked.body or None
    )
    assert "set-cookie" not in answer.headers


def allowed_to_ask(policy: str) -> set[str]:
    """Every source that a Content-Security-Policy names, but hashes and policy names."""
    told = [part.split() for part in policy.split(";")]
    named = {word for name, *words in told for word in words if name != "trusted-types"}
    return {word for word in named if not word.startswith("'sha256-")}


def test_a_page_may_ask_nobody_but_its_own_server() -> None:
    policy = security_headers(["a{}"])["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert allowed_to_ask(policy) <= {"'self'", "'none'", "blob:", "'script'"}
    assert not any(host in policy for host in hosts())


def test_a_policy_that_lets_a_page_ask_another_is_seen() -> None:
    assert "https://example.com" in allowed_to_ask("img-src 'self' https://example.com")


def test_a_page_does_not_say_where_a_link_was_tapped(client: TestClient) -> None:
    assert security_headers(["a{}"])["Referrer-Policy"] == "no-referrer"
    assert client.get("/lines").headers["referrer-policy"] == "no-referrer"
