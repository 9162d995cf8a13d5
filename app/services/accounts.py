"""Accounts: begun whole, changed with a fresh proof, deleted so that no backup undoes it."""

import errno
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from app import limits
from app.crypto import tokens
from app.crypto.at_rest import Keyring
from app.errors import (
    Conflict,
    KeelError,
    RequestRefused,
    SignedOut,
    Stale,
    StorageFull,
    TooManyAttempts,
    VerifierRefused,
)
from app.models.sessions import SignedIn
from app.storage import accounts as rows
from app.storage import attempts, gone, key_slots, plans, sessions
from app.storage.backups import truncate_journal
from app.storage.database import Connection, Database
from app.storage.key_slots import Slot
from app.storage.plans import JOURNAL, PLAN, NewRevision

__all__ = ["Accounts", "NewRevision", "Registration", "Rotation", "Secrets", "Slot"]


class Secrets(NamedTuple):
    """What the server keeps verifiers of: the name, and keys of 16 and 32 bytes."""

    name: str
    auth_key: bytes
    recovery_lookup: bytes
    recovery_auth: bytes


class Registration(NamedTuple):
    """Everything that an account begins with."""

    account_id: UUID
    secrets: Secrets
    device: str
    key_slots: list[Slot]
    plan: NewRevision


class Rotation(NamedTuple):
    """New secrets, and everything sealed anew under a new data key."""

    secrets: Secrets
    key_slots: list[Slot]
    plan: NewRevision
    journal: NewRevision | None


class Begun(NamedTuple):
    """The session's token, 32 bytes, and where the plan stands: its revision and hash."""

    token: bytes
    revision: int
    hash: bytes


