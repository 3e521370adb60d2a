"""What an office's follow-ups without a day were said in a time, by an index alone: an answer in another thread may keep them."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_WINDOW = ("office_id", "state", "due_end", "due_start")


def upgrade() -> None:
    op.drop_index("ix_follow_up_office_id_state_due_end_due_start", table_name="follow_up")
    op.create_index(
        "ix_follow_up_office_id_state_due_end_due_start_since", "follow_up", [*_WINDOW, "since"], unique=False
    )
