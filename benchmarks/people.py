"""The people of a measured run, made from their numbers alone, and all of them put into Keel's."""

import base64
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Table

from app.crypto.at_rest import Keyring
from app.models.accounts import ACCOUNTS
from app.models.key_slots import KEY_SLOTS
from app.models.plans import DOCUMENTS, REVISIONS
from app.models.sessions import SESSIONS
from app.settings import Settings
from app.storage import key_file
from app.storage.database import Connection, Database

SEALED_BYTES = 8192 + 160  # what seals 8 KiB; the server takes no other length
CROWD_BYTES = 1184
"""A plan of those who only stand in the database, and ask for nothing."""
AT_ONCE = 2000
TABLES: tuple[Table, ...] = (ACCOUNTS, KEY_SLOTS, SESSIONS, DOCUMENTS, REVISIONS)

Rows = dict[Table, list[dict[str, Any]]]


class Person(NamedTuple):
    """`token` and `auth_key` are 32 bytes; `name` is one that the server could have drawn."""

    account: UUID
    token: bytes
    name: str
    auth_key: bytes

    @property
    def cookie(self) -> str:
        return f"__Host-sp={text(self.token)}"


def text(value: bytes) -> str:
    """Base64url without padding, as everything travels."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def drawn(what: str, number: int) -> bytes:
    """32 bytes that look random and are the same in every process."""
    return sha256(f"{what} {number}".encode()).digest()


def person(number: int) -> Person:
    account = UUID(bytes=drawn("account", number)[:16])
    letters = "".join(chr(ord("a") + byte % 26) for byte in drawn("name", number)[:12])
    name = f"{letters[:6]}-{letters[6:]}-{number % 10000:04}"
    return Person(account, drawn("token", number), name, drawn("auth", number))


def envelope(
    one: Person, revision: int = 1, parent: bytes = bytes(32), size: int = SEALED_BYTES
) -> bytes:
    """What the server takes for a sealed plan: its first 80 bytes are true."""
    object_id = drawn("object", one.account.int)[:16]
    head = b"SPE1\x01\x01\x00\x00" + one.account.bytes + object_id
    head += revision.to_bytes(8, "big") + parent
    return head + bytes(size - len(head))


def fill(settings: Settings, asking: int, crowd: int = 0) -> None:
    """So many people who will ask, with 8 KiB each, and a crowd beside them, all signed in."""
    keyring = key_file.read(settings.key_file)
    numbers = iter(range(asking + crowd))
    with closing(Database(settings.database_url)) as database:
        while some := list(islice(numbers, AT_ONCE)):
            database.write_now(partial(_insert, _rows(keyring, some, asking)))


def _insert(rows: Rows, held: Connection) -> None:
    for table in TABLES:
        held.execute(table.insert(), rows[table])


def _rows(keyring: Keyring, numbers: list[int], asking: int) -> Rows:
    rows: Rows = {table: [] for table in TABLES}
    for number in numbers:
        size = SEALED_BYTES if number < asking else CROWD_BYTES
        for table, row in _of(keyring, person(number), size):
            rows[table].append(row)
    return rows


def _of(keyring: Keyring, one: Person, size: int) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Everything that belongs to one account, row by row."""
    today, mine = datetime.now(UTC).date(), {"account_id": one.account}
    sealed, named = envelope(one, size=size), one.name.encode()
    yield (
        ACCOUNTS,
        {
            "id": one.account,
            "name_verifier": keyring.verifier("name", named),
            "auth_verifier": keyring.verifier("auth", one.auth_key),
            "lookup_verifier": keyring.verifier("lookup", named),
            "recovery_verifier": keyring.verifier("recovery", one.auth_key),
            "gone_mark": keyring.verifier("gone", one.account.bytes),
            "created_on": today,
        },
    )
    for number, kind in enumerate(("passphrase", "recovery")):
        id = UUID(int=number + 1)
        place = {"row": id.bytes, "account": one.account.bytes}
        slot = keyring.seal(bytes(192), table="key_slots", column="sealed", **place)
        yield KEY_SLOTS, {**mine, "id": id, "kind": kind, "sealed": slot}
    yield (
        SESSIONS,
        {
            **mine,
            "id": UUID(int=1),
            "token_hash": sha256(one.token).digest(),
            "number": 1,
            "device": "phone",
            **dict.fromkeys(("created_on", "last_seen_on", "renewed_on"), today),
        },
    )
    kept = {**mine, "kind": 1, "revision": 1}
    stands = {"object_id": UUID(bytes=sealed[24:40]), "hash": sha256(sealed).digest()}
    yield DOCUMENTS, {**kept, **stands}
    yield REVISIONS, {**kept, "saved_on": today, "size": size, "envelope": sealed}
