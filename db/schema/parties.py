"""People, organisations and the addresses through which they write."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, KeyText, Text

_MERGED = text("merged_into_id IS NOT NULL")


class Organisation(Base):
    """An agency, municipality or company; known by name, found by mail domain."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_merged_into_id", "merged_into_id", sqlite_where=_MERGED),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(KeyText, unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="other")
    domain: Mapped[str | None] = mapped_column(KeyText, index=True)
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"))
    merged_into_id: Mapped[int | None] = mapped_column(Id)


class Person(Base):
    """Somebody: given name first. Titles and employers are affiliations, with the days they were seen.

    One that was merged into another stays, without addresses, so that the merger can be undone. `login` is how
    this system calls somebody of ours.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_merged_into_id", "merged_into_id", sqlite_where=_MERGED),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(KeyText, index=True)
    merged_into_id: Mapped[int | None] = mapped_column(Id)
    login: Mapped[str | None] = mapped_column(String(200), index=True)


class PersonName(Base):
    """A name that a person bears or has borne, with the days of the mails that say so."""

    __tablename__ = "person_name"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(KeyText, primary_key=True, index=True)
    seen_first: Mapped[date | None]
    seen_last: Mapped[date | None]


class Address(Base):
    """A mail address in lower case; `kind` is person, function, list or unknown."""

    __tablename__ = "address"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    address: Mapped[str] = mapped_column(KeyText, unique=True)
    kind: Mapped[str] = mapped_column(String(8), default="unknown")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)


class Affiliation(Base):
    """Where a person worked, as what; `seen_first` and `seen_last` are the days of the mails that say so.

    `ended_on` is the day of the first mail that says something else.
    """

    __tablename__ = "affiliation"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "title"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str | None] = mapped_column(KeyText)
    unit: Mapped[str | None] = mapped_column(Text)
    ended_on: Mapped[date | None]
    seen_first: Mapped[date | None]
    seen_last: Mapped[date | None]


class Phone(Base):
    """A person's number in E.164."""

    __tablename__ = "phone"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)
