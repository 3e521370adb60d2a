"""Municipalities, offices and the plans that say when each is to open."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, Json, KeyText, Text


class Municipality(Base):
    """One of 290, by SCB code."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    county_code: Mapped[str] = mapped_column(String(2))
    county: Mapped[str] = mapped_column(Text)


class Office(Base):
    """A service office to be. Several may lie in one municipality; `place` tells them apart.

    What it says of itself is what its changes (`OfficeChange`) amount to now.
    """

    __tablename__ = "office"
    __table_args__ = (UniqueConstraint("municipality_code", "place"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    place: Mapped[str] = mapped_column(KeyText, default="")
    phase: Mapped[int | None]
    vulnerable_area: Mapped[str] = mapped_column(String(8), default="unknown")
    in_plan: Mapped[bool] = mapped_column(default=True)
    step: Mapped[str | None] = mapped_column(String(20))
    assessment: Mapped[str | None] = mapped_column(String(16))
    owner: Mapped[str | None] = mapped_column(Text)


class OfficeChange(Base):
    """One thing that became different about an office, when and through whom or which plan; only ever added to.

    `field` and `value` are those of `crm.office_history`; `batch` is what one command did. One that was taken back says when,
    so that what held on a day can be told for ever.
    """

    __tablename__ = "office_change"
    __table_args__ = (Index(None, "office_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    previous: Mapped[Any] = mapped_column(Json, nullable=True)
    because: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), index=True)
    plan: Mapped[str | None] = mapped_column(String(80))
    batch: Mapped[str] = mapped_column(String(32), index=True)
    undone_at: Mapped[datetime | None]


class PlanRevision(Base):
    """A plan as a source gave it on a day; every one is kept.

    `content` is what it says, as `crm.plan_content` writes it; `imported_at` is empty for one that comes with the program.
    """

    __tablename__ = "plan_revision"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    day: Mapped[date]
    source: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    offices_min: Mapped[int | None]
    offices_max: Mapped[int | None]
    content: Mapped[dict[str, Any] | None]
    imported_at: Mapped[datetime | None]
    imported_by: Mapped[str | None] = mapped_column(Text)


class PlanPhase(Base):
    """A phase of a plan: how many offices (bounds) and in which years."""

    __tablename__ = "plan_phase"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("plan_revision.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    offices_min: Mapped[int | None]
    offices_max: Mapped[int | None]
    start: Mapped[date | None]
    end: Mapped[date | None]


class PlanEntry(Base):
    """An office named by a plan; `phase` is empty where the plan does not say which."""

    __tablename__ = "plan_entry"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("plan_revision.id", ondelete="CASCADE"), primary_key=True
    )
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    phase: Mapped[int | None]
    vulnerable_area: Mapped[str] = mapped_column(String(8), default="unknown")


class PlanSlot(Base):
    """Metropolitan offices that a plan counts but does not place: in one of `areas`, by municipality code."""

    __tablename__ = "plan_slot"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("plan_revision.id", ondelete="CASCADE"), index=True)
    offices_min: Mapped[int]
    offices_max: Mapped[int]
    areas: Mapped[list[str]]
    vulnerable_min_per_area: Mapped[int] = mapped_column(default=0)


class Step(Base):
    """A step of an office's way from needs analysis to being in use, planned and actual; `needed`: it is to be done at all."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("office_id", "kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    planned_start: Mapped[date | None]
    planned_end: Mapped[date | None]
    actual_start: Mapped[date | None]
    actual_end: Mapped[date | None]
    responsible: Mapped[str | None] = mapped_column(Text)
    blocked_by: Mapped[str | None] = mapped_column(Text)
    needed: Mapped[bool] = mapped_column(default=True)


class ReportDue(Base):
    """A report that the government has asked for; a follow-up of the programme carries its date.

    `days`: the numbers of the follow-ups for the internal days before it, by kind; empty until they are made.
    """

    __tablename__ = "report_due"
    __table_args__ = (Index(None, "due_end"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(8))  # interim or final
    due_start: Mapped[date | None]
    due_end: Mapped[date]
    recipient: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id"))
    days: Mapped[dict[str, Any] | None]
