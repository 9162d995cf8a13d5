"""The newest migration, for the tests alone: rewrites every row of a table, a few at a time."""

import sqlalchemy as sa
from alembic import op

from tests.migrating import step

revision = "20990102_row_by_row"
down_revision = "20990101_whole_tables"
branch_labels = None
depends_on = None

AT_ONCE = 10
ROWS = sa.text("SELECT account_id, kind, revision, size FROM revisions ORDER BY 1, 2, 3")
ONE = sa.text(
    "UPDATE revisions SET size = size * 3 + 1, tally = :tally "
    "WHERE account_id = :account_id AND kind = :kind AND revision = :revision"
)


def upgrade() -> None:
    """Each row gets the sum of the sizes up to it: none may be passed over or done twice."""
    held, tally = op.get_bind(), 0
    rows = held.execute(ROWS).mappings().all()
    for start in range(0, len(rows), AT_ONCE):
        for row in rows[start : start + AT_ONCE]:
            tally += row["size"]
            held.execute(ONE, {**row, "tally": tally})
        step(held)
