"""Mailboxes: each with its folders and how its last fetch went, what could not be read, and fetching now."""

from collections.abc import Hashable, Iterator, Sequence
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crm.rows import COUNTED
from crm.rows.accounts import AccountRow, FolderRow, MailboxView
from crm.rows.messages import MessageRow
from tui import dates, words
from tui.asking import Asking
from tui.cli.errors import text_of_noted
from tui.cli.reasons import problem_in_words
from tui.fetching import Fetched, Progress
from tui.i18n import N_, _, ngettext
from tui.keys import Key, bindings
from tui.keys_mail import MAILBOXES
from tui.screens.saying import Saying
from tui.screens.setup import SetupScreen
from tui.text import clean_line, line
from tui.widgets.rows import RowList
from tui.widgets.table import cell, figure
from tui.widgets.view import View

_QUIET = "$foreground 65%"
_MARK = Content("■").stylize("bold $text-accent")
STATES: Final = {"new": N_("Never fetched"), "ok": N_("In order"), "problem": N_("Problem")}


class Line(NamedTuple):
    """A line of the list: what the cursor is on, or a heading."""

    key: str | None
    content: Content
    account: AccountRow | None = None
    message: str | None = None


class MailboxList(RowList):
    """Every mailbox with its folders, then the mails that could not be read, of which several can be marked."""

    can_mark = True

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: list[Line] = []

    def put(self, mailboxes: Sequence[MailboxView], unread: Sequence[MessageRow]) -> None:
        before = self.current
        self.lines = [*(each for view in mailboxes for each in _mailbox(view)), *_unreadable(unread)]
        self.marks &= {each.key for each in self.lines}
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    def chosen(self) -> list[Line]:
        """The marked mails that could not be read; else the line under the cursor."""
        marked = [each for each in self.lines if each.key in self.marks]
        return marked or ([self.here] if self.here is not None else [])

    def action_mark(self) -> None:
        if self.here is not None and self.here.message is not None:
            super().action_mark()

    @property
    def here(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if 0 <= self.cursor < len(self.lines) else None

    def count(self) -> int:
        return len(self.lines)

    def key(self, index: int) -> Hashable | None:
        return self.lines[index].key

    def draw(self, index: int, width: int) -> Content:
        del width
        shown = self.lines[index]
        if shown.key is None or shown.key not in self.marks:
            return shown.content
        return _MARK + shown.content[1:]


def _mailbox(view: MailboxView) -> Iterator[Line]:
    row = view.account
    style = "bold $text-error" if row.problem else "bold $text-success" if row.state == "ok" else "bold"
    yield Line(
        f"a{row.name}",
        Content.assemble(
            " ",
            cell(row.name, 22, "bold"),
            cell(_fetched(row), 26),
            line(words.said(STATES, row.state), style),
        ),
        account=row,
    )
    yield Line(
        None,
        Content.assemble("   ", line(_("{user} at {host}").format(user=row.user, host=row.host), _QUIET)),
    )
    if row.problem:
        for part in _wrapped(text_of_noted(row.problem)):
            yield Line(None, Content.assemble("   ", line(part, "bold $text-error")))
        yield Line(None, Content.assemble("   ", line(_("c copies this for IT support."), _QUIET)))
    for folder in view.folders:
        yield Line(f"f{row.name}/{folder.name}", _folder(folder), account=row)
    if not view.folders:
        yield Line(
            None, Content.assemble("   ", line(_("No folder was fetched yet: h does it now."), _QUIET))
        )
    yield Line(None, Content(""))


def _fetched(row: AccountRow) -> str:
    if row.last_sync is None:
        return _("Nothing fetched yet")
    return _("Fetched {time}").format(time=dates.moment_column(row.last_sync.astimezone()))


def _folder(row: FolderRow) -> Content:
    many = ngettext("{n} mail", "{n} mails", row.messages).format(n=dates.number_up_to(row.messages, COUNTED))
    gone = _("{n} gone from there").format(n=dates.number_up_to(row.gone, COUNTED)) if row.gone else ""
    return Content.assemble("   ", cell(row.name, 30), " ", figure(many, 14), line(gone, _QUIET))


def _wrapped(text: str, width: int = 74) -> list[str]:
    """An error in lines that fit the narrowest screen."""
    rows = [""]
    for word in clean_line(text).split(" "):
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _unreadable(rows: Sequence[MessageRow]) -> Iterator[Line]:
    if not rows:
        return
    many = ngettext("{n} mail could not be read", "{n} mails could not be read", len(rows))
    yield Line(None, line(many.format(n=dates.number(len(rows))), "bold $text-warning"))
    for part in _wrapped(
        _(
            "What came is kept, and stays in its mailbox: open it there. Enter shows why. "
            "A newer Återkom may be able to read it: aterkom read --all"
        )
    ):
        yield Line(None, Content.assemble("   ", line(part, _QUIET)))
    for row in rows:
        place = next((f"{one.account}, {one.folder}" for one in row.locations), "–")
        why = "; ".join(problem_in_words(told) for told in row.problems)
        yield Line(
            f"m{row.id}",
            Content.assemble("   ", cell(row.id, 8), cell(place, 24), " ", line(why)),
            message=row.id,
        )


class MailboxesView(Saying, View):
    """The list; above it what is going on."""

    DEFAULT_CSS = """
    MailboxesView { height: 1fr; layout: vertical; }
    MailboxesView #going { height: auto; max-height: 3; padding: 0 1; background: $surface; display: none; }
    MailboxesView #empty { height: auto; padding: 1 2; display: none; }
    MailboxesView MailboxList { height: 1fr; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = MAILBOXES
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MAILBOXES),
        Binding("escape", "back", show=False),
    ]

    class MailFetched(Message):
        """Mail was fetched: what stands at the top is another."""

    def compose(self) -> ComposeResult:
        yield Static("", id="going")
        yield Static("", id="empty")
        yield MailboxList(id="mailboxes")

    @property
    def rows(self) -> MailboxList:
        return self.query_one(MailboxList)

    def load(self) -> None:
        self.ask("mailboxes", lambda b: (b.mailboxes(), b.quarantined()), self._put)

    def _put(self, found: tuple[list[MailboxView], list[MessageRow]]) -> None:
        self.rows.put(*found)
        empty = self.query_one("#empty", Static)
        empty.display = not found[0]
        self.rows.display = bool(found[0] or found[1])
        if not found[0]:
            empty.update(no_mailbox())
            self.focus_first()

    def focus_first(self) -> None:
        if self.screens.active_view != "mailboxes":
            return  # made ahead, out of sight
        if self.rows.display:
            self.put_focus(self.rows)
        else:
            self.can_focus = True
            self.put_focus(self)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        here = self.rows.here
        if here is not None and here.message is not None:
            self.post_message(self.Open(here.message))
        elif here is not None and here.account is not None:
            self.say(_("h fetches all mailboxes now."))

    def action_back(self) -> None:
        self.focus_first()

    def action_add(self) -> None:
        self.app.push_screen(SetupScreen(), self._added)

    def _added(self, name: str | None) -> None:
        if name is not None:
            self.load()
            self._fetch((name,))

    def action_fetch(self) -> None:
        if self.screens.is_fetching:
            self.screens.backend.stop_fetching()
            self._going(_("Stopping … what was fetched stays."))
        else:
            self._fetch(())

    def _fetch(self, names: tuple[str, ...]) -> None:
        self.screens.is_fetching = True
        self._going(_("Fetching …"))
        self.ask("fetch", lambda b: b.fetch(names, self._told), self._fetched, keep=True)

    def _told(self, progress: Progress) -> None:
        """From the thread that listens: the screen's own thread draws."""
        if self.is_attached and self.app.is_running:
            self.app.call_later(self._going, said_of(progress))

    def _going(self, text: str) -> None:
        going = self.query_one("#going", Static)
        going.display = bool(text)
        going.update(line(text, "bold $text-accent"))

    def _fetched(self, fetched: Fetched) -> None:
        self.screens.is_fetching = False
        self._going("")
        if fetched.errors:
            self.app.call_later(self.screens.complain_of, "; ".join(fetched.errors))
        else:
            self.say(outcome(fetched))
        self.post_message(self.MailFetched())

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        """It goes on to the application, which says it."""
        if event.question == "fetch":
            self.screens.is_fetching = False
            self._going("")

    def on_unmount(self) -> None:
        self.screens.backend.stop_fetching()

    def action_copy(self) -> None:
        chosen = self.rows.chosen()
        if not chosen or (chosen[0].account is None and chosen[0].message is None):
            self.say(_("Go to a mailbox or a mail first."))
            return
        told = [for_support(each.account) if each.account else each.content.plain.strip() for each in chosen]
        self.screens.copy("\n".join(told))


def said_of(progress: Progress) -> str:
    """`Hämtar registrator: INBOX 120 av 3 000 · h avbryter`."""
    count = _("{done} of {todo}").format(done=dates.number(progress.done), todo=dates.number(progress.todo))
    what = f"{progress.account}: {progress.folder}" if progress.account else ""
    doing = _("Fetching {what}").format(what=what) if what else _("Reading what was fetched")
    return f"{doing} {count} · " + _("h stops it")


def outcome(fetched: Fetched) -> str:
    """What a run came to."""
    if fetched.stopped:
        return _("Stopped. What was fetched stays; the rest comes next time.")
    new = ngettext("{n} new mail", "{n} new mails", fetched.new).format(n=dates.number(fetched.new))
    if not fetched.quarantined:
        return new + "."
    unread = ngettext("{n} mail could not be read", "{n} mails could not be read", fetched.quarantined)
    return f"{new}; {unread.format(n=dates.number(fetched.quarantined))}."


def for_support(row: AccountRow) -> str:
    """What IT support needs of a mailbox: never where its password is."""
    from crm import __version__

    told = [
        f"Återkom {__version__}",
        f"{_('Mailbox')}: {row.name}",
        f"{_('Server')}: {row.host}:{row.port} ({row.security}, {row.auth})",
        f"{_('User')}: {row.user}",
        f"{_('Fetched')}: {row.last_sync.isoformat() if row.last_sync else _('never')}",
        f"{_('State')}: {words.said(STATES, row.state)}",
    ]
    if row.problem:
        facts = ", ".join(f"{name}={value}" for name, value in sorted(row.problem.items()))
        told += [text_of_noted(row.problem), f"({facts})"]
    return "\n".join(clean_line(one) for one in told)


def no_mailbox() -> Content:
    """What to do first, by key and by command."""
    return Content("\n").join(
        [
            line(_("No mailbox yet"), "bold"),
            line(_("Återkom reads letters, and reminds of what was promised in them.")),
            Content(""),
            Content.assemble(
                ("l  ", "bold $text-accent"), line(_("sets up a mailbox: asks, tests it, and fetches."))
            ),
            Content(""),
            line(_("The same as a command:"), _QUIET),
            Content.assemble(
                "    ",
                line(
                    _("aterkom account add NAME --host SERVER --user ADDRESS --secret prompt"), "$text-accent"
                ),
            ),
            Content.assemble("    ", line("aterkom sync", "$text-accent")),
        ]
    )
