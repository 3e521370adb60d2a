"""The thread in which a server holds a mail (THREADID, RFC 8474)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("location", sa.Column("thread", sa.String(255), nullable=True))
