"""Where a secret or a plan's word stands, in whichever of the usual forms it was written."""

import base64
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # of the code


def code_forms(code: list[str]) -> list[str | bytes]:
    """As shown, in one piece, each two groups side by side, and the 20 bytes that it stands for."""
    letters = "".join(code)
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in letters[:32])
    secret = bytes(int(bits[at : at + 8], 2) for at in range(0, 160, 8))
    pairs = [f"{one}-{next_}" for one, next_ in pairwise(code)]
    return ["-".join(code), letters, letters.lower(), *pairs, secret]


def forms(word: str | bytes) -> Iterator[bytes]:
    """Plain, in 16 bits, as hex, and as base64 of either alphabet wherever it may begin."""
    plain = [word] if isinstance(word, bytes) else [word.encode(), word.encode("utf-16-le")]
    for one in plain:
        yield one
        yield one.hex().encode()
        yield one.hex().upper().encode()
        for shift in range(3):
            text = base64.b64encode(bytes(shift) + one)
            inside = text[(0, 2, 3)[shift] : len(text) - (4 if (shift + len(one)) % 3 else 0)]
            yield inside
            yield inside.translate(bytes.maketrans(b"+/", b"-_"))


def leaks(files: list[Path], told: list[str | bytes]) -> list[str]:
    found = []
    for path in files:
        content = path.read_bytes().strip(b"\0")  # the ballast is nothing but zeros
        found += [
            f"{word!r} in {path.name}" for word in told if any(f in content for f in forms(word))
        ]
    return found
