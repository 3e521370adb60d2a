"""A sender's mails by their time: an answer that lost its headers is held against what went to its writer just before."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_message_address_id_sent_at", "message", ["address_id", "sent_at"], unique=False)
    op.drop_index("ix_message_address_id", table_name="message")
