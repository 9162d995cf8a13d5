"""Sealed plans and journals: one statement reads one for a token, and one UPDATE decides a save."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Select,
    and_,
    bindparam,
    delete,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from app import limits
from app.errors import Stale
from app.models.plans import DOCUMENTS, REVISIONS
from app.models.prepared import Prepared
from app.models.sessions import SESSIONS, SignedIn

PLAN, JOURNAL = 1, 2
"""Kinds, as in the envelope."""


class Standing(NamedTuple):
    """Where a plan stands for who asks; `revision` is 0 when there is none.

    `envelope` is None unless it was asked for.
    """

    session: SignedIn
    object_id: UUID
    revision: int
    hash: bytes
    envelope: bytes | None


class NewRevision(NamedTuple):
    """`hash` is SHA-256 of the envelope; `parent` that of the revision before."""

    object_id: UUID
    revision: int
    parent: bytes
    hash: bytes
    envelope: bytes


class ListedRevision(NamedTuple):
    """`size` in bytes."""

    revision: int
    saved_on: date
    size: int


_s, _d, _r = SESSIONS.c, DOCUMENTS.c, REVISIONS.c


def _select(with_envelope: bool, hash_: ColumnElement[bytes]) -> Select[Any]:
    envelope = _r.envelope if with_envelope else null()
    whose = and_(_d.account_id == _s.account_id, _d.kind == bindparam("kind"))
    joined = SESSIONS.outerjoin(DOCUMENTS, whose)
    if with_envelope:
        same = (_r.account_id == _d.account_id, _r.kind == _d.kind, _r.revision == _d.revision)
        joined = joined.outerjoin(REVISIONS, and_(*same))
    session = (_s.account_id, _s.id, _s.last_seen_on, _s.renewed_on)
    return (
        select(*session, _d.object_id, _d.revision, _d.hash, envelope)
        .select_from(joined)
        .where(hash_ == bindparam("token_hash"), _s.last_seen_on > bindparam("idle_since"))
    )


_STANDING = {
    with_envelope: [
        (Prepared(_select(with_envelope, hash_)), is_previous)
        for hash_, is_previous in ((_s.token_hash, False), (_s.previous_hash, True))
    ]
    for with_envelope in (False, True)
}


def find(
    connection: Connection, token_hash: bytes, today: date, kind: int, *, with_envelope: bool
) -> Standing | None:
    """None when no session has this token."""
    idle_since = today - timedelta(days=limits.IDLE_DAYS)
    given = {"token_hash": token_hash, "idle_since": idle_since, "kind": kind}
    for statement, is_previous in _STANDING[with_envelope]:
        row = statement.first(connection, given)
        if row:
            session = SignedIn(row[0], row[1], row[2], row[3], is_previous)
            return Standing(session, row[4], row[5] or 0, row[6], row[7])
    return None


def insert(
    connection: Connection, account_id: UUID, kind: int, new: NewRevision, today: date
) -> None:
    """The first revision. Raises Stale when one stands there, or the account just went away."""
    first = {"account_id": account_id, "kind": kind, "object_id": new.object_id}
    try:
        connection.execute(
            DOCUMENTS.insert(), {**first, "revision": new.revision, "hash": new.hash}
        )
    except IntegrityError:
        raise Stale from None
    _keep(connection, account_id, kind, new, today)


_SAVED = Prepared(
    update(DOCUMENTS)
    .where(
        _d.account_id == bindparam("account"),
        _d.kind == bindparam("of_kind"),
        _d.object_id == bindparam("object"),
        _d.revision == bindparam("base"),
        _d.hash == bindparam("parent"),
    )
    .values(revision=bindparam("new_revision"), hash=bindparam("new_hash"))
)
_KEPT = Prepared(REVISIONS.insert())
_MINE = (_r.account_id == bindparam("account"), _r.kind == bindparam("of_kind"))
_NO_OLDER = Prepared(delete(REVISIONS).where(*_MINE, _r.revision <= bindparam("oldest")))


def _pushed_out() -> Delete:
    later = REVISIONS.alias()
    day_after = (
        select(later.c.saved_on)
        .where(later.c.account_id == bindparam("account"), later.c.kind == bindparam("of_kind"))
        .where(later.c.revision == bindparam("after"))
        .scalar_subquery()
    )
    is_old = _r.saved_on <= bindparam("old")
    is_not_the_last = and_(_r.revision == bindparam("leaving"), _r.saved_on == day_after)
    leaves = (_r.revision <= bindparam("leaving"), or_(is_old, is_not_the_last))
    return delete(REVISIONS).where(*_MINE, *leaves)


_PUSHED_OUT = Prepared(_pushed_out())


def save(
    connection: Connection, account_id: UUID, kind: int, new: NewRevision, today: date
) -> bool:
    """One conditional UPDATE decides: False, and nothing changed, unless what stands there is
    exactly the revision that the new one names as its parent."""
    given = {
        "account": account_id,
        "of_kind": kind,
        "object": new.object_id,
        "base": new.revision - 1,
        "parent": new.parent,
        "new_revision": new.revision,
        "new_hash": new.hash,
    }
    if _SAVED.change(connection, given) != 1:
        return False
    _keep(connection, account_id, kind, new, today)
    _prune(connection, account_id, kind, new.revision, today)
    return True


def _keep(
    connection: Connection, account_id: UUID, kind: int, new: NewRevision, today: date
) -> None:
    row = {"account_id": account_id, "kind": kind, "revision": new.revision, "saved_on": today}
    sealed = {"size": len(new.envelope), "envelope": new.envelope}
    _KEPT.change(connection, {**row, **sealed})


def _prune(connection: Connection, account_id: UUID, kind: int, revision: int, today: date) -> None:
    """Each save pushes one revision out of the newest: it stays if it was the last of its day.

    Of a journal nothing older stays.
    """
    mine = {"account": account_id, "of_kind": kind}
    if kind == JOURNAL:
        _NO_OLDER.change(connection, {**mine, "oldest": revision - limits.JOURNAL_REVISIONS})
        return
    leaving = revision - limits.PLAN_REVISIONS
    if leaving > 0:
        old = today - timedelta(days=limits.PLAN_DAYS)
        given = {**mine, "leaving": leaving, "after": leaving + 1, "old": old}
        _PUSHED_OUT.change(connection, given)


def forget_older(connection: Connection, account_id: UUID, kind: int, revision: int) -> None:
    """Deletes every revision before this one."""
    mine = (_r.account_id == account_id, _r.kind == kind)
    connection.execute(delete(REVISIONS).where(*mine, _r.revision < revision))


def remove(connection: Connection, account_id: UUID, kind: int) -> None:
    """All of its revisions, and what said where it stands."""
    for table in (REVISIONS, DOCUMENTS):
        connection.execute(
            delete(table).where(table.c.account_id == account_id, table.c.kind == kind)
        )


def read_revisions(connection: Connection, account_id: UUID, kind: int) -> list[ListedRevision]:
    """All that are kept, the newest first."""
    found = (
        select(_r.revision, _r.saved_on, _r.size)
        .where(_r.account_id == account_id, _r.kind == kind)
        .order_by(_r.revision.desc())
    )
    return [ListedRevision(*row) for row in connection.execute(found)]


def read_revision(
    connection: Connection, account_id: UUID, kind: int, revision: int
) -> bytes | None:
    """The envelope of one that is kept."""
    mine = (_r.account_id == account_id, _r.kind == kind)
    found = select(_r.envelope).where(*mine, _r.revision == revision)
    envelope: bytes | None = connection.execute(found).scalar()
    return envelope


_NEWEST = Prepared(
    select(_d.revision, _d.hash, _r.envelope)
    .select_from(
        DOCUMENTS.join(
            REVISIONS,
            and_(_r.account_id == _d.account_id, _r.kind == _d.kind, _r.revision == _d.revision),
        )
    )
    .where(_d.account_id == bindparam("account"), _d.kind == bindparam("of_kind"))
)


def read_newest(
    connection: Connection, account_id: UUID, kind: int
) -> tuple[int, bytes, bytes] | None:
    """Revision, hash and envelope of what stands there now."""
    row = _NEWEST.first(connection, {"account": account_id, "of_kind": kind})
    return (row[0], row[1], row[2]) if row else None
