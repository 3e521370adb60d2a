"""Notes that are corrected and searched, who is away and who stands in, and what is known of a follow-up from the start."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("follow_up", sa.Column("given_to", sa.Text(), nullable=True))
    op.add_column("follow_up", sa.Column("moved", JSON, nullable=True))
    op.add_column("follow_up", sa.Column("kept_on", sa.Date(), nullable=True))
    _kept_on()
    _note()
    _note_version()
    _absence()
    if op.get_bind().dialect.name == "sqlite":
        _note_text_in_sqlite()
    else:
        _note_text_in_postgresql()


def _kept_on() -> None:
    """The day of the letter, for those that are kept already."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    day = "json_extract(evidence, '$.date')" if sqlite else "CAST(evidence ->> 'date' AS date)"
    op.execute(f"UPDATE follow_up SET kept_on = {day} WHERE state = 'kept'")  # noqa: S608 (constants)


def _note() -> None:
    for name, kind in (("written_at", INSTANT), ("changed_at", INSTANT), ("changed_by", sa.Text())):
        op.add_column("note", sa.Column(name, kind, nullable=True))
    op.add_column("note", sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_note_at_id", "note", ["at", "id"], unique=False)
    op.create_index("ix_note_person_id_at", "note", ["person_id", "at"], unique=False)


def _note_version() -> None:
    op.create_table(
        "note_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("changed_at", INSTANT, nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_version_note_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_note_version"),
    )
    op.create_index("ix_note_version_note_id", "note_version", ["note_id"], unique=False)


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", ID, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("deputy", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_last", "absence", ["last"], unique=False)


def _note_text_in_sqlite() -> None:
    """As the index of messages, which has no place for what is no message."""
    op.execute(
        "CREATE VIRTUAL TABLE note_text USING fts5("
        "subject, body, parts, folded_subject, folded_body, folded_parts, tokenize = 'ascii')"
    )
    op.execute(
        "CREATE TRIGGER note_text_follows AFTER DELETE ON note "
        "BEGIN DELETE FROM note_text WHERE rowid = old.id; END"
    )


def _note_text_in_postgresql() -> None:
    op.create_table(
        "note_text",
        sa.Column("note_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exact", TSVECTOR(), nullable=False),
        sa.Column("folded", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_text_note_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("note_id", name="pk_note_text"),
    )
    op.create_index("ix_note_text_exact", "note_text", ["exact"], postgresql_using="gin")
    op.create_index("ix_note_text_folded", "note_text", ["folded"], postgresql_using="gin")
