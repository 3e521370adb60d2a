"""Search finds the same on SQLite and on PostgreSQL."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from crm.errors import NotFound
from crm.search import search
from db.fulltext import find, find_ranked, index_messages, remove
from db.store import Store
from tests.rows import AT, add_message

TEXTS = {
    "kontoret": ("Nytt servicekontor", "Vi öppnar kontoret på Storgatan."),
    "compound": ("", "Servicekontoret i Östersund flyttar i slutet av oktober 2021."),
    "plain": ("Lokal", "Ett kontor."),
    "ånge": ("Svar", "Ånge kommun återkommer. Diarienummer SSC-2021-10, skriv till a.b@c.example."),
    "ange": ("Blankett", "Ange kommun och datum 2021 i fältet, den 10 mars."),
    "nfd": ("", unicodedata.normalize("NFD", "Mötet i Åre är flyttat")),
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A message for each of TEXTS, each a day older than the one before."""
    with store.write() as session:
        for number, (subject, body) in enumerate(TEXTS.values(), 1):
            row = add_message(
                session, number, subject=subject, body=body, sent_at=AT - timedelta(days=number)
            )
            index_messages(session, [(row, subject, body)])
    return store


def _found(store: Store, query: str) -> set[str]:
    names = list(TEXTS)
    with store.read() as session:
        return {names[number - 1] for number in find(session, query)}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kontor", "kontoret compound plain"),
        ("KONTOREN", "kontoret compound plain"),
        ("servicekontor", "kontoret compound"),
        ("servicekontorets", "kontoret compound"),
        ("service kontor", "kontoret compound"),
        ("Ånge", "ånge"),
        ("ÅNGE", "ånge"),
        ("ange", "ånge ange"),
        ("ANGE", "ånge ange"),
        ("A\u030ange", "ånge"),
        ("åre", "nfd"),
        ("are", "nfd"),
        ("möten", "nfd"),
        ("moten", "nfd"),
        ("ostersund", "compound"),
        ("Ånge-kommun", "ånge"),
        ('"ange kommun"', "ånge ange"),
        ('"Ånge kommun"', "ånge"),
        ('"kommun ånge"', ""),
        ("2021-10", "ånge"),
        ("2021 10", "ånge ange"),
        ("SSC-2021-10", "ånge"),
        ("a.b@c.example", "ånge"),
        ("serv*", "kontoret compound"),
        ("servicekontore*", "kontoret compound"),
        ("ång*", "ånge"),
        ("kontor -oktober", "compound"),
        ("kontor NOT oktober", ""),
        ("kontor oktober", "compound"),
        ("kontor saknas", ""),
        ('"nytt servicekontor vi"', ""),
        ('oavslutad "kommun', ""),
        ('kontor "', "kontoret compound plain"),
        ("ett", "plain"),
    ],
)
def test_what_is_found(filled: Store, query: str, names: str) -> None:
    assert _found(filled, query) == set(names.split())


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', '""', "*", "\0", "-", "'", "\\", "()", "AND", "^a", "a:b", "{subject}:x", "NEAR(a b)", "%", "_", "x'y", "\ud800",
     "a" * 10_000, "å " * 10_000, '"' * 999, "&|!<->:*", "'ang':*", "\u202e", "a\0b", "*" * 5_000, "subject:kontor"],
)  # fmt: skip
def test_every_character_is_allowed(filled: Store, query: str) -> None:
    assert _found(filled, query) <= set(TEXTS)


def test_any_query_is_answered(filled: Store) -> None:
    with filled.read() as session:
        _ask_anything(session)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.text(max_size=40))
def _ask_anything(session: Session, query: str) -> None:
    assert set(find(session, query)) <= set(range(1, len(TEXTS) + 1))


