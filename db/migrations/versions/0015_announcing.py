"""Whether a letter announces something: which letters are weighed for promises that were made elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("announces", sa.Boolean(), nullable=True))
