"""An installation with people in it: made, filled and looked through, with no server running."""

import hashlib
import os
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, delete, select

from app.crypto.at_rest import Keyring
from app.models import METADATA
from app.models.key_slots import KEY_SLOTS
from app.services.upgrade import bring_up_to_date
from app.settings import Settings
from app.storage import accounts, gone, key_file, key_slots, plans
from app.storage.accounts import Verifiers
from app.storage.data_directory import make_private
from app.storage.database import Database
from app.storage.key_slots import Slot
from app.storage.plans import PLAN, NewRevision

TODAY = date(2026, 11, 22)


def begun(folder: Path, url: str = "") -> Settings:
    """Settings of a fresh installation in this folder, its database and key file made."""
    settings = Settings(_env_file=None, data_dir=folder)
    if url:
        settings = settings.model_copy(update={"database_url": url})
    make_private(folder)
    with closing(Database(settings.database_url)) as database:
        bring_up_to_date(database)
    key_file.load_or_make(settings.key_file, has_accounts=False)
    gone.make(gone.gone_file(settings.key_file), has_accounts=False)
    return settings


def copied(settings: Settings, folder: Path) -> Settings:
    """The same installation, on SQLite, in another folder: quicker than to begin one."""
    shutil.copytree(settings.data_dir, folder)
    return Settings(_env_file=None, data_dir=folder)


def emptied(url: str) -> str:
    """The same database without a row."""
    with closing(Database(url)) as database:
        database.write_now(
            lambda held: [held.execute(delete(t)) for t in reversed(METADATA.sorted_tables)]
        )
    return url


def account(number: int) -> UUID:
    return UUID(int=0xA000_0000 + number)


def slot(number: int, kind: int) -> bytes:
    """What a key slot of this person holds: words that can be searched for."""
    return f"slot-canary {number} {kind} ".encode().ljust(192, b".")


def envelope(number: int, revision: int, size: int = 8352) -> bytes:
    return f"plan-canary {number} {revision} ".encode().ljust(size, b"x")


def fill(settings: Settings, people: int, first: int = 0) -> None:
    """So many accounts, each with two sealed slots and the first revision of a plan."""
    keyring = key_file.read(settings.key_file)
    with closing(Database(settings.database_url)) as database:
        database.write_now(lambda held: _insert(held, keyring, range(first, first + people)))


def _insert(held: Connection, keyring: Keyring, numbers: range) -> None:
    for number in numbers:
        id = account(number)
        secrets = [f"{what} {number}".encode() for what in ("name", "auth", "lookup", "recovery")]
        verifiers = Verifiers(*(keyring.verifier("name", secret) for secret in secrets))
        accounts.insert(held, id, verifiers, keyring.verifier("gone", id.bytes), TODAY)
        key_slots.insert(held, keyring, id, [_slot(number, kind) for kind in (16, 17)])
        plans.insert(held, id, PLAN, revision(number, 1), TODAY)


def _slot(number: int, kind: int) -> Slot:
    return Slot(UUID(int=kind), "passphrase" if kind == 16 else "recovery", slot(number, kind))


def revision(number: int, count: int, size: int = 8352) -> NewRevision:
    before, this = envelope(number, count - 1, size), envelope(number, count, size)
    parent = hashlib.sha256(before).digest() if count > 1 else bytes(32)
    return NewRevision(UUID(int=number + 1), count, parent, hashlib.sha256(this).digest(), this)


def save(
    database: Database, number: int, count: int, size: int = 8352, parent: bytes | None = None
) -> None:
    """One more revision, acknowledged when this returns; over `parent`, the hash that stands."""
    new = revision(number, count, size)
    if parent is not None:
        new = new._replace(parent=parent)
    is_saved = database.write_now(lambda held: plans.save(held, account(number), PLAN, new, TODAY))
    assert is_saved


def slots_that_open(settings: Settings) -> int:
    """Opens every key slot with the key file as it is now, and compares; how many there are."""
    keyring = key_file.read(settings.key_file)
    with closing(Database(settings.database_url)) as database:
        found = database.read_now(lambda held: held.execute(select(KEY_SLOTS)).all())
    for row in found:
        place = {"row": row.id.bytes, "account": row.account_id.bytes}
        opened = keyring.open(row.sealed, table="key_slots", column="sealed", **place)
        assert opened == slot(row.account_id.int - 0xA000_0000, row.id.int)
    return len(found)


def files_with(word: bytes, folder: Path) -> list[str]:
    """Every file below this folder that holds these bytes."""
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and word in path.read_bytes()
    ]


def environment(settings: Settings) -> dict[str, str]:
    """What a process of its own needs to find this installation, and nothing else of Keel's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEEL_")}
    return {
        **kept,
        "KEEL_DATA_DIR": str(settings.data_dir),
        "KEEL_DATABASE_URL": settings.database_url,
        "KEEL_KEY_FILE": str(settings.key_file),
    }
