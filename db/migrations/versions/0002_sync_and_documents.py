"""What a sync follows on the server, the indexer's version, the text of documents, a token's settings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("raw", sa.Column("index_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_raw_index_version_id", "raw", ["index_version", "id"], unique=False)
    op.add_column("account", sa.Column("personal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("account", sa.Column("sign_in", JSON, nullable=True))
    op.add_column("folder", sa.Column("status", JSON, nullable=True))
    op.add_column("location", sa.Column("flags", sa.Text(), nullable=False, server_default=""))
    op.add_column("attachment", sa.Column("text", sa.Text(), nullable=True))
    for table in ("finding", "follow_up"):
        op.add_column(table, sa.Column("field", sa.String(length=24), nullable=False, server_default="body"))
