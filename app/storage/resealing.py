"""Resealing: what the keyring sealed in the database, brought row by row under the newest key."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, and_, func, or_, select, update

from app.crypto.at_rest import Keyring, key_id
from app.errors import AtRestRefused
from app.models.key_slots import KEY_SLOTS

AT_ONCE = 100
"""Rows a transaction: short enough that no save waits long for it."""

_START = UUID(int=0)


class Resealed(NamedTuple):
    """What one step did; `last` is where the next one goes on, None after the last row."""

    resealed: int
    refused: int
    last: tuple[UUID, UUID] | None


def reseal_some(
    connection: Connection, keyring: Keyring, after: tuple[UUID, UUID] | None
) -> Resealed:
    """The next rows in their order. A row that will not open is counted and left as it is.

    A row that somebody else changed meanwhile is left to them: they seal under the newest key.
    """
    rows = _next_rows(connection, after or (_START, _START))
    resealed = refused = 0
    for row in rows:
        try:
            resealed += _reseal(connection, keyring, row)
        except AtRestRefused:
            refused += 1
    last = (rows[-1].account_id, rows[-1].id) if len(rows) == AT_ONCE else None
    return Resealed(resealed, refused, last)


def sealed_under(connection: Connection) -> Counter[bytes]:
    """How many rows each key holds, by the key's id."""
    prefix = func.substr(KEY_SLOTS.c.sealed, 5, 8)
    rows = connection.execute(select(prefix, func.count()).group_by(prefix))
    return Counter({bytes(found): count for found, count in rows})


def _next_rows(connection: Connection, after: tuple[UUID, UUID]) -> list[Row[tuple[object, ...]]]:
    account, slot = KEY_SLOTS.c.account_id, KEY_SLOTS.c.id
    is_later = or_(account > after[0], and_(account == after[0], slot > after[1]))
    wanted = select(account, slot, KEY_SLOTS.c.sealed).where(is_later)
    return list(connection.execute(wanted.order_by(account, slot).limit(AT_ONCE)))


def _reseal(connection: Connection, keyring: Keyring, row: Row[tuple[object, ...]]) -> int:
    if key_id(row.sealed) == keyring.keys[0].id:
        return 0
    place = {"row": row.id.bytes, "account": row.account_id.bytes}
    plain = keyring.open(row.sealed, table="key_slots", column="sealed", **place)
    sealed = keyring.seal(plain, table="key_slots", column="sealed", **place)
    is_this = and_(
        KEY_SLOTS.c.account_id == row.account_id,
        KEY_SLOTS.c.id == row.id,
        KEY_SLOTS.c.sealed == row.sealed,
    )
    return connection.execute(update(KEY_SLOTS).where(is_this).values(sealed=sealed)).rowcount
