"""Everything that can be set, from the environment or `.env`: read once, frozen, handed down."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOCAL = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\Z")


DERIVED = {
    "database_url": "sqlite:////<data directory>/keel.sqlite3",
    "key_file": "<data directory>/keys.json",
    "public_origin": "http://localhost:<port>",
}
"""Defaults that follow from other settings, as `.env.example` shows them."""


def _in_the_data_directory(read: dict[str, Any]) -> str:
    return f"sqlite:///{(read.get('data_dir') or Path('data')).absolute() / 'keel.sqlite3'}"


def _beside_the_database(read: dict[str, Any]) -> Path:
    return (read.get("data_dir") or Path("data")).absolute() / "keys.json"


def _on_this_computer(read: dict[str, Any]) -> str:
    return f"http://localhost:{read.get('port', 8000)}"


class Settings(BaseSettings):
    """Raises pydantic's ValidationError, which names the setting, when one cannot be meant."""

    model_config = SettingsConfigDict(
        env_prefix="KEEL_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    data_dir: Path = Field(
        Path("data"),
        description="Where everything that is kept stands; only its owner may read it.",
    )
    database_url: str = Field(
        default_factory=_in_the_data_directory,
        description="Where the database stands: sqlite:////absolute/path or postgresql://…",
    )
    key_file: Path = Field(
        default_factory=_beside_the_database,
        description="The server's own keys; made at the first start, and in no backup.",
    )
    public_origin: str = Field(
        default_factory=_on_this_computer,
        description="The one origin that browsers see; every other Host is sent there.",
    )
    signups: Literal["open", "closed"] = Field(
        "open", description="open or closed: whether new accounts are taken."
    )
    trusted_proxies: str = Field(
        "",
        description="Whose X-Forwarded-For is believed: addresses or networks, with commas.",
    )
    workers: int = Field(1, ge=1, le=64, description="How many processes serve.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="debug, info, warning or error."
    )

    @field_validator("database_url")
    @classmethod
    def _sqlite_or_postgresql(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:////", "postgresql://", "postgres://")):
            raise ValueError("sqlite:////absolute/path/to/a/file or postgresql://host/database")
        return url

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses_or_networks(cls, named: str) -> str:
        for one in named.split(","):
            try:
                ip_network(one.strip() or "::1")
            except ValueError:
                raise ValueError("addresses or networks, like 127.0.0.1, 10.0.0.0/8") from None
        return named

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """KEEL_TRUSTED_PROXIES, read."""
        return tuple(
            ip_network(one.strip()) for one in self.trusted_proxies.split(",") if one.strip()
        )

    @field_validator("public_origin")
    @classmethod
    def _an_origin_and_no_more(cls, origin: str) -> str:
        parts = urlsplit(origin)
        if origin and (
            parts.scheme not in ("http", "https")
            or not re.fullmatch(r"[a-z0-9.-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?", parts.netloc)
            or origin != f"{parts.scheme}://{parts.netloc}"
        ):
            raise ValueError("an origin looks like https://keel.example, in lower case, no path")
        if parts.scheme == "http" and not LOCAL.match(parts.netloc):
            raise ValueError("browsers keep no keys for http, except on localhost: use https")
        return origin


def example() -> str:
    """`.env.example`: every setting with its reason and its default, each commented out."""
    lines = [
        "# Every setting of Keel, with its default. Copy this to .env and change what you need."
    ]
    for name, field in Settings.model_fields.items():
        default = DERIVED.get(name) or field.default
        lines += ["", f"# {field.description}", f"#KEEL_{name.upper()}={default}"]
    return "\n".join(lines) + "\n"
