"""What happened with an office, a person and an organisation: told by page, whatever it came from. On every store."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from crm import followups, notes, timeline
from crm.adding import add_follow_up, read_sentence
from crm.errors import NotFound
from crm.offices import find_office
from crm.people import find_person, show_organisation
from crm.rows.timeline import TimelineRow
from crm.search import search
from crm.timeline import Scope
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail

NOW = datetime(2021, 10, 26, 9, tzinfo=UTC)
PROMISE = mail(
    "Hej!\n\nVi återkommer i slutet av oktober 2021 om lokalen i Ånge.\n\nAnna Lindgren",
    sender=ANNA,
    to=BO,
    subject="Lokal i Ånge",
    at="2021-06-07 09:00",
    message_id="<1@x.example>",
)
ANSWER = mail(
    "Som utlovat återkommer vi om Ånge.",
    sender=ANNA,
    to=BO,
    subject="SV: Lokal i Ånge",
    at="2021-10-25 09:00",
    message_id="<2@x.example>",
    reply_to=["<1@x.example>"],
)
ELSEWHERE = mail("Kontoret i Filipstad är målat.", sender=CIA, to=ANNA, at="2021-10-01 09:00")


@pytest.fixture
def story(filled: Store, take: Take) -> Store:
    """A promise, a call, something added by hand and moved, and the letter that keeps the promise."""
    take(PROMISE, ELSEWHERE)
    take(ANSWER, today=date(2021, 10, 25))
    with filled.write() as session:
        read = read_sentence(session, "Ring Ånge på torsdag", date(2021, 10, 12), by="anna")
        made = add_follow_up(session, read, by="anna", now=datetime(2021, 10, 12, 9, tzinfo=UTC))
        later = date(2021, 10, 20)
        moved_at = datetime(2021, 10, 13, 9, tzinfo=UTC)
        followups.decide(
            session, [made.id], "move", by="anna", now=moved_at, due=(later, later), because="Bo sjuk"
        )
        called = datetime(2021, 10, 14, 9, tzinfo=UTC)
        notes.add_note(
            session,
            "Ringde Bo om målning",
            by="anna",
            now=NOW,
            kind="call",
            office="Ånge",
            person="Bo Ekdahl",
            at=called,
        )
    return filled


def told(store: Store, scope: Scope, *, limit: int = 50) -> list[TimelineRow]:
    """All of it, page by page."""
    rows: list[TimelineRow] = []
    with store.read() as session:
        while page := timeline.timeline(session, scope, limit=limit, before=rows[-1].id if rows else None):
            rows += page
    return rows


def office(store: Store) -> Scope:
    with store.read() as session:
        return timeline.of_office(find_office(session, "Ånge").id)


def test_an_office_tells_what_happened_newest_first(story: Store) -> None:
    rows = told(story, office(story))
    assert [(one.kind, one.action, one.by) for one in rows] == [
        ("kept", None, None),
        ("message", None, "Anna Lindgren"),
        ("call", None, "anna"),
        ("decision", "move", "anna"),
        ("decision", "add", "anna"),
        ("follow-up", None, "Anna Lindgren"),
        ("message", None, "Anna Lindgren"),
    ]
    kept, letter, _call, move, *_rest = rows
    assert (kept.message, kept.follow_up) == (letter.id, rows[-2].follow_up)
    assert (move.from_end, move.due_end, move.because) == (
        date(2021, 10, 14),
        date(2021, 10, 20),
        "Bo sjuk",
    )


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_are_the_whole_without_a_gap_or_a_repeat(story: Store, limit: int) -> None:
    scope = office(story)
    assert told(story, scope, limit=limit) == told(story, scope)


@pytest.mark.parametrize(("limit", "among"), [(1, 50), (2, 50), (2, 1), (50, 50)])
def test_of_very_many_letters_the_newest_are_the_same(
    story: Store, limit: int, among: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(story, office(story), limit=limit)
    monkeypatch.setattr(timeline, "_MANY", 1)
    monkeypatch.setattr(timeline, "_AMONG", among)
    with story.read() as session:
        scope = timeline.of_office(find_office(session, "Ånge").id, letters=2)
    assert scope.office is not None
    assert told(story, scope, limit=limit) == before


def test_of_one_moment_every_entry_is_told_once(story: Store) -> None:
    at = datetime(2021, 10, 25, 7, tzinfo=UTC)
    with story.write() as session:
        for number in range(3):
            notes.add_note(session, f"Nr {number}", by="anna", now=NOW, office="Ånge", at=at)
            read = read_sentence(session, f"Ring Ånge {number} gånger", at.date(), by="anna")
            add_follow_up(session, read, by="anna", now=at)
    scope = office(story)
    whole = told(story, scope)
    assert len({one.id for one in whole}) == len(whole) == 13
    assert told(story, scope, limit=1) == whole


def test_a_person_tells_letters_to_and_from_them_and_notes_of_them(story: Store) -> None:
    with story.read() as session:
        bo = timeline.of_person(find_person(session, "Bo Ekdahl").id)
        cia = timeline.of_person(find_person(session, "Cia Norberg").id)
    assert [one.kind for one in told(story, bo)] == ["kept", "message", "call", "follow-up", "message"]
    assert [(one.kind, one.text) for one in told(story, cia)] == [("message", "Servicekontor")]


def test_an_organisation_tells_that_of_its_people(story: Store) -> None:
    with story.read() as session:
        ange = timeline.of_organisation(show_organisation(session, "Ånge kommun").id)
    assert [one.kind for one in told(story, ange)] == ["kept", "message", "call", "follow-up", "message"]


def test_what_was_taken_back_is_not_told(story: Store) -> None:
    from crm.undoing import undo

    with story.write() as session:
        undo(session, by="anna", now=NOW, steps=2)
    assert [one.kind for one in told(story, office(story))] == [
        "kept",
        "message",
        "decision",
        "follow-up",
        "message",
    ]


@pytest.mark.parametrize("name", ["x", "n99", "f99", "f99:kept", "m99", "d99"])
def test_an_entry_that_is_not_there_is_no_place_to_go_on(story: Store, name: str) -> None:
    with story.read() as session, pytest.raises(NotFound):
        timeline.timeline(session, timeline.of_office("k1"), before=name)


def test_a_page_costs_as_many_queries_however_much_is_on_it(story: Store) -> None:
    scope, counts = office(story), []
    for limit in (1, 7):
        asked: list[str] = []
        with story.read() as session:
            connection = session.connection()
            listen = lambda _c, _cursor, statement, *_more: asked.append(statement)  # noqa: E731, B023
            event.listen(connection, "before_cursor_execute", listen)
            timeline.timeline(session, scope, limit=limit)
        counts.append(len(asked))
    assert counts == [5, 5]


# --- notes among what a search finds ---


def found(store: Store, words: str, *, limit: int = 200, order: str = "date") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    with store.read() as session:
        while page := search(
            session,
            words,
            order="rank" if order == "rank" else "date",
            limit=limit,
            before=rows[-1][0] if rows else None,
        ):
            rows += [(one.id, one.kind) for one in page]
    return rows


def test_a_search_finds_notes_among_letters(story: Store) -> None:
    with story.read() as session:
        (note,) = search(session, "ringde målning")
        assert (note.id, note.kind, note.offices, note.subject) == (
            "n1",
            "note",
            ("2260",),
            "Ringde Bo om målning",
        )
        assert note.snippet == "Ringde Bo om målning"
    assert [kind for _id, kind in found(story, "målade*")] == ["received"]


@pytest.mark.parametrize("order", ["date", "rank"])
@pytest.mark.parametrize("limit", [1, 2])
def test_a_search_with_notes_is_paged_without_a_gap(story: Store, limit: int, order: str) -> None:
    at = datetime(2021, 10, 25, 7, tzinfo=UTC)
    with story.write() as session:
        for when in (at, at, datetime(2021, 10, 1, 9, tzinfo=UTC), datetime(2021, 1, 1, 9, tzinfo=UTC)):
            notes.add_note(session, "Ånge igen", by="anna", now=NOW, at=when)
    pages = found(story, "Ånge", limit=limit, order=order)
    assert pages == found(story, "Ånge", order=order)
    assert len(set(pages)) == len(pages) == 6
    kinds = [kind for _id, kind in pages]
    assert kinds == (
        ["received", "note", "note", "note", "received", "note"]
        if order == "date"
        else ["received"] * 2 + ["note"] * 4
    )
