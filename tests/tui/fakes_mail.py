"""The part of the fake backend that answers for mail, people and mailboxes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from crm.replying import Reply
from crm.rows.accounts import AccountRow, FolderRow, MailboxView
from crm.rows.messages import LinkRow, MessageRow
from crm.rows.offices import OfficeRow
from crm.rows.people import AffiliationRow, AlikeRow, ContactView, MailboxRow, OrganisationRow, PersonRow
from crm.rows.reading_pane import MessageView, ThreadPart
from crm.rows.timeline import TimelineRow
from tui.backend_mail import ContactKind, Tried
from tui.fetching import Fetched, Progress

FETCHED = datetime(2021, 10, 18, 6, 30, tzinfo=UTC)


def person_row(**changes: Any) -> PersonRow:
    job = AffiliationRow("Kanslichef", "Ånge kommun", None, date(2021, 3, 1), date(2021, 6, 14), None)
    row = PersonRow(
        id="p1",
        name="Eva Ek",
        addresses=(MailboxRow(None, "eva.ek@ange.example", "person"),),
        title="Kanslichef",
        organisation="Ånge kommun",
        phones=("+46690250100",),
        messages=12,
        last_message=date(2021, 6, 14),
        names=("Eva Ek", "Ek Eva"),
        affiliations=(job,),
    )
    return replace(row, **changes)


def organisation_row(**changes: Any) -> OrganisationRow:
    row = OrganisationRow(
        id="o1",
        name="Ånge kommun",
        addresses=(MailboxRow(None, "info@ange.example", "function"),),
        domain="ange.example",
        phones=(),
        messages=40,
        last_message=date(2021, 6, 14),
    )
    return replace(row, **changes)


def account_row(**changes: Any) -> AccountRow:
    row = AccountRow(
        name="registrator",
        host="imap.ssc.example",
        port=993,
        user="registrator@ssc.example",
        security="tls",
        folders=(),
        sent_folder="Skickat",
        last_sync=FETCHED,
        state="ok",
        problem=None,
    )
    return replace(row, **changes)


def mailbox_view(**changes: Any) -> MailboxView:
    folders = (FolderRow("INBOX", 38, 1, FETCHED), FolderRow("Skickat", 2, 0, FETCHED))
    return MailboxView(account_row(**changes), folders)


def part(ids: list[int], limit: int, *, last: bool) -> list[int]:
    """So many of a list from its beginning, or from its end."""
    if not limit:
        return ids
    return ids[-limit:] if last else ids[:limit]


def entry(row: MessageRow) -> TimelineRow:
    """A letter in a timeline."""
    who = row.sender.name if row.sender else None
    return TimelineRow(row.id, "message", row.date, who, row.subject, direction=row.direction, message=row.id)


@dataclass
class FakeMail:
    """Answers from its fields; every decision is kept, so that it can be undone."""

    people: list[PersonRow] = field(
        default_factory=lambda: [
            person_row(),
            person_row(
                id="p2", name="Eva Eek", addresses=(MailboxRow(None, "eva@privat.example", "person"),)
            ),
            person_row(id="p3", name="Nils Åkerlund", title=None, organisation=None, affiliations=()),
        ]
    )
    organisations: list[OrganisationRow] = field(default_factory=lambda: [organisation_row()])
    pairs: list[AlikeRow] = field(
        default_factory=lambda: [AlikeRow("p1", "Eva Ek", "p2", "Eva Eek", 0.9, ("spelling", "phone"))]
    )
    boxes: list[MailboxView] = field(default_factory=lambda: [mailbox_view()])
    unreadable: list[MessageRow] = field(default_factory=list)
    tried: Tried = field(
        default_factory=lambda: Tried((("INBOX", 38), ("Arkiv", 900), ("Skickat", 2)), "Skickat")
    )
    total: int = 0
    told: list[Progress] = field(default_factory=lambda: [Progress("registrator", "INBOX", 3, 9)])
    outcome: Fetched = field(default_factory=lambda: Fetched(new=4))
    asks_who: bool = False
    steps: list[Callable[[], None]] = field(default_factory=list)

    # What the other part of the fake has.
    letters: list[MessageView] = field(default_factory=list)
    office_rows: list[OfficeRow] = field(default_factory=list)
    found: list[MessageRow] = field(default_factory=list)

    def _note(self, name: str, *facts: Any) -> None:
        raise NotImplementedError

    def thread_part(self, thread: str, start: int = 0) -> ThreadPart:
        self._note("thread_part", thread, start)
        return ThreadPart(tuple(self.letters), start, self.total or len(self.letters))

    def _relink(
        self, message: str, change: Callable[[tuple[LinkRow, ...]], tuple[LinkRow, ...]]
    ) -> list[LinkRow]:
        before = list(self.letters)
        self.steps.append(lambda: setattr(self, "letters", before))
        self.letters = [
            replace(view, links=change(view.links)) if view.id == message else view for view in self.letters
        ]
        return [link for view in self.letters if view.id == message for link in view.links]

    def link(self, message: str, office: str) -> list[LinkRow]:
        self._note("link", message, office)
        row = next(o for o in self.office_rows if o.id == office)
        made = LinkRow(message, None, row.code, row.municipality, "person", 1.0, "anna")
        return self._relink(message, lambda links: (*links, made))

    def unlink(self, message: str, office: str) -> list[LinkRow]:
        self._note("unlink", message, office)
        code = next(o.code for o in self.office_rows if o.id == office)
        return self._relink(message, lambda links: tuple(one for one in links if one.office != code))

    def split_thread(self, message: str) -> int:
        self._note("split_thread", message)
        self.steps.append(lambda: None)
        return 2

    def join_threads(self, threads: Sequence[str]) -> int:
        self._note("join_threads", tuple(threads))
        self.steps.append(lambda: None)
        return 1

    def save_document(self, message: str, number: int, folder: Path) -> Path:
        self._note("save_document", message, number, folder)
        return folder / "karta.pdf"

    def reply(self, message: str) -> Reply:
        self._note("reply", message)
        return Reply(
            (MailboxRow("Eva Ek", "eva.ek@ange.example"),), (), "Servicekontor i Ånge", "<2@x>", ("<2@x>",)
        )

    def save_draft(self, answer: Reply, subject: str, body: str) -> Path:
        self._note("save_draft", answer, subject, body)
        return Path("/home/anna/utkast/SV.eml")

    def contact_ids(self, kind: ContactKind, text: str, first: int = 0, *, last: bool = False) -> list[int]:
        self._note("contact_ids", kind, text)
        rows = self.people if kind == "person" else self.organisations
        return part([int(row.id[1:]) for row in rows if text.lower() in row.name.lower()], first, last=last)

    def contact_page(self, kind: ContactKind, ids: Sequence[int]) -> list[PersonRow] | list[OrganisationRow]:
        self._note("contact_page", kind, len(ids))
        if kind == "person":
            people = {int(row.id[1:]): row for row in self.people}
            return [people[number] for number in ids if number in people]
        houses = {int(row.id[1:]): row for row in self.organisations}
        return [houses[number] for number in ids if number in houses]

    def contact(self, name: str) -> ContactView:
        self._note("contact", name)
        if name.startswith("o"):
            row = next(r for r in self.organisations if r.id == name)
            return ContactView(None, row, tuple(self.people), self._happened())
        return ContactView(next(r for r in self.people if r.id == name), None, (), self._happened())

    def _happened(self) -> tuple[TimelineRow, ...]:
        return tuple(entry(row) for row in self.found)

    def contact_happened(self, name: str, before: str) -> list[TimelineRow]:
        self._note("contact_happened", name, before)
        return [TimelineRow("n0", "call", FETCHED, "eva", "Det första samtalet", note="n0")]

    def contact_named(self, name: str) -> str | None:
        self._note("contact_named", name)
        return next((row.id for row in self.people if row.name == name), None)

    def alike(self) -> list[AlikeRow]:
        self._note("alike")
        return list(self.pairs)

    def merge_contacts(self, one: str, other: str) -> str:
        self._note("merge_contacts", one, other)
        people, pairs = list(self.people), list(self.pairs)

        def back() -> None:
            self.people, self.pairs = people, pairs

        self.steps.append(back)
        self.people = [row for row in people if row.id != other]
        self.pairs = [pair for pair in pairs if other not in {pair.person, pair.other}]
        return one

    def split_person(self, person: str) -> int:
        self._note("split_person", person)
        self.steps.append(lambda: None)
        return 2

    def mailboxes(self) -> list[MailboxView]:
        self._note("mailboxes")
        return list(self.boxes)

    def quarantined(self) -> list[MessageRow]:
        self._note("quarantined")
        return list(self.unreadable)

    def try_mailbox(self, given: dict[str, Any]) -> Tried:
        self._note("try_mailbox", given)
        return self.tried

    def keep_password(self, password: str) -> str:
        self._note("keep_password", len(password))
        return "file:/home/anna/password"

    def forget_password(self, reference: str) -> None:
        self._note("forget_password", reference)

    def add_mailbox(self, given: dict[str, Any]) -> str:
        self._note("add_mailbox", given)
        self.boxes = [*self.boxes, mailbox_view(name=given["name"])]
        return str(given["name"])

    def must_ask_who(self) -> bool:
        self._note("must_ask_who")
        return self.asks_who

    def remember_who(self, name: str) -> None:
        self._note("remember_who", name)
        self.asks_who = False

    def fetch(self, names: Sequence[str], told: Callable[[Progress], None]) -> Fetched:
        self._note("fetch", tuple(names))
        for each in self.told:
            told(each)
        return self.outcome

    def stop_fetching(self) -> None:
        self._note("stop_fetching")
