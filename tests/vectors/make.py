"""Makes refused-v1.json, mutations-v1.json and at-rest-v1.json: `python -m tests.vectors.make`.

It seals by itself, with none of app/crypto: a mistake made there cannot hide here.
"""

import base64
import hashlib
import hmac
import json
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.vectors.mutations import SEED, mutations

FOLDER = Path(__file__).parent
GIVEN = json.loads((FOLDER / "envelope-v1.json").read_bytes())
BASE_KEY = bytes.fromhex(GIVEN["base_key"])
ACCOUNT, OBJECT, OTHER = b"\xa0" * 16, b"\xb1" * 16, b"\xee" * 16
PLAN, JOURNAL, PIN_SLOT = 1, 2, 19
BUCKET = 8192

Case = dict[str, Any]


def sealed(
    plaintext: bytes,
    kind: int = PLAN,
    schema: int = 1,
    revision: int = 7,
    parent: bytes = b"\x22" * 32,
    commitment: bytes | None = None,
) -> bytes:
    """Any plaintext under any head, right or wrong, with a tag that holds."""
    numbers = bytes((1, kind)) + schema.to_bytes(2, "big")
    head = b"SPE1" + numbers + ACCOUNT + OBJECT + revision.to_bytes(8, "big") + parent
    salt = hashlib.sha256(head + plaintext).digest()
    info = b"safety-plan/v1/env\0" + head
    okm = HKDF(SHA256(), length=76, salt=salt, info=info).derive(BASE_KEY)
    prefix = head + salt + (commitment or okm[44:])
    return prefix + AESGCM(okm[:32]).encrypt(okm[32:44], plaintext, prefix)


def slot(plaintext: bytes, revision: int = 1, parent: bytes = bytes(32)) -> bytes:
    return sealed(plaintext, PIN_SLOT, revision=revision, parent=parent)


def padded(plaintext: bytes, fill: bytes = b"\0") -> bytes:
    return (len(plaintext).to_bytes(4, "big") + plaintext).ljust(BUCKET, fill)


def case(error: str, why: str, envelope: bytes, kind: int = PLAN, lowest: int = 1) -> Case:
    text = base64.urlsafe_b64encode(envelope).decode().rstrip("=")
    expect = {"kind": kind, "account": ACCOUNT.hex(), "object": OBJECT.hex()}
    return {
        "error": error,
        "why": why,
        "expect": expect | {"min_revision": lowest},
        "envelope": text,
    }


def well_sealed() -> list[Case]:
    """Tags that hold, on what must be refused all the same."""
    key = bytes(range(32))
    altered = "wrong_key_or_altered"
    return [
        case(altered, "a commitment to another key", sealed(padded(b"{}"), commitment=b"\7" * 32)),
        case("bad_padding", "nothing at all", sealed(b"")),
        case("bad_padding", "padding before schema 0", sealed(padded(b"{}", b"\1"), schema=0)),
        case("bad_padding", "padding before schema 2", sealed(padded(b"{}", b"\1"), schema=2)),
        case("bad_padding", "a slot of 31 bytes", slot(key[:31]), PIN_SLOT),
        case("bad_padding", "a slot of 33 bytes", slot(key + b"\0"), PIN_SLOT),
        case("bad_padding", "a padded slot", slot(padded(key)), PIN_SLOT),
        case("bad_padding", "slot revision 2", slot(key, revision=2), PIN_SLOT),
        case("bad_padding", "slot with a parent", slot(key, parent=b"\1" * 32), PIN_SLOT),
        case("bad_padding", "a plan's bare 32 bytes", sealed(key)),
    ]


