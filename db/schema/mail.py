"""Raw mails, the messages they carry, where each stands and where each was fetched."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, KeyText, Text


class Raw(Base):
    """The exact bytes of a mail, by SHA-256; `codec` says how `content` is packed (zlib).

    `status` is unread (not read yet), ok, partial or quarantined. `reader_version` is that of the reader
    that last read it: an older one is read again; `index_version` likewise is that of the indexer, which
    makes a mail searchable before it is read. Work is claimed by lease (`claimed_by`, `claimed_until`).
    An erased mail keeps its hash and has no content: status erased, a tombstone.
    """

    __tablename__ = "raw"
    __table_args__ = (Index(None, "reader_version", "id"), Index(None, "index_version", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    codec: Mapped[str] = mapped_column(String(8), default="zlib")
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    taken_in_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(12), default="unread")
    problems: Mapped[list[str]] = mapped_column(default=list)
    reader_version: Mapped[int] = mapped_column(default=0)
    index_version: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(120))
    claimed_until: Mapped[datetime | None]


class Account(Base):
    """A mailbox on a server, or `kind` files: what was imported. The secret is a reference, never a value.

    `personal`: one person's own, of which only the folders that were named are synced. `sign_in` holds what
    getting a token needs beside the secret: tenant, client and flow.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(8), default="imap")
    host: Mapped[str | None] = mapped_column(String(255))
    port: Mapped[int | None]
    user: Mapped[str | None] = mapped_column(String(320))
    security: Mapped[str | None] = mapped_column(String(8))
    auth: Mapped[str | None] = mapped_column(String(16))
    ca_file: Mapped[str | None] = mapped_column(Text)
    secret: Mapped[str | None] = mapped_column(Text)
    folders: Mapped[list[str]] = mapped_column(default=list)
    exclude: Mapped[list[str]] = mapped_column(default=list)
    since: Mapped[date | None]
    personal: Mapped[bool] = mapped_column(default=False)
    sign_in: Mapped[dict[str, Any] | None]
    sent_folder: Mapped[str | None] = mapped_column(Text)
    last_sync: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(16), default="new")
    problem: Mapped[dict[str, Any] | None]


class Folder(Base):
    """A folder as the server spells it; `cursor` is the highest UID passed in this `uidvalidity`.

    `status` is what the server said of it when it was last in step (uidnext, messages, unseen, modseq).
    """

    __tablename__ = "folder"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(KeyText)
    uidvalidity: Mapped[int | None] = mapped_column(BigInteger)
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    status: Mapped[dict[str, Any] | None]
    last_sync: Mapped[datetime | None]


class Location(Base):
    """A place where a raw was seen: folder, UIDVALIDITY and UID. Gone ones stay, marked.

    `flags` are the server's, as last seen, sorted and separated by spaces; `thread` is its THREADID, if it has them.
    """

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("folder_id", "uidvalidity", "uid"),
        Index("ix_location_gone", "folder_id", sqlite_where=text("gone IS 1")),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey("folder.id", ondelete="CASCADE"))
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    raw_id: Mapped[int] = mapped_column(ForeignKey("raw.id"), index=True)
    gone: Mapped[bool] = mapped_column(default=False)
    flags: Mapped[str] = mapped_column(Text, default="")
    internal_date: Mapped[datetime | None]
    thread: Mapped[str | None] = mapped_column(String(255))


class Thread(Base):
    """Messages that answer one another. Migration 0018 makes the index along which they are listed from either end."""

    __tablename__ = "thread"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a printed id is never given twice

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str | None] = mapped_column(Text)
    last_date: Mapped[datetime | None]
    messages: Mapped[int] = mapped_column(default=0)


class ThreadKey(Base):
    """Which thread a Message-ID belongs to, seen or only referred to."""

    __tablename__ = "thread_key"

    message_id: Mapped[str] = mapped_column(KeyText, primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)


class Message(Base):
    """One message, received or embedded, whatever the number of raws and places it stands in.

    `key` is its identity: Message-ID (or none), sender, date, subject and a digest of words and attachments.
    `words_key` is the part of it that survives quoting: sender, minute, bare subject and words;
    `head_key` is that without the words, for quotes that were cut or edited.
    `kind`, `parent_id` and `raw_id` are those of its best occurrence. Migration 0010 makes the index along which lists and
    searches go from the newest down; each store spells its order in its own way.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "thread_id", "sent_at"),
        Index(None, "written_on"),
        Index(None, "status", "id"),
        Index(None, "words_key"),
        Index(None, "head_key"),
        Index(None, "message_id"),
        Index(None, "address_id", "sent_at"),
        {"sqlite_autoincrement": True},  # a printed id is never given twice
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    words_key: Mapped[str | None] = mapped_column(String(64))
    head_key: Mapped[str | None] = mapped_column(String(64))
    message_id: Mapped[str | None] = mapped_column(KeyText)
    kind: Mapped[str] = mapped_column(String(10))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    raw_id: Mapped[int] = mapped_column(ForeignKey("raw.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    from_name: Mapped[str | None] = mapped_column(Text)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    subject: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    date_text: Mapped[str | None] = mapped_column(Text)
    utc_offset: Mapped[int | None]  # minutes east of UTC, as the sender wrote it
    zone_known: Mapped[bool] = mapped_column(default=True)
    written_on: Mapped[date | None]  # the reference day of its words, in Europe/Stockholm
    body: Mapped[str] = mapped_column(Text, default="")
    signature_start: Mapped[int | None]
    automatic: Mapped[bool] = mapped_column(default=False)
    announces: Mapped[bool | None]  # whether a sentence says that something comes with it; None: not read yet
    deeds: Mapped[str | None] = mapped_column(Text)  # what its sentences do; None: no reading has said so yet
    direction: Mapped[str] = mapped_column(String(8), default="others")
    status: Mapped[str] = mapped_column(String(12), default="ok")
    problems: Mapped[list[str]] = mapped_column(default=list)
    taken_in_on: Mapped[date]


class Recipient(Base):
    """One recipient of a message, in the order in which it was written; `field` is to or cc."""

    __tablename__ = "recipient"
    __table_args__ = (Index(None, "address_id", "message_id"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(3), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))


class Occurrence(Base):
    """A place where a message stands: raw, MIME part, characters of that part's text."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("raw_id", "part", "start", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    raw_id: Mapped[int] = mapped_column(ForeignKey("raw.id"))
    part: Mapped[str] = mapped_column(KeyText, default="")
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)  # its index in the chain of that raw
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    confidence: Mapped[float] = mapped_column(default=1.0)  # the share of its words that are the message's


class Reference(Base):
    """What a received message refers to, oldest first, as its References and In-Reply-To say."""

    __tablename__ = "reference"
    __table_args__ = (Index(None, "target"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(KeyText)


class AttachmentRow(Base):
    """A document of a message; its bytes lie in the raw, what it says in `text` where it could be read."""

    __tablename__ = "attachment"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(Text)
    filename: Mapped[str | None] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str | None] = mapped_column(Text)
