"""Sealed plans and journals: who may fetch one, and when a new revision is taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app.crypto import tokens
from app.errors import NotThere, RequestRefused, SignedOut, Stale
from app.models.sessions import SignedIn
from app.storage import plans as rows
from app.storage.database import Connection, Database
from app.storage.plans import JOURNAL, PLAN, ListedRevision, NewRevision, Standing

__all__ = ["JOURNAL", "PLAN", "Base", "NewRevision", "Plans", "Standing"]

NO_PARENT = bytes(32)


class Base(NamedTuple):
    """The revision that a save was made from, by its number and the first 8 bytes of its hash."""

    revision: int
    hash_start: bytes


@dataclass(frozen=True)
class Plans:
    """`kind` is PLAN or JOURNAL everywhere."""

    database: Database

    async def fetch(
        self, token: bytes | None, kind: int, now: datetime, *, with_envelope: bool
    ) -> Standing:
        """Raises SignedOut. `revision` is 0 when there is none."""
        if token is None:
            raise SignedOut
        token_hash, today = tokens.token_hash(token), now.date()
        found = await self.database.read(
            lambda c: rows.find(c, token_hash, today, kind, with_envelope=with_envelope)
        )
        if found is None:
            raise SignedOut
        return found

    async def save(
        self,
        standing: Standing,
        kind: int,
        base: Base | None,
        new: NewRevision,
        now: datetime,
    ) -> None:
        """`base` is None for a first journal. Raises Stale with what stands there now, then
        RequestRefused (wrong_revision, wrong_parent); answered only once it is committed."""
        await self.check(standing, kind, base, new)
        account, today = standing.session.account_id, now.date()

        def write(connection: Connection) -> bool:
            if standing.revision:
                return rows.save(connection, account, kind, new, today)
            rows.insert(connection, account, kind, new, today)
            return True

        try:
            is_saved = await self.database.write(write)
        except Stale:
            is_saved = False
        if not is_saved:
            raise await self._stale(account, kind)

    async def check(
        self, standing: Standing, kind: int, base: Base | None, new: NewRevision
    ) -> None:
        """The same refusals without saving anything."""
        stands = Base(standing.revision, standing.hash[:8]) if standing.revision else None
        if base != stands and standing.envelope is not None:
            raise Stale(standing.revision, standing.hash, standing.envelope)
        if base != stands:
            raise await self._stale(standing.session.account_id, kind)
        check_follows(standing, new)

    async def _stale(self, account: UUID, kind: int) -> Stale:
        def read(connection: Connection) -> Stale:
            found = rows.read_newest(connection, account, kind)
            return Stale(*found) if found else Stale()

        return await self.database.read(read)

    async def remove_journal(self, session: SignedIn) -> None:
        """It and the revision before are gone; nothing happens where there is none."""
        await self.database.erase(lambda c: rows.remove(c, session.account_id, JOURNAL))

    async def revisions(self, session: SignedIn) -> list[ListedRevision]:
        """Those of the plan that are kept, the newest first."""
        return await self.database.read(lambda c: rows.read_revisions(c, session.account_id, PLAN))

    async def revision(self, session: SignedIn, revision: int) -> bytes:
        """One of them. Raises NotThere."""
        account = session.account_id
        found = await self.database.read(lambda c: rows.read_revision(c, account, PLAN, revision))
        if found is None:
            raise NotThere
        return found


def check_follows(standing: Standing, new: NewRevision) -> None:
    """The next number, and made from exactly what stands there. RequestRefused: wrong_revision,
    wrong_parent."""
    if new.revision != standing.revision + 1:
        raise RequestRefused("wrong_revision")
    if new.parent != (standing.hash if standing.revision else NO_PARENT):
        raise RequestRefused("wrong_parent")
