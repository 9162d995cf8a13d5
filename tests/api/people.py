"""People who keep a sealed plan here, as their devices ask; nothing of it can be opened."""

import base64
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

ORIGIN = "http://localhost:8000"
COOKIE = "__Host-sp"
OURS = {"Keel": "1", "Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}
PLAN, JOURNAL = 1, 2
SLOTS = {"passphrase": 16, "recovery": 17}
LENGTHS = [160 + kib * 1024 for kib in (8, 16, 32, 64, 128, 256)]
"""Of a sealed plan or journal: what is padded has no other."""
LENGTH = LENGTHS[0]
Json = dict[str, Any]


def text(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def sha256(value: bytes) -> bytes:
    return hashlib.sha256(value).digest()


def tag(revision: int, envelope: bytes) -> str:
    """An ETag."""
    return f'"{revision}-{sha256(envelope).hex()[:16]}"'


def told(answer: Any) -> tuple[int, str]:
    """The status and the code of a problem."""
    return answer.status_code, answer.json()["code"]


@dataclass
class Person:
    """Somebody with secrets of their own; `saved` is the newest plan that was acknowledged."""

    account_id: bytes = field(default_factory=lambda: os.urandom(16))
    name: str = field(
        default_factory=lambda: f"{_letters()}-{_letters()}-{secrets.randbelow(10**4):04}"
    )
    auth_key: bytes = field(default_factory=lambda: os.urandom(32))
    lookup: bytes = field(default_factory=lambda: os.urandom(16))
    recovery_auth: bytes = field(default_factory=lambda: os.urandom(32))
    objects: dict[int, bytes] = field(
        default_factory=lambda: {PLAN: os.urandom(16), JOURNAL: os.urandom(16)}
    )

    def envelope(
        self,
        kind: int,
        revision: int = 1,
        parent: bytes = b"",
        *,
        size: int = LENGTH,
        **other: bytes,
    ) -> bytes:
        """Sealed bytes with a true head. `account` and `object` may be another's."""
        head = b"SPE1" + bytes((1, kind, 0, 1))
        head += other.get("account", self.account_id) + other.get("object", self.objects[kind])
        head += revision.to_bytes(8, "big") + (sha256(parent) if parent else bytes(32))
        return head + os.urandom(size - len(head))

    def slot(self, kind: str, **other: bytes) -> Json:
        id = other.get("id") or os.urandom(16)
        head = b"SPE1" + bytes((1, SLOTS[kind], 0, 1)) + other.get("account", self.account_id)
        envelope = head + id + (1).to_bytes(8, "big") + bytes(32) + os.urandom(112)
        return {"id": text(id), "kind": kind, "envelope": text(envelope)}

    def passphrase_fields(self) -> Json:
        return {"name": self.name, "auth_key": text(self.auth_key)}

    def recovery_fields(self) -> Json:
        return {
            "recovery_lookup": text(self.lookup),
            "recovery_auth": text(self.recovery_auth),
        }

    def registration(self) -> Json:
        plan = self.envelope(PLAN)
        return {
            "account_id": text(self.account_id),
            **self.passphrase_fields(),
            **self.recovery_fields(),
            "device": "phone",
            "key_slots": [self.slot("passphrase"), self.slot("recovery")],
            "plan": {"object_id": text(self.objects[PLAN]), "envelope": text(plan)},
        }

    def proof(self) -> dict[str, str]:
        return {"Authorization": f"Keel-Passphrase {text(self.auth_key)}"}

    def recovery_proof(self) -> dict[str, str]:
        return {"Authorization": f"Keel-Recovery {text(self.recovery_auth)}"}


def _letters() -> str:
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(7))


@dataclass
class Browser:
    """One device; it keeps the cookie itself, since http is not https here."""

    client: TestClient
    address: str = ""
    cookie: str = ""

    def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        ours: dict[str, str] = OURS,
    ) -> Any:
        """Under /api/v1; a change carries what our own page sends."""
        sent = {} if method == "GET" else dict(ours)
        if self.cookie:
            sent["Cookie"] = f"{COOKIE}={self.cookie}"
        if self.address:
            sent["X-Forwarded-For"] = self.address
        if content is not None:
            sent["Content-Type"] = "application/octet-stream"
        answer = self.client.request(
            method, f"/api/v1{path}", json=json, content=content, headers=sent | (headers or {})
        )
        told = answer.headers.get("set-cookie", "")
        if told:
            self.cookie = told.partition(";")[0].partition("=")[2]
        return answer

    def register(self, person: Person) -> bytes:
        """The plan that was registered."""
        body = person.registration()
        answer = self.ask("POST", "/accounts", json=body)
        assert answer.status_code == 201, answer.text
        sealed: str = body["plan"]["envelope"]
        return base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))

    def sign_in(self, person: Person) -> Any:
        body = {**person.passphrase_fields(), "device": "computer"}
        return self.ask("POST", "/sessions", json=body)

    def save(self, kind: str, envelope: bytes, match: str, **headers: str) -> Any:
        """With If-Match; "*" asks for a first one."""
        named = {"If-None-Match": "*"} if match == "*" else {"If-Match": match}
        return self.ask("PUT", f"/{kind}", content=envelope, headers=named | headers)
