"""Whether a key file and a database belong together, before anybody is told a secret is wrong."""

from sqlalchemy import Connection, func, select

from app.crypto.at_rest import Keyring
from app.errors import CannotStart
from app.models.accounts import ACCOUNTS
from app.models.key_slots import KEY_SLOTS

SAMPLE = 100


def check_fit(connection: Connection, keyring: Keyring, *, rows: int | None = SAMPLE) -> None:
    """CannotStart (key_file): a key or the pepper that this database needs is missing.

    A start looks at a few rows, which tells another installation's key file; None is all of them.
    """
    some = select(KEY_SLOTS.c.sealed).limit(rows).subquery()
    found = connection.execute(select(func.substr(some.c.sealed, 5, 8)).distinct())
    used = {bytes(key) for (key,) in found}
    missing = used - {key.id for key in keyring.keys}
    if missing:
        raise CannotStart(
            "key_file",
            "The key file does not hold the key that a part of this database was sealed under "
            f"({', '.join(sorted(key.hex() for key in missing))}). Put the key file back that "
            "belongs to it; an older backup wants the key file of its own time.",
        )
    any_account = select(ACCOUNTS.c.id, ACCOUNTS.c.gone_mark).limit(1)
    for account_id, mark in connection.execute(any_account):
        if mark not in keyring.verifiers("gone", account_id.bytes):
            raise CannotStart(
                "key_file",
                "The key file's pepper is not the one that this database was written with, so "
                "that no name and no secret would be recognised. Put the right key file back.",
            )
