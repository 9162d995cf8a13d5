"""A later migration, for the tests alone: statements that each write the whole of a table anew."""

import sqlalchemy as sa
from alembic import op

from tests.migrating import step

revision = "20990101_whole_tables"
down_revision = "20261122_sealed_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Done twice it is another: the sizes would tell."""
    step(op.get_bind())
    note = sa.Column("note", sa.String(16), nullable=False, server_default="none")
    op.add_column("accounts", note)
    step(op.get_bind())
    op.execute("UPDATE revisions SET size = size * 3 + 1")
    step(op.get_bind())
    with op.batch_alter_table("revisions", recreate="always") as table:
        table.add_column(sa.Column("tally", sa.BigInteger, nullable=False, server_default="0"))
    step(op.get_bind())
