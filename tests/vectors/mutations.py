"""Envelopes damaged at random but always alike, and what each must be refused with.

tests/frontend/crypto/mutations.ts makes the same ones. The expected codes come from comparing
bytes, and need no cryptography: whatever differs, and is not refused for its head, must fail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

SEED = 0x5AFE
HEAD_FIELDS = ((8, 24, "wrong_account"), (24, 40, "wrong_object"))
KINDS = (1, 2, 3, 16, 17, 18, 19, 32, 33)


@dataclass(frozen=True)
class Mutation:
    """`base` is the place of the undamaged envelope in the list that was given."""

    base: int
    damaged: bytes
    code: str


def mutations(bases: list[bytes], count: int, seed: int = SEED) -> Iterator[Mutation]:
    """`count` of them; a code of "open" where the damage undid itself."""
    draw = numbers(seed)
    for _ in range(count):
        base = draw() % len(bases)
        damaged = damage(bases[base], draw)
        yield Mutation(base, damaged, expected_code(bases[base], damaged))


def numbers(seed: int) -> Callable[[], int]:
    """Mulberry32: whole numbers below 2^32."""
    state = seed

    def draw() -> int:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        return (mixed ^ (mixed >> 14)) & 0xFFFFFFFF

    return draw


def damage(base: bytes, draw: Callable[[], int]) -> bytes:
    """One to three bytes changed, mostly; else another kind or revision, cut, lengthened, or a
    run of it put elsewhere."""
    changed = bytearray(base)
    way = draw() % 8
    if way == 0:
        at = 5 if draw() % 2 else 47
        changed[at] = KINDS[draw() % len(KINDS)]
    elif way < 5:
        for _ in range(1 + draw() % 3):
            at = draw() % (144 if draw() % 2 else len(base))
            changed[at] ^= 1 + draw() % 255
    elif way == 5:
        del changed[draw() % len(base) :]
    elif way == 6:
        for _ in range(1 + draw() % 40):
            changed.append(draw() % 256)
    else:
        source, target = draw() % (len(base) - 8), draw() % (len(base) - 8)
        changed[target : target + 8] = base[source : source + 8]
    return bytes(changed)


def expected_code(base: bytes, damaged: bytes) -> str:
    """The first check that fails when the caller expects `base` itself, and its revision."""
    if len(damaged) < 160:
        return "truncated"
    if damaged[:4] != b"SPE1":
        return "not_an_envelope"
    if damaged[4] != 1:
        return "suite_not_allowed"
    if damaged[5] not in KINDS:
        return "kind_unknown"
    revision = int.from_bytes(damaged[40:48], "big")
    if not 0 < revision < 2**53:
        return "bad_revision"
    if damaged[5] != base[5]:
        return "wrong_kind"
    for start, end, code in HEAD_FIELDS:
        if damaged[start:end] != base[start:end]:
            return code
    if revision < int.from_bytes(base[40:48], "big"):
        return "rollback"
    return "open" if damaged == base else "wrong_key_or_altered"
