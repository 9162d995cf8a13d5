"""Sessions: found by the hash of a token, renewed, listed and ended."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    Connection,
    Update,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from app import limits
from app.errors import SignedOut
from app.models.prepared import Prepared
from app.models.sessions import SESSIONS, SignedIn

_c = SESSIONS.c
_KNOWN_BY = [
    select(_c.account_id, _c.id, _c.last_seen_on, _c.renewed_on, literal(is_previous))
    .where(hash_ == bindparam("token_hash"))
    .where(_c.last_seen_on > bindparam("idle_since"))
    for is_previous, hash_ in ((False, _c.token_hash), (True, _c.previous_hash))
]

_MINE = _c.account_id == bindparam("account")
_NUMBER = Prepared(select(func.coalesce(func.max(_c.number), 0)).where(_MINE))
_SURPLUS = Prepared(
    select(_c.id)
    .where(_MINE)
    .order_by(_c.last_seen_on.desc(), _c.number.desc())
    .offset(limits.SESSIONS - 1)
)
_END = Prepared(delete(SESSIONS).where(_MINE, _c.id == bindparam("session")))
_END_BY_TOKEN = Prepared(
    delete(SESSIONS).where(
        or_(_c.token_hash == bindparam("hash"), _c.previous_hash == bindparam("hash"))
    )
)


class Listed(NamedTuple):
    """A session as its owner sees it."""

    id: UUID
    device: str
    created_on: date
    last_seen_on: date


def find(connection: Connection, token_hash: bytes, today: date) -> SignedIn | None:
    """By its token, or by the one before; None when it ended, or was idle for too long."""
    idle_since = today - timedelta(days=limits.IDLE_DAYS)
    for known_by in _KNOWN_BY:
        given = {"token_hash": token_hash, "idle_since": idle_since}
        row = connection.execute(known_by, given).first()
        if row:
            return SignedIn(*row)
    return None


def insert(
    connection: Connection, account_id: UUID, id: UUID, token_hash: bytes, device: str, today: date
) -> None:
    """One more session; of more than limits.SESSIONS the longest unseen end. Raises SignedOut
    when the account was deleted just now."""
    _end_surplus(connection, account_id)
    newest = _NUMBER.first(connection, {"account": account_id}) or (0,)
    row = {"account_id": account_id, "id": id, "token_hash": token_hash, "device": device}
    row |= {"number": newest[0] + 1}
    days = dict.fromkeys(("created_on", "last_seen_on", "renewed_on"), today)
    try:
        connection.execute(SESSIONS.insert(), {**row, **days})
    except IntegrityError:
        raise SignedOut from None


def _end_surplus(connection: Connection, account_id: UUID) -> None:
    for (id,) in _SURPLUS.rows(connection, {"account": account_id}):
        end(connection, account_id, id)


def see(connection: Connection, session: SignedIn, today: date) -> None:
    """It was used today; once its newest token was, the one before holds no longer."""
    values: dict[str, date | None] = {"last_seen_on": today}
    if not session.is_previous:
        values["previous_hash"] = None
    connection.execute(_one(session.account_id, session.id).values(values))


def renew(
    connection: Connection, session: SignedIn, old_hash: bytes, new_hash: bytes, today: date
) -> bool:
    """The token in hand becomes the one before; False when another request was first."""
    in_hand = _c.previous_hash if session.is_previous else _c.token_hash
    renewed = (
        _one(session.account_id, session.id)
        .where(in_hand == old_hash, _c.renewed_on < today)
        .values(token_hash=new_hash, previous_hash=old_hash, renewed_on=today, last_seen_on=today)
    )
    return connection.execute(renewed).rowcount == 1


def _one(account_id: UUID, id: UUID) -> Update:
    return update(SESSIONS).where(_c.account_id == account_id, _c.id == id)


def read_all(connection: Connection, account_id: UUID) -> list[Listed]:
    """An account's sessions, the last seen first."""
    found = (
        select(_c.id, _c.device, _c.created_on, _c.last_seen_on)
        .where(_c.account_id == account_id)
        .order_by(_c.last_seen_on.desc(), _c.number.desc())
    )
    return [Listed(*row) for row in connection.execute(found)]


def end(connection: Connection, account_id: UUID, id: UUID) -> bool:
    """False when the account has no such session."""
    return _END.change(connection, {"account": account_id, "session": id}) == 1


def end_others(connection: Connection, account_id: UUID, kept: UUID) -> None:
    """All of the account's but one."""
    connection.execute(delete(SESSIONS).where(_c.account_id == account_id, _c.id != kept))


def end_by_token(connection: Connection, token_hash: bytes) -> None:
    """The session that a request came with, if there is one."""
    _END_BY_TOKEN.change(connection, {"hash": token_hash})


def have_idle(connection: Connection, today: date) -> bool:
    """Some session was idle for too long."""
    idle_since = today - timedelta(days=limits.IDLE_DAYS)
    found = select(_c.id).where(_c.last_seen_on <= idle_since).limit(1)
    return connection.execute(found).first() is not None


def end_idle(connection: Connection, today: date) -> None:
    """Every session that was idle for too long."""
    idle_since = today - timedelta(days=limits.IDLE_DAYS)
    connection.execute(delete(SESSIONS).where(_c.last_seen_on <= idle_since))