@pytest.mark.parametrize(
    "hostile", ["\0", "\ud800 kontor", "'", "a" * 100_000, "\U00020000" * 200_000, "字 " * 99_999]
)
def test_any_text_can_be_indexed(store: Store, hostile: str) -> None:
    with store.write() as session:
        row = add_message(session)
        index_messages(session, [(row, hostile, hostile + " slutord")])
    with store.read() as session:
        assert find(session, "finnsinte") == []


def test_many_different_words_can_be_indexed(store: Store) -> None:
    many = " ".join(
        chr(0x4E00 + first) + chr(0x10000 + second) for first in range(200) for second in range(200)
    )
    with store.write() as session:
        index_messages(session, [(add_message(session), "sak", many)])
        assert find(session, "sak") == [1]


def test_newest_come_first_page_by_page(filled: Store) -> None:
    with filled.write() as session:
        undated = [add_message(session, number, sent_at=None, body="kontor") for number in (91, 92)]
        same = [add_message(session, number, sent_at=AT, body="kontor") for number in (93, 94)]
        index_messages(session, [(row, "", "kontor") for row in (*undated, *same)])
    expected = [same[1], same[0], 1, 2, 3, undated[1], undated[0]]
    with filled.read() as session:
        assert find(session, "kontor") == expected
        assert find(session, "kontor", limit=0) == expected
        assert find(session, "kontor", limit=2) == expected[:2]
        assert find(session, "kontor", before=(AT, same[1])) == expected[1:]
        assert find(session, "kontor", before=(AT - timedelta(days=1), 1), limit=2) == [2, 3]
        assert find(session, "kontor", before=(None, undated[1])) == [undated[0]]


def test_the_best_comes_first_by_rank(filled: Store) -> None:
    with filled.write() as session:
        old = add_message(session, 99, sent_at=AT - timedelta(days=900))
        index_messages(session, [(old, "Kontor kontor", "kontor")])
    with filled.read() as session:
        ranked = find_ranked(session, "kontor")
        assert ranked[0] == old
        assert sorted(ranked) == sorted(find(session, "kontor"))
        assert len(find_ranked(session, "kontor oktober")) == 1
        assert find_ranked(session, "kontor", limit=2) == ranked[:2]
        assert find_ranked(session, "*") == []


def test_pages_by_rank_have_no_gap_and_no_double(filled: Store) -> None:
    """The best is the oldest here, and some are of one rank: a page that went by date would repeat and skip."""
    with filled.write() as session:
        for number in range(91, 97):
            row = add_message(
                session, number, subject="Kontor", body="kontor", sent_at=AT - timedelta(days=number)
            )
            index_messages(session, [(row, "Kontor kontor" if number == 96 else "Kontor", "kontor")])
    with filled.read() as session:
        whole = [row.id for row in search(session, "kontor", order="rank")]
        paged: list[str] = []
        while page := search(session, "kontor", order="rank", limit=2, before=paged[-1] if paged else None):
            assert len(page) <= 2
            paged += [row.id for row in page]
        assert paged == whole
        assert len(set(whole)) == len(whole) == 9
        assert [row.id for row in search(session, "kontor")] != whole
        with pytest.raises(NotFound):
            search(session, "kontor", order="rank", before="m4")


def test_indexing_again_replaces(filled: Store) -> None:
    with filled.write() as session:
        index_messages(session, [(3, "Lokal", "Något annat."), (3, "Lokal", "Ett torg.")])
    assert _found(filled, "torg") == {"plain"}
    assert _found(filled, "annat") == set()
    assert "plain" not in _found(filled, "kontor")


def test_what_is_removed_is_not_found(filled: Store) -> None:
    with filled.write() as session:
        remove(session, [1, 2])
    assert _found(filled, "kontor") == {"plain"}


def test_a_deleted_message_is_not_found(filled: Store) -> None:
    with filled.write() as session:
        session.execute(text("DELETE FROM message WHERE id = 3"))
    assert _found(filled, "kontor") == {"kontoret", "compound"}
