"""Attempts: counted before they are judged, in the database, for all processes together."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, text, tuple_, update

from app.limits import Rule
from app.models.attempts import ATTEMPTS
from app.models.prepared import Prepared


class Tried(NamedTuple):
    """Who or what is counted (32 bytes under a pepper), and by which rule."""

    subject: bytes
    rule: Rule


# The same words in both databases; the builders of statements have it once for each.
_COUNT = """
INSERT INTO attempts (subject, rule, count, ends_at) VALUES {rows}
ON CONFLICT (subject, rule) DO UPDATE SET
count = CASE WHEN attempts.ends_at <= :now THEN 1 ELSE attempts.count + 1 END,
ends_at = CASE WHEN attempts.ends_at <= :now THEN excluded.ends_at ELSE attempts.ends_at END
RETURNING rule, count, ends_at
"""


_FORGET = Prepared(delete(ATTEMPTS).where(ATTEMPTS.c.subject == bindparam("whose")))


@cache
def _counting(rules: int) -> Prepared:
    rows = ", ".join(f"(:s{n}, :r{n}, 1, :e{n})" for n in range(rules))
    return Prepared(text(_COUNT.format(rows=rows)))


def count(connection: Connection, tried: Sequence[Tried], now: int) -> int:
    """Counts one attempt under every rule; seconds to wait if that was too many, else 0.

    One that has to wait is not judged, so it leaves no count behind: whoever keeps knocking makes
    no wait longer, and locks nobody out who has the same name. In one order, so that two who
    count the same never wait for each other in a circle.
    """
    ordered = sorted(tried, key=lambda one: (one.subject, one.rule.name))
    given: dict[str, object] = {"now": now}
    for n, (subject, rule) in enumerate(ordered):
        given |= {f"s{n}": subject, f"r{n}": rule.name, f"e{n}": now + rule.seconds}
    most = {rule.name: rule.most for _, rule in tried}
    counted = _counting(len(ordered)).rows(connection, given)
    wait = max((ends_at - now for rule, n, ends_at in counted if n > most[rule]), default=0)
    if wait:
        _uncount(connection, ordered)
    return wait


def _uncount(connection: Connection, tried: Sequence[Tried]) -> None:
    these = tuple_(ATTEMPTS.c.subject, ATTEMPTS.c.rule)
    mine = these.in_([(subject, rule.name) for subject, rule in tried])
    connection.execute(update(ATTEMPTS).where(mine).values(count=ATTEMPTS.c.count - 1))


def forget(connection: Connection, tried: Sequence[Tried]) -> None:
    """Starts from nothing: it succeeded."""
    for subject in sorted({one.subject for one in tried}):
        _FORGET.change(connection, {"whose": subject})


def have_ended(connection: Connection, now: int) -> bool:
    """Some count's time is over."""
    ended = select(ATTEMPTS.c.rule).where(ATTEMPTS.c.ends_at <= now).limit(1)
    return connection.execute(ended).first() is not None


def forget_ended(connection: Connection, now: int) -> None:
    """Deletes every count whose time is over."""
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.ends_at <= now))
