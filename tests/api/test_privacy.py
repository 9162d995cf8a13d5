"""What the privacy page says of the server: it takes nothing in and lets pages ask nobody else."""

from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from app.content.lines import hosts
from app.pages.headers import security_headers
from tests.api.every_answer import EVERY, Asked

READS = {"GET", "HEAD"}


def writing_routes(client: TestClient) -> list[str]:
    """Routes that take something in, by the server's own list and by its documentation."""
    app: Any = client.app
    found = [
        f"{sorted(route.methods or ())} {route.path}"
        for route in app.routes
        if isinstance(route, APIRoute) and not set(route.methods or ()) <= READS
    ]
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    told = [f"{way} {path}" for path, ways in paths.items() for way in ways]
    return found + [one for one in told if one.split()[0].upper() not in READS]


def test_the_server_has_no_place_to_put_a_plan(client: TestClient) -> None:
    assert writing_routes(client) == []


def test_a_route_that_takes_something_in_is_seen(client: TestClient) -> None:
    app: Any = client.app
    app.add_api_route("/plan", lambda: None, methods=["PUT"])
    assert "['PUT'] /plan" in writing_routes(client)


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
