"""Names, addresses and file names by their words, whatever å ä ö they are typed with; searches that people keep.

The stores keep these words up to date themselves. SQLite by triggers on one FTS5 table, whose row ids say what a row is
of: the kind (0 person, 1 organisation, 2 address, 3 sender, 4 recipient, 5 document) above the 60th bit, below it the
row's id, or message and place (`field` cc: above the 19th bit). PostgreSQL by indexes on an expression. A sender or
recipient with an address is found by that one and its person.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# The way from the newest message down, with what a search asks of each on it. PostgreSQL goes along an index in its own
# order or the opposite one, and has nulls first in the opposite of its usual one.
_NEWEST = "written_on, kind, direction, status, automatic, address_id, thread_id, raw_id"
_ORDER = {"sqlite": "sent_at, id", "postgresql": "sent_at DESC NULLS LAST, id DESC"}

# Kind, table, columns that matter, row id and words of a row; and which rows have any.
_RECIPIENT = "(4 << 60) + ({0}.message_id << 20) + (({0}.field = 'cc') << 19) + {0}.position"
_DOCUMENT = "(5 << 60) + ({0}.message_id << 20) + {0}.position"
_SQLITE = (
    (
        "organisation",
        "name, domain",
        "(1 << 60) + {0}.id",
        "{0}.name || ' ' || coalesce({0}.domain, '')",
        "1",
    ),
    ("address", "address", "(2 << 60) + {0}.id", "{0}.address", "1"),
    (
        "message",
        "from_name, address_id",
        "(3 << 60) + {0}.id",
        "{0}.from_name",
        "{0}.address_id IS NULL AND {0}.from_name IS NOT NULL",
    ),
    (
        "recipient",
        "name, address_id",
        _RECIPIENT,
        "{0}.name",
        "{0}.address_id IS NULL AND {0}.name IS NOT NULL",
    ),
    ("attachment", "filename", _DOCUMENT, "{0}.filename", "{0}.filename IS NOT NULL"),
)

_PUNCTUATION = r"[!-/:-@\[-`{-~]+"
_ACCENTED = "ÅÄÖÉÈÊËÁÀÂÃÍÌÎÏÓÒÔÕÚÙÛÜÇÑÝåäöéèêëáàâãíìîïóòôõúùûüçñýÿ"
_PLAIN = "AAOEEEEAAAAIIIIOOOOUUUUCNYaaoeeeeaaaaiiiioooouuuucnyy"
_POSTGRESQL = (
    ("person_name", "name", ""),
    ("address", "address", ""),
    ("organisation", "name || ' ' || coalesce(domain, '')", ""),
    ("message", "from_name", "WHERE address_id IS NULL AND from_name IS NOT NULL"),
    ("recipient", "name", "WHERE address_id IS NULL AND name IS NOT NULL"),
    ("attachment", "filename", "WHERE filename IS NOT NULL"),
)


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", ID, primary_key=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
    )
    op.create_index(
        "ix_saved_search_owner_name",
        "saved_search",
        ["owner", "name"],
        unique=True,
        sqlite_where=sa.text("NOT removed"),
        postgresql_where=sa.text("NOT removed"),
    )
    op.drop_index("ix_message_sent_at_id", table_name="message")
    dialect = op.get_bind().dialect.name
    op.execute(f"CREATE INDEX ix_message_newest ON message ({_ORDER[dialect]}, {_NEWEST})")
    if dialect == "sqlite":
        _names_in_sqlite()
    else:
        _names_in_postgresql()


def _names_in_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE name_text USING fts5("
        "words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )
    _people_in_sqlite()
    for table, columns, row_id, words, has_any in _SQLITE:
        add = f"INSERT INTO name_text (rowid, words) SELECT {row_id}, {words} WHERE {has_any};".format("new")
        drop = f"DELETE FROM name_text WHERE rowid = {row_id};".format("old")  # noqa: S608 (constants)
        op.execute(
            f"CREATE TRIGGER name_text_{table}_added AFTER INSERT ON {table} WHEN {has_any.format('new')} "
            f"BEGIN {add} END"
        )
        op.execute(
            f"CREATE TRIGGER name_text_{table}_changed AFTER UPDATE OF {columns} ON {table} "
            f"WHEN {has_any.format('new')} OR {has_any.format('old')} BEGIN {drop} {add} END"
        )
        op.execute(
            f"CREATE TRIGGER name_text_{table}_gone AFTER DELETE ON {table} WHEN {has_any.format('old')} "
            f"BEGIN {drop} END"
        )
        op.execute(
            f"INSERT INTO name_text (rowid, words) SELECT {row_id}, {words} FROM {table} WHERE {has_any}".format(  # noqa: S608 (constants)
                table
            )
        )


def _people_in_sqlite() -> None:
    """All names of a person are one row: whoever is looked for by the names of two marriages is found."""
    again = (
        "DELETE FROM name_text WHERE rowid = {0}.person_id; "
        "INSERT INTO name_text (rowid, words) SELECT person_id, group_concat(name, ' ') FROM person_name "
        "WHERE person_id = {0}.person_id GROUP BY person_id;"
    )
    for when, done, row in (
        ("INSERT", "added", "new"),
        ("UPDATE OF name", "changed", "new"),
        ("DELETE", "gone", "old"),
    ):
        op.execute(
            f"CREATE TRIGGER name_text_person_{done} AFTER {when} ON person_name BEGIN {again.format(row)} END"
        )
    op.execute(
        "INSERT INTO name_text (rowid, words) SELECT person_id, group_concat(name, ' ') FROM person_name GROUP BY person_id"
    )


def _names_in_postgresql() -> None:
    for table, words, where in _POSTGRESQL:
        folded = f"lower(translate({words}, '{_ACCENTED}', '{_PLAIN}'))"
        vector = f"to_tsvector('simple'::regconfig, regexp_replace({folded}, '{_PUNCTUATION}', ' ', 'g'))"
        op.execute(f"CREATE INDEX name_text_{table} ON {table} USING gin (({vector})) {where}")
