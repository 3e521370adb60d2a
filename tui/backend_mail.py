"""What the screens of mail, people and mailboxes ask of the store; a part of `tui.backend`.

Everything may wait, may be asked from any thread, and raises errors that `tui.cli.errors` can say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from crm.bootstrap import Store
    from crm.replying import Reply
    from crm.rows.accounts import MailboxView
    from crm.rows.messages import LinkRow, MessageRow
    from crm.rows.people import AlikeRow, ContactView, OrganisationRow, PersonRow
    from crm.rows.reading_pane import ThreadPart
    from crm.rows.timeline import TimelineRow
    from crm.settings import Settings
    from tui.cli.options import Options
    from tui.fetching import Fetched, Fetching, Progress

ContactKind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a mailbox showed of itself: folders with how many mails each has, and that of sent mail."""

    folders: tuple[tuple[str, int | None], ...]
    sent: str | None


class MailQuestions(Protocol):
    """Threads and letters, contacts, mailboxes."""

    def thread_part(self, thread: str, start: int = 0) -> ThreadPart: ...
    def link(self, message: str, office: str) -> list[LinkRow]: ...
    def unlink(self, message: str, office: str) -> list[LinkRow]: ...
    def split_thread(self, message: str) -> int: ...
    def join_threads(self, threads: Sequence[str]) -> int: ...
    def save_document(self, message: str, number: int, folder: Path) -> Path: ...
    def reply(self, message: str) -> Reply: ...
    def save_draft(self, answer: Reply, subject: str, body: str) -> Path: ...
    def contact_ids(
        self, kind: ContactKind, text: str, first: int = 0, *, last: bool = False
    ) -> list[int]: ...
    def contact_page(
        self, kind: ContactKind, ids: Sequence[int]
    ) -> list[PersonRow] | list[OrganisationRow]: ...
    def contact(self, name: str) -> ContactView: ...
    def contact_happened(self, name: str, before: str) -> list[TimelineRow]: ...
    def contact_named(self, name: str) -> str | None: ...
    def alike(self) -> list[AlikeRow]: ...
    def merge_contacts(self, one: str, other: str) -> str: ...
    def split_person(self, person: str) -> int: ...
    def mailboxes(self) -> list[MailboxView]: ...
    def quarantined(self) -> list[MessageRow]: ...
    def try_mailbox(self, given: dict[str, Any]) -> Tried: ...
    def keep_password(self, password: str) -> str: ...
    def forget_password(self, reference: str) -> None: ...
    def add_mailbox(self, given: dict[str, Any]) -> str: ...
    def must_ask_who(self) -> bool: ...
    def remember_who(self, name: str) -> None: ...
    def fetch(self, names: Sequence[str], told: Callable[[Progress], None]) -> Fetched: ...
    def stop_fetching(self) -> None: ...


