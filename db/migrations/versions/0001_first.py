"""The first schema: mail, parties, offices, reading, log, and the full-text index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite counts its row ids up only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _account()
    _audit()
    _municipality()
    _person()
    _plan_revision()
    _raw()
    _thread()
    _tombstone()
    _audit_payload()
    _folder()
    _office()
    _organisation()
    _phone()
    _plan_phase()
    _plan_slot()
    _thread_key()
    _address()
    _affiliation()
    _location()
    _note()
    _plan_entry()
    _step()
    _message()
    _attachment()
    _finding()
    _follow_up()
    _link()
    _link_decision()
    _mention()
    _occurrence()
    _recipient()
    _reference()
    _registration()
    _decision()
    _report_due()
    if op.get_bind().dialect.name == "sqlite":
        _message_text_in_sqlite()
    else:
        _message_text_in_postgresql()


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=True),
        sa.Column("port", sa.Integer(), nullable=True),
        sa.Column("user", sa.String(length=320), nullable=True),
        sa.Column("security", sa.String(length=8), nullable=True),
        sa.Column("auth", sa.String(length=16), nullable=True),
        sa.Column("ca_file", sa.Text(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("folders", JSON, nullable=False),
        sa.Column("exclude", JSON, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("sent_folder", sa.Text(), nullable=True),
        sa.Column("last_sync", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("problem", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("payload_digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("digest", name="uq_audit_digest"),
        sqlite_autoincrement=True,
    )


def _municipality() -> None:
    op.create_table(
        "municipality",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_municipality"),
        sa.UniqueConstraint("name", name="uq_municipality_name"),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_name", "person", ["name"], unique=False)


def _plan_revision() -> None:
    op.create_table(
        "plan_revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("offices_min", sa.Integer(), nullable=True),
        sa.Column("offices_max", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plan_revision"),
        sa.UniqueConstraint("key", name="uq_plan_revision_key"),
    )


def _raw() -> None:
    op.create_table(
        "raw",
        sa.Column("id", ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("codec", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("taken_in_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("reader_version", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=120), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_raw"),
        sa.UniqueConstraint("sha256", name="uq_raw_sha256"),
    )
    op.create_index("ix_raw_reader_version_id", "raw", ["reader_version", "id"], unique=False)


def _thread() -> None:
    op.create_table(
        "thread",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("last_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_thread_last_date_id_messages", "thread", ["last_date", "id", "messages"], unique=False
    )


def _tombstone() -> None:
    op.create_table(
        "tombstone",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_tombstone"),
    )


def _audit_payload() -> None:
    op.create_table(
        "audit_payload",
        sa.Column("audit_id", ID, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name="fk_audit_payload_audit_id"),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit_payload"),
    )


def _folder() -> None:
    op.create_table(
        "folder",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("last_sync", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_folder_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_folder"),
        sa.UniqueConstraint("account_id", "name", name="uq_folder_account_id_name"),
    )


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=True),
        sa.Column("vulnerable_area", sa.String(length=8), nullable=False),
        sa.Column("in_plan", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=True),
        sa.Column("assessment", sa.String(length=16), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name="fk_office_municipality_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("municipality_code", "place", name="uq_office_municipality_code_place"),
    )


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("municipality_code", sa.String(length=4), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name="fk_organisation_municipality_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
    )
    op.create_index("ix_organisation_domain", "organisation", ["domain"], unique=False)


def _phone() -> None:
    op.create_table(
        "phone",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_phone_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "number", name="pk_phone"),
    )
    op.create_index("ix_phone_number", "phone", ["number"], unique=False)


def _plan_phase() -> None:
    op.create_table(
        "plan_phase",
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("offices_min", sa.Integer(), nullable=True),
        sa.Column("offices_max", sa.Integer(), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["plan_revision.id"], name="fk_plan_phase_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "number", name="pk_plan_phase"),
    )


def _plan_slot() -> None:
    op.create_table(
        "plan_slot",
        sa.Column("id", ID, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("offices_min", sa.Integer(), nullable=False),
        sa.Column("offices_max", sa.Integer(), nullable=False),
        sa.Column("areas", JSON, nullable=False),
        sa.Column("vulnerable_min_per_area", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["plan_revision.id"], name="fk_plan_slot_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_slot"),
    )
    op.create_index("ix_plan_slot_revision_id", "plan_slot", ["revision_id"], unique=False)


def _thread_key() -> None:
    op.create_table(
        "thread_key",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_thread_key_thread_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_thread_key"),
    )
    op.create_index("ix_thread_key_thread_id", "thread_key", ["thread_id"], unique=False)


def _address() -> None:
    op.create_table(
        "address",
        sa.Column("id", ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("organisation_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_address_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_address_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("address", name="uq_address_address"),
    )
    op.create_index("ix_address_organisation_id", "address", ["organisation_id"], unique=False)
    op.create_index("ix_address_person_id", "address", ["person_id"], unique=False)


def _affiliation() -> None:
    op.create_table(
        "affiliation",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("seen_first", sa.Date(), nullable=True),
        sa.Column("seen_last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_affiliation_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_affiliation_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_affiliation"),
        sa.UniqueConstraint(
            "person_id", "organisation_id", "title", name="uq_affiliation_person_id_organisation_id_title"
        ),
    )


def _location() -> None:
    op.create_table(
        "location",
        sa.Column("id", ID, nullable=False),
        sa.Column("folder_id", ID, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("raw_id", ID, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("internal_date", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["folder.id"], name="fk_location_folder_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["raw_id"], ["raw.id"], name="fk_location_raw_id"),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
        sa.UniqueConstraint("folder_id", "uidvalidity", "uid", name="uq_location_folder_id_uidvalidity_uid"),
    )
    op.create_index("ix_location_raw_id", "location", ["raw_id"], unique=False)


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_note_office_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_note_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_office_id_at", "note", ["office_id", "at"], unique=False)


def _plan_entry() -> None:
    op.create_table(
        "plan_entry",
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("phase", sa.Integer(), nullable=True),
        sa.Column("vulnerable_area", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_plan_entry_office_id"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["plan_revision.id"], name="fk_plan_entry_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "office_id", name="pk_plan_entry"),
    )


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("blocked_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_step_office_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("office_id", "kind", name="uq_step_office_id_kind"),
    )


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("words_key", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("raw_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=True),
        sa.Column("reply_to_id", ID, nullable=True),
        sa.Column("from_name", sa.Text(), nullable=True),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("date_text", sa.Text(), nullable=True),
        sa.Column("utc_offset", sa.Integer(), nullable=True),
        sa.Column("zone_known", sa.Boolean(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature_start", sa.Integer(), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("taken_in_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_message_address_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["message.id"], name="fk_message_parent_id"),
        sa.ForeignKeyConstraint(["raw_id"], ["raw.id"], name="fk_message_raw_id"),
        sa.ForeignKeyConstraint(["reply_to_id"], ["message.id"], name="fk_message_reply_to_id"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_message_thread_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("key", name="uq_message_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_address_id", "message", ["address_id"], unique=False)
    op.create_index("ix_message_message_id", "message", ["message_id"], unique=False)
    op.create_index("ix_message_parent_id", "message", ["parent_id"], unique=False)
    op.create_index("ix_message_raw_id", "message", ["raw_id"], unique=False)
    op.create_index("ix_message_reply_to_id", "message", ["reply_to_id"], unique=False)
    op.create_index("ix_message_sent_at_id", "message", ["sent_at", "id"], unique=False)
    op.create_index("ix_message_status_id", "message", ["status", "id"], unique=False)
    op.create_index("ix_message_thread_id_sent_at", "message", ["thread_id", "sent_at"], unique=False)
    op.create_index("ix_message_written_on", "message", ["written_on"], unique=False)
    op.create_index("ix_message_words_key", "message", ["words_key"], unique=False)


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_attachment_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_attachment"),
    )
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"], unique=False)


def _finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("obligor", sa.String(length=12), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("due_start", sa.Date(), nullable=True),
        sa.Column("due_end", sa.Date(), nullable=True),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_finding_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("key", name="uq_finding_key"),
    )
    op.create_index("ix_finding_message_id", "finding", ["message_id"], unique=False)


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", ID, nullable=False),
        sa.Column("finding_key", sa.String(length=64), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("obligor", sa.String(length=12), nullable=False),
        sa.Column("owes", sa.String(length=8), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("due_start", sa.Date(), nullable=True),
        sa.Column("due_end", sa.Date(), nullable=True),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("evidence", JSON, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_follow_up_message_id"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_follow_up_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sa.UniqueConstraint("finding_key", name="uq_follow_up_finding_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_message_id", "follow_up", ["message_id"], unique=False)
    op.create_index(
        "ix_follow_up_office_id_state_due_end", "follow_up", ["office_id", "state", "due_end"], unique=False
    )
    op.create_index("ix_follow_up_since_id", "follow_up", ["since", "id"], unique=False)
    op.create_index("ix_follow_up_state_since_id", "follow_up", ["state", "since", "id"], unique=False)
    op.create_index("ix_follow_up_state_due_end", "follow_up", ["state", "due_end"], unique=False)


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_link_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_link_office_id"),
        sa.PrimaryKeyConstraint("message_id", "office_id", name="pk_link"),
    )
    op.create_index("ix_link_office_id_message_id", "link", ["office_id", "message_id"], unique=False)


def _link_decision() -> None:
    op.create_table(
        "link_decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_link_decision_message_id"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_link_decision_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_link_decision"),
        sa.UniqueConstraint("message_id", "office_id", name="uq_link_decision_message_id_office_id"),
    )


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("label", sa.String(length=12), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("value", JSON, nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_mention_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    op.create_index("ix_mention_label_name", "mention", ["label", "name"], unique=False)
    op.create_index("ix_mention_message_id", "mention", ["message_id"], unique=False)


def _occurrence() -> None:
    op.create_table(
        "occurrence",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("raw_id", ID, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_occurrence_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["occurrence.id"], name="fk_occurrence_parent_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["raw_id"], ["raw.id"], name="fk_occurrence_raw_id"),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.UniqueConstraint(
            "raw_id", "part", "start", "position", name="uq_occurrence_raw_id_part_start_position"
        ),
    )
    op.create_index("ix_occurrence_message_id", "occurrence", ["message_id"], unique=False)


def _recipient() -> None:
    op.create_table(
        "recipient",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("field", sa.String(length=3), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("address_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_recipient_address_id"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_recipient_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "field", "position", name="pk_recipient"),
    )
    op.create_index(
        "ix_recipient_address_id_message_id", "recipient", ["address_id", "message_id"], unique=False
    )


def _reference() -> None:
    op.create_table(
        "reference",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_reference_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_reference"),
    )
    op.create_index("ix_reference_target", "reference", ["target"], unique=False)


def _registration() -> None:
    op.create_table(
        "registration",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("secret_provision", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_registration_message_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_registration"),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("follow_up_id", ID, nullable=False),
        sa.Column("finding_key", sa.String(length=64), nullable=True),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_start", sa.Date(), nullable=True),
        sa.Column("due_end", sa.Date(), nullable=True),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("undoes_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_up.id"], name="fk_decision_follow_up_id"),
        sa.ForeignKeyConstraint(["undoes_id"], ["decision.id"], name="fk_decision_undoes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_batch", "decision", ["batch"], unique=False)
    op.create_index("ix_decision_finding_key", "decision", ["finding_key"], unique=False)
    op.create_index("ix_decision_follow_up_id", "decision", ["follow_up_id"], unique=False)
    op.create_index("ix_decision_undoes_id", "decision", ["undoes_id"], unique=False)


def _report_due() -> None:
    op.create_table(
        "report_due",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("due_start", sa.Date(), nullable=True),
        sa.Column("due_end", sa.Date(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("follow_up_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_up.id"], name="fk_report_due_follow_up_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_due"),
        sa.UniqueConstraint("key", name="uq_report_due_key"),
    )
    op.create_index("ix_report_due_due_end", "report_due", ["due_end"], unique=False)
    # ### end Alembic commands ###


def _message_text_in_sqlite() -> None:
    """The words are made by `db.tokens`; `ascii` splits at spaces and leaves every other letter alone."""
    op.execute(
        "CREATE VIRTUAL TABLE message_text USING fts5("
        "subject, body, parts, folded_subject, folded_body, folded_parts, tokenize = 'ascii')"
    )
    op.execute(
        "CREATE TRIGGER message_text_follows AFTER DELETE ON message "
        "BEGIN DELETE FROM message_text WHERE rowid = old.id; END"
    )


def _message_text_in_postgresql() -> None:
    """The same words: subjects have weight A, bodies B, parts of compounds C."""
    op.create_table(
        "message_text",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exact", TSVECTOR(), nullable=False),
        sa.Column("folded", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_message_text_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_message_text"),
    )
    op.create_index("ix_message_text_exact", "message_text", ["exact"], postgresql_using="gin")
    op.create_index("ix_message_text_folded", "message_text", ["folded"], postgresql_using="gin")
