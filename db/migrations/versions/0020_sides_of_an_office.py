"""What an office's page counts on each side, by an index alone; who was merged is few, and an index of those few is used."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_WINDOW = ("office_id", "state", "due_end", "due_start", "since")
_MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_follow_up_office_id_state_due_end_due_start_since", table_name="follow_up")
    op.create_index(
        "ix_follow_up_office_id_state_due_end_due_start_since_owes",
        "follow_up",
        [*_WINDOW, "owes"],
        unique=False,
    )
    for table in ("person", "organisation"):
        name = f"ix_{table}_merged_into_id"
        op.drop_index(name, table_name=table)
        op.create_index(
            name, table, ["merged_into_id"], unique=False, sqlite_where=_MERGED, postgresql_where=_MERGED
        )
