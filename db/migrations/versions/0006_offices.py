"""The history of every office; what a plan says and who took it in; steps that are not needed; days before a report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "office_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("previous", JSON, nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("plan", sa.String(length=80), nullable=True),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name="fk_office_change_office_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_office_change_message_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_office_change"),
    )
    op.create_index("ix_office_change_office_id_id", "office_change", ["office_id", "id"], unique=False)
    op.create_index("ix_office_change_message_id", "office_change", ["message_id"], unique=False)
    op.create_index("ix_office_change_batch", "office_change", ["batch"], unique=False)
    op.add_column("plan_revision", sa.Column("content", JSON, nullable=True))
    op.add_column("plan_revision", sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("plan_revision", sa.Column("imported_by", sa.Text(), nullable=True))
    op.add_column("step", sa.Column("needed", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("report_due", sa.Column("days", JSON, nullable=True))
