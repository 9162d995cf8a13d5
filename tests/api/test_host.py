"""One origin: every other Host is sent there with its path and query, but for the health checks."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.api.people import ORIGIN


def asking(app: FastAPI, host: str) -> TestClient:
    return TestClient(app, base_url=ORIGIN, headers={"host": host}, follow_redirects=False)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1:8000", "localhost", "localhost:8001", "localhost:8000.evil.example", ""),
        *("evil.example", "LOCALHOST:80", "[::1]:8000", "localhost:8000, evil.example"),
    ],
)
def test_another_host_is_sent_to_the_public_origin(app: FastAPI, host: str) -> None:
    answer = asking(app, host).get("/read?x=%2F..%20&y=ü#z")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{ORIGIN}/read?x=%2F..%20&y=%C3%BC"


@pytest.mark.parametrize("host", ["localhost:8000", "LocalHost:8000"])
def test_the_public_host_is_answered(app: FastAPI, host: str) -> None:
    assert asking(app, host).get("/now").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered_on_any_host(app: FastAPI, path: str) -> None:
    assert asking(app, "10.0.0.7:8000").get(path).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_every_method_is_sent_there_unchanged(app: FastAPI, method: str) -> None:
    answer = asking(app, "evil.example").request(method, "/api/v1/content")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{ORIGIN}/api/v1/content")


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "/@evil.example"])
def test_a_path_that_looks_like_a_host_stays_a_path(app: FastAPI, path: str) -> None:
    answer = asking(app, "127.0.0.1:8000").get(f"{ORIGIN}{path}")
    assert answer.headers["location"].startswith(f"{ORIGIN}/")


async def _ask_with(app: FastAPI, headers: list[tuple[bytes, bytes]], path: bytes) -> int:
    """Past the client, which would put the request right first."""
    sent: list[int] = []

    async def send(message: dict[str, int]) -> None:
        sent.append(message.get("status", 0))

    scope = {"type": "http", "method": "GET", "path": path.decode(), "raw_path": path}
    scope |= {"headers": headers, "query_string": b"", "http_version": "1.1", "scheme": "http"}
    await app(scope, None, send)  # type: ignore[arg-type]
    return sent[0]


@pytest.mark.parametrize(
    "headers", [[], [(b"host", b"localhost:8000"), (b"host", b"evil.example")]]
)
def test_no_host_or_two_are_not_the_public_one(
    app: FastAPI, headers: list[tuple[bytes, bytes]]
) -> None:
    import anyio  # noqa: PLC0415

    assert anyio.run(_ask_with, app, headers, b"/now") == 308
    assert anyio.run(_ask_with, app, [(b"host", b"localhost:8000")], b"/now") == 200
    assert anyio.run(_ask_with, app, headers, b"*") == 308


@pytest.mark.parametrize(
    ("origin", "host", "status"),
    [
        ("https://keel.example", "keel.example", 200),
        ("https://keel.example", "keel.example:443", 200),
        ("https://keel.example", "keel.example:8443", 308),
        ("https://keel.example:8443", "keel.example:8443", 200),
        ("https://keel.example:8443", "keel.example", 308),
    ],
)
def test_the_default_port_may_be_left_out(
    data_dir: Path, small_release: Path, origin: str, host: str, status: int
) -> None:
    settings = Settings(_env_file=None, data_dir=data_dir, public_origin=origin)
    assert asking(create_app(settings, small_release), host).get("/now").status_code == status


def test_no_browser_keeps_the_way_to_an_origin_that_was_set_wrong(app: FastAPI) -> None:
    assert asking(app, "evil.example").get("/").headers["cache-control"] == "no-store"
