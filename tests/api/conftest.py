"""A server in this process: one data directory, one small release, and somebody who asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.settings import Settings
from tests.api.small_release import write_small_release

ORIGIN = "http://localhost:8000"


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose database is up to date; made once, since nothing here writes."""
    directory = tmp_path_factory.mktemp("kept") / "data"
    prepare(Settings(_env_file=None, data_dir=directory, public_origin=ORIGIN))
    return directory


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small release; a test that changes files asks for `release` instead."""
    return write_small_release(tmp_path_factory.mktemp("release"))


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A small release of the test's own."""
    return write_small_release(tmp_path / "release")


@pytest.fixture(scope="session")
def app(data_dir: Path, small_release: Path) -> FastAPI:
    """The server as `serve` would run it."""
    settings = Settings(_env_file=None, data_dir=data_dir, public_origin=ORIGIN)
    return create_app(settings, small_release)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody who asks at the public origin, and follows no redirect."""
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as asking:
        yield asking
