"""/healthz never asks the database; /readyz is 200 only when it answers and is up to date."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.settings import Settings
from app.storage.database import Database


def asking(settings: Settings, release: Path) -> TestClient:
    return TestClient(create_app(settings, release), base_url=settings.public_origin)


@pytest.fixture
def prepared(settings: Settings) -> Settings:
    prepare(settings)
    return settings


def set_revision(settings: Settings, revision: str) -> None:
    database = Database(settings.database_url)
    database.migrate(
        lambda connection: connection.exec_driver_sql(
            "UPDATE alembic_version SET version_num = ?", (revision,)
        )
    )
    database.close()


def test_ready_when_the_database_is_up_to_date(prepared: Settings, small_release: Path) -> None:
    answer = asking(prepared, small_release).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("revision", "status"), [("20200101_old", 503), ("20991231_new", 200)])
def test_behind_is_not_ready_and_past_is(
    prepared: Settings, small_release: Path, revision: str, status: int
) -> None:
    set_revision(prepared, revision)
    assert asking(prepared, small_release).get("/readyz").status_code == status


def test_no_database_is_not_ready_and_none_is_made(settings: Settings, small_release: Path) -> None:
    client = asking(settings, small_release)
    assert client.get("/readyz").json()["code"] == "unavailable"
    assert client.get("/healthz").json() == {"status": "ok"}
    assert not settings.data_dir.exists()


def test_a_database_that_goes_away_is_not_ready(prepared: Settings, small_release: Path) -> None:
    client = asking(prepared, small_release)
    path = prepared.data_dir / "keel.sqlite3"
    path.rename(path.with_suffix(".away"))
    assert client.get("/readyz").status_code == 503
    path.with_suffix(".away").rename(path)
    assert client.get("/readyz").status_code == 200


def test_a_database_that_is_no_database_is_not_ready(
    prepared: Settings, small_release: Path
) -> None:
    (prepared.data_dir / "keel.sqlite3").write_bytes(b"not a database at all, only words" * 100)
    assert asking(prepared, small_release).get("/readyz").status_code == 503
