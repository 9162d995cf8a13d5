"""Accounts: found by verifiers alone, changed whole, and deleted with everything of theirs."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Uuid,
    bindparam,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict
from app.models.accounts import ACCOUNTS
from app.models.key_slots import KEY_SLOTS
from app.models.plans import DOCUMENTS, REVISIONS
from app.models.prepared import Prepared
from app.models.sessions import SESSIONS

OF_AN_ACCOUNT = (REVISIONS, DOCUMENTS, KEY_SLOTS, SESSIONS)
"""Everything that belongs to one, what leans on others first."""

AT_ONCE = 500
"""Marks that one statement looks for: a database takes only so many values."""


MARKS_AT_ONCE = 1000
"""More than that in one statement is more than a database takes."""


class Verifiers(NamedTuple):
    """What a name, a passphrase and a recovery code are recognised by; 32 bytes each."""

    name: bytes
    auth: bytes
    lookup: bytes
    recovery: bytes


class Candidate(NamedTuple):
    """Whose secret is going to be checked, and against what; nobody's, for an unknown name."""

    account_id: UUID
    expected: bytes


NOBODY = UUID(int=0)
_ONE = select(literal(1).label("one")).subquery()


@cache
def _known_by(column: Column[bytes], expected: Column[bytes], count: int) -> Prepared:
    is_given = column.in_([bindparam(f"given_{n}", type_=LargeBinary) for n in range(count)])
    found = select(
        func.coalesce(ACCOUNTS.c.id, literal(NOBODY, Uuid)),
        func.coalesce(expected, bindparam("decoy", type_=LargeBinary)),
    )
    return Prepared(found.select_from(_ONE.outerjoin(ACCOUNTS, is_given)))


def insert(
    connection: Connection, account_id: UUID, verifiers: Verifiers, gone_mark: bytes, today: date
) -> None:
    """Raises Conflict name_taken when the id, the name or the lookup is another's."""
    row = {
        "id": account_id,
        "name_verifier": verifiers.name,
        "auth_verifier": verifiers.auth,
        "lookup_verifier": verifiers.lookup,
        "recovery_verifier": verifiers.recovery,
        "gone_mark": gone_mark,
        "created_on": today,
    }
    try:
        connection.execute(ACCOUNTS.insert(), row)
    except IntegrityError:
        raise Conflict("name_taken") from None


def find_by_name(connection: Connection, names: Collection[bytes], decoy: bytes) -> Candidate:
    """Whose name has one of these verifiers; always a row, so that none costs what one costs."""
    columns = (ACCOUNTS.c.name_verifier, ACCOUNTS.c.auth_verifier)
    return _find(connection, _known_by(*columns, len(names)), names, decoy)


def find_by_lookup(connection: Connection, lookups: Collection[bytes], decoy: bytes) -> Candidate:
    """Whose recovery code is looked up under one of these verifiers; always a row."""
    columns = (ACCOUNTS.c.lookup_verifier, ACCOUNTS.c.recovery_verifier)
    return _find(connection, _known_by(*columns, len(lookups)), lookups, decoy)


def _find(
    connection: Connection, known_by: Prepared, given: Collection[bytes], decoy: bytes
) -> Candidate:
    named = {f"given_{n}": one for n, one in enumerate(given)}
    account_id, expected = known_by.first(connection, {**named, "decoy": decoy}) or (NOBODY, decoy)
    return Candidate(account_id, expected)


def read_verifiers(connection: Connection, account_id: UUID) -> Verifiers | None:
    """None when there is no such account."""
    columns = ACCOUNTS.c
    found = select(
        columns.name_verifier,
        columns.auth_verifier,
        columns.lookup_verifier,
        columns.recovery_verifier,
    ).where(columns.id == account_id)
    row = connection.execute(found).first()
    return Verifiers(*row) if row else None


def write_passphrase(connection: Connection, account_id: UUID, name: bytes, auth: bytes) -> None:
    """Raises Conflict name_taken when the name is another's."""
    _write(connection, account_id, {"name_verifier": name, "auth_verifier": auth})


def write_recovery(connection: Connection, account_id: UUID, lookup: bytes, auth: bytes) -> None:
    """Raises Conflict name_taken when the lookup is another's."""
    _write(connection, account_id, {"lookup_verifier": lookup, "recovery_verifier": auth})


def _write(connection: Connection, account_id: UUID, values: dict[str, bytes]) -> None:
    try:
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(values))
    except IntegrityError:
        raise Conflict("name_taken") from None


def read_mark(connection: Connection, account_id: UUID) -> bytes | None:
    """What the file of deleted accounts will name it by; None when there is no such account."""
    found = select(ACCOUNTS.c.gone_mark).where(ACCOUNTS.c.id == account_id)
    mark: bytes | None = connection.execute(found).scalar()
    return mark


def erase(connection: Connection, account_id: UUID) -> None:
    """Everything of the account's, and the account. Whoever writes to it just now is waited for."""
    connection.execute(
        select(ACCOUNTS.c.id).where(ACCOUNTS.c.id == account_id).with_for_update()
    ).first()
    for table in OF_AN_ACCOUNT:
        connection.execute(delete(table).where(table.c.account_id == account_id))
    connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == account_id))


def erase_marked(connection: Connection, marks: Iterable[bytes]) -> int:
    """Erases the accounts that these marks name; how many there were."""
    waiting, found = sorted(marks), list[UUID]()
    while some := waiting[:MARKS_AT_ONCE]:
        del waiting[:MARKS_AT_ONCE]
        named = select(ACCOUNTS.c.id).where(ACCOUNTS.c.gone_mark.in_(some))
        found += connection.execute(named).scalars()
    for account_id in found:
        erase(connection, account_id)
    return len(found)


def has_any(connection: Connection) -> bool:
    """Somebody has an account here."""
    return connection.execute(select(ACCOUNTS.c.id).limit(1)).first() is not None
