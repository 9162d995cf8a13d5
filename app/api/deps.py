"""What every route of an account stands on: who asks, from where, and whether from our own page."""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Address, IPv6Network
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.responses import Response

from app import limits
from app.api import problems
from app.api.middleware import declared
from app.errors import NotThere
from app.schemas.fields import refuse_key_twice, to_bytes, to_id, to_text
from app.services.accounts import Accounts
from app.services.key_slots import KeySlots
from app.services.plans import Plans
from app.services.sessions import Came, Proof, Sessions, SignedIn

COOKIE = "__Host-sp"
TOKEN = re.compile(rf"(?:^|;\s*){COOKIE}=([A-Za-z0-9_-]{{43}})(?=\s*(?:;|$))")
PROOFS = frozenset({"keel-passphrase", "keel-recovery"})
"""In lower case: a scheme is one in any case (RFC 9110, 11.1)."""
JSON = "application/json"
WITH_PORT = re.compile(r"^(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$")

Body = TypeVar("Body", bound=BaseModel)
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Services:
    """What main puts together once; `clock` gives the moment, in UTC."""

    accounts: Accounts
    sessions: Sessions
    key_slots: KeySlots
    plans: Plans
    clock: Callable[[], datetime]
    public_origin: str
    trusted_proxies: Sequence[Network] = ()


class Visit:
    """One request, as the routes of an account ask about it; each refusal is an error of its own.

    The order is the routes' to keep: 401, 403, 428, 413, 422, 412, 507.
    """

    def __init__(self, services: Services, request: Request) -> None:
        self.services = services
        self.request = request
        self.now = services.clock()
        self.token = _token(request)
        self._new_token: bytes | None = None

    @property
    def came(self) -> Came:
        return Came(_address(self.request, self.services.trusted_proxies), self.token)

    async def signed_in(self) -> SignedIn:
        """Raises SignedOut."""
        session = await self.services.sessions.find(self.token, self.now)
        await self.keep(session)
        return session

    async def keep(self, session: SignedIn) -> None:
        """Notes the day, and has a new token ready for the answer when it is time for one."""
        if session.last_seen_on < self.now.date() and self.token is not None:
            self._new_token = await self.services.sessions.keep(session, self.token, self.now)

    async def changing(self) -> SignedIn:
        """Signed in, and asked for by our own page."""
        session = await self.signed_in()
        self.check_origin()
        return session

    async def proven(self) -> SignedIn:
        """The same, with a fresh proof. Raises ProofRefused and TooManyAttempts."""
        session = await self.changing()
        await self.services.sessions.prove(session, _proof(self.request), self.came, self.now)
        return session

    def check_origin(self) -> None:
        """A change is asked for by a page of this origin, and by a script that says so."""
        headers = self.request.headers
        site = headers.getlist("sec-fetch-site")
        origin = headers.getlist("origin")
        is_ours = site == ["same-origin"] or (not site and origin == [self.services.public_origin])
        if not is_ours or headers.getlist("keel") != ["1"]:
            problems.refuse_origin()

    async def body(self, model: type[Body]) -> Body:
        """JSON that fits the model; else 422, which repeats nothing of it."""
        kind = self.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != JSON:
            raise RequestValidationError([])
        try:
            sent = await self.request.body()
            found = model.model_validate_json(sent)
            refuse_key_twice(sent)
            return found
        except ValueError:  # pydantic's is one
            raise RequestValidationError([]) from None

    async def envelope(self) -> bytes:
        """Bytes as they were sent; a body that is too long is refused before it is read."""
        if declared(self.request.scope) > limits.ENVELOPE_BYTES:
            problems.refuse_length()
        read = bytearray()
        async for chunk in self.request.stream():
            read += chunk
            if len(read) > limits.ENVELOPE_BYTES:
                problems.refuse_length()
        return bytes(read)

    def answer(self, response: Response) -> Response:
        """With the new token, when there is one."""
        response.headers.setdefault("Cache-Control", "no-store")
        return with_token(response, self._new_token) if self._new_token else response


def answer_json(model: BaseModel, status: int = 200) -> Response:
    """One model as JSON."""
    return Response(model.model_dump_json(), status, media_type=JSON)


def done() -> Response:
    """204: it is done, and there is nothing to say."""
    return Response(None, 204)


def with_token(response: Response, token: bytes) -> Response:
    """The cookie that signs in; no script can read it, no other site sends it."""
    return _with_cookie(response, to_text(token), limits.COOKIE_SECONDS)


def without_token(response: Response) -> Response:
    """Takes the cookie back."""
    return _with_cookie(response, "", 0)


def _with_cookie(response: Response, value: str, seconds: int) -> Response:
    told = f"{COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict"
    response.headers["Set-Cookie"] = told
    response.headers["Cache-Control"] = "no-store"
    return response


def id_of(text: str) -> UUID:
    """An id in a path. Raises NotThere for what can be nobody's."""
    try:
        return to_id(text)
    except ValueError:
        raise NotThere from None


def _token(request: Request) -> bytes | None:
    found = TOKEN.search("; ".join(request.headers.getlist("cookie")))
    try:
        return to_bytes(found[1]) if found else None
    except ValueError:
        return None


def _proof(request: Request) -> Proof | None:
    """None for no proof, or for one that can be nobody's."""
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    try:
        secret = to_bytes(text.strip())
    except ValueError:
        return None
    scheme = kind.lower()
    if scheme not in PROOFS or len(secret) != 32:
        return None
    return Proof("recovery" if scheme == "keel-recovery" else "passphrase", secret)


def _address(request: Request, trusted: Sequence[Network]) -> bytes:
    """Who is counted: an IPv4 address or an IPv6 /64, packed; b"" for whom counting would mistake
    for everybody: a near peer that nobody named as a proxy."""
    peer = _parsed(request.client.host if request.client else "")
    if peer is None:
        return b""
    if not _is_in(peer, trusted):
        return b"" if peer.is_loopback or peer.is_private else _packed(peer)
    said = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for text in reversed(said):
        address = _parsed(text.strip())
        if address is None:
            return b""
        if not _is_in(address, trusted):
            return _packed(address)
    return b""


def _parsed(text: str) -> Any:
    """Some proxies write the port behind it, and IPv6 then in brackets."""
    alone = WITH_PORT.sub(r"\1\2", text).partition("%")[0]
    try:
        address = ipaddress.ip_address(alone)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_in(address: Any, networks: Sequence[Network]) -> bool:
    return any(address.version == one.version and address in one for one in networks)


def _packed(address: Any) -> bytes:
    packed: bytes = address.packed
    return packed if address.version == 4 else packed[:8]
