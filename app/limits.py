"""Sizes, lifetimes and counts that more than one part must agree on."""

from typing import NamedTuple

BODY_BYTES = 1024 * 1024
"""No request body is longer; a longer one is refused before it is read."""

HEAD_BYTES = 64 * 1024
"""No request's line and headers are longer."""

ENVELOPE_BYTES = 512 * 1024
"""No sealed plan or journal is longer, whether it comes alone or inside JSON."""

REQUEST_SECONDS = 60
"""Until a request has come whole; a device gives up a save after half of it."""

IMMUTABLE_SECONDS = 365 * 24 * 60 * 60
"""How long a file whose name holds its hash is kept by browsers and caches."""

DATABASE_WAIT_SECONDS = 5
"""How long a statement waits for another process's write to finish."""

CONNECT_SECONDS = 2
"""How long each of PostgreSQL's hosts has to answer, unless the URL says otherwise."""

CONNECTIONS = 16
"""To PostgreSQL, for each serving process; whoever finds none free waits for one."""

SHUTDOWN_SECONDS = 5
"""How long a stopping server lets the answers under way finish."""

IDLE_DAYS = 365
"""A session that was not used for so long has ended."""

RENEWAL_DAYS = 30
"""A token that old is exchanged for a new one."""

COOKIE_SECONDS = 400 * 24 * 60 * 60
"""The longest that browsers keep a cookie; the server alone decides when a session ends."""

SESSIONS = 20
"""Of one account; one more ends the one that was not seen for the longest."""

KEY_SLOTS = 10
"""Of one account."""

PLAN_REVISIONS = 20
"""The newest that are kept, the current one among them."""

PLAN_DAYS = 30
"""For so many days the last revision of each day is kept as well."""

JOURNAL_REVISIONS = 2
"""The current one and the one before."""

SWEEP_SECONDS = 60
"""How often what has ended is looked for and deleted."""

BALLAST_BYTES = 32 * 1024 * 1024
"""Room kept free for deleting on a full disk: as much as the revisions of one large account."""


class Rule(NamedTuple):
    """So many attempts in so many seconds; `name` is what the database calls it."""

    name: str
    seconds: int
    most: int


SIGN_INS_HERE = (Rule("sign-in minute", 60, 5), Rule("sign-in hour", 3600, 20))
"""Failed sign-ins and proofs by name and address."""

SIGN_INS_ANYWHERE = Rule("sign-in name", 3600, 100)
"""Failed sign-ins and proofs by name."""

REGISTRATIONS = Rule("registration", 3600, 60)
"""By address."""
