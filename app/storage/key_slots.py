"""Key slots: handed over and given back as envelopes, stored as the keyring seals them."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from app.crypto.at_rest import Keyring
from app.errors import RequestRefused
from app.models.key_slots import KEY_SLOTS
from app.models.prepared import Prepared


class Slot(NamedTuple):
    """One way to unlock; `kind` is passphrase or recovery."""

    id: UUID
    kind: str
    envelope: bytes


_OF_ONE = Prepared(
    select(KEY_SLOTS.c.id, KEY_SLOTS.c.kind, KEY_SLOTS.c.sealed)
    .where(KEY_SLOTS.c.account_id == bindparam("account"))
    .order_by(KEY_SLOTS.c.id)
)


def insert(connection: Connection, keyring: Keyring, account_id: UUID, slots: list[Slot]) -> None:
    """Ids are distinct. RequestRefused invalid_request when one of them stands there already."""
    rows = [
        {"account_id": account_id, "id": id, "kind": kind}
        | {"sealed": keyring.seal(envelope, **_place(account_id, id))}
        for id, kind, envelope in slots
    ]
    try:
        connection.execute(KEY_SLOTS.insert(), rows)
    except IntegrityError:
        raise RequestRefused("invalid_request") from None


def read(connection: Connection, keyring: Keyring, account_id: UUID) -> list[Slot]:
    """All of an account's, by id. AtRestRefused when one does not open."""
    return [
        Slot(id, kind, keyring.open(sealed, **_place(account_id, id)))
        for id, kind, sealed in _OF_ONE.rows(connection, {"account": account_id})
    ]


def _place(account_id: UUID, id: UUID) -> dict[str, Any]:
    """Where a slot stands: sealed bytes open nowhere else."""
    return {
        "table": "key_slots",
        "column": "sealed",
        "row": id.bytes,
        "account": account_id.bytes,
    }


def remove_kind(connection: Connection, account_id: UUID, kind: str) -> None:
    """Every slot of this kind."""
    columns = KEY_SLOTS.c
    connection.execute(
        delete(KEY_SLOTS).where(columns.account_id == account_id, columns.kind == kind)
    )


def remove_all(connection: Connection, account_id: UUID) -> None:
    """Every slot of the account's."""
    connection.execute(delete(KEY_SLOTS).where(KEY_SLOTS.c.account_id == account_id))
