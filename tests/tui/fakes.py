"""A backend without a store: rows as the tests make them, and what was asked of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from crm.agenda_rows import Agenda, AgendaQuery, Found, News, NewsRow, Section, Seen
from crm.backups import Copy
from crm.erasing import Erased, Erasure
from crm.errors import NothingToUndo, NotUnderstood
from crm.headers import HeaderField, HeadersRow, HopRow
from crm.notes import NoteView
from crm.rows.accounts import StoreSummary
from crm.rows.follow_ups import FollowUpRow, ReminderRow
from crm.rows.messages import LinkRow, MessageRow, ThreadRow
from crm.rows.notes import NoteRow
from crm.rows.offices import OfficeRow, OfficeView
from crm.rows.people import MailboxRow
from crm.rows.reading_pane import AttachmentView, MentionView, MessageView
from tests.tui.fakes_mail import FakeMail, part
from tests.tui.fakes_notes import FakeNotes
from tests.tui.fakes_offices import FakeOffices
from tests.tui.fakes_register import FakeRegister
from tests.tui.fakes_search import FakeSearch
from tui.backend import Decision, Situation
from tui.backend_home import Undone
from tui.palette import folded

TODAY = date(2021, 10, 18)
SENT = datetime(2021, 6, 14, 9, 12, tzinfo=UTC)
PROMISE = "Vi räknar med att i slutet av oktober 2021 höra av oss om lokalen."
BODY = (
    "Hej Karin,\n\ntack för samtalet om servicekontoret i Ånge.\n"
    f"{PROMISE} Ring gärna 0690-25 01 00.\n\nVänliga hälsningar\nEva Ek\nStatens servicecenter\n"
)


def headers_row(**changes: Any) -> HeadersRow:
    hops = (
        HopRow("pc.example", "mx.example", "ESMTP", SENT, None),
        HopRow("mx.example", "imap.example", None, SENT + timedelta(hours=3), 10_800.0),
        HopRow(None, "x.example", None, None, None),
    )
    fields = (HeaderField("From", "Eva Ek <eva.ek@ssc.example>"), HeaderField("Subject", "[red]Lokal\x1b[2J"))
    row = HeadersRow("m2", fields, hops, ("date-invalid: i går",), ("date: invalid-zone",))
    return replace(row, **changes)


def box(name: str | None = "Eva Ek", address: str | None = "eva.ek@ssc.example") -> MailboxRow:
    return MailboxRow(name, address, "person")


def follow_up(**changes: Any) -> FollowUpRow:
    row = FollowUpRow(
        id="u1",
        message="m2",
        message_id="<2@ssc.example>",
        kind="commitment",
        obligor="sender",
        owes="us",
        who=None,
        due_start=date(2021, 10, 21),
        due_end=date(2021, 10, 31),
        start_time=None,
        end_time=None,
        approximate=False,
        part="END",
        state="proposed",
        assignee=None,
        snoozed_until=None,
        office="2260",
        office_name="Ånge",
        text=PROMISE,
        confidence=0.92,
        rule="followup.promise.own",
        decided_by=None,
        evidence=None,
        since=date(2021, 6, 14),
        sender="Eva Ek",
    )
    return replace(row, **changes)


def _span(label: str, words: str) -> MentionView:
    start = BODY.index(words)
    return MentionView(label, "body", start, start + len(words), words, words, "rule", 0.9)


def message_view(**changes: Any) -> MessageView:
    view = MessageView(
        id="m2",
        parent_id="m1",
        depth=1,
        kind="forwarded",
        sender=box(),
        to=(box("Karin Ståhl", "karin.stahl@ange.example"),),
        cc=(box("Diariet", "diariet@ange.example"),),
        subject="Servicekontor i Ånge",
        date=SENT,
        date_text=None,
        body=BODY,
        signature_start=BODY.index("Vänliga"),
        automatic=False,
        direction="out",
        status="ok",
        problems=(),
        mentions=(
            _span("MUNICIPALITY", "Ånge"),
            _span("DATE", "slutet av oktober 2021"),
            _span("PHONE", "0690-25 01 00"),
            _span("PERSON", "Eva Ek"),
        ),
        follow_ups=(follow_up(),),
        links=(LinkRow("m2", None, "2260", "Ånge", "address", 0.95, None),),
        attachments=(AttachmentView(1, "2", "karta.pdf", "application/pdf", 48_000, "0" * 64, None),),
    )
    return replace(view, **changes)


def chain() -> list[MessageView]:
    outer = message_view(
        id="m1",
        parent_id=None,
        depth=0,
        kind="received",
        sender=box("Ånge kommun", "info@ange.example"),
        to=(box("Registrator", "registrator@ssc.example"),),
        cc=(),
        subject="VB: Servicekontor i Ånge",
        date=SENT + timedelta(hours=2),
        body="",
        signature_start=None,
        mentions=(),
        follow_ups=(),
        attachments=(),
    )
    return [outer, message_view()]


def message_row(**changes: Any) -> MessageRow:
    row = MessageRow(
        id="m2",
        kind="received",
        message_id="<2@ssc.example>",
        raws=("ab",),
        parent_id=None,
        thread_id="t1",
        occurrences=(),
        locations=(),
        direction="out",
        sender=box(),
        to=(box("Karin Ståhl", "karin.stahl@ange.example"),),
        cc=(),
        subject="Servicekontor i Ånge",
        date=SENT,
        status="ok",
        problems=(),
        offices=("2260",),
        snippet="… om servicekontoret i Ånge. Vi räknar med …",
    )
    return replace(row, **changes)


def office_row(**changes: Any) -> OfficeRow:
    row = OfficeRow(
        id="o1",
        municipality="Ånge",
        code="2260",
        place="Ånge",
        phase=2,
        vulnerable_area="none",
        step=None,
        assessment=None,
        owner=None,
        plan="2021-09-29",
        messages=12,
        follow_ups_open=2,
        last_message=date(2021, 6, 14),
        last_contact=date(2021, 6, 14),
    )
    return replace(row, **changes)


def thread_row(**changes: Any) -> ThreadRow:
    row = ThreadRow(
        id="t1",
        subject="Servicekontor i Ånge",
        messages=3,
        last_date=SENT,
        last_sender="Eva Ek",
        offices=("2260",),
        waiting="us",
        proposed=1,
    )
    return replace(row, **changes)


def typical_reminders() -> list[ReminderRow]:
    late = follow_up(
        id="u2",
        state="accepted",
        owes="them",
        office="1233",
        office_name="Vellinge",
        due_start=None,
        due_end=date(2021, 10, 8),
        text="Ni återkommer senast den 8 oktober med ritningarna.",
        assignee="anna",
        kind="request",
        obligor="recipient",
    )
    now = follow_up(id="u3", state="accepted", due_start=date(2021, 10, 18), due_end=date(2021, 10, 22), office_name="Östhammar", text="Vi ses vecka 42.", kind="meeting", confidence=0.7)  # fmt: skip
    undated = follow_up(id="u4", due_start=None, due_end=None, owes="others", office=None, office_name=None, text="Kan ni skicka avtalet?", kind="request", confidence=0.4)  # fmt: skip
    later = follow_up(id="u5", state="accepted", due_start=date(2022, 2, 1), due_end=date(2022, 2, 28), approximate=True, office_name="Åre", text="Lokalen är klar i februari 2022.", kind="deadline")  # fmt: skip
    return [
        ReminderRow("overdue", late),
        ReminderRow("due", now),
        ReminderRow("soon", follow_up()),
        ReminderRow("later", later),
        ReminderRow("undated", undated),
    ]


@dataclass
class FakeBackend(FakeNotes, FakeRegister, FakeSearch, FakeMail, FakeOffices):
    """Answers from its fields; `failing` raises for every question of that name."""

    summary: StoreSummary = field(
        default_factory=lambda: StoreSummary(1, 40, 3, 0, datetime(2021, 10, 18, 6, 30, tzinfo=UTC))
    )
    rows: list[ReminderRow] = field(default_factory=typical_reminders)
    threads: list[ThreadRow] = field(default_factory=lambda: [thread_row()])
    letters: list[MessageView] = field(default_factory=chain)
    office_rows: list[OfficeRow] = field(default_factory=lambda: [office_row(), office_row(id="o2", municipality="Åre", place="Järpen", code="2321", phase=1)])  # fmt: skip
    found: list[MessageRow] = field(default_factory=lambda: [message_row()])
    written: NoteRow = field(
        default_factory=lambda: NoteRow(
            "n3", "call", SENT, "eva", "2260", "Ånge", None, None, "Karin ringde", SENT
        )
    )
    today: date = TODAY
    pinned: bool = True
    failing: dict[str, Exception] = field(default_factory=dict)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    history: list[tuple[list[ReminderRow], Decision]] = field(default_factory=list)
    state: str = "1"
    coming: FollowUpRow | None = None
    new: tuple[NewsRow, ...] = ()
    known: list[Found] = field(default_factory=list)

    def _note(self, name: str, *facts: Any) -> None:
        self.asked.append((name, *facts))
        if name in self.failing:
            raise self.failing[name]

    def situation(self) -> Situation:
        self._note("situation")
        return Situation(self.summary, self.today, self.pinned, "anna", self.state, "sqlite:///a")

    def agenda(self, query: AgendaQuery) -> Agenda:
        self._note("agenda", query)
        sections: dict[Section, list[str]] = {}
        for reminder in self.rows:
            row = reminder.follow_up
            closed = row.state not in {"proposed", "accepted"}
            wanted = {"all": True, "mine": row.assignee == "anna", "unassigned": row.assignee is None}
            if closed == query.settled and wanted[query.whose] and query.side in {"all", row.owes}:
                place: Section = (
                    "closed" if closed else "proposed" if row.state == "proposed" else reminder.bucket
                )
                sections.setdefault(place, []).append(row.id)
        order: tuple[Section, ...] = ("overdue", "due", "soon", "proposed", "later", "undated", "closed")
        return Agenda(tuple((s, tuple(sections[s])) for s in order if s in sections), self.coming)

    def agenda_page(self, ids: Sequence[str]) -> list[FollowUpRow]:
        self._note("agenda_page", len(ids))
        wanted = set(ids)
        return [r.follow_up for r in self.rows if r.follow_up.id in wanted]

    def news(self, since: Seen | None) -> News:
        self._note("news", since)
        rows = self.new if since is not None else ()
        return News(rows, sum(r.messages for r in rows), sum(r.proposals for r in rows), Seen(9, 9))

    def version(self) -> str:
        return self.state

    def find(self, text: str) -> list[Found]:
        self._note("find", text)
        wanted = folded(text)
        offices = [Found("office", o.id, o.municipality, o.place or "") for o in self.office_rows]
        return [row for row in (*offices, *self.known) if wanted in folded(f"{row.name} {row.about}")]

    def decide(self, decision: Decision) -> list[FollowUpRow]:
        self._note("decide", decision)
        self.history.append((list(self.rows), decision))
        changed = [self._changed(r, decision) for r in self.rows if r.follow_up.id in decision.ids]
        new = {r.follow_up.id: r for r in changed if decision.action != "snooze"}
        self.rows = [new.get(r.follow_up.id, r) for r in self.rows if r.follow_up.id not in decision.ids or r.follow_up.id in new]  # fmt: skip
        return [r.follow_up for r in changed]

    @staticmethod
    def _changed(row: ReminderRow, decision: Decision) -> ReminderRow:
        states = {
            "accept": "accepted",
            "dismiss": "dismissed",
            "done": "done",
            "move": "accepted",
            "assign": "accepted",
            "waive": "waived",
            "reopen": "accepted",
        }
        changes: dict[str, Any] = {"state": states.get(decision.action, "proposed")}
        if decision.due is not None:
            changes |= {"due_start": decision.due[0], "due_end": decision.due[1]}
        return replace(
            row, follow_up=replace(row.follow_up, assignee=decision.who or row.follow_up.assignee, **changes)
        )

    def warm(self) -> None:
        """There is nothing to make ready."""

    def undo(self) -> Undone:
        self._note("undo")
        if self.steps:
            self.steps.pop()()
            return Undone("thread", "join", ())
        if not self.history:
            raise NothingToUndo("anna")
        self.rows, decision = self.history.pop()
        rows = tuple(r.follow_up for r in self.rows if r.follow_up.id in decision.ids)
        return Undone("follow-up", decision.action, rows)

    def parse_day(self, text: str) -> tuple[date | None, date | None]:
        self._note("parse_day", text)
        if text == "på måndag":
            return date(2021, 10, 25), date(2021, 10, 25)
        raise NotUnderstood("date", text)

    def thread_ids(self, limit: int = 0, *, last: bool = False) -> list[int]:
        self._note("thread_ids")
        return part([int(row.id[1:]) for row in self.threads], limit, last=last)

    def thread_page(self, ids: Sequence[int]) -> list[ThreadRow]:
        self._note("thread_page", len(ids))
        rows = {int(row.id[1:]): row for row in self.threads}
        return [rows[i] for i in ids]

    def chain(self, message: str) -> list[MessageView]:
        self._note("chain", message)
        return list(self.letters)

    def headers(self, message: str) -> HeadersRow:
        self._note("headers", message)
        return headers_row(id=message)

    def private_preview(self, message: str) -> Erasure:
        self._note("private_preview", message)
        return Erasure(message, ("0" * 64,), 2, 1, 1, ("m7",))

    def erase(self, message: str) -> Erased:
        self._note("erase", message)
        self.letters = [view for view in self.letters if view.id != message]
        copy = Copy("/srv/kopia.sqlite", SENT)
        return Erased((self.private_preview(message),), (copy,), scrubbed=True)

    def _view(self, name: str) -> OfficeView:
        row = next(o for o in self.office_rows if o.id == name)
        return OfficeView(
            row,
            (follow_up(),),
            (follow_up(id="u9", owes="them", state="accepted"),),
            (),
            tuple(self.found),
            open={"us": 1, "them": 1},
        )

    def note(self, name: str) -> NoteView:
        self._note("note", name)
        return NoteView(self.written, ())

    def close(self) -> None:
        self._note("close")
