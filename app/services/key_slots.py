"""The ways to unlock an account's data key, as its owner asks for them."""

from dataclasses import dataclass
from uuid import UUID

from app.crypto.at_rest import Keyring
from app.errors import Conflict, NotThere
from app.models.sessions import SignedIn
from app.storage import key_slots as rows
from app.storage.database import Database
from app.storage.key_slots import Slot

__all__ = ["KeySlots", "Slot"]


@dataclass(frozen=True)
class KeySlots:
    """They are handed to whoever is signed in, and to nobody else."""

    database: Database
    keyring: Keyring

    async def listed(self, session: SignedIn) -> list[Slot]:
        """All of the account's, by id."""
        account = session.account_id
        return await self.database.read(lambda c: rows.read(c, self.keyring, account))

    async def remove(self, session: SignedIn, id: UUID) -> None:
        """Raises NotThere, and Conflict slot_needed: a passphrase's slot and a recovery code's are
        replaced, never taken away."""
        if id not in {slot.id for slot in await self.listed(session)}:
            raise NotThere
        raise Conflict("slot_needed")
