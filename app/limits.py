"""Sizes and lifetimes that more than one part must agree on."""

BODY_BYTES = 1024 * 1024
"""No request body is longer; a longer one is refused before it is read."""

IMMUTABLE_SECONDS = 365 * 24 * 60 * 60
"""How long a file whose name holds its hash is kept by browsers and caches."""

DATABASE_WAIT_SECONDS = 5
"""How long a statement waits for another process's write to finish."""

SHUTDOWN_SECONDS = 5
"""How long a stopping server lets the answers under way finish."""
