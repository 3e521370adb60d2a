"""Quotes that were cut or edited; what people decide on threads, people and organisations; the names that a person has had; ends of affiliations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "arrangement",
        sa.Column("id", ID, primary_key=True),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("one", ID, nullable=False),
        sa.Column("other", ID, nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_arrangement"),
    )
    op.create_index("ix_arrangement_subject_one", "arrangement", ["subject", "one"], unique=False)
    op.create_index("ix_arrangement_subject_other", "arrangement", ["subject", "other"], unique=False)
    op.create_table(
        "person_name",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_first", sa.Date(), nullable=True),
        sa.Column("seen_last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_person_name_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "name", name="pk_person_name"),
    )
    op.create_index("ix_person_name_name", "person_name", ["name"], unique=False)
    op.execute("INSERT INTO person_name (person_id, name) SELECT id, name FROM person")
    for table in ("person", "organisation"):
        op.add_column(table, sa.Column("merged_into_id", ID, nullable=True))
        op.create_index(f"ix_{table}_merged_into_id", table, ["merged_into_id"], unique=False)
    op.add_column("message", sa.Column("head_key", sa.String(length=64), nullable=True))
    op.create_index("ix_message_head_key", "message", ["head_key"], unique=False)
    op.add_column("occurrence", sa.Column("confidence", sa.Double(), nullable=False, server_default="1"))
    op.add_column("affiliation", sa.Column("unit", sa.Text(), nullable=True))
    op.add_column("affiliation", sa.Column("ended_on", sa.Date(), nullable=True))
