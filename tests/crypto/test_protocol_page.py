"""docs/protocol.md: the checks stand there in their order, and every code with its status."""

import re
from pathlib import Path

from app.api.problems import ALL_CODES
from app.crypto.envelope import Kind
from app.errors import EnvelopeRefused

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")
CODE = r"\b[a-z]+(?:_[a-z]+)*\b"


def checks(page: str) -> list[str]:
    return re.findall(rf"^\| \d+ \| `({CODE})` \|", page, re.M)


def test_the_checks_are_those_of_the_error_in_their_order() -> None:
    said = (EnvelopeRefused.__doc__ or "").replace(" or ", ", ")
    assert checks(PAGE) == [one for one in re.findall(CODE, said) if one != "or"]


def test_the_codes_are_those_that_are_raised() -> None:
    source = (Path(__file__).parents[2] / "app/crypto/envelope.py").read_text("utf-8")
    assert set(checks(PAGE)) == set(re.findall(r'EnvelopeRefused\("(\w+)"\)', source))


def test_a_missing_check_is_seen() -> None:
    without = PAGE.replace("| 10 | `rollback` |", "| 10 | rollback |")
    assert "rollback" in checks(PAGE)
    assert "rollback" not in checks(without)


def test_every_kind_is_named() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| 5 | 1 | kind"))
    numbers = {int(number) for number in re.findall(r"\d+", row)[2:]} | {17, 18}
    assert numbers == set(Kind)


def answered(page: str) -> list[tuple[int, str]]:
    """(status, code) of the table of refusals."""
    table = page.partition("\n## What is answered when it is refused\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \| (\d{3})", table, re.M)
    return sorted((int(status), code) for codes, status in rows for code in re.findall(CODE, codes))


def test_every_code_that_is_answered_stands_there_with_its_status() -> None:
    assert answered(PAGE) == ALL_CODES


def test_a_missing_code_is_seen() -> None:
    without = PAGE.replace("`name_taken`, `account_gone`, `slot_needed`", "`name_taken`")
    assert set(ALL_CODES) - set(answered(without)) == {(409, "account_gone"), (409, "slot_needed")}
