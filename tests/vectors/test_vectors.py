"""The vectors are the ones that were given, and ours are what their script makes."""

import hashlib
from pathlib import Path

from tests.vectors import make

FOLDER = Path(__file__).parent

GIVEN = {
    "envelope-v1.json": "d27c9daa32172d68868720cbffacbb7e459f9c07f456d0521e546eafddf67a33",
    "export-v1.json": "7f1f16dd6cbbc2b3a16076b061400857494e37d958d09ca80c9cb24294b7386f",
    "keys-v1.json": "76beb75a285b37ef9b108ca4460deafe6bfc3ff4a590e323fc348a4fe70eee4d",
    "passphrase-v1.json": "36cf7d6b55908f708b179ab15eaa0575440c32015dc0d24e0f5c0f4598e106e6",
    "recovery-code-v1.json": "71f3c4ccd6a4f961885cc29366a3b7ac1ccc83b66fdf5203c1cae702f021ece9",
    "share-v1.json": "c0a778271f07ca2df27bbe39a3cfa5d72614cb049e87d1cc304c25f68ae41e68",
}


def test_the_given_vectors_are_unedited() -> None:
    found = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in GIVEN}
    assert found == GIVEN


def test_our_own_vectors_are_made_by_their_script() -> None:
    refused, run = make.text_of(make.refused()), make.text_of(make.mutation_run())
    assert (FOLDER / "refused-v1.json").read_text("utf-8") == refused
    assert (FOLDER / "mutations-v1.json").read_text("utf-8") == run
    assert (FOLDER / "at-rest-v1.json").read_text("utf-8") == make.text_of(make.at_rest())
