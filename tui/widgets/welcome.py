"""What a store without a letter says first: what Enter does about it, and the same as commands."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.i18n import _
from tui.text import line

if TYPE_CHECKING:
    from crm.rows.accounts import StoreSummary

_QUIET = "$foreground 65%"


class Welcome(Static):
    """The first page of the assistant. It may take the cursor, and no key but Enter: every other works as always."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "begin", show=False)]

    class Begin(Message):
        """Set up a mailbox; or fetch, where there is one."""

    def action_begin(self) -> None:
        self.post_message(self.Begin())

    def on_click(self) -> None:
        if self.can_focus:
            self.action_begin()


def first_page(summary: "StoreSummary", *, fetching: bool = False) -> Content:
    """What to do while there is no letter; `fetching`: nothing but to wait."""
    if fetching:
        return Content("\n").join(
            [
                line(_("Your mail is being fetched and read"), "bold"),
                line(_("What was promised in it comes here by itself. 7 shows how far it is.")),
            ]
        )
    begins = (
        _("fetches your mail now.")
        if summary.accounts
        else _("sets up a mailbox: asks, tests it, and fetches.")
    )
    parts = [
        line(_("No mailbox yet") if not summary.accounts else _("No mail yet"), "bold"),
        line(_("Återkom reads letters, and reminds of what was promised in them.")),
        Content(""),
        Content.assemble(("Enter  ", "bold $text-accent"), line(begins, "bold")),
        Content(""),
        line(_("The same as a command:"), _QUIET),
    ]
    for typed, said in _commands(summary):
        parts.append(Content.assemble("    ", line(typed, "$text-accent"), "  ", line(said, _QUIET)))
    return Content("\n").join(parts)


def _commands(summary: "StoreSummary") -> list[tuple[str, str]]:
    if summary.accounts:
        return [("aterkom sync", "")]
    adding = _("aterkom account add NAME --host SERVER --user ADDRESS --secret prompt")
    return [
        (adding, ""),
        ("aterkom sync", ""),
        ("aterkom demo", _("how it works, with invented letters")),
    ]
