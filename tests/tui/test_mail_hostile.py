"""Whatever a mail, a name or a server says is shown as text on the screens of mail, people and mailboxes."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.content import Content

from crm.office_pages import OfficeStory
from crm.rows.accounts import FolderRow
from crm.rows.messages import LinkRow
from crm.rows.people import AffiliationRow, AlikeRow, ContactView, MailboxRow
from crm.rows.reading_pane import ThreadPart
from crm.rows.register import QueueRow, SuggestionRow
from crm.rows.searching import Completion, InsteadRow, SavedSearchRow
from crm.rows.timeline import TimelineRow
from tests.tui.fakes import FakeBackend, box, message_row, message_view, office_row, thread_row
from tests.tui.fakes_mail import account_row, entry, mailbox_view, organisation_row, person_row
from tests.tui.fakes_offices import proposal_row
from tests.tui.pilot import opened, press, shown
from tests.tui.test_hostile import KEPT, NASTY, hostile, obeyed
from tui.backend_mail import Tried
from tui.backend_search import Nothing
from tui.fetching import Fetched, Progress
from tui.screens import contact_page, documents, links, mail, mailboxes, office_page, search, setup
from tui.text import line
from tui.widgets.completions import completion_line
from tui.widgets.contact_rows import AlikeList, ContactList
from tui.widgets.letter import letter
from tui.widgets.reading import Chain
from tui.widgets.search_rows import SavedList

TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
DAY = date(2021, 6, 14)
PATIENCE = 120.0


def hostile_mail(nasty: str) -> FakeBackend:
    """Every field that these screens show holds `nasty`, and words that look like markup."""
    text = f"{KEPT} {nasty}"
    made = hostile(nasty)
    job = AffiliationRow(text, text, text, DAY, DAY, None)
    who = person_row(
        name=text, addresses=(MailboxRow(None, text, text),), title=text, organisation=text, phones=(text,), names=(text,), affiliations=(job,),
    )  # fmt: skip
    made.people = [who, replace(who, id="p2")]
    made.organisations = [organisation_row(name=text, domain=text, addresses=(MailboxRow(None, text, text),))]
    made.pairs = [AlikeRow("p1", text, "p2", text, 0.9, (text,))]
    problem = {"kind": text, "host": text, "reason": text}
    account = mailbox_view(name=text, user=text, host=text, state=text, problem=problem)
    made.boxes = [replace(account, folders=(FolderRow(text, 3, 1, None),))]
    made.unreadable = [message_row(id="m9", problems=(text,), status="quarantined")]
    made.tried = Tried(((text, 3), ("INBOX", None)), text)
    made.told = [Progress(text, text, 1, 2)]
    made.outcome = Fetched(errors=[text])
    made.total = 9
    made.proposed = [proposal_row(text=text, sender=text, value=text, field=text)]
    made.saved = [SavedSearchRow("s1", text, text, 3)]
    made.completing = {"x": [Completion(text, 0, 1, "from", value=text)]}
    made.nothing = Nothing((text,), None, (InsteadRow(text, text, 3, more=False),))
    made.waiting = [QueueRow(row, 3, SuggestionRow("number", text, "names")) for row in made.found]
    return made


def hostile_rows() -> FakeBackend:
    """A row for each nasty text in every list of the offices, the search and the register."""
    made = hostile_mail(NASTY[0])
    texts = [f"{KEPT} {nasty}" for nasty in NASTY]
    made.office_rows = [
        office_row(id=f"k{n}", municipality=text, place=text, owner=text, step=text, phase=n % 2 + 1)
        for n, text in enumerate(texts)
    ]
    made.proposed = [
        proposal_row(id=f"r{n}", text=text, sender=text, value=text) for n, text in enumerate(texts)
    ]
    made.saved = [SavedSearchRow(f"s{n}", text, text, 3) for n, text in enumerate(texts)]
    made.completing = {"x": [Completion(text, 0, 1, "from", value=text) for text in texts]}
    rows = [
        message_row(id=f"m{n}", subject=text, snippet=text, sender=box(text)) for n, text in enumerate(texts)
    ]
    made.waiting = [QueueRow(row, 3, SuggestionRow("number", row.subject, "names")) for row in rows]
    made.found = rows
    return made


async def test_offices_search_and_register_show_hostile_text_as_text() -> None:
    """The board and the offices over time, a page with what is proposed and has happened, and what stands below the field."""
    async with opened(hostile_rows(), (160, 50)) as pilot:
        seen: list[str] = []
        walk = (
            ("3",), ("v",), ("v",), ("enter",), ("b",), ("end",), ("5",), ("6",), ("x",), ("tab",), ("enter", "s"),
        )  # fmt: skip
        for keys in walk:
            await press(pilot, *keys)
            assert any("[SSC-123]" in text for text in shown(pilot)), keys
            seen += shown(pilot)
        assert pilot.app.is_running
    assert not obeyed(seen)


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
async def test_every_screen_of_mail_shows_hostile_text_as_text(nasty: str) -> None:
    async with opened(hostile_mail(nasty), (160, 50)) as pilot:
        seen: list[str] = []
        walk = (
            ("2",), ("enter", "c"), ("right",), ("l",), ("escape", "d"), ("enter",), ("escape", "escape", "r"),
            ("4",), ("enter",), ("d",), ("o",), ("enter",), ("7",), ("h",), ("c",), ("end", "enter"), ("escape",),
        )  # fmt: skip
        for keys in walk:
            await press(pilot, *keys)
            seen += shown(pilot)
        assert pilot.app.is_running
    assert not obeyed(seen)
    assert sum("[SSC-123]" in text for text in seen) >= 20
    assert any("[@click=app.quit]" in text for text in seen)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, TEXT)
def test_lines_of_any_text_obey_nothing(one: str, two: str) -> None:
    for made in _drawn(one, two):
        assert not obeyed(made.plain.split("\n"))


def _drawn(one: str, two: str) -> list[Content]:
    """A line of each list and page, of any text."""
    view = message_view(subject=one, body=f"> {two}\n> {one}\n{two}", date=None, date_text=two, kind=one)
    link = LinkRow("m2", None, "2260", one, two, 0.9, one)
    view = replace(
        view, links=(link,), mentions=(), attachments=(replace(view.attachments[0], filename=two),)
    )
    job = AffiliationRow(one, two, one, DAY, None, None)
    who = person_row(name=one, title=two, names=(one, two), phones=(two,), affiliations=(job,), addresses=(MailboxRow(one, two, one),))  # fmt: skip
    house = organisation_row(name=one, domain=two)
    threads = mail.ThreadList()
    threads.ids, threads.loaded = [1], {1: thread_row(subject=one, last_sender=two, waiting=one)}
    people = ContactList()
    people.ids, people.loaded = [1, 2], {1: who, 2: house}
    alike = AlikeList(id="alike")
    alike.pairs = [AlikeRow("p1", one, "p2", two, 0.7, (two,))]
    chain = Chain()
    chain.messages, chain.total = ThreadPart((view,), 0, 2).messages, 2
    files = documents.DocumentList(view.attachments, id="documents")
    files.saved[1] = Path(f"/{one}".replace("\0", ""))
    offices = links.LinkList(id="offices")
    offices.shown = FakeBackend().office_rows
    offices.links = {"2260": link}
    folders = setup.FolderList(id="folders")
    folders.put(Tried(((one, 3),), two))
    account = mailbox_view(name=one, user=two, host=one, state=two, problem={"kind": one, "host": two})
    lines = [*mailboxes._mailbox(account), *mailboxes._unreadable([message_row(problems=(one,))])]
    pages = [
        contact_page._lines(ContactView(who, None, (who,), (entry(message_row(subject=one)),))),
        contact_page._lines(ContactView(None, house, (who,), ())),
    ]
    kept = SavedList()
    kept.saved = [SavedSearchRow("s1", one, two, 3)]
    proposed = proposal_row(text=one, sender=two, value=two, before=one, field=two)
    view_of = replace(FakeBackend().office("o1"), proposals=(proposed,))
    pages_of = office_page._lines(OfficeStory(view_of, tuple(_entries(one, two))), DAY)
    nothing = Nothing(
        (one,), None, (InsteadRow(one, two, 3, more=False), InsteadRow(two, None, 3, more=True))
    )
    draws: list[Callable[[int, int], Content]] = [
        kept.draw,
        threads.draw,
        people.draw,
        alike.draw,
        chain.draw,
        files.draw,
    ]
    return [
        *(draw(0, 120) for draw in draws),
        people.draw(1, 80),
        chain.draw(1, 80),
        offices.draw(0, 80),
        folders.draw(0, 80),
        *(each.content for each in lines),
        *(each.content for page in pages for each in page),
        *(each.content for each in pages_of),
        *map(line, search.said_of_nothing(nothing)),
        completion_line(Completion(one, 0, 1, "from", value=two), marked=True),
        contact_page.facts(ContactView(who, None, (), ()), DAY),
        contact_page.side_by_side(who, who, 90),
        letter(view, carried=[view]).content,
        letter(view, carried=[view], unfolded=True).content,
        Content(mailboxes.for_support(account_row(name=one, user=two, problem={"kind": one, "host": two}))),
    ]


def _entries(one: str, two: str) -> Iterator[TimelineRow]:
    """What has happened, of every kind."""
    for kind in ("message", "note", "call", "kept", one):
        yield TimelineRow(f"e{kind}", kind, None, two, one, direction=two)
    yield TimelineRow("d1", "decision", None, two, one, follow_up="f1", action="move", because=two, who=one)


ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=!$]*[ -/]*[@-~]|\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)|[P_][^\x1b]*\x1b\\|[()][A-Z0-9]|[=>78cDEHM])")  # fmt: skip
BEL_TITLE = "\x1b]0;stulen titel\x07"
CLIPBOARD = "\x1b]52;c;c3R1bGVu\x07"


def _mails(folder: Path) -> Path:
    """An mbox-like folder of mails that try everything at once."""
    folder.mkdir()
    for number, nasty in enumerate([*NASTY, BEL_TITLE, CLIPBOARD]):
        made = EmailMessage()
        made["Message-ID"] = f"<{number}@x.example>"
        made["From"] = "x@ange.example"
        made["To"] = "anna@ssc.example"
        made["Date"] = f"Mon, 14 Jun 2021 09:{10 + number}:00 +0200"  # the last ones are the first to be seen
        made["Subject"] = "X" * 8
        made.set_content("X" * 9, charset="utf-8", cte="8bit")
        body = f"{KEPT} {nasty}".encode("utf-8", "surrogateescape" if nasty.isascii() else "replace")
        raw = made.as_bytes().replace(b"X" * 9, body).replace(b"X" * 8, body.split(b"\n")[0].split(b"\r")[0])
        (folder / f"{number}.eml").write_bytes(raw)
    return folder


def _captured(command: list[str], steps: list[tuple[str, str]], environment: dict[str, str]) -> bytes:
    """What a program writes to a terminal while keys are pressed: each when its words are there and the screen still."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        command, stdin=child, stdout=child, stderr=child, env=environment, start_new_session=True
    )
    os.close(child)
    seen, rest, still = b"", list(steps), 0
    last = time.monotonic() + PATIENCE  # what blinks is never still
    while still < 400 and time.monotonic() < last:
        ready, _, _ = select.select([parent], [], [], 0.25)
        try:
            seen += os.read(parent, 1 << 16) if ready else b""
        except OSError:  # the program has gone
            break
        still = 0 if ready else still + 1
        if rest and still >= 3 and rest[0][0].encode() in seen:
            os.write(parent, rest.pop(0)[1].encode())
            still = 0
    process.kill()
    process.wait()
    os.close(parent)
    assert not rest, seen[-2000:]
    return seen


