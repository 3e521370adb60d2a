"""A contact's page: names, addresses, titles, phones, then what has happened; and two people side by side."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from textual.content import Content

from crm.rows.people import AffiliationRow, ContactView, MailboxRow, OrganisationRow, PersonRow
from tui import dates, words
from tui.i18n import N_, _
from tui.text import line
from tui.widgets.page_lines import Line, Page, happened_lines
from tui.widgets.table import cell

_QUIET = "$foreground 65%"
ADDRESSES = {
    "person": N_("own address"),
    "function": N_("function mailbox"),
    "list": N_("mailing list"),
    "unknown": "",
}


class ContactPage(Page):
    """Everything that is known of a person or an organisation."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.contact = ""

    def put(self, view: ContactView) -> None:
        """The cursor stays with its line when the same contact comes again."""
        row = view.person or view.organisation
        contact = row.id if row else ""
        before = self.current if contact == self.contact else None
        self.contact, self.lines = contact, list(_lines(view))
        if before is None:
            self.cursor = -1
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))


def facts(view: ContactView, today: date) -> Content:
    """The head of the page."""
    row: PersonRow | OrganisationRow | None = view.person or view.organisation
    if row is None:
        return Content("")
    about = row.domain or "" if isinstance(row, OrganisationRow) else _job(row.title, row.organisation)
    letters = _("Letters: {n}").format(n=dates.number(row.messages))
    last = _("Last contact: {when}").format(when=words.ago(row.last_message, today))
    return Content("\n").join(
        [
            line(row.name, "bold"),
            line(about or "–"),
            line(f"{last} · {letters}", _QUIET),
        ]
    )


def _job(title: str | None, organisation: str | None) -> str:
    return ", ".join(part for part in (title, organisation) if part)


def _lines(view: ContactView) -> Iterator[Line]:
    row = view.person or view.organisation
    if row is None:
        return
    if view.person is not None:
        yield from _section(_("Names"), (_copy("n", one) for one in view.person.names))
    yield from _section(_("Addresses"), (_address(box) for box in row.addresses))
    if view.person is not None:
        yield from _section(_("Titles and organisations"), map(_affiliation, view.person.affiliations))
    yield from _section(_("Phones"), (_copy("t", one) for one in row.phones))
    yield from _section(_("People"), map(_colleague, view.people))
    yield from _section(_("Correspondence, notes and decisions"), happened_lines(view.happened))


def _section(title: str, lines: Iterator[Line]) -> Iterator[Line]:
    """A heading with its lines; nothing of a section without any."""
    found = list(lines)
    if found:
        yield Line(None, line(title, "bold"))
        yield from found
        yield Line(None, Content(""))


def _copy(kind: str, text: str) -> Line:
    return Line(f"{kind}{text}", Content.assemble("  ", line(text)), copied=text)


def _address(box: MailboxRow) -> Line:
    kind = words.said(ADDRESSES, box.kind) if box.kind != "unknown" else ""
    shown = Content.assemble("  ", cell(box.address or "–", 44), " ", line(kind, _QUIET))
    return Line(f"a{box.address}", shown, copied=box.address)


def _affiliation(job: AffiliationRow) -> Line:
    what = _job(job.title, ", ".join(part for part in (job.unit, job.organisation) if part))
    shown = Content.assemble("  ", cell(span(job), 25, _QUIET), " ", line(what))
    return Line(f"j{job.title}{job.organisation}{job.seen_first}", shown, copied=what)


def span(job: AffiliationRow) -> str:
    """`2021-03-01 – 2021-10-14`: the days of the letters that say so, or until it ended."""
    first = job.seen_first.isoformat() if job.seen_first else "?"
    until = job.ended_on or job.seen_last
    return f"{first} – {until.isoformat() if until else ''}".rstrip()


def _colleague(row: PersonRow) -> Line:
    shown = Content.assemble("  ", cell(row.name, 28), " ", line(row.title or ""))
    return Line(row.id, shown, contact=row.id)


def side_by_side(one: PersonRow, other: PersonRow, width: int) -> Content:
    """Two people in two columns, what they share in the same line where it can be."""
    half = max((width - 3) // 2, 10)
    rows = zip_longest(_told(one), _told(other), fillvalue=("", ""))
    return Content("\n").join(
        Content.assemble(cell(left[0], half, left[1]), " │ ", cell(right[0], half, right[1]))
        for left, right in rows
    )


def _told(row: PersonRow) -> Sequence[tuple[str, str]]:
    """Lines with their styles; as many for names, jobs and addresses as there are."""
    last = row.last_message.isoformat() if row.last_message else "–"
    return [
        (row.name, "bold"),
        (_job(row.title, row.organisation) or "–", ""),
        (_("Letters: {n}").format(n=dates.number(row.messages)) + f" · {last}", _QUIET),
        *((box.address or "", "") for box in row.addresses[:6]),
        *((phone, "") for phone in row.phones[:3]),
        *((name, _QUIET) for name in row.names[1:4]),
    ]