@dataclass(frozen=True)
class Accounts:
    """`gone_file` names the accounts that were deleted, outside the database and its backups."""

    database: Database
    keyring: Keyring
    gone_file: Path
    takes_new: bool = True
    new_token: Callable[[], bytes] = tokens.new_token
    new_id: Callable[[], UUID] = uuid4

    async def register(
        self, new: Registration, address: bytes, old_token: bytes | None, now: datetime
    ) -> Begun:
        """Sent again, for want of an answer, it is answered again.

        Raises TooManyAttempts, RequestRefused signups_closed, Conflict name_taken, account_gone.
        """
        await self._count(address, now)
        if not self.takes_new:
            raise RequestRefused("signups_closed")
        begun = await self._begin_again(new, old_token, now)
        if begun:
            return begun
        marks = self.keyring.verifiers("gone", new.account_id.bytes)
        if gone.marks(self.gone_file).intersection(marks):
            raise Conflict("account_gone")
        token = self.new_token()

        def write(connection: Connection) -> None:
            given = self._verifiers(new.secrets)
            rows.insert(connection, new.account_id, given, marks[0], now.date())
            key_slots.insert(connection, self.keyring, new.account_id, new.key_slots)
            plans.insert(connection, new.account_id, PLAN, new.plan, now.date())
            self._open(connection, new, token, old_token, now)

        try:
            await self.database.write(write)
        except Conflict:  # the same request, sent twice at once: whoever came first made it
            begun = await self._begin_again(new, old_token, now)
            if begun is None:
                raise
            return begun
        return Begun(token, new.plan.revision, new.plan.hash)

    async def _begin_again(
        self, new: Registration, old_token: bytes | None, now: datetime
    ) -> Begun | None:
        """A session for an account of the same id, name and auth key; None when there is none.

        Whoever knows id and name could guess here as at a sign-in: it counts as one by that name.
        Raises TooManyAttempts, and Conflict name_taken.
        """
        token = self.new_token()

        def write(connection: Connection) -> Begun | None:
            found = plans.read_newest(connection, new.account_id, PLAN)
            self._open(connection, new, token, old_token, now)
            attempts.forget(connection, tried)
            return Begun(token, found[0], found[1]) if found else None

        stored = await self.database.read(lambda c: rows.read_verifiers(c, new.account_id))
        names = self.keyring.verifiers("name", new.secrets.name.encode())
        if stored is None or stored.name not in names:
            return None
        anywhere = self.keyring.verifier("attempts", names[0])
        tried = [attempts.Tried(anywhere, limits.SIGN_INS_ANYWHERE)]
        await self._judged_later(tried, now)
        try:
            self.keyring.check("auth", new.secrets.auth_key, stored.auth)
        except VerifierRefused:
            raise Conflict("name_taken") from None
        return await self.database.write(write)

    def _open(
        self,
        connection: Connection,
        new: Registration,
        token: bytes,
        old_token: bytes | None,
        now: datetime,
    ) -> None:
        if old_token is not None:
            sessions.end_by_token(connection, tokens.token_hash(old_token))
        id, token_hash = self.new_id(), tokens.token_hash(token)
        sessions.insert(connection, new.account_id, id, token_hash, new.device, now.date())

    async def _count(self, address: bytes, now: datetime) -> None:
        """By address where that is known; before anything else is looked at."""
        if not address:
            return
        where = now.date().isoformat().encode() + address
        counted = self.keyring.verifier("address", where)
        await self._judged_later([attempts.Tried(counted, limits.REGISTRATIONS)], now)

    async def _judged_later(self, tried: list[attempts.Tried], now: datetime) -> None:
        """Counted in a write of its own. Raises TooManyAttempts."""
        seconds = int(now.timestamp())
        wait = await self.database.write(lambda c: attempts.count(c, tried, seconds))
        if wait:
            raise TooManyAttempts(wait)

    def _verifiers(self, secrets: Secrets) -> rows.Verifiers:
        return rows.Verifiers(
            self.keyring.verifier("name", secrets.name.encode()),
            self.keyring.verifier("auth", secrets.auth_key),
            self.keyring.verifier("lookup", secrets.recovery_lookup),
            self.keyring.verifier("recovery", secrets.recovery_auth),
        )

    async def change_passphrase(
        self, session: SignedIn, name: str, auth_key: bytes, slot: Slot
    ) -> None:
        """The old one opens nothing any more, and other devices are signed out. Conflict:
        name_taken, when a new name was drawn and is another's."""
        account = session.account_id
        named = self.keyring.verifier("name", name.encode())
        auth = self.keyring.verifier("auth", auth_key)

        def write(connection: Connection) -> None:
            rows.write_passphrase(connection, account, named, auth)
            key_slots.remove_kind(connection, account, "passphrase")
            key_slots.insert(connection, self.keyring, account, [slot])
            sessions.end_others(connection, account, session.id)

        await self.database.write(write)

    async def change_recovery(
        self, session: SignedIn, lookup: bytes, recovery_auth: bytes, slot: Slot
    ) -> None:
        """The old code opens nothing any more."""
        account = session.account_id
        found = self.keyring.verifier("lookup", lookup)
        auth = self.keyring.verifier("recovery", recovery_auth)

        def write(connection: Connection) -> None:
            rows.write_recovery(connection, account, found, auth)
            key_slots.remove_kind(connection, account, "recovery")
            key_slots.insert(connection, self.keyring, account, [slot])

        await self.database.write(write)

    async def rotate(self, session: SignedIn, new: Rotation, now: datetime) -> None:
        """All of it in one transaction, or nothing. What was sent was checked as a save is.

        Raises Stale when a device saved in between, Conflict name_taken.
        """
        account, today = session.account_id, now.date()
        given = self._verifiers(new.secrets)
        sealed = [(PLAN, new.plan), (JOURNAL, new.journal)]

        def write(connection: Connection) -> None:
            for kind, revision in sealed:
                if revision is None:
                    continue
                if not plans.save(connection, account, kind, revision, today):
                    raise Stale
                plans.forget_older(connection, account, kind, revision.revision)
            rows.write_passphrase(connection, account, given.name, given.auth)
            rows.write_recovery(connection, account, given.lookup, given.recovery)
            key_slots.remove_all(connection, account)
            key_slots.insert(connection, self.keyring, account, new.key_slots)
            sessions.end_others(connection, account, session.id)

        try:
            await self.database.write(write)
        except Stale:
            found = await self.database.read(lambda c: plans.read_newest(c, account, PLAN))
            raise (Stale(*found) if found else SignedOut()) from None

    async def delete(self, session: SignedIn) -> None:
        """First the mark, on disk; then everything in one transaction, on a full disk too.

        Whatever happens between the two, the next start finds the mark and deletes the rest.
        """
        mark = await self.database.read(lambda c: rows.read_mark(c, session.account_id))
        if mark is None:
            raise SignedOut
        try:
            gone.add(self.gone_file, mark)
        except OSError as error:
            if error.errno != errno.ENOSPC or not self.database.make_room():
                raise StorageFull from error
            gone.add(self.gone_file, mark)
        await self.database.erase(lambda c: rows.erase(c, session.account_id))
        with suppress(
            KeelError
        ):  # they are gone already; this takes their bytes out of the journal
            await self.database.read(truncate_journal)


def erase_marked(database: Database, gone_file: Path) -> int:
    """At the start and after a restore: whoever was deleted stays so; how many had come back.

    Raises CannotStart when the file is missing or damaged.
    """
    marks = gone.marks(gone_file)
    return database.write_now(lambda c: rows.erase_marked(c, marks)) if marks else 0
