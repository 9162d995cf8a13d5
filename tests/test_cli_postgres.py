"""Backup, restore and rotate-keys on PostgreSQL, by its own programs, under load."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.cli_backup import back_up, restore
from app.cli_keys import rotate_keys
from app.crypto.at_rest import Keyring
from app.errors import CannotStart
from app.settings import Settings
from app.storage import gone, key_file, postgres_dump, resealing
from app.storage.database import Database
from tests.installation import account, begun, envelope, fill, save, slots_that_open
from tests.postgres import PROGRAMS, new_database, running
from tests.test_cli_backup import lines, wait_for_lines, writing

PEOPLE = 20


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture(scope="module")
def settings(server: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = begun(tmp_path_factory.mktemp("filled") / "data", new_database(server, "keel"))
    fill(made, PEOPLE)
    return made


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def empty(server: str, request: pytest.FixtureRequest) -> str:
    return new_database(server, f"e{abs(hash(request.node.name))}")


def there(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"database_url": url})


def revisions(url: str) -> dict[tuple[str, int], bytes]:
    def read(held: Connection) -> dict[tuple[str, int], bytes]:
        rows = held.execute(text("SELECT account_id, revision, envelope FROM revisions"))
        return {(whose.hex, revision): bytes(sealed) for whose, revision, sealed in rows}

    with closing(Database(url)) as database:
        return database.read_now(read)


def test_a_drill_from_backup_to_a_restored_database(
    settings: Settings, tmp_path: Path, empty: str
) -> None:
    assert f"{PEOPLE} accounts" in back_up(settings, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert f"{2 * PEOPLE} key_slots" in restore(settings, tmp_path / "copy", empty)
    assert slots_that_open(there(settings, empty)) == 2 * PEOPLE
    assert revisions(empty) == revisions(settings.database_url)
    with closing(Database(empty)) as database:
        save(database, 0, max(revision for _, revision in revisions(empty)) + 1)
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_nothing_is_restored_over_data(settings: Settings, tmp_path: Path, empty: str) -> None:
    back_up(settings, tmp_path / "copy")
    with closing(Database(empty)) as database:
        database.write_now(lambda held: held.execute(text("CREATE TABLE letters (n INTEGER)")))
    for full in (empty, settings.database_url):
        with pytest.raises(CannotStart, match="over data"):
            restore(settings, tmp_path / "copy", full)


def test_whoever_was_deleted_after_the_backup_stays_deleted(
    settings: Settings, tmp_path: Path, empty: str
) -> None:
    back_up(settings, tmp_path / "copy")
    mark = key_file.read(settings.key_file).verifier("gone", account(3).bytes)
    gone.add(gone.gone_file(settings.key_file), mark)
    assert "1 deleted accounts" in restore(settings, tmp_path / "copy", empty)
    assert slots_that_open(there(settings, empty)) == 2 * (PEOPLE - 1)
    assert account(3).hex not in {whose for whose, _ in revisions(empty)}
    gone.gone_file(settings.key_file).write_bytes(b"")


def test_a_backup_under_load_holds_every_acknowledgement_from_before_its_start(
    settings: Settings, tmp_path: Path, empty: str
) -> None:
    file = tmp_path / "acknowledged"
    with writing(settings, file):
        wait_for_lines(file, len(lines(file)) + 30)
        before = lines(file)
        back_up(settings, tmp_path / "copy")
        wait_for_lines(file, len(before) + 10)
    restore(settings, tmp_path / "copy", empty)
    newest: dict[str, int] = {}
    for whose, revision in revisions(empty):
        newest[whose] = max(newest.get(whose, 0), revision)
    assert [one for one in before if newest.get(one[0], 0) < one[1]] == []
    assert len(before) >= 60


def test_a_dump_that_was_cut_short_or_altered_is_refused(
    settings: Settings, tmp_path: Path, empty: str
) -> None:
    back_up(settings, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:200], b"PGDMP"):
        (tmp_path / "damaged").write_bytes(damaged)
        with pytest.raises(CannotStart):
            restore(settings, tmp_path / "damaged", empty)
    restore(settings, tmp_path / "copy", empty)


@pytest.mark.parametrize("lost", ["accounts", "revisions"])
def test_a_dump_without_one_of_the_tables_does_not_count(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    real = postgres_dump.rows_in_dump
    monkeypatch.setattr(
        postgres_dump,
        "rows_in_dump",
        lambda file: {name: count for name, count in real(file).items() if name != lost},
    )
    with pytest.raises(CannotStart, match="does not hold"):
        back_up(settings, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_of_another_installation_is_told_with_what_to_do(
    settings: Settings, tmp_path: Path, empty: str
) -> None:
    back_up(settings, tmp_path / "copy")
    other = begun(tmp_path / "other")
    with pytest.raises(CannotStart, match=r"does not hold the key.*drop it first"):
        restore(other, tmp_path / "copy", empty)


def test_a_backup_goes_only_to_its_own_kind_of_place(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    with pytest.raises(CannotStart, match="can't go there"):
        restore(settings, tmp_path / "copy", str(tmp_path / "new"))


def test_no_password_stands_in_an_argument(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = subprocess.run

    def watched(command: list[str], **given: object) -> object:
        seen.append(" ".join(command))
        assert dict(given["env"])["PGPASSWORD"] == "s3cret"  # type: ignore[call-overload]
        return real(command, **given)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    url = settings.database_url.replace("keel@", "keel:s3cret@")
    back_up(there(settings, url), tmp_path / "copy")
    assert len(seen) == 1
    assert "s3cret" not in seen[0]


def test_without_postgresqls_programs_it_is_said_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match="not installed"):
        back_up(settings, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_every_slot_is_resealed_under_a_new_key(settings: Settings) -> None:
    told = rotate_keys(settings)
    keyring: Keyring = key_file.read(settings.key_file)
    assert f"{2 * PEOPLE} rows resealed" in told
    with closing(Database(settings.database_url)) as database:
        found = database.read_now(resealing.sealed_under)
    assert found == {keyring.keys[0].id: 2 * PEOPLE}
    assert slots_that_open(settings) == 2 * PEOPLE
    assert envelope(0, 1) in revisions(settings.database_url).values()
