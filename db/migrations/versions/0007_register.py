"""Who marked a message as secret, and when; what waits for the registrar, and numbers of the diary, found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("registration", sa.Column("secret_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("registration", sa.Column("secret_by", sa.Text(), nullable=True))
    op.create_index("ix_registration_state_message_id", "registration", ["state", "message_id"], unique=False)
    op.create_index("ix_registration_number", "registration", ["number"], unique=False)
