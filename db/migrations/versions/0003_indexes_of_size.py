"""Two indexes that matter once a store is large.

Without one of the places that stand within a place the store looks at all of them for each that goes; with both ends
of a follow-up's window in the index only those whose window holds a day are looked up.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_occurrence_parent_id", "occurrence", ["parent_id"], unique=False)
    op.drop_index("ix_follow_up_office_id_state_due_end", table_name="follow_up")
    op.create_index(
        "ix_follow_up_office_id_state_due_end_due_start",
        "follow_up",
        ["office_id", "state", "due_end", "due_start"],
        unique=False,
    )
