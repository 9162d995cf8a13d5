"""Accounts, sessions and sealed plans: the first thing that is kept on the server.

Portable types alone, so that SQLite and PostgreSQL hold the same rows; whose a row is stands in
every key. An envelope stands in `revisions` once, and `documents` says which one is the newest.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_sealed_plans"
down_revision = "20261122_baseline"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables without rows: nothing that an older build reads is changed."""
    _accounts()
    _plans()
    op.create_table(
        "attempts",
        sa.Column("subject", sa.LargeBinary, nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("subject", "rule"),
    )
    op.create_index("ix_attempts_ends_at", "attempts", ["ends_at"])


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name_verifier", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("auth_verifier", sa.LargeBinary, nullable=False),
        sa.Column("lookup_verifier", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("recovery_verifier", sa.LargeBinary, nullable=False),
        sa.Column("gone_mark", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "key_slots",
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id"),
    )
    op.create_table(
        "sessions",
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("previous_hash", sa.LargeBinary, nullable=True, unique=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("device", sa.String(16), nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("last_seen_on", sa.Date, nullable=False),
        sa.Column("renewed_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id"),
    )
    op.create_index("ix_sessions_last_seen_on", "sessions", ["last_seen_on"])


def _plans() -> None:
    op.create_table(
        "documents",
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("kind", sa.Integer, nullable=False),
        sa.Column("object_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind"),
    )
    op.create_table(
        "revisions",
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Integer, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("saved_on", sa.Date, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", "revision"),
        sa.ForeignKeyConstraint(["account_id", "kind"], ["documents.account_id", "documents.kind"]),
    )
