"""Settings: read from the environment, frozen, refused in words, and written in .env.example."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, example

ROOT = Path(__file__).parents[1]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """No KEEL_ setting, and a folder without .env."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KEEL_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def test_the_defaults_serve_this_computer_alone(environment: pytest.MonkeyPatch) -> None:
    found = Settings()
    assert (found.host, found.port, found.workers) == ("127.0.0.1", 8000, 1)
    assert found.public_origin == "http://localhost:8000"
    assert found.database_url == f"sqlite:///{Path.cwd()}/data/keel.sqlite3"


def test_what_follows_from_another_setting_follows_it(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KEEL_PORT", "8123")
    environment.setenv("KEEL_DATA_DIR", "/var/lib/keel")
    environment.setenv("KEEL_PUBLIC_ORIGIN", "")
    found = Settings()
    assert found.public_origin == "http://localhost:8123"
    assert found.database_url == "sqlite:////var/lib/keel/keel.sqlite3"


def test_a_file_named_env_is_read_and_the_environment_wins(
    environment: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("KEEL_PORT=8200\nKEEL_WORKERS=3\nOTHER=1\n")
    environment.setenv("KEEL_PORT", "8300")
    assert (Settings().port, Settings().workers) == (8300, 3)


def test_settings_do_not_change(environment: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "mysql://keel:s3cret@db/keel"),
        ("DATABASE_URL", "postgresql+asyncpg://keel:s3cret@db/keel"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, s3cret"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("SIGNUPS", "sometimes"),
        ("DATABASE_URL", "sqlite:///relative.sqlite3"),
        ("PUBLIC_ORIGIN", "https://keel.example/"),
        ("PUBLIC_ORIGIN", "https://user:s3cret@keel.example"),
        ("PUBLIC_ORIGIN", "https://keel.example/path"),
        ("PUBLIC_ORIGIN", "HTTPS://Keel.Example"),
        ("PUBLIC_ORIGIN", "http://keel.example"),
        ("PUBLIC_ORIGIN", "http://localhost.evil.example"),
        ("PUBLIC_ORIGIN", "ftp://localhost"),
        ("PUBLIC_ORIGIN", "localhost:8000"),
        ("PUBLIC_ORIGIN", "https://keel.example\r\nX: y"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_repeated(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(f"KEEL_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert name.lower() in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "origin",
    [
        *("https://keel.example", "https://keel.example:8443", "http://localhost:8000"),
        *("http://127.0.0.1", "http://[::1]:8000", "https://[2001:db8::1]"),
    ],
)
def test_an_origin_is_taken_as_it_is(environment: pytest.MonkeyPatch, origin: str) -> None:
    environment.setenv("KEEL_PUBLIC_ORIGIN", origin)
    assert Settings().public_origin == origin


def test_proxies_are_addresses_or_networks(environment: pytest.MonkeyPatch) -> None:
    assert Settings().proxies == ()
    environment.setenv("KEEL_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,2001:db8::/32")
    named = ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]
    assert [str(one) for one in Settings().proxies] == named


def test_postgresql_is_taken_with_several_hosts(environment: pytest.MonkeyPatch) -> None:
    url = "postgresql://keel:s3cret@db-1,db-2:5433/keel?target_session_attrs=read-write"
    environment.setenv("KEEL_DATABASE_URL", url)
    assert Settings().database_url == url


def test_the_example_is_what_the_class_says() -> None:
    assert (ROOT / ".env.example").read_text("utf-8") == example()


def test_the_example_names_every_setting_and_sets_none() -> None:
    text = example()
    assert all(f"\n#KEEL_{name.upper()}=" in text for name in Settings.model_fields)
    assert all(line.startswith("#") for line in text.splitlines() if line)