class MailAnswers:
    """The same, of a real store."""

    if TYPE_CHECKING:
        _options: Options

        @cached_property
        def _settings(self) -> Settings: ...
        def _store(self) -> Store: ...

    def thread_part(self, thread: str, start: int = 0) -> ThreadPart:
        from crm.threads import thread_part

        with self._store().read() as session:
            return thread_part(session, thread, start=start)

    def link(self, message: str, office: str) -> list[LinkRow]:
        from crm.links import link

        with self._store().write() as session:
            return link(session, message, office, by=self._settings.user, now=self._settings.now())

    def unlink(self, message: str, office: str) -> list[LinkRow]:
        from crm.links import unlink

        with self._store().write() as session:
            return unlink(session, message, office, by=self._settings.user, now=self._settings.now())

    def split_thread(self, message: str) -> int:
        from crm.thread_arranging import split

        with self._store().write() as session:
            return len(split(session, (message,), by=self._settings.user, now=self._settings.now()))

    def join_threads(self, threads: Sequence[str]) -> int:
        from crm.thread_arranging import join

        with self._store().write() as session:
            return len(join(session, threads, by=self._settings.user, now=self._settings.now()))

    def save_document(self, message: str, number: int, folder: Path) -> Path:
        from crm.messages import document
        from crm.new_files import write_free

        with self._store().read() as session:
            found = document(session, message, number)
        return write_free(folder, found.name, found.content)

    def reply(self, message: str) -> Reply:
        from crm.bootstrap import own_of
        from crm.replying import reply

        with self._store().read() as session:
            return reply(session, message, own_of(session, self._settings))

    def save_draft(self, answer: Reply, subject: str, body: str) -> Path:
        from crm.new_files import private_folder, write_free
        from crm.replying import draft, file_name
        from crm.settings import data_dir

        folder = private_folder(data_dir() / "drafts")
        return write_free(folder, file_name(subject), draft(answer, subject, body))

    def contact_ids(self, kind: ContactKind, text: str, first: int = 0, *, last: bool = False) -> list[int]:
        from crm.contacts import contact_ids

        with self._store().read() as session:
            return contact_ids(session, kind, text, first=first, last=last)

    def contact_page(self, kind: ContactKind, ids: Sequence[int]) -> list[PersonRow] | list[OrganisationRow]:
        from crm.contacts import contact_page

        with self._store().read() as session:
            return contact_page(session, kind, ids)

    def contact(self, name: str) -> ContactView:
        from crm.contacts import contact

        with self._store().read() as session:
            return contact(session, name)

    def contact_happened(self, name: str, before: str) -> list[TimelineRow]:
        """The page of what happened before the entry of that id."""
        from crm.contacts import happened

        with self._store().read() as session:
            return happened(session, name, before)

    def contact_named(self, name: str) -> str | None:
        from crm.contacts import contact_named

        with self._store().read() as session:
            return contact_named(session, name)

    def alike(self) -> list[AlikeRow]:
        from crm.alike_people import alike_people

        with self._store().read() as session:
            return alike_people(session)

    def merge_contacts(self, one: str, other: str) -> str:
        from crm.party_arranging import merge_organisations, merge_people

        merge = merge_organisations if one.startswith("o") else merge_people
        with self._store().write() as session:
            (row,) = merge(session, one, other, by=self._settings.user, now=self._settings.now())
        return row.id

    def split_person(self, person: str) -> int:
        from crm.party_arranging import split_person

        with self._store().write() as session:
            return len(split_person(session, person, (), by=self._settings.user, now=self._settings.now()))

    def mailboxes(self) -> list[MailboxView]:
        from crm.mailboxes import mailboxes

        with self._store().read() as session:
            return mailboxes(session)

    def quarantined(self) -> list[MessageRow]:
        from crm.mailboxes import quarantined

        with self._store().read() as session:
            return quarantined(session)

    def try_mailbox(self, given: dict[str, Any]) -> Tried:
        from crm.accounts import NewAccount
        from crm.mailboxes import try_new

        report = try_new(NewAccount(**given))
        return Tried(tuple((folder.name, count) for folder, count in report.folders), report.sent)

    def keep_password(self, password: str) -> str:
        """Where it is from now on, as a reference."""
        from crm.own_password import keep

        return keep(password, self._options.config)

    def forget_password(self, reference: str) -> None:
        from crm.own_password import forget

        forget(reference, self._options.config)

    def add_mailbox(self, given: dict[str, Any]) -> str:
        from crm.accounts import NewAccount, add_account

        with self._store().write() as session:
            return add_account(session, NewAccount(**given)).name

    def must_ask_who(self) -> bool:
        """Whether a mailbox is set up, but nobody has said who sits here; on a day that is given nobody is asked."""
        from crm.own_name import is_named
        from crm.status import has_account

        if is_named(self._settings) or self._settings.today is not None:
            return False
        with self._store().read() as session:
            return has_account(session)

    def remember_who(self, name: str) -> None:
        from crm.own_name import remember

        user = " ".join(name.split()) or self._settings.user
        remember(user, self._options.config)
        self._options = replace(self._options, user=user)
        self.__dict__.pop("_settings", None)

    @cached_property
    def _fetching(self) -> Fetching:
        from tui.fetching import Fetching

        return Fetching(self._options)

    def fetch(self, names: Sequence[str], told: Callable[[Progress], None]) -> Fetched:
        return self._fetching.run(names, told)

    def stop_fetching(self) -> None:
        self._fetching.stop()
