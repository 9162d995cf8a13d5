"""The security headers stand on every answer: routes, files, errors, redirects, 304 and HEAD."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.storage.database import Database
from tests.api.every_answer import EVERY, Asked
from tests.api.observatory import MOST, directives, score
from tests.api.small_release import HEADERS

SECURE = "https://keel.example"


@pytest.fixture(scope="module")
def secure(data_dir: Path, small_release: Path) -> Iterator[TestClient]:
    """The same server behind TLS."""
    settings = Settings(_env_file=None, data_dir=data_dir, public_origin=SECURE)
    app = create_app(settings, small_release)
    with TestClient(app, base_url=SECURE, follow_redirects=False) as asking:
        yield asking


@pytest.mark.parametrize("asked", EVERY, ids=str)
def test_every_answer_carries_the_headers_of_the_release(secure: TestClient, asked: Asked) -> None:
    answer = secure.request(
        asked.method, asked.path, headers=asked.headers, content=asked.body or None
    )
    assert answer.status_code == asked.status
    assert set(answer.headers) >= {name.lower() for name in HEADERS}
    assert len(answer.headers["x-request-id"]) == 16
    assert not {"server", "set-cookie"} & set(answer.headers)
    assert score(answer.headers) == MOST


def test_not_modified_carries_them_too(secure: TestClient) -> None:
    etag = secure.get("/now").headers["etag"]
    answer = secure.get("/now", headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert score(answer.headers) == MOST


def test_a_fault_carries_them_too(secure: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "read", None)
    answer = secure.get("/readyz")
    assert answer.status_code == 500
    assert score(answer.headers) == MOST


def test_no_promise_of_https_is_made_over_http(client: TestClient) -> None:
    assert "strict-transport-security" not in client.get("/now").headers


def test_the_documentation_loads_nothing_but_its_one_style(client: TestClient) -> None:
    found = directives(client.get("/api/v1/docs").headers["content-security-policy"])
    assert found["default-src"] == ["'none'"]
    assert [source[:8] for source in found["style-src"]] == ["'sha256-"]
    assert "script-src" not in found


@pytest.mark.parametrize(
    ("name", "value", "points"),
    [
        ("content-security-policy", "", 100 - 25),
        ("content-security-policy", "default-src 'self' 'unsafe-inline'", 100 - 20),
        ("strict-transport-security", "max-age=60", 120),
        ("x-content-type-options", "", 125),
        ("referrer-policy", "unsafe-url", 120),
        ("cross-origin-resource-policy", "", 120),
        ("access-control-allow-origin", "*", 50),
    ],
)
def test_the_scorer_takes_points_for_a_planted_fault(name: str, value: str, points: int) -> None:
    whole = {key.lower(): text for key, text in HEADERS.items()}
    assert score(whole) == MOST
    assert score({**whole, name: value}) == points
