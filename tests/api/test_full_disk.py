"""A full disk as those who ask see it: they read and delete, and save again once there is room."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from app import limits
from app.main import create_app, prepare
from app.settings import Settings
from tests import postgres
from tests.api.conftest import PROXY
from tests.api.people import JOURNAL, LENGTHS, ORIGIN, PLAN, Browser, Person, tag, told
from tests.small_disk import fill_up, mounted

LARGE = LENGTHS[-1]
MEBIBYTES = 64


@contextmanager
def on_sqlite(place: Path) -> Iterator[tuple[Settings, Path]]:
    with mounted(place, MEBIBYTES) as disk:
        settings = Settings(_env_file=None, data_dir=disk / "data", public_origin=ORIGIN)
        yield settings, disk


@contextmanager
def on_postgres(place: Path, server: str) -> Iterator[tuple[Settings, Path]]:
    """The database's own tables fill up; PostgreSQL itself, and its journal, have room."""
    with (
        mounted(postgres.folder_of(server) / "small", MEBIBYTES) as disk,
        psycopg.connect(server, autocommit=True) as connection,
    ):
        if os.geteuid() == 0:
            os.chown(disk, postgres.NOBODY, postgres.NOBODY)
        connection.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        connection.execute("CREATE DATABASE small TABLESPACE small")
        url = server.replace(server[server.rindex("/") + 1 : server.index("?")], "small", 1)
        try:
            yield (
                Settings(_env_file=None, data_dir=place, database_url=url, public_origin=ORIGIN),
                disk,
            )
        finally:
            connection.execute("DROP DATABASE small WITH (FORCE)")
            connection.execute("DROP TABLESPACE small")


@pytest.fixture(params=["sqlite", "postgresql"])
def disk(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Settings, Path]]:
    """A disk of 64 MiB, and the settings of an installation whose rows stand on it."""
    monkeypatch.setattr(limits, "BALLAST_BYTES", 10 * 2**20)
    if request.param == "sqlite":
        made = on_sqlite(tmp_path / "disk")
    else:
        made = on_postgres(tmp_path / "data", request.getfixturevalue("new_postgres")())
    with made as found:
        prepare(found[0])
        yield found


def save(phone: Browser, person: Person, plan: bytes, revision: int) -> tuple[Any, bytes]:
    envelope = person.envelope(PLAN, revision, plan, size=LARGE)
    return phone.save("plan", envelope, tag(revision - 1, plan)), envelope


def save_until_full(phone: Browser, person: Person, plan: bytes) -> tuple[bytes, int]:
    """The last plan that was taken, and its revision."""
    revision = 1
    while True:
        answer, envelope = save(phone, person, plan, revision + 1)
        if answer.status_code != 200:
            assert told(answer) == (507, "storage_full")
            return plan, revision
        plan, revision = envelope, revision + 1


def test_reading_and_deleting_go_on_and_saving_does_again(
    disk: tuple[Settings, Path], small_release: Path
) -> None:
    settings, place = disk
    person, leaving, late = Person(), Person(), Person()
    settings = settings.model_copy(update={"trusted_proxies": "127.0.0.1"})
    app = create_app(settings, small_release)
    with TestClient(app, base_url=ORIGIN, client=PROXY) as client:
        phone, other, third = (Browser(client, f"203.0.113.{n}") for n in range(3))
        plan = phone.register(person)
        other.register(leaving)
        filler = fill_up(place)
        plan, revision = save_until_full(phone, person, plan)
        journal = person.envelope(JOURNAL, size=LARGE)
        for _ in range(3):
            assert told(save(phone, person, plan, revision + 1)[0]) == (507, "storage_full")
            assert told(phone.save("journal", journal, "*")) == (507, "storage_full")
        for path in (
            "plan",
            "plan/revisions",
            f"plan/revisions/{revision}",
            "sessions",
            "key-slots",
        ):
            assert phone.ask("GET", f"/{path}").status_code == 200
        assert phone.ask("GET", "/plan").content == plan
        assert other.ask("DELETE", "/account", headers=leaving.proof()).status_code == 204
        assert told(other.ask("GET", "/plan")) == (401, "signed_out")
        filler.unlink()
        answer, plan = save(phone, person, plan, revision + 1)
        assert answer.status_code == 200
        assert phone.save("journal", journal, "*").status_code == 200
        assert phone.ask("GET", "/plan").content == plan
        third.register(late)
