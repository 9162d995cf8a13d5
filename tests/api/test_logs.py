"""A log line is method, route, status, milliseconds and id: never who asked, or for what."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from starlette.testclient import TestClient

from app.api import middleware
from app.api.logs import ACCESS, FAULTS, LogLine, configure
from app.storage.database import Database
from tests.api.every_answer import EVERY, ID, OF_AN_ACCOUNT, WITHOUT

CANARY = "c4nary"
ADDRESS = "testclient"  # what the client's address is in here


class Lines(logging.Handler):
    """Everything that any logger of ours writes, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(LogLine())
        self.text: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.text.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[Lines]:
    kept = Lines()
    for logger in (ACCESS, FAULTS):
        logger.addHandler(kept)
        logger.setLevel(logging.INFO)
    yield kept
    for logger in (ACCESS, FAULTS):
        logger.removeHandler(kept)
        logger.setLevel(logging.NOTSET)


def ask_everything(client: TestClient) -> None:
    """Each kind of answer, with the canary in every place that a client can fill."""
    for asked in EVERY:
        mark = ("&" if "?" in asked.path else "?") + f"q={CANARY}"
        client.request(
            asked.method,
            asked.path + mark,
            content=asked.body or None,
            headers={"user-agent": CANARY, "referer": CANARY, "cookie": CANARY, **asked.headers},
        )
    client.get(f"/{CANARY}")
    client.request(CANARY, "/now")
    client.get("/now", headers={"host": f"{CANARY}.example"})


def test_a_line_holds_five_things_and_nothing_of_the_request(
    client: TestClient, lines: Lines
) -> None:
    ask_everything(client)
    assert len(lines.text) == len(EVERY) + 3
    for text in lines.text:
        line = json.loads(text)
        assert list(line) == ["method", "route", "status", "ms", "id"]
    assert leaks(lines) == []


def test_the_route_is_a_template(client: TestClient, lines: Lines) -> None:
    ask_everything(client)
    found = {json.loads(text)["route"] for text in lines.text}
    fixed = {"/healthz", "/readyz", *(f"/api/v1/{name}" for name in ("content", "docs"))}
    paths = [path for _, path in (*OF_AN_ACCOUNT, *WITHOUT)]
    of_accounts = {f"/api/v1{path}".replace(ID, "{id}") for path in paths}
    templates = {path.replace("revisions/1", "revisions/{revision}") for path in of_accounts}
    assert found == {*fixed, *templates, "/api/v1/openapi.json", "page", "asset", "host", "none"}


def test_a_line_that_held_the_path_would_be_found(
    client: TestClient, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "_route", lambda scope: scope["path"])
    ask_everything(client)
    assert leaks(lines)


def leaks(lines: Lines) -> list[str]:
    return [text for text in lines.text if CANARY in text or ADDRESS in text]


def failing(error: Exception) -> Callable[[Database, object], NoReturn]:
    def fail(_database: Database, _fn: object) -> NoReturn:
        raise error

    return fail


def test_a_fault_is_told_by_kind_and_place_without_its_message(
    client: TestClient, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "read", failing(ValueError(CANARY)))
    answer = client.get("/readyz")
    fault, access = (json.loads(text) for text in lines.text)
    assert fault["fault"] == "ValueError"
    assert fault["id"] == access["id"] == answer.json()["request_id"]
    assert any(place.startswith("app/api/health.py:") for place in fault["where"])
    assert leaks(lines) == []


def test_the_web_servers_own_lines_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    level = root.level
    try:
        configure("info")
        assert not logging.getLogger("uvicorn.error").isEnabledFor(logging.WARNING)
        assert logging.getLogger("uvicorn.error").isEnabledFor(logging.ERROR)
        assert ACCESS.isEnabledFor(logging.INFO)
    finally:
        root.setLevel(level)
