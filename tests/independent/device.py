"""One device with an account: it seals, sends, remembers what was acknowledged, doubts the rest."""

import secrets
from dataclasses import dataclass

import httpx

from tests.independent.account import Credentials, Json, open_slot
from tests.independent.envelope import (
    JOURNAL,
    PLAN,
    ZEROS_32,
    Expected,
    Head,
    head_of,
    open_envelope,
    seal,
)
from tests.independent.envelope import refuse_unless as agree
from tests.independent.lies import Between
from tests.independent.plan_items import Plan, merge
from tests.independent.primitives import derive, sha256, to_bytes, to_text
from tests.independent.strict_json import read_json, write_json
from tests.independent.wire import Stale, Wire

PATHS = {PLAN: "/plan", JOURNAL: "/journal"}
LABELS = {PLAN: "data/plan", JOURNAL: "data/journal"}


def etag_of(envelope: bytes) -> str:
    return f'"{head_of(envelope).revision}-{sha256(envelope).hex()[:16]}"'


@dataclass
class Kept:
    """What a device remembers of one sealed object: the last envelope that was acknowledged."""

    object_id: bytes | None = None
    envelope: bytes = b""
    content: Plan | None = None
    sending: bytes = b""

    @property
    def revision(self) -> int:
        return head_of(self.envelope).revision if self.envelope else 0

    @property
    def etag(self) -> str:
        return etag_of(self.envelope)

    def was_saved(self) -> None:
        self.envelope, self.sending = self.sending, b""


