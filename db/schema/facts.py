"""What mails say of offices, and what people decided on it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, Text


class OfficeFact(Base):
    """A fact as the reader found it, and what became of it. `key` hashes message key, kind, sentence and ordinal.

    `field` is the one of the office's history that it would change; `municipality_code` what the sentence itself names.
    `state`: proposed; known (the history has it), superseded (by a newer fact or change); accepted or dismissed by a
    person, whose word outlives every reading. `found` is False where the newest reading no longer finds the sentence.
    """

    __tablename__ = "office_fact"
    __table_args__ = (
        Index(None, "office_id", "state", "since"),
        Index(None, "office_id", "field", "side", "since"),
        Index(None, "state", "since", "id"),
        {"sqlite_autoincrement": True},  # a printed id is never given twice
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"))
    municipality_code: Mapped[str | None] = mapped_column(String(4))
    kind: Mapped[str] = mapped_column(String(12))
    field: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(8))
    side: Mapped[str] = mapped_column(String(8))
    value: Mapped[str | None] = mapped_column(Text)
    window_start: Mapped[date | None]
    window_end: Mapped[date | None]
    approximate: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
    rule: Mapped[str] = mapped_column(String(80))
    confidence: Mapped[float]
    since: Mapped[date]  # the day on which it was said
    found: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
