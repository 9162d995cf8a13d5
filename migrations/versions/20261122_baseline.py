"""The baseline: no table yet, because nothing is kept on the server before there are accounts.

It is here so that the way from an empty database to the newest migration is walked, locked and
tested from the first day, and so that /readyz has something true to say.
"""

revision = "20261122_baseline"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Alembic writes down that this database stands here."""
