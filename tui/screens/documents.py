"""What is attached to a letter: saved where one says, under a safe name, and opened only once it is saved."""

from collections.abc import Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from crm.rows.reading_pane import AttachmentView, MessageView
from tui import dates, words
from tui.asking import Asking
from tui.i18n import _
from tui.keys import EVERYWHERE, bindings
from tui.keys_mail import DOCUMENTS
from tui.marking import Marking
from tui.opening import downloads, open_file
from tui.screens.ask import Answered, AskScreen, Question
from tui.text import line
from tui.widgets.frame import KeyBar, Notice
from tui.widgets.rows import RowList
from tui.widgets.table import cell

_QUIET = "$foreground 65%"


class DocumentList(RowList):
    """One line for each, with where it was saved."""

    def __init__(self, documents: Sequence[AttachmentView], *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.documents = documents
        self.saved: dict[int, Path] = {}

    def count(self) -> int:
        return len(self.documents)

    def key(self, index: int) -> Hashable | None:
        return self.documents[index].number if 0 <= index < len(self.documents) else None

    def draw(self, index: int, width: int) -> Content:
        row = self.documents[index]
        path = self.saved.get(row.number)
        return Content.assemble(
            " ",
            cell(row.filename or _("(no name)"), max(width - 46, 20), "bold"),
            " ",
            cell(_size(row.size), 9),
            " ",
            line(_("saved: {path}").format(path=path) if path else row.content_type, _QUIET),
        )


def _size(many: int) -> str:
    return f"{dates.number(max(many // 1024, 1))} kB"


class DocumentsScreen(Marking, Screen[None], Asking):
    """The attachments of `view`."""

    DEFAULT_CSS = """
    DocumentsScreen { layout: vertical; }
    DocumentsScreen #title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
    DocumentsScreen DocumentList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(DOCUMENTS)

    def __init__(self, view: MessageView) -> None:
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        yield Static(
            line(_("Attached to: {subject}").format(subject=words.subject(self.view.subject))), id="title"
        )
        yield DocumentList(self.view.attachments, id="documents")
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).keys = (*DOCUMENTS, *EVERYWHERE)
        self.rows.reload()
        self.rows.focus()

    @property
    def rows(self) -> DocumentList:
        return self.query_one(DocumentList)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        document = self.rows.documents[self.rows.cursor]
        question = Question(_("Folder"), str(downloads()), needed=False)
        title = _("Save {name}").format(name=document.filename or document.content_type)
        self.app.push_screen(AskScreen(title, [question]), partial(self._save, document.number))

    def _save(self, number: int, answer: Answered | None) -> None:
        if answer is None:
            return
        folder = Path(answer.texts[0]).expanduser() if answer.texts[0] else downloads()
        message = self.view.id
        self.ask(
            "save",
            lambda b: b.save_document(message, number, folder),
            partial(self._saved, number),
            keep=True,
        )

    def _saved(self, number: int, path: Path) -> None:
        self.rows.saved[number] = path
        self.rows.refresh()
        self.query_one(Notice).say(_("Saved: {path}. o opens it.").format(path=path))

    def action_open(self) -> None:
        path = self.rows.saved.get(self.rows.documents[self.rows.cursor].number)
        if path is None:
            self.query_one(Notice).say(_("Save it first, with Enter: nothing is opened out of a letter."))
        elif open_file(path):
            self.query_one(Notice).say(_("It opens in its own program."))
        else:
            self.app.copy_to_clipboard(str(path))
            self.query_one(Notice).say(
                _("There is no program here that could open it. It lies at {path} (copied).").format(
                    path=path
                )
            )

    def action_back(self) -> None:
        self.dismiss(None)
