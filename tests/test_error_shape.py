"""Every error has one shape, wherever it comes from:

    HTTP/1.1 <status>
    Content-Type: application/problem+json
    Cache-Control: no-store
    X-Request-Id: <request_id>

    {"type": "/api/v1/docs#<code>", "title": <text>, "status": <status>, "code": <code>,
     "request_id": <16 hex>}

and nothing of what was sent stands in it.
"""

import re
from collections.abc import Iterator
from typing import NoReturn

import pytest
from starlette.testclient import TestClient

from app.api.problems import CODES
from app.main import create_app
from app.settings import Settings
from app.storage.database import Database
from tests.api.every_answer import EVERY, HTML, Asked
from tests.api.small_release import body_of, write_small_release

CANARY = "c4nary-w0rd"
ERRORS = [asked for asked in EVERY if asked.status >= 400 and asked.headers != HTML]
ERRORS = [asked for asked in ERRORS if asked.method != "HEAD"]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("asking")
    settings = Settings(
        _env_file=None, data_dir=folder / "data", public_origin="http://localhost:8000"
    )
    app = create_app(settings, write_small_release(folder / "release"))
    with TestClient(app, base_url=settings.public_origin, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("asked", ERRORS, ids=str)
def test_an_error_has_the_one_shape_and_repeats_nothing(asking: TestClient, asked: Asked) -> None:
    mark = ("&" if "?" in asked.path else "?") + CANARY
    answer = asking.request(
        asked.method,
        asked.path + mark,
        content=asked.body or None,
        headers={**asked.headers, "user-agent": CANARY, "referer": f"https://{CANARY}.example"},
    )
    assert answer.status_code == asked.status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert list(body) == ["type", "title", "status", "code", "request_id"]
    assert (body["status"], body["code"]) == (asked.status, CODES[asked.status])
    assert body["type"] == f"/api/v1/docs#{body['code']}"
    assert re.fullmatch(r"[0-9a-f]{16}", body["request_id"])
    assert answer.headers["x-request-id"] == body["request_id"]
    assert "set-cookie" not in answer.headers
    assert CANARY not in answer.text + str(answer.headers)


def test_a_fault_says_nothing_of_itself(
    asking: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_database: Database, _fn: object) -> NoReturn:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(Database, "read", fail)
    answer = asking.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert CANARY not in answer.text


def test_a_person_gets_the_releases_page_for_a_fault(
    asking: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "read", None)
    answer = asking.get("/readyz", headers=HTML)
    assert (answer.status_code, answer.content) == (500, body_of("/broken"))


@pytest.mark.parametrize("path", ["/now", "/api/v1/content", "/healthz"])
def test_a_wrong_method_names_the_right_ones(asking: TestClient, path: str) -> None:
    answer = asking.put(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_every_code_has_a_title_and_a_place_in_the_documentation(asking: TestClient) -> None:
    page = asking.get("/api/v1/docs").text
    for code in CODES.values():
        assert f'id="{code}"' in page
