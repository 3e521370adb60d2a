"""What a machine found and what a person decided, kept apart."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, KeyText, Text


class MentionRow(Base):
    """A span of a message's own words (or subject) that names something; replaced when it is read again."""

    __tablename__ = "mention"
    __table_args__ = (Index(None, "message_id"), Index(None, "label", "name"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(12))
    field: Mapped[str] = mapped_column(String(24), default="body")
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(KeyText)  # the value to look up: a code, a name, an E.164 number
    value: Mapped[dict[str, Any]]
    rule: Mapped[str] = mapped_column(String(80))
    confidence: Mapped[float]


class Finding(Base):
    """A follow-up as the reader found it. `key` hashes message key, kind, normalised sentence and ordinal.

    `field` is where `start` and `end` count: body, or attachment:N for the text of document N.
    """

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    obligor: Mapped[str] = mapped_column(String(12))
    who: Mapped[str | None] = mapped_column(Text)
    due_start: Mapped[date | None]
    due_end: Mapped[date | None]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
    approximate: Mapped[bool] = mapped_column(default=False)
    part: Mapped[str | None] = mapped_column(String(8))
    field: Mapped[str] = mapped_column(String(24), default="body")
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
    rule: Mapped[str] = mapped_column(String(80))
    confidence: Mapped[float]


class FollowUp(Base):
    """What is watched over: a finding as people decided on it, or one that a person or a plan added.

    Its id is stable over re-reading. `state` and the fields below it are what the decisions amount to.
    `found` is False where the newest reading no longer finds the sentence. `given_to` is whose it is as long as nobody
    has assigned it; `moved` the window before it was first moved, and why it was last (due_start, due_end, because);
    `kept_on` the day of the letter that kept it; `known_on` the day on which it was first found.
    `change` is what a later letter made of its date: kind (moved, cancelled), that message, its day and sentence, the
    new window and the one before it.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        Index(
            "ix_follow_up_agenda",
            "state",
            "due_end",
            "due_start",
            "approximate",
            "since",
            "snoozed_until",
            "rule",
        ),
        Index(None, "message_id"),
        Index(None, "office_id", "state", "due_end", "due_start", "since", "owes"),
        Index(None, "since", "id"),
        Index(None, "state", "since", "id"),
        {"sqlite_autoincrement": True},  # a printed id is never given twice
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    finding_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    origin: Mapped[str] = mapped_column(String(10), default="finding")  # finding, manual or programme
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(String(12))
    obligor: Mapped[str] = mapped_column(String(12))
    owes: Mapped[str] = mapped_column(String(8), default="others")
    who: Mapped[str | None] = mapped_column(Text)
    due_start: Mapped[date | None]
    due_end: Mapped[date | None]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
    approximate: Mapped[bool] = mapped_column(default=False)
    part: Mapped[str | None] = mapped_column(String(8))
    field: Mapped[str] = mapped_column(String(24), default="body")
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int | None]
    end: Mapped[int | None]
    rule: Mapped[str | None] = mapped_column(String(80))
    confidence: Mapped[float] = mapped_column(default=1.0)
    since: Mapped[date]  # the day on which it was said, or added
    found: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    assignee: Mapped[str | None] = mapped_column(Text)
    snoozed_until: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[dict[str, Any] | None]
    given_to: Mapped[str | None] = mapped_column(Text)
    moved: Mapped[dict[str, Any] | None]
    kept_on: Mapped[date | None]
    change: Mapped[dict[str, Any] | None]
    changed_by_id: Mapped[int | None] = mapped_column(Id, index=True)  # the message that `change` names
    known_on: Mapped[date | None]


class Decision(Base):
    """What a person decided on a follow-up, with the sentence and window as they stood; only ever added to.

    `action`: add, accept, dismiss, done, waive, reopen, snooze, move, assign. `undoes_id` names the decision that
    this one takes back.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"), index=True)
    finding_key: Mapped[str | None] = mapped_column(String(64), index=True)
    action: Mapped[str] = mapped_column(String(10))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    due_start: Mapped[date | None]
    due_end: Mapped[date | None]
    batch: Mapped[str] = mapped_column(String(32), index=True)  # one key press on many rows is one batch
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)


class Link(Base):
    """A message concerns an office: by which reason, how surely. Replaced when it is read again.

    `decision_id`: the decision on another message that taught it (a `LinkDecision`, which may be gone since).
    """

    __tablename__ = "link"
    __table_args__ = (Index(None, "office_id", "message_id"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]
    decided_by: Mapped[str | None] = mapped_column(Text)
    decision_id: Mapped[int | None] = mapped_column(Id)


class LinkDecision(Base):
    """A person's yes or no to a link: outranks every rule, now and when the mail is read again.

    `reason` and `confidence` are those of the link that the rules make there, if they make one; `domain` is that of
    the message's sender, by which mails of the same house are taught.
    """

    __tablename__ = "link_decision"
    __table_args__ = (UniqueConstraint("message_id", "office_id"), Index(None, "domain"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    linked: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float | None]
    domain: Mapped[str | None] = mapped_column(KeyText)
