"""The export file against its vector, and against what a person may hand over instead."""

import hashlib

import pytest

from app.crypto import export_file
from app.errors import EnvelopeRefused, ExportRefused
from tests.crypto.vector_cases import from_base64url, read

VECTOR = read("export-v1.json")
FILE = from_base64url(VECTOR["file"])
PASSPHRASE: str = VECTOR["passphrase"]


def code_of(passphrase: str, file: bytes) -> str:
    try:
        export_file.open(passphrase, file)
    except (ExportRefused, EnvelopeRefused) as refused:
        return refused.code
    return "open"


def flipped(at: int, file: bytes = FILE) -> bytes:
    return file[:at] + bytes((file[at] ^ 1,)) + file[at:][1:]


CHANGES = {
    "first byte to 0x00": b"\0" + FILE[1:],
    "byte 4 (KDF suite) to 2": FILE[:4] + b"\2" + FILE[5:],
    "byte 5 (salt) flipped": flipped(5),
    "last byte flipped": flipped(len(FILE) - 1),
    "another passphrase": FILE,
    "cut to 100 bytes": FILE[:100],
}


def test_the_vector_opens() -> None:
    assert hashlib.sha256(FILE).hexdigest() == VECTOR["sha256"]
    assert export_file.open(PASSPHRASE, FILE).decode() == VECTOR["plaintext"]


@pytest.mark.parametrize("case", VECTOR["bad"], ids=lambda case: case["change"])
def test_a_damaged_vector_is_refused_with_its_code(case: dict[str, str]) -> None:
    passphrase = "six others" if case["change"] == "another passphrase" else PASSPHRASE
    assert code_of(passphrase, CHANGES[case["change"]]) == case["error"]


def test_every_length_is_refused_in_a_code() -> None:
    codes = [code_of(PASSPHRASE, FILE[:length]) for length in (0, 3, 4, 5, 20, 21, 180)]
    assert codes == ["not_an_export"] * 2 + ["kdf_not_allowed"] + ["truncated"] * 4


def test_what_is_sealed_opens_again_by_any_spelling_of_its_passphrase() -> None:
    plaintext = '{"text": "é 🌊 العربية"}'.encode()
    file = export_file.seal("caf\u00e9 words", plaintext)
    assert file[:5] == b"SPX1\1"
    assert file[21:27] == b"SPE1\1\x20"
    assert file[29:45] == bytes(16)
    assert file[45:61] == hashlib.sha256(file[:21]).digest()[:16]
    assert export_file.open("cafe\u0301 words", file) == plaintext
    assert code_of("cafe words", file) == "wrong_key_or_altered"
    assert export_file.seal("caf\u00e9 words", plaintext)[5:21] != file[5:21]


@pytest.mark.parametrize("passphrase", ["x" * 1025, "\ud800"])
def test_a_passphrase_no_browser_would_take_is_refused(passphrase: str) -> None:
    assert code_of(passphrase, FILE) == "bad_passphrase"
    with pytest.raises(ExportRefused):
        export_file.seal(passphrase, b"{}")
