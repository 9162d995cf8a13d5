"""A server in this process: settings of a test's own, a small release, and somebody who asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.settings import Settings
from tests.api.small_release import write_small_release

ORIGIN = "http://localhost:8000"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Defaults, with data in the test's own folder, whatever the environment says."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KEEL_{name.upper()}", raising=False)
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The folder of a small release."""
    return write_small_release(tmp_path / "release")


@pytest.fixture
def app(settings: Settings, release: Path) -> FastAPI:
    """The server as `serve` would run it, database prepared."""
    prepare(settings)
    return create_app(settings, release)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody who asks at the public origin, follows no redirect, and takes errors as answers."""
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as asking:
        yield asking
