"""The vectors against copies of envelope.py with a planted fault: each must be found."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from app.crypto import envelope
from tests.crypto.vector_cases import wrong_refusals

SOURCE = Path(envelope.__file__).read_text("utf-8")

FAULTS = {
    "the commitment is not looked at": ("if not hmac.compare_digest(", "if False and ("),
    "padding may hold anything": (" or any(padded[end:])", ""),
    "a length may point beyond the bucket": ("if end > len(padded) or ", "if "),
    "any size is a bucket": ("if len(padded) not in _BUCKETS:", "if False:"),
    "a slot may have a parent": (" or any(parent)", ""),
    "a slot may have a second revision": (" or revision != 1", ""),
    "a slot may be of any size": ("if len(padded) != _SLOT or ", "if "),
    "the head is not bound by the tag": (
        ", envelope[_PREFIX:], prefix)",
        ", envelope[_PREFIX:], b'')",
    ),
    "rollback is not looked at": ("if revision < expected.lowest_revision:", "if False:"),
    "a rollback to the next is let through": ("revision < expected.", "revision + 1 < expected."),
    "the account is not looked at": ("if envelope[8:24] != expected.account:", "if False:"),
    "the object is not looked at": ("if envelope[24:40] != expected.object:", "if False:"),
    "any kind is taken": ("if kind != expected.kind:", "if False:"),
    "a kind need not be known": ("if kind not in _KNOWN:", "if False:"),
    "a suite may be any": ("if envelope[4] != _SUITE:", "if False:"),
    "revision 0 is let through": ("if not 1 <= revision", "if not 0 <= revision"),
    "revision 2^53 is let through": ("<= LARGEST_REVISION", "<= LARGEST_REVISION + 1"),
    "schema 0 is let through": ("if schema < 1:", "if False:"),
    "a newer schema is let through": ("if schema > NEWEST_SCHEMA:", "if False:"),
    "a byte too few is let through": (
        "if len(envelope) < _PREFIX + _TAG:",
        "if len(envelope) < 100:",
    ),
}

CHECKS_IN_ORDER = (
    "not_an_envelope",
    "suite_not_allowed",
    "kind_unknown",
    "bad_revision",
    "wrong_kind",
    "wrong_account",
    "wrong_object",
    "rollback",
)


def variant(source: str) -> ModuleType:
    made = ModuleType("app.crypto.envelope_variant")
    # A dataclass looks its module up by name.
    made.__dict__["__name__"] = envelope.__name__
    exec(compile(source, "envelope_variant.py", "exec"), made.__dict__)
    return made


def failures(source: str) -> list[str]:
    """What the vectors find; an error without a type is a find too."""
    made = variant(source)
    try:
        return wrong_refusals(made)
    except Exception as error:  # noqa: BLE001
        return [repr(error)]


def blocks() -> dict[str, str]:
    """The head's checks by code: the `if` (or the call) and the raise of each."""
    start = SOURCE.index("    if envelope[:4] != _MAGIC:")
    end = SOURCE.index("    return revision\n", start)
    found: dict[str, str] = {}
    block = ""
    for line in SOURCE[start:end].splitlines(keepends=True):
        block += line
        if "raise EnvelopeRefused" in line:
            found[line.split('"')[1]] = block
        elif "_check_revision(" in line:
            found["bad_revision"] = block
        else:
            continue
        block = ""
    return found


def swaps() -> Iterator[tuple[str, str]]:
    """Every two neighbouring checks in each other's place."""
    checks = blocks()
    assert tuple(checks) == CHECKS_IN_ORDER
    for before, after in pairwise(CHECKS_IN_ORDER):
        pair = checks[before] + checks[after]
        swapped = _needs_kind(checks[after] + checks[before])
        assert pair in SOURCE
        yield f"{after} before {before}", SOURCE.replace(pair, swapped)


def _needs_kind(swapped: str) -> str:
    """The line that reads the kind stays ahead of whoever uses it."""
    reads = "    kind = envelope[5]\n"
    return reads + swapped.replace(reads, "") if reads in swapped else swapped


def test_the_source_itself_has_no_fault() -> None:
    assert failures(SOURCE) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    original, changed = FAULTS[fault]
    assert SOURCE.count(original) >= 1
    assert failures(SOURCE.replace(original, changed, 1)) != []


@pytest.mark.parametrize(("swap", "source"), list(swaps()))
def test_checks_in_another_order_are_found(swap: str, source: str) -> None:
    assert failures(source) != [], swap


def test_padding_after_schema_is_found() -> None:
    schema = "    _check_schema(schema)\n"
    reads = '    schema = int.from_bytes(envelope[6:8], "big")\n'
    moved = SOURCE.replace(reads + schema, "", 1)
    early = "    padded = _decrypt(base_key, envelope)\n"
    assert failures(moved.replace(early, early + reads + schema, 1)) != []


def test_opening_before_looking_at_the_head_is_found() -> None:
    looks = "    revision = _check_head(expected, envelope)\n"
    opens = "    padded = _decrypt(base_key, envelope)\n"
    assert failures(SOURCE.replace(looks + opens, opens + looks)) != []
