"""What a reading pane asks for, done the same wherever one stands."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm.rows.offices import OfficeRow
from crm.rows.reading_pane import MentionView
from tui import dates, words
from tui.i18n import _
from tui.opening import open_file
from tui.screens.documents import DocumentsScreen
from tui.screens.headers import HeadersScreen
from tui.screens.links import LinksScreen
from tui.screens.noting import Noting
from tui.screens.private import PrivateScreen
from tui.text import clean, clean_line
from tui.widgets.reading import ReadingPane

if TYPE_CHECKING:
    from crm.replying import Reply


class Acting(Noting):
    """A view or screen that holds a reading pane. What changes a letter has it read again."""

    def reread(self) -> None:
        """Asks for what is in sight once more."""
        raise NotImplementedError

    def removed(self, said: str | None) -> None:
        """A mail was removed; None where it was not."""
        raise NotImplementedError

    def on_reading_pane_headers(self, event: ReadingPane.Headers) -> None:
        event.stop()
        self.app.push_screen(HeadersScreen(event.message))

    def on_reading_pane_private(self, event: ReadingPane.Private) -> None:
        event.stop()
        self.app.push_screen(PrivateScreen(event.message), self.removed)

    def on_reading_pane_note(self, event: ReadingPane.Note) -> None:
        event.stop()
        self.ask_note_of(event.view)

    def on_reading_pane_links(self, event: ReadingPane.Links) -> None:
        event.stop()
        self.app.push_screen(LinksScreen(event.view), self._back_from_links)

    def _back_from_links(self, changed: bool | None) -> None:
        if changed:
            self.reread()

    def on_reading_pane_documents(self, event: ReadingPane.Documents) -> None:
        event.stop()
        if event.view.attachments:
            self.app.push_screen(DocumentsScreen(event.view))
        else:
            self.say(_("Nothing is attached to this message."))

    def on_reading_pane_split(self, event: ReadingPane.Split) -> None:
        event.stop()
        message = event.message
        self.ask("split", lambda b: b.split_thread(message), self._split, keep=True)

    def _split(self, many: int) -> None:
        del many
        self.say(_("It is a thread of its own now.") + " " + _("u undoes it."))
        self.reread()

    def on_reading_pane_entity(self, event: ReadingPane.Entity) -> None:
        event.stop()
        mention = event.mention
        name = mention.name or mention.text
        if mention.label == "MUNICIPALITY":
            self.ask("entity", lambda b: _office_there(b.offices(), name), partial(self._office, mention))
        elif mention.label in {"PERSON", "ORGANISATION"}:
            self.ask("entity", lambda b: b.contact_named(name), partial(self._contact, mention))
        else:
            self._copy(mention)

    def _office(self, mention: MentionView, office: str | None) -> None:
        if office is None:
            self._copy(mention)
        else:
            self.app.call_later(self.screens.open_office, office)

    def _contact(self, mention: MentionView, contact: str | None) -> None:
        if contact is None:
            self.app.call_later(self.screens.find_contact, clean_line(mention.name or mention.text))
        else:
            self.app.call_later(self.screens.open_contact, contact)

    def _copy(self, mention: MentionView) -> None:
        text = clean_line(mention.text)
        self.app.copy_to_clipboard(text)
        self.say(_("Copied: {text}").format(text=text))

    def on_reading_pane_reply(self, event: ReadingPane.Reply) -> None:
        event.stop()
        message = event.message
        body = _begun(event)
        self.ask("reply", lambda b: b.reply(message), partial(self._draft, body), keep=True)

    def _draft(self, body: str, answer: "Reply") -> None:
        subject = f"SV: {clean_line(answer.subject)}"
        self.ask("draft", lambda b: b.save_draft(answer, subject, body), self._hand_over, keep=True)

    def _hand_over(self, path: Path) -> None:
        """The draft in a mail program; where there is none, its path, copied."""
        if open_file(path):
            self.say(_("The draft opens in your mail program. It lies at {path}").format(path=path))
            return
        self.app.copy_to_clipboard(str(path))
        self.say(_("No mail program could be opened. The draft lies at {path} (copied).").format(path=path))


def _office_there(offices: list[OfficeRow], name: str) -> str | None:
    """The office of a municipality's code or name; None where it has none, or several."""
    found = [row.id for row in offices if name in {row.code, row.municipality}]
    return found[0] if len(found) == 1 else None


def _begun(event: ReadingPane.Reply) -> str:
    """What the answer begins with: room to write, and the sentence that it answers."""
    sentence = clean(event.sentence or "").strip()
    if not sentence:
        return "\n"
    view = event.view
    when = dates.day(view.date.date(), weekday=False, week=False) if view.date else ""
    who = words.short_name(view.sender)
    said = (
        _("{who} wrote on {date}:").format(who=who, date=when) if when else _("{who} wrote:").format(who=who)
    )
    quoted = "\n".join(f"> {one}" for one in sentence.split("\n"))
    return f"\n\n{said}\n{quoted}\n"
