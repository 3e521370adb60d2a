"""Which digest was sent to whom on which day, and what each person was told of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, KeyText, Text


class ReminderSent(Base):
    """One person's digest of one day; there is never a second.

    `state`: claimed (nothing was given away yet), sending (its end is on its way to the server), sent, or doubtful (cut
    off just then: nobody knows). `items` holds the numbers of the follow-ups that it names.
    """

    __tablename__ = "reminder_sent"

    person: Mapped[str] = mapped_column(KeyText, primary_key=True)  # an address
    day: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    items: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Reminded(Base):
    """What a person was told of a follow-up: all reminder days up to `day`; `doubtful` where that mail may be lost."""

    __tablename__ = "reminded"

    follow_up_id: Mapped[int] = mapped_column(
        Id, ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(KeyText, primary_key=True)
    day: Mapped[date]
    doubtful: Mapped[bool] = mapped_column(default=False)
