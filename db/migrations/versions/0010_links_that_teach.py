"""Decisions on links teach: what they overrule, whose mails they are about; dates that later letters move."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("link", sa.Column("decision_id", ID, nullable=True))
    op.add_column("link_decision", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("link_decision", sa.Column("confidence", sa.Double(), nullable=True))
    op.add_column("link_decision", sa.Column("domain", sa.Text(), nullable=True))
    op.create_index("ix_link_decision_domain", "link_decision", ["domain"], unique=False)
    op.add_column("follow_up", sa.Column("change", JSON, nullable=True))
    op.add_column("follow_up", sa.Column("changed_by_id", ID, nullable=True))
    op.create_index("ix_follow_up_changed_by_id", "follow_up", ["changed_by_id"], unique=False)
    _find_domains()


def _find_domains() -> None:
    """The decisions that there are teach as well; few enough, since people made each of them."""
    connection = op.get_bind()
    senders = sa.text(
        "SELECT link_decision.id, address.address FROM link_decision"
        " JOIN message ON message.id = link_decision.message_id"
        " JOIN address ON address.id = message.address_id"
    )
    for number, address in connection.execute(senders).all():
        written = sa.text("UPDATE link_decision SET domain = :domain WHERE id = :id")
        connection.execute(written, {"id": number, "domain": address.rpartition("@")[2]})