class Device:
    """Raises Problem for what the server refuses, Refused for what the device refuses."""

    def __init__(self, wire: Wire, between: Between, label: str) -> None:
        self.wire = wire
        self.between = between
        self.label = label
        self.account_id = b""
        self.data_key = b""
        self.kept = {PLAN: Kept(), JOURNAL: Kept()}

    # ---- Beginning ------------------------------------------------------------------------------

    def registration(self, who: Credentials, plan: Plan) -> Json:
        """Draws everything; the same one may be sent again."""
        self.account_id, self.data_key = secrets.token_bytes(16), secrets.token_bytes(32)
        kept = self.kept[PLAN] = Kept(secrets.token_bytes(16), content=plan)
        kept.sending = self.sealed(PLAN, plan)
        return {
            "account_id": to_text(self.account_id),
            **who.passphrase_fields(),
            **who.recovery_fields(),
            "device": self.label,
            "key_slots": who.slots(self.account_id, self.data_key),
            "plan": self.travelling(PLAN),
        }

    def register(self, registration: Json) -> None:
        answer = self.wire.ask("POST", "/accounts", json=registration)
        agree(answer.status_code == 201, "wrong_status")
        agree(answer.json() == {"account_id": registration["account_id"]}, "wrong_account")
        self.acknowledged(PLAN, answer)

    def sign_in(self, who: Credentials) -> None:
        fields = {**who.passphrase_fields(), "device": self.label}
        self.begin("/sessions", fields, "passphrase", who.words.wrapping)

    def recover(self, who: Credentials) -> None:
        """By the recovery code alone."""
        fields = {**who.recovery_fields(), "device": self.label}
        self.begin("/recovery-sessions", fields, "recovery", who.recovery.wrapping)

    def begin(self, path: str, fields: Json, kind: str, wrapping: bytes) -> None:
        told = self.wire.ask("POST", path, json=fields).json()
        account_id = to_bytes(told["account_id"])
        agree(self.account_id in (b"", account_id), "wrong_account")
        self.data_key = open_slot(told["key_slots"], kind, account_id, wrapping)
        self.account_id = account_id

    # ---- Sealed objects -------------------------------------------------------------------------

    def key(self, kind: int) -> bytes:
        return derive(self.data_key, LABELS[kind])

    def sealed(self, kind: int, content: Plan) -> bytes:
        kept = self.kept[kind]
        assert kept.object_id is not None
        parent = sha256(kept.envelope) if kept.envelope else ZEROS_32
        head = Head(kind, self.account_id, kept.object_id, kept.revision + 1, parent)
        return seal(self.key(kind), head, write_json(content))

    def travelling(self, kind: int) -> Json:
        kept = self.kept[kind]
        assert kept.object_id is not None
        return {"object_id": to_text(kept.object_id), "envelope": to_text(kept.sending)}

    def acknowledged(self, kind: int, answer: httpx.Response) -> None:
        """Only an answer that names exactly what was sent is one."""
        kept = self.kept[kind]
        agree(answer.headers.get("etag") == etag_of(kept.sending), "wrong_etag")
        kept.was_saved()

    def open(self, kind: int, envelope: bytes, lowest: int = 1) -> Plan:
        expected = Expected(kind, self.account_id, self.kept[kind].object_id, lowest)
        content: Plan = read_json(open_envelope(self.key(kind), envelope, expected))
        return content

    def fetch(self, kind: int = PLAN) -> Plan | None:
        """What is new at the server, or None. Raises Refused, rollback and fork too."""
        kept = self.kept[kind]
        known = {"If-None-Match": kept.etag} if kept.envelope else {}
        answer = self.wire.ask("GET", PATHS[kind], headers=known)
        if answer.status_code == 304:
            agree(bool(known), "unasked_304")
            return None
        return self.receive(kind, answer.content, answer.headers.get("etag"))

    def receive(self, kind: int, envelope: bytes, etag: str | None) -> Plan:
        kept = self.kept[kind]
        content = self.open(kind, envelope, max(kept.revision, 1))
        agree(etag == etag_of(envelope), "wrong_etag")
        agree(not kept.envelope or not is_fork(kept.envelope, envelope), "fork")
        self.remember(kind, envelope, content)
        return content

    def receive_anyway(self, kind: int, envelope: bytes, etag: str | None) -> Plan:
        """After a warning was shown: an older or other branch is merged, never put over ours."""
        content = self.open(kind, envelope)
        agree(etag == etag_of(envelope), "wrong_etag")
        ours = self.kept[kind].content
        merged = merge(ours, content) if ours else content
        self.remember(kind, envelope, merged)
        return merged

    def remember(self, kind: int, envelope: bytes, content: Plan) -> None:
        kept = self.kept[kind]
        kept.envelope, kept.content = envelope, content
        kept.object_id = head_of(envelope).object

    def save(self, content: Plan, kind: int = PLAN) -> None:
        """Seals and sends. What stays in `sending` was not acknowledged; `send` sends it again."""
        kept = self.kept[kind]
        kept.content, kept.sending = content, self.sealed(kind, content)
        self.send(kind)

    def begin_journal(self, content: Plan, object_id: bytes) -> None:
        """The id stands in the plan too, so that every device of the account means the same one."""
        self.kept[JOURNAL] = Kept(object_id)
        self.save(content, JOURNAL)

    def send(self, kind: int = PLAN) -> None:
        """Raises Stale when another envelope stands there; our own standing there is a yes."""
        kept = self.kept[kind]
        match = {"If-Match": kept.etag} if kept.envelope else {"If-None-Match": "*"}
        try:
            answer = self.wire.ask("PUT", PATHS[kind], envelope=kept.sending, headers=match)
        except Stale as stale:
            if sha256(stale.envelope) != sha256(kept.sending):
                raise
            kept.was_saved()
            return
        agree(answer.json() == {"revision": head_of(kept.sending).revision}, "wrong_revision")
        self.acknowledged(kind, answer)

    def revision(self, number: int) -> Plan:
        """An earlier revision of the plan, opened; it must be the one that was asked for."""
        answer = self.wire.ask("GET", f"/plan/revisions/{number}")
        content = self.open(PLAN, answer.content)
        agree(head_of(answer.content).revision == number, "wrong_revision")
        return content


def is_fork(ours: bytes, theirs: bytes) -> bool:
    """The same number with other bytes, or the next number upon another parent."""
    known, found = head_of(ours), head_of(theirs)
    is_other = found.revision == known.revision and theirs != ours
    return is_other or (found.revision == known.revision + 1 and found.parent != sha256(ours))
