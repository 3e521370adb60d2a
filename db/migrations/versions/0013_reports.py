"""What held before it became otherwise, day by day; reports as they were issued."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("follow_up", sa.Column("known_on", sa.Date(), nullable=True))
    op.create_table(
        "link_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_link_change_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name="fk_link_change_office_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link_change"),
    )
    op.create_index("ix_link_change_message_id", "link_change", ["message_id"], unique=False)
    op.create_index("ix_link_change_until", "link_change", ["until"], unique=False)
    op.create_table(
        "follow_up_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("follow_up_id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_follow_up_change_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_change"),
    )
    op.create_index("ix_follow_up_change_message_id", "follow_up_change", ["message_id"], unique=False)
    op.create_index("ix_follow_up_change_until", "follow_up_change", ["until"], unique=False)
    op.create_table(
        "issued_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("content", JSON, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_issued_report"),
        sqlite_autoincrement=True,
    )