def test_a_terminal_gets_no_byte_of_a_mail_that_it_would_obey(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    environment = {
        **os.environ,
        "COLUMNS": "100",
        "LINES": "30",
        "TERM": "xterm-256color",
        "HOME": str(tmp_path),
    }
    aterkom = [sys.executable, "-m", "tui.cli.main", "--database", url, "--today", "2021-10-18"]
    done = subprocess.run(
        [*aterkom, "import", str(_mails(tmp_path / "brev"))],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    steps = [
        ("brevl\u00e5da", "2"),
        ("[SSC-123]", "\r"),
        ("]52;c;", ">"),
        ("stulen titel", "l"),
        ("Kontor f\u00f6r", "\x1b"),
    ]
    steps += [("", key) for key in (">", ">", ">", "c", "4", "7", "q")]
    seen = _captured(aterkom, steps, environment)
    text = ESCAPES.sub(b"", seen)
    assert b"[SSC-123]" in text
    assert b"stulen titel" in text
    for sequence in (BEL_TITLE, CLIPBOARD, "\x1b]0;titel", "\x1b]52", "\x1b[31m\x1b[2J"):
        assert sequence.encode() not in seen
    shown_ = text.decode("utf-8")
    assert not {c for c in shown_ if "\x80" <= c <= "\x9f" or c in "\u202e\u202c\u2066\u2069\u200f"}
    assert not {c for c in shown_ if c < " " and c not in "\r\n"}
