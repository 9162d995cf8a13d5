"""Who is asking: signing in, by name or by recovery code, staying signed in, and fresh proofs."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from app import limits
from app.crypto import tokens
from app.crypto.at_rest import Keyring
from app.errors import (
    DatabaseUnavailable,
    KeelError,
    NotThere,
    ProofRefused,
    SignedOut,
    SignInRefused,
    StorageFull,
    TooManyAttempts,
    VerifierRefused,
)
from app.models.sessions import SignedIn
from app.storage import accounts, attempts, key_slots
from app.storage import sessions as rows
from app.storage.database import Connection, Database
from app.storage.key_slots import Slot

__all__ = ["Came", "Proof", "Sessions", "SignedIn", "Welcome"]

DECOY = os.urandom(32)
"""What an unknown name's secret is checked against: nothing that anybody could send."""


class Welcome(NamedTuple):
    """What a device gets that has just signed in; `token` is 32 bytes."""

    account_id: UUID
    token: bytes
    key_slots: list[Slot]


class Proof(NamedTuple):
    """A secret of the account's own, 32 bytes, sent with the change that it is for."""

    kind: Literal["passphrase", "recovery"]
    secret: bytes


class Came(NamedTuple):
    """Where a request came from, packed (b"" when that is not counted), and its token, if any."""

    address: bytes
    token: bytes | None


@dataclass(frozen=True)
class Sessions:
    """Randomness comes in by `new_token` and `new_id`, time with each call."""

    database: Database
    keyring: Keyring
    new_token: Callable[[], bytes] = tokens.new_token
    new_id: Callable[[], UUID] = uuid4

    async def find(self, token: bytes | None, now: datetime) -> SignedIn:
        """Raises SignedOut."""
        if token is None:
            raise SignedOut
        token_hash, today = tokens.token_hash(token), now.date()
        found = await self.database.read(lambda c: rows.find(c, token_hash, today))
        if found is None:
            raise SignedOut
        return found

    async def keep(self, session: SignedIn, token: bytes, now: datetime) -> bytes | None:
        """Writes down, once a day, that it was used; the new token when it was time for one.

        That must not stand in the way of what was asked for: without room or a database it waits.
        """
        today = now.date()
        is_due = session.renewed_on <= today - timedelta(days=limits.RENEWAL_DAYS) or (
            session.is_previous and session.renewed_on < today
        )
        with suppress(StorageFull, DatabaseUnavailable):
            if is_due:
                return await self._renew(session, token, today)
            if session.last_seen_on < today:
                await self.database.write(lambda c: rows.see(c, session, today))
        return None

    async def _renew(self, session: SignedIn, token: bytes, today: date) -> bytes | None:
        new = self.new_token()
        old_hash, new_hash = tokens.token_hash(token), tokens.token_hash(new)
        is_renewed = await self.database.write(
            lambda c: rows.renew(c, session, old_hash, new_hash, today)
        )
        return new if is_renewed else None

    async def sign_in(
        self, name: str, auth_key: bytes, device: str, came: Came, now: datetime
    ) -> Welcome:
        """Raises SignInRefused and TooManyAttempts, for a name that nobody has as for any other.

        Counted before it is judged, in a write of its own: a count that the refusal rolled back
        would be no limit.
        """
        names = self.keyring.verifiers("name", name.encode())
        tried = self._tried(names[0], came.address, now)
        await self._count(tried, now)
        found = await self.database.read(lambda c: accounts.find_by_name(c, names, DECOY))
        self._check("auth", auth_key, found.expected, SignInRefused())
        return await self._open(found.account_id, device, came, now, tried)

    async def recover(
        self, lookup: bytes, recovery_auth: bytes, device: str, came: Came, now: datetime
    ) -> Welcome:
        """The same by recovery code: 160 random bits, which no counting has to protect."""
        lookups = self.keyring.verifiers("lookup", lookup)
        found = await self.database.read(lambda c: accounts.find_by_lookup(c, lookups, DECOY))
        self._check("recovery", recovery_auth, found.expected, SignInRefused())
        return await self._open(found.account_id, device, came, now, [])

    async def _open(
        self,
        account_id: UUID,
        device: str,
        came: Came,
        now: datetime,
        tried: list[attempts.Tried],
    ) -> Welcome:
        token, id = self.new_token(), self.new_id()

        def write(connection: Connection) -> list[Slot]:
            if came.token is not None:
                rows.end_by_token(connection, tokens.token_hash(came.token))
            new_hash = tokens.token_hash(token)
            rows.insert(connection, account_id, id, new_hash, device, now.date())
            attempts.forget(connection, tried)
            return key_slots.read(connection, self.keyring, account_id)

        slots = await self.database.write(write)
        return Welcome(account_id, token, slots)

    async def prove(
        self, session: SignedIn, proof: Proof | None, came: Came, now: datetime
    ) -> None:
        """Raises ProofRefused (proof_needed, proof_failed) and TooManyAttempts."""
        if proof is None:
            raise ProofRefused("proof_needed")
        expected = await self.database.read(
            lambda c: accounts.read_verifiers(c, session.account_id)
        )
        if expected is None:
            raise SignedOut
        refused = ProofRefused("proof_failed")
        if proof.kind == "recovery":
            self._check("recovery", proof.secret, expected.recovery, refused)
            return
        tried = self._tried(expected.name, came.address, now)
        await self._count(tried, now)
        self._check("auth", proof.secret, expected.auth, refused)
        await self.database.erase(lambda c: attempts.forget(c, tried))

    async def listed(self, session: SignedIn) -> list[rows.Listed]:
        """The account's sessions, the last seen first."""
        return await self.database.read(lambda c: rows.read_all(c, session.account_id))

    async def end(self, session: SignedIn, id: UUID) -> None:
        """Raises NotThere."""
        is_ended = await self.database.erase(lambda c: rows.end(c, session.account_id, id))
        if not is_ended:
            raise NotThere

    async def end_others(self, session: SignedIn) -> None:
        """All of the account's but the one that asks."""
        await self.database.erase(lambda c: rows.end_others(c, session.account_id, session.id))

    async def _count(self, tried: list[attempts.Tried], now: datetime) -> None:
        seconds = int(now.timestamp())
        wait = await self.database.erase(lambda c: attempts.count(c, tried, seconds))
        if wait:
            raise TooManyAttempts(wait)

    def _tried(self, name: bytes, address: bytes, now: datetime) -> list[attempts.Tried]:
        """`name` is its verifier; the address counts for today alone."""
        where = self.keyring.verifier("address", now.date().isoformat().encode() + address)
        here = self.keyring.verifier("attempts", name + where)
        anywhere = self.keyring.verifier("attempts", name)
        return [
            *(attempts.Tried(here, rule) for rule in limits.SIGN_INS_HERE),
            attempts.Tried(anywhere, limits.SIGN_INS_ANYWHERE),
        ]

    def _check(self, label: str, secret: bytes, expected: bytes, refused: KeelError) -> None:
        try:
            self.keyring.check(label, secret, expected)
        except VerifierRefused:
            raise refused from None