def two_faults() -> list[Case]:
    """Each pair of neighbouring checks broken at once: the earlier one names the refusal."""
    good = sealed(padded(b"{}"))[:200]  # cut short, so that what passes the head is altered

    def broken(*edits: tuple[int, bytes]) -> bytes:
        made = bytearray(good)
        for at, value in edits:
            made[at : at + len(value)] = value
        return bytes(made)

    magic, suite, unknown = (0, b"NOPE"), (4, b"\2"), (5, b"\x63")
    zeroth, journal = (40, bytes(8)), (5, bytes((JOURNAL,)))
    account, other, early = (8, OTHER), (24, OTHER), (40, (3).to_bytes(8, "big"))
    return [
        case("truncated", "before not_an_envelope", broken(magic)[:159]),
        case("not_an_envelope", "before suite_not_allowed", broken(magic, suite)),
        case("suite_not_allowed", "before kind_unknown", broken(suite, unknown)),
        case("kind_unknown", "before bad_revision", broken(unknown, zeroth)),
        case("bad_revision", "before wrong_kind", broken(zeroth, journal)),
        case("wrong_kind", "before wrong_account", broken(journal, account)),
        case("wrong_account", "before wrong_object", broken(account, other)),
        case("wrong_object", "before rollback", broken(other, early), lowest=7),
        case("rollback", "before wrong_key_or_altered", broken(early), lowest=7),
    ]


def mutation_bases() -> list[int]:
    """Places in envelope-v1.json's `good`: one plan, one share, one slot."""
    found = {one["kind"]: at for at, one in reversed(list(enumerate(GIVEN["good"])))}
    return [found[PLAN], found[3], found[PIN_SLOT]]


def mutation_run() -> dict[str, Any]:
    places = mutation_bases()
    text = [GIVEN["good"][at]["envelope"] for at in places]
    bases = [base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in text]
    made = mutations(bases, 100_000)
    first = [next(made).code for _ in range(2_000)]
    digests = {"2000": digest(first)}
    codes = list(first)
    for count in (10_000, 100_000):
        codes += [one.code for one in islice(made, count - len(codes))]
        digests[str(count)] = digest(codes)
    return {
        "about": "Damaged envelopes, by tests/vectors/mutations.py: the codes of the first 2,000, "
        "and SHA-256 of that many codes joined by line feeds.",
        "seed": SEED,
        "bases": places,
        "digests": digests,
        "first": "\n".join(first),
    }


def digest(codes: list[str]) -> str:
    return hashlib.sha256("\n".join(codes).encode()).hexdigest()


def refused() -> dict[str, Any]:
    return {
        "about": "More of envelope-v1.json's `bad`: tags that hold on what is refused all the "
        "same, and two faults at once, where the earlier check must name the refusal.",
        "base_key": BASE_KEY.hex(),
        "bad": well_sealed() + two_faults(),
    }


def at_rest() -> dict[str, Any]:
    """What the server seals again, and its verifiers, each under keys that anyone may know."""
    key, key_id, pepper = bytes(range(64, 96)), bytes(range(8)), bytes(range(96, 128))
    row, account = OBJECT.hex(), ACCOUNT.hex()
    places = [("key_slots", "sealed", slot(bytes(32))), ("a_table", "another", b"")]
    good = []
    for at, (table, column, plain) in enumerate(places):
        nonce = bytes((at,)) * 12
        bound = f"{table}|{column}|{row}|{account}".encode()
        whole = b"SPR1" + key_id + nonce + AESGCM(key).encrypt(nonce, plain, bound)
        text = base64.urlsafe_b64encode(whole).decode().rstrip("=")
        place = {"table": table, "column": column, "row": row, "account": account}
        good.append({**place, "plain_hex": plain.hex(), "sealed": text})
    return {
        "about": "Sealed by the server's keyring: SPR1, key id, nonce, AES-256-GCM with "
        "table|column|row|account bound in; and verifiers, HMAC-SHA-256(pepper, label|secret).",
        "key": key.hex(),
        "key_id": key_id.hex(),
        "pepper": pepper.hex(),
        "good": good,
        "verifiers": [verified(pepper, label) for label in ("name", "auth", "recovery", "gone")],
    }


def verified(pepper: bytes, label: str) -> dict[str, str]:
    made = hmac.new(pepper, f"{label}|quiet-maple-4821".encode(), hashlib.sha256).hexdigest()
    return {"label": label, "secret": "quiet-maple-4821", "verifier": made}


def text_of(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (FOLDER / "refused-v1.json").write_text(text_of(refused()), "utf-8")
    (FOLDER / "mutations-v1.json").write_text(text_of(mutation_run()), "utf-8")
    (FOLDER / "at-rest-v1.json").write_text(text_of(at_rest()), "utf-8")
