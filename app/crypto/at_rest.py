"""The server's keyring: what is sealed again before it is stored (docs/protocol.md, "At rest").

Layout: "SPR1" ‖ key id 8 ‖ nonce 12 ‖ AES-256-GCM ciphertext and tag. The column and the row are
bound in as "table|column|row|account", ids in hex: sealed bytes open only where they were put.
"""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.verifiers import verifier
from app.errors import AtRestRefused, VerifierRefused

KEY_BYTES = 32
KEY_ID_BYTES = 8
PEPPER_BYTES = 32

_VERSION = b"SPR1"
_ID_ENDS = len(_VERSION) + KEY_ID_BYTES
_NONCE_ENDS = _ID_ENDS + 12


@dataclass(frozen=True, slots=True)
class RestKey:
    """A key-encryption key: `id` 8 bytes, which stand in front of all it seals; `secret` 32."""

    id: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"RestKey({self.id.hex()})"


class Keyring:
    """Keys and peppers, newest first; its repr shows no secret."""

    def __init__(self, keys: Sequence[RestKey], peppers: Sequence[bytes]) -> None:
        if not keys or not peppers:
            raise ValueError("a keyring holds at least one key and one pepper")
        self._keys, self._peppers = tuple(keys), tuple(peppers)

    def __repr__(self) -> str:
        return f"Keyring({', '.join(key.id.hex() for key in self._keys)})"

    @property
    def keys(self) -> tuple[RestKey, ...]:
        return self._keys

    @property
    def peppers(self) -> tuple[bytes, ...]:
        return self._peppers

    @property
    def pepper(self) -> bytes:
        """The newest, under which whatever is stored from now on is computed."""
        return self.peppers[0]

    def verifier(self, label: str, secret: bytes) -> bytes:
        """Under the newest pepper, to be stored."""
        return verifier(self.pepper, label, secret)

    def verifiers(self, label: str, secret: bytes) -> tuple[bytes, ...]:
        """Under every pepper, newest first, to be looked for."""
        return tuple(verifier(pepper, label, secret) for pepper in self.peppers)

    def check(self, label: str, secret: bytes, expected: bytes) -> None:
        """Under every pepper, whichever fits. VerifierRefused: wrong_secret."""
        fits = [hmac.compare_digest(one, expected) for one in self.verifiers(label, secret)]
        if not any(fits):
            raise VerifierRefused("wrong_secret")

    def seal(self, plain: bytes, *, table: str, column: str, row: bytes, account: bytes) -> bytes:
        """Sealed under the newest key; `row` and `account` are ids as bytes."""
        key, nonce = self.keys[0], os.urandom(12)
        bound = _bound(table, column, row, account)
        return _VERSION + key.id + nonce + AESGCM(key.secret).encrypt(nonce, plain, bound)

    def open(self, sealed: bytes, *, table: str, column: str, row: bytes, account: bytes) -> bytes:
        """AtRestRefused: not_sealed, key_unknown or altered (or put somewhere else)."""
        wanted = key_id(sealed)
        key = next((key for key in self.keys if key.id == wanted), None)
        if key is None:
            raise AtRestRefused("key_unknown")
        nonce, bound = sealed[_ID_ENDS:_NONCE_ENDS], _bound(table, column, row, account)
        try:
            return AESGCM(key.secret).decrypt(nonce, sealed[_NONCE_ENDS:], bound)
        except InvalidTag:
            raise AtRestRefused("altered") from None


def new_key() -> RestKey:
    return RestKey(os.urandom(KEY_ID_BYTES), os.urandom(KEY_BYTES))


def new_pepper() -> bytes:
    return os.urandom(PEPPER_BYTES)


def key_id(sealed: bytes) -> bytes:
    """Which key sealed these bytes. AtRestRefused: not_sealed."""
    if len(sealed) < _NONCE_ENDS + 16 or not sealed.startswith(_VERSION):
        raise AtRestRefused("not_sealed")
    return sealed[len(_VERSION) : _ID_ENDS]


def _bound(table: str, column: str, row: bytes, account: bytes) -> bytes:
    return f"{table}|{column}|{row.hex()}|{account.hex()}".encode()
