"""The part of the fake backend that keeps notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crm.rows.notes import NoteRow
from tui.backend_notes import NoteKind


@dataclass
class FakeNotes:
    """Keeps what is noted; `senders`: address → id of a person."""

    noted: list[NoteRow] = field(default_factory=list)
    senders: dict[str, str] = field(default_factory=lambda: {"eva.ek@ssc.example": "p1"})
    steps: list[Callable[[], None]] = field(default_factory=list)
    written: NoteRow = field(init=False)

    def _note(self, name: str, *facts: Any) -> None:
        raise NotImplementedError

    def add_note(self, text: str, kind: NoteKind, office: str | None, person: str | None) -> NoteRow:
        self._note("add_note", text, kind, office, person)
        row = replace(self.written, id=f"n{len(self.noted) + 4}", text=text, kind=kind)
        self.noted.append(row)
        self.steps.append(lambda: self.noted.remove(row))
        return row

    def add_notes(self, text: str, kind: NoteKind, offices: Sequence[str]) -> list[NoteRow]:
        rows = [self.add_note(text, kind, office, None) for office in offices]
        del self.steps[-len(rows) :]
        self.steps.append(self.noted.clear)
        return rows

    def person_of(self, address: str) -> str | None:
        self._note("person_of", address)
        return self.senders.get(address)
