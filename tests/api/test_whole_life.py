"""Every answer that an account ever gets, good or bad: headers, cookie, shape, log line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.problems import ALL_CODES, CODES
from app.main import create_app, prepare
from app.settings import Settings
from tests.api.conftest import Clock
from tests.api.observatory import MOST, OF_A_COOKIE, score
from tests.api.people import COOKIE, Person, text
from tests.api.small_release import HEADERS
from tests.api.test_logs import Lines, lines
from tests.api.whole_life import CANARY, Life, begun

__all__ = ["lines"]

SECURE = "https://keel.example"
KEPT = f"{COOKIE}=[A-Za-z0-9_-]{{43}}; Path=/; Max-Age=34560000"
TAKEN_BACK = f"{COOKIE}=; Path=/; Max-Age=0"
REST = "; Secure; HttpOnly; SameSite=Strict"
BEGINS = {
    ("POST", "/accounts", 201),
    ("POST", "/sessions", 201),
    ("POST", "/recovery-sessions", 201),
}
ENDS = {("DELETE", path, 204) for path in ("/account", "/sessions/current", "/sessions/{id}")}
RENEWS = {("GET", "/plan", 200)}
NOT_ASKED_FOR = {400, 405, 413, 500, 503, 507}
"""test_error_shape, test_bodies and test_full_disk ask for these."""


@pytest.fixture
def life(tmp_path: Path, small_release: Path, lines: Lines) -> Iterator[Life]:
    """Lived, behind TLS, while every line of the log was kept."""
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", public_origin=SECURE)
    prepare(settings)
    clock = Clock()
    app = create_app(settings, small_release, clock)
    with TestClient(app, base_url=SECURE, follow_redirects=False) as client:
        found = begun(client, clock)
        found.whole()
        yield found


def template(answer: Any) -> tuple[str, str, int]:
    path = answer.request.url.path.removeprefix("/api/v1")
    path = re.sub(r"revisions/\d+", "revisions/{revision}", path)
    path = re.sub(r"^/(sessions|key-slots)/(?!current$).+", r"/\1/{id}", path)
    return answer.request.method, path, answer.status_code


def test_every_answer_of_a_life_keeps_every_promise(life: Life, lines: Lines) -> None:
    assert len(life.answers) > 100
    for answer in life.answers:
        assert set(answer.headers) >= {name.lower() for name in HEADERS}, template(answer)
        assert score(answer.headers) == MOST + OF_A_COOKIE * ("set-cookie" in answer.headers)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.status_code < 500
        if answer.status_code >= 400 and answer.status_code != 412:
            is_a_problem(answer)
        assert CANARY not in answer.text + str(answer.headers)
    cookies_only_where_they_belong(life)
    every_route_was_asked(life)
    the_log_says_five_things(life, lines)


def is_a_problem(answer: Any) -> None:
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert list(told) == ["type", "title", "status", "code", "request_id"]
    assert (told["status"], told["code"]) in {*ALL_CODES, *CODES.items()}
    assert told["status"] == answer.status_code
    assert "set-cookie" not in answer.headers


def cookies_only_where_they_belong(life: Life) -> None:
    found: dict[str, set[tuple[str, str, int]]] = {KEPT: set(), TAKEN_BACK: set()}
    for answer in life.answers:
        for cookie in answer.headers.get_list("set-cookie"):
            assert cookie.endswith(REST)
            kind = KEPT if re.fullmatch(KEPT + REST, cookie) else TAKEN_BACK
            assert kind == KEPT or cookie == TAKEN_BACK + REST
            found[kind].add(template(answer))
    assert found == {KEPT: BEGINS | RENEWS, TAKEN_BACK: ENDS}
    set_ones = [a for a in life.answers if template(a) in RENEWS and "set-cookie" in a.headers]
    assert len(set_ones) == 1


def every_route_was_asked(life: Life) -> None:
    """What the description promises of the routes of an account is what was heard of them."""
    paths = life.phone.client.get("/api/v1/openapi.json").json()["paths"]
    promised = {
        (way.upper(), path.removeprefix("/api/v1"), int(status))
        for path, ways in paths.items()
        for way, route in ways.items()
        if "Keel" in str(route.get("parameters")) or "security" in route
        for status in route["responses"]
    }
    heard = {template(answer) for answer in life.answers}
    assert heard <= promised
    not_heard = {one for one in promised - heard if one[2] < 300}
    assert not_heard == {("DELETE", "/key-slots/{id}", 204)}, "it waits for passkeys"
    assert {status for _, _, status in promised - heard} >= NOT_ASKED_FOR
    statuses = {status for _, _, status in heard}
    assert statuses == {200, 201, 204, 304, 401, 403, 404, 409, 412, 422, 428, 429}


def the_log_says_five_things(life: Life, lines: Lines) -> None:
    person = life.person
    ids = [person.account_id, *person.objects.values(), person.auth_key, person.recovery_auth]
    words = [CANARY, person.name, *forms(ids), "testclient", *tokens(life)]
    asked = [json.loads(line) for line in lines.text]
    assert len(asked) == len(life.answers) + 1, "each once, and the description"
    assert all(list(line) == ["method", "route", "status", "ms", "id"] for line in asked)
    assert not [line for line in lines.text if any(word in line for word in words)]


def forms(secrets: list[bytes]) -> list[str]:
    return [form for one in secrets for form in (one.hex(), text(one))]


def tokens(life: Life) -> list[str]:
    cookies = [one for a in life.answers for one in a.headers.get_list("set-cookie")]
    return [one.partition(";")[0].partition("=")[2] for one in cookies if "Max-Age=0" not in one]


def test_a_cookie_without_its_attributes_costs_points() -> None:
    whole = {name.lower(): value for name, value in HEADERS.items()}
    assert (
        score({**whole, "set-cookie": "a=b; Secure; HttpOnly; SameSite=Strict"})
        == MOST + OF_A_COOKIE
    )
    assert score({**whole, "set-cookie": "a=b; Secure; HttpOnly"}) == MOST
    assert score({**whole, "set-cookie": "a=b; Secure"}) < MOST
    assert score({**whole, "set-cookie": "a=b; HttpOnly"}) < MOST


def test_the_name_is_a_drawn_one(tmp_path: Path) -> None:
    """Else the life would be one of refusals."""
    assert re.fullmatch("[a-z]{3,9}-[a-z]{3,9}-[0-9]{4}", begun(None, Clock()).person.name)  # type: ignore[arg-type]
    assert Person().name != Person().name
