"""Searches that somebody keeps: saved, replaced, renamed, removed, counted, and each of it undone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import saved_searches as saved
from crm import search
from crm.errors import NotFound, NothingToUndo, NotUnderstood, SearchRefused
from crm.undoing import undo
from db.schema import Audit
from db.store import Store
from tests.intake import Take
from tests.mails import BO, mail

TODAY = date(2021, 10, 18)
NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)


def save(store: Store, name: str, query: str, *, by: str = "anna") -> None:
    with store.write() as session:
        saved.save(session, name, query, by=by, now=NOW, today=TODAY)


def kept(store: Store, by: str = "anna") -> list[tuple[str, str]]:
    with store.read() as session:
        return [(row.name, row.query) for row in saved.list_saved(session, by=by, today=TODAY, counted=0)]


def take_back(store: Store) -> list[bool]:
    with store.write() as session:
        return [row.removed for row in undo(session, by="anna", now=NOW + timedelta(hours=1))]  # type: ignore[union-attr]


def test_each_keeps_searches_of_their_own(filled: Store) -> None:
    save(filled, "Ånge", "kontor:ånge")
    save(filled, "Ånge", "ånge", by="bo")
    assert (kept(filled), kept(filled, "bo")) == ([("Ånge", "kontor:ånge")], [("Ånge", "ånge")])
    with filled.read() as session:
        assert saved.query_of(session, " Ånge ", by="anna") == "kontor:ånge"
        with pytest.raises(NotFound):
            saved.query_of(session, "Ånge", by="cia")


def test_what_replaces_renames_and_removes_is_undone_step_by_step(filled: Store) -> None:
    save(filled, "ett", "lokal")
    save(filled, "ett", "avtal")
    save(filled, "två", "möte")
    with filled.write() as session:
        saved.rename(session, "två", "ett", by="anna", now=NOW)
    assert kept(filled) == [("ett", "möte")]
    with filled.write() as session:
        saved.remove(session, "ett", by="anna", now=NOW)
    assert kept(filled) == []
    take_back(filled)
    assert kept(filled) == [("ett", "möte")]
    take_back(filled)
    assert kept(filled) == [("ett", "avtal"), ("två", "möte")]
    take_back(filled)
    take_back(filled)
    assert kept(filled) == [("ett", "lokal")]
    assert take_back(filled) == [True]
    assert kept(filled) == []
    with pytest.raises(NothingToUndo):
        take_back(filled)


def test_what_cannot_be_searched_for_is_not_kept(filled: Store) -> None:
    for name, query, error in (
        ("a", "***", NotUnderstood),
        (" ", "lokal", NotUnderstood),
        ("a", "före:banan", SearchRefused),
    ):
        with pytest.raises(error):
            save(filled, name, query)
    assert kept(filled) == []


def test_each_search_is_counted_once_and_so_far(
    filled: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(*(mail(f"Lokalen {number}", at=f"2021-05-0{number} 09:00") for number in range(1, 5)))
    for name in ("a", "b"):
        save(filled, name, "lokal")
    counted: list[str] = []
    count = search.count

    def noted(session: Session, text: str, today: date, *, most: int) -> int:
        counted.append(text)
        return count(session, text, today, most=most)

    monkeypatch.setattr(search, "count", noted)
    with filled.read() as session:
        rows = saved.list_saved(session, by="anna", today=TODAY)
        assert [(row.messages, row.more) for row in rows] == [(4, False)] * 2
        assert counted == ["lokal"]
        few = saved.list_saved(session, by="anna", today=TODAY, counted=3)
        assert [(row.messages, row.more) for row in few] == [(3, True)] * 2


def test_the_log_says_who_kept_what(filled: Store) -> None:
    save(filled, "Bo", f"från:{BO.split()[0]}")
    with filled.read() as session:
        assert session.scalars(select(Audit.action).order_by(Audit.id)).all()[-1] == "search save"
