"""Setting up a mailbox: asks what is needed, tries it, lets folders be picked; what follows is the first fetch."""

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input, Static

from tui import dates
from tui.asking import Asking
from tui.backend_mail import Tried
from tui.cli.errors import text_of
from tui.i18n import N_, _
from tui.keys import EVERYWHERE
from tui.keys_mail import FIELDS as FIELD_KEYS
from tui.keys_mail import PICK
from tui.text import line
from tui.widgets.frame import KeyBar, Notice
from tui.widgets.rows import RowList
from tui.widgets.table import cell

_QUIET = "$foreground 65%"
# Name, what it asks, an example, and what stands there when nothing is written.
FIELDS: Final = (
    ("host", N_("Server"), "mail.kommun.example, mail.kommun.example:1993", ""),
    ("user", N_("User"), "registrator@kommun.example", ""),
    ("secret", N_("Password is in"), "keyring:aterkom/registrator", ""),
    ("security", N_("Encryption"), "tls", "tls"),
    ("name", N_("Its name here"), "registrator", ""),
)
_SECURITY: Final = ("tls", "starttls", "plain")


class FolderList(RowList):
    """Folders with how many mails each has; Space picks."""

    can_mark = True

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.folders: Sequence[tuple[str, int | None]] = ()

    def put(self, tried: Tried) -> None:
        """The folders of the mailbox; incoming and sent mail are picked."""
        self.folders = tried.folders
        self.marks = {name for name, _many in tried.folders if name.upper() == "INBOX" or name == tried.sent}
        self.cursor = -1
        self.reload()

    @property
    def picked(self) -> tuple[str, ...]:
        return tuple(name for name, _many in self.folders if name in self.marks)

    def count(self) -> int:
        return len(self.folders)

    def key(self, index: int) -> Hashable | None:
        return self.folders[index][0]

    def draw(self, index: int, width: int) -> Content:
        del width
        name, many = self.folders[index]
        sign = "■" if name in self.marks else "□"
        count = dates.number(many) if many is not None else "–"
        return Content.assemble((f" {sign} ", "bold"), cell(name, 44), " ", line(count))


class SetupScreen(Asking, Screen[str | None]):
    """Gives the new mailbox's name; None when left with Escape."""

    DEFAULT_CSS = """
    SetupScreen { layout: vertical; }
    SetupScreen #title { height: 1; padding: 0 1; background: $panel; text-style: bold; }
    SetupScreen ContentSwitcher { height: 1fr; }
    SetupScreen #form { padding: 1 2; }
    SetupScreen Horizontal { height: 3; }
    SetupScreen .label { width: 18; padding: 1 0; }
    SetupScreen Horizontal Input { width: 1fr; max-width: 60; }
    SetupScreen #hint { height: auto; padding: 0; color: $foreground 65%; }
    SetupScreen #pick { layout: vertical; }
    SetupScreen #found { height: auto; padding: 1 2; }
    SetupScreen FolderList { height: 1fr; margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        yield Static(line(_("Set up a mailbox")), id="title")
        with ContentSwitcher(initial="form"):
            with Vertical(id="form"):
                for name, label, example, value in FIELDS:
                    with Horizontal():
                        yield Static(line(_(label)), classes="label")
                        yield Input(value, placeholder=example, id=name)
                yield Static(_hint(), id="hint")
            with Vertical(id="pick"):
                yield Static("", id="found")
                yield FolderList(id="folders")
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#host", Input).focus()

    def on_descendant_focus(self) -> None:
        here = (*PICK, *EVERYWHERE)
        self.query_one(KeyBar).keys = FIELD_KEYS if isinstance(self.focused, Input) else here

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        names = [name for name, *_rest in FIELDS]
        after = names.index(event.input.id or names[0]) + 1
        if after < len(names):
            self.query_one(f"#{names[after]}", Input).focus()
        else:
            self._try()

    def _try(self) -> None:
        given = {name: self.query_one(f"#{name}", Input).value.strip() for name, *_rest in FIELDS}
        given["name"] = given["name"] or given["user"].partition("@")[0]
        if (missing := self._missing(given)) is not None:
            self.query_one(Notice).complain(_("{name} is missing.").format(name=_(missing)))
            return
        if given["security"] not in _SECURITY:
            self.query_one(Notice).complain(_("Encryption is tls, starttls or plain."))
            return
        self.given = given = with_port(given)
        self.query_one(Notice).say(_("Signing in at {host} …").format(host=given["host"]))
        self.ask("try", lambda b: b.try_mailbox(given), self._tried)

    def _missing(self, given: dict[str, Any]) -> str | None:
        for name, label, _example, _value in FIELDS:
            if not given[name]:
                self.query_one(f"#{name}", Input).focus()
                return label
        return None

    def _tried(self, tried: Tried) -> None:
        self.query_one(Notice).clear()
        sent = _("Sent mail: {folder}").format(folder=tried.sent) if tried.sent else _no_sent()
        told = [
            line(_("It works: signed in as {user}.").format(user=self.given["user"]), "bold $text-success"),
            line(sent, "" if tried.sent else "$text-warning"),
            line(_("Space picks the folders that are fetched; Enter fetches them."), _QUIET),
        ]
        self.query_one("#found", Static).update(Content("\n").join(told))
        self.query_one(ContentSwitcher).current = "pick"
        self.query_one(FolderList).put(tried)
        self.query_one(FolderList).focus()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        picked = self.query_one(FolderList).picked
        if not picked:
            self.query_one(Notice).complain(_("Pick at least one folder, with Space."))
            return
        given = {**self.given, "folders": picked}
        self.ask("add", lambda b: b.add_mailbox(given), self._added, keep=True)

    def _added(self, name: str) -> None:
        self.dismiss(name)

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        event.stop()
        self.query_one(Notice).complain(text_of(event.error))

    def action_back(self) -> None:
        """From the folders to what was asked; from there nothing is changed."""
        if self.query_one(ContentSwitcher).current == "pick":
            self.query_one(ContentSwitcher).current = "form"
            self.query_one("#host", Input).focus()
        else:
            self.dismiss(None)


def with_port(given: dict[str, Any]) -> dict[str, Any]:
    """`server:1143` as a server and its port; without one the usual port is taken."""
    host, colon, port = given["host"].partition(":")
    if not colon or not (port.isascii() and port.isdigit()) or len(port) > 5:
        return given
    return {**given, "host": host, "port": int(port)}


def _no_sent() -> str:
    return _(
        "No folder of sent mail was found: without it no promise of yours is ever seen kept. Pick it below."
    )


def _hint() -> Content:
    """Where a password may be, and that it is never written here; the command that does the same."""
    return Content("\n").join(
        [
            line(_("The password itself is never written here, only where it is:")),
            line("keyring:…  file:…  command:…  env:…  credential:…"),
            line(
                _("The same as a command: {command}").format(
                    command="aterkom account add …, account test, sync"
                )
            ),
        ]
    )
