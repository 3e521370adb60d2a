"""Setting up a mailbox: asks what is needed, tries it, lets folders be picked; what follows is the first fetch."""

from collections.abc import Hashable, Sequence
from contextlib import suppress
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
from tui.screens.ask import Answered, AskScreen, Question
from tui.text import line
from tui.widgets.frame import KeyBar, Notice
from tui.widgets.rows import RowList
from tui.widgets.table import cell

_QUIET = "$foreground 65%"
# Name, what it asks, an example, and what stands there when nothing is written.
FIELDS: Final = (
    ("host", N_("Server"), "mail.kommun.example, mail.kommun.example:1993", ""),
    ("user", N_("User"), "registrator@kommun.example", ""),
    ("secret", N_("Password is in"), N_("leave it empty, and it is asked for"), ""),
    ("security", N_("Encryption"), "tls", "tls"),
    ("ca_file", N_("Authority's file"), "/etc/ssl/certs/kommun.pem", ""),
    ("name", N_("Its name here"), "registrator", ""),
)
_LABELS: Final = {name: label for name, label, _example, _value in FIELDS}
_WHEN_REFUSED: Final = "ca_file"
"""A field that nobody needs before a server's certificate was refused."""
_ABOUT: Final = {
    "TlsRefused": "ca_file",
    "CaFileUnreadable": "ca_file",
    "SignInRefused": "secret",
    "SettingsError": "secret",
    "SourceError": "host",
}
"""Which field an error is about, by its kind or the first kind above it."""
_SECURITY: Final = ("tls", "starttls", "plain")


class FolderList(RowList):
    """Folders with how many mails each has; Space picks."""

    can_mark = True

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.folders: Sequence[tuple[str, int | None]] = ()

    def put(self, tried: Tried) -> None:
        """The folders of the mailbox; incoming and sent mail are picked."""
        self.folders = sorted(tried.folders, key=lambda each: _first_incoming(each[0], tried.sent))
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


class SetupScreen(Screen[str | None], Asking):
    """Gives the new mailbox's name; None when left with Escape."""

    DEFAULT_CSS = """
    SetupScreen { layout: vertical; }
    SetupScreen #title { height: 1; padding: 0 1; background: $panel; text-style: bold; }
    SetupScreen ContentSwitcher { height: 1fr; }
    SetupScreen #form { padding: 1 2; }
    SetupScreen Horizontal { height: 1; margin-bottom: 1; }
    SetupScreen .label { width: 18; }
    SetupScreen #row-ca_file { display: none; }
    SetupScreen #row-ca_file.-needed { display: block; }
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
        self._typed: str | None = None

    def compose(self) -> ComposeResult:
        yield Static(line(_("Set up a mailbox")), id="title")
        with ContentSwitcher(initial="form"):
            with Vertical(id="form"):
                for name, label, example, value in FIELDS:
                    with Horizontal(id=f"row-{name}"):
                        yield Static(line(_(label)), classes="label")
                        yield Input(value, placeholder=_(example), id=name, compact=True)
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
        names = [name for name, *_rest in FIELDS if self.query_one(f"#row-{name}").display]
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
        self._forget_typed(unless=given["secret"])
        if not given["secret"]:
            self._ask_password(given["user"])
            return
        if not given["ca_file"]:
            del given["ca_file"]
        self.given = given = with_port(given)
        self.query_one(Notice).say(_("Signing in at {host} …").format(host=given["host"]))
        self.ask("try", lambda b: b.try_mailbox(given), self._tried)

    def _missing(self, given: dict[str, Any]) -> str | None:
        for name, label in _LABELS.items():
            if not given[name] and name not in {"secret", _WHEN_REFUSED}:
                self.query_one(f"#{name}", Input).focus()
                return label
        return None

    def _ask_password(self, user: str) -> None:
        question = Question(_("Password"), hidden=True)
        title = _("The password of {user}. It is kept in a file that only you can read.").format(user=user)
        self.app.push_screen(AskScreen(title, [question]), self._keep_password)

    def _keep_password(self, answer: Answered | None) -> None:
        if answer is not None:
            password = answer.texts[0]
            self.ask("password", lambda b: b.keep_password(password), self._kept, keep=True)

    def _kept(self, reference: str) -> None:
        self._typed = self.query_one("#secret", Input).value = reference
        self._try()

    def _forget_typed(self, *, unless: str | None = None) -> None:
        """A password that does not fit, or in whose place another is named, is kept nowhere; it is asked for anew."""
        if self._typed is None or self._typed == unless:
            return
        typed, self._typed = self._typed, None
        secret = self.query_one("#secret", Input)
        secret.value = "" if secret.value == typed else secret.value
        self.ask("forget", lambda b: b.forget_password(typed), lambda _done: None, keep=True)

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
        self._typed = None  # it is the mailbox's from now on
        self.dismiss(name)

    def on_unmount(self) -> None:
        """A password that no mailbox came of is kept nowhere, however the screen was left: no answer is waited for."""
        if self._typed is not None:
            with suppress(OSError):
                self.screens.backend.forget_password(self._typed)

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        """In words that name the fields, and with the cursor in the one to put right."""
        event.stop()
        said = text_of(event.error)
        for option, field in (("--secret", "secret"), ("--ca-file", "ca_file")):
            said = said.replace(option, _("the field “{name}”").format(name=_(_LABELS[field])))
        self.query_one(Notice).complain(said[:1].upper() + said[1:])
        kinds = [kind.__name__ for kind in type(event.error).__mro__]
        if "SignInRefused" in kinds:
            self._forget_typed()
        self._go_to(next((_ABOUT[kind] for kind in kinds if kind in _ABOUT), None))

    def _go_to(self, field: str | None) -> None:
        if field is None or self.query_one(ContentSwitcher).current != "form":
            return
        self.query_one(f"#row-{field}").add_class("-needed")
        self.query_one(f"#{field}", Input).focus()

    def action_back(self) -> None:
        """From the folders to what was asked; from there nothing is changed."""
        if self.query_one(ContentSwitcher).current == "pick":
            self.query_one(ContentSwitcher).current = "form"
            self.query_one("#host", Input).focus()
        else:
            self.dismiss(None)


def _first_incoming(folder: str, sent: str | None) -> tuple[bool, bool, str]:
    """Incoming mail stands first, then what was sent, then the others by name."""
    return folder.upper() != "INBOX", folder != sent, folder.casefold()


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
            line(_("Or say where the password is, never the password itself:")),
            line("keyring:…  file:…  command:…  env:…  credential:…"),
            line(
                _("The same as a command: {command}").format(
                    command="aterkom account add …, account test, sync"
                )
            ),
        ]
    )
