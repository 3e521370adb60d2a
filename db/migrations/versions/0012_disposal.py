"""The number of the disposal decision by which a mail was erased, on its tombstone."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tombstone", sa.Column("decision", sa.Text(), nullable=True))
