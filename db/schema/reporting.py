"""What held before it became otherwise, so that a day's figures stay what they were; and the reports that were issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, Text


class LinkChange(Base):
    """Whether a message concerned an office (`linked`) before `until`, the day on which that became otherwise; only added to."""

    __tablename__ = "link_change"
    __table_args__ = (Index(None, "until"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"))
    until: Mapped[date]
    linked: Mapped[bool]


class FollowUpChange(Base):
    """What a machine held of a follow-up before `until`, the day on which it found otherwise; only added to.

    `facts` are those of `crm.past`: kinds, sides and days, no words. The follow-up itself may be gone.
    """

    __tablename__ = "follow_up_change"
    __table_args__ = (Index(None, "until"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(Id)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    until: Mapped[date]
    facts: Mapped[dict[str, Any]]


class IssuedReport(Base):
    """A report to the government as it was issued: its figures as they were, for ever. `withdrawn_at`: when that was undone."""

    __tablename__ = "issued_report"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a printed id is never given twice

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    as_of: Mapped[date]
    number: Mapped[str | None] = mapped_column(Text)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]
