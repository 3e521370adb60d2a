"""What a letter's sentences do, found once where it is read: a letter is weighed for every promise in whose window it is."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("deeds", sa.Text(), nullable=True))
