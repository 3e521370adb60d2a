"""What a screen asks of a large store, by indexes alone: threads from either end, the day's list, what is gone from a folder.

Also under which login somebody of ours decides.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# PostgreSQL goes along an index in its own order or the opposite one, and has nulls first in the opposite of its usual one.
_NEWEST = {"sqlite": "last_date, id", "postgresql": "last_date DESC NULLS LAST, id DESC"}
_AGENDA = ("due_end", "due_start", "approximate", "since", "snoozed_until", "rule")


def upgrade() -> None:
    op.add_column("person", sa.Column("login", sa.String(200), nullable=True))
    op.create_index("ix_person_login", "person", ["login"], unique=False)
    op.create_index(
        "ix_location_gone",
        "location",
        ["folder_id"],
        unique=False,
        sqlite_where=sa.text("gone IS 1"),  # as a query says it, or SQLite does not see that it serves
        postgresql_where=sa.text("gone"),
    )
    op.drop_index("ix_thread_last_date_id_messages", table_name="thread")
    dialect = op.get_bind().dialect.name
    op.execute(f"CREATE INDEX ix_thread_newest ON thread ({_NEWEST[dialect]}, messages)")
    op.drop_index("ix_follow_up_state_due_end", table_name="follow_up")
    op.create_index("ix_follow_up_agenda", "follow_up", ["state", *_AGENDA], unique=False)
