"""An upgrade that is killed anywhere, and started again, ends as if nobody had killed it."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from starlette.testclient import TestClient

from app.main import create_app, prepare
from app.settings import Settings
from app.storage.data_directory import make_private, make_private_file
from tests import postgres
from tests.api.people import JOURNAL, ORIGIN, PLAN, Browser, Person, tag
from tests.api.small_release import write_small_release
from tests.conftest import Figure, size
from tests.migrating import Upgrade, later_migrations, stand

KILLS = size(4, 100)
PEOPLE = 20
SAVES = 5
MOMENTS = Random(20261122)
NOTHING, TODAYS, LATER = "", "20261122_sealed_plans", "20990101_whole_tables"
"""Where an upgrade starts: an empty database, the newest of ours, the last but one."""


@dataclass
class Lived:
    """An installation where people have saved, and the same database at every revision."""

    settings: Settings
    release: Path
    folder: Path
    at: dict[str, str]
    saved: list[tuple[str, bytes]]

    def upgrade(self, start: str, name: str = "killed", to: str = "head") -> Upgrade:
        """Of a copy that stands at this revision."""
        return Upgrade(copied(self.at[start], name), self.folder, to)

    def whole(self, start: str) -> Upgrade:
        """One that nobody kills."""
        upgrade = self.upgrade(start, "whole")
        assert upgrade.run() == 0
        return upgrade

    def serves(self, url: str) -> bool:
        """The app starts with it: what people saved is there, and a newcomer is taken in."""
        settings = self.settings.model_copy(update={"database_url": url})
        prepare(settings)
        with TestClient(create_app(settings, self.release), base_url=ORIGIN) as client:
            found = [Browser(client, cookie=cookie).ask("GET", "/plan") for cookie, _ in self.saved]
            is_whole = [one.content for one in found] == [plan for _, plan in self.saved]
            return is_whole and bool(Browser(client).register(Person()))


def copied(url: str, name: str) -> str:
    """Another database with the same in it."""
    if not url.startswith("sqlite:"):
        return postgres.copied_database(url, name)
    path = Path(url.removeprefix("sqlite:///"))
    for old in path.parent.glob(f"{name}.*"):
        old.unlink()
    return f"sqlite:///{shutil.copy(path, path.with_name(f'{name}.sqlite3'))}"


def live(settings: Settings, release: Path) -> list[tuple[str, bytes]]:
    """People begin, mistype, save plans and a journal; each one's cookie and newest plan."""
    with TestClient(create_app(settings, release), base_url=ORIGIN) as client:
        return [_live(Browser(client), Person()) for _ in range(PEOPLE)]


def _live(phone: Browser, person: Person) -> tuple[str, bytes]:
    plan = phone.register(person)
    assert Browser(phone.client).sign_in(Person(name=person.name)).status_code == 401
    for revision in range(1, SAVES):
        newer = person.envelope(PLAN, revision + 1, plan)
        assert phone.save("plan", newer, tag(revision, plan)).status_code == 200
        plan = newer
    assert phone.save("journal", person.envelope(JOURNAL), "*").status_code == 200
    return phone.cookie, plan


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        make_private(folder / "data")
        nothing, todays = (f"sqlite:///{folder}/data/{name}.sqlite3" for name in ("none", "keel"))
        make_private_file(folder / "data" / "none.sqlite3")
    else:
        new_postgres: Callable[[], str] = request.getfixturevalue("new_postgres")
        nothing, todays = new_postgres(), new_postgres()
    settings = Settings(
        _env_file=None, data_dir=folder / "data", database_url=todays, public_origin=ORIGIN
    )
    prepare(settings)
    release = write_small_release(folder / "release")
    made = Lived(
        settings,
        release,
        later_migrations(folder),
        {NOTHING: nothing, TODAYS: todays},
        live(settings, release),
    )
    later = made.upgrade(TODAYS, "later", to=LATER)
    assert later.run() == 0
    made.at[LATER] = later.url
    return made


@pytest.mark.parametrize("start", [NOTHING, TODAYS, LATER])
def test_an_upgrade_that_was_killed_ends_as_one_that_was_not(
    lived: Lived, start: str, figure: Figure
) -> None:
    whole = lived.whole(start)
    expected, done = stand(whole.url), list[Upgrade]()
    while sum(one.kills for one in done) < KILLS:
        done.append(lived.upgrade(start))
        assert done[-1].kill_until_it_ends(MOMENTS, whole) == 0
        assert stand(done[-1].url) == expected
    amid = sum(one.amid for one in done)
    assert amid >= KILLS / 3
    if start == NOTHING:
        lived.saved = []
    assert lived.serves(done[-1].url)
    figure(
        f"{sum(one.kills for one in done)} kills of {len(done)} upgrades from "
        f"{start or 'nothing'} on {lived.settings.database_url[:6]}: every row as it has to be; "
        f"{amid} in the midst of it"
    )


@pytest.mark.parametrize("start", [TODAYS, LATER])
def test_the_control_an_upgrade_that_commits_half_way_is_found(lived: Lived, start: str) -> None:
    whole = lived.whole(start)
    expected = stand(whole.url)
    killed = lived.upgrade(start)
    killed.commits_half = "yes"
    assert killed.run(steps=whole.steps // 2, seconds=0) is None
    assert killed.run() != 0 or stand(killed.url) != expected


@pytest.mark.parametrize("start", [NOTHING, LATER])
def test_two_upgrades_at_once_are_one(lived: Lived, start: str) -> None:
    """Whoever waited for the first was killed alone, and started again while it goes on."""
    expected = stand(lived.whole(start).url)
    first = lived.upgrade(start)
    second = Upgrade(first.url, first.folder)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda one: one.run(), (first, second))) == [0, 0]
    assert stand(first.url) == expected
