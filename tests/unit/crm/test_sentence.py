"""What somebody types to be watched over, and what is understood of it."""

from datetime import date, time

import pytest

from crm.rows.offices import OfficeRow
from crm.sentence import Understood, understand

TODAY = date(2021, 10, 18)
US = "Statens servicecenter"


def office(number: int, municipality: str, code: str, place: str | None = None) -> OfficeRow:
    return OfficeRow(f"k{number}", municipality, code, place, 2, "none", None, None, None, None, 0, 0, None)


OFFICES = (
    office(1, "Ånge", "2260"),
    office(2, "Filipstad", "1782"),
    office(3, "Boden", "2582"),
    office(4, "Åre", "2321", "Järpen"),
    office(5, "Linköping", "0580", "Skäggetorp"),
    office(6, "Linköping", "0580", "Ryd"),
)


def read(text: str) -> Understood:
    return understand(text, TODAY, OFFICES, US)


@pytest.mark.parametrize(
    ("text", "kind", "owes", "who"),
    [
        ("Återkomma till Ånge om lokalen på torsdag", "commitment", "us", US),
        ("återkom till ånge på torsdag", "commitment", "us", US),
        ("Vi skickar avtalet till Boden senast v. 46", "commitment", "us", US),
        ("Fråga Bo Ekdahl i Ånge om hyran", "commitment", "us", US),
        ("Ånge: ring Bo på måndag", "commitment", "us", US),
        ("Möte med Åre den 4 november kl. 13", "meeting", "us", US),
        ("Sista dag för yttrande är 15 november", "deadline", "us", US),
        ("Ånge återkommer om lokalen på torsdag", "commitment", "them", "Ånge"),
        ("Boden skulle återkomma i veckan", "commitment", "them", "Bodens kommun"),
        ("Bevaka att Boden svarar om hyran v. 46", "commitment", "them", "Boden"),
        ("Bevaka hyran i Boden v. 46", "commitment", "us", US),
        ("Bo Ekdahl skickar ritningar på fredag", "commitment", "them", "Bo Ekdahl"),
        ("Kommunen i Ånge ska lämna besked senast 1 december", "commitment", "them", "Ånge kommun"),
        ("Vänta på svar från Filipstad till den 5 november", "request", "them", "Filipstads kommun"),
        ("Svar från Järpen om hyran senast fredag", "request", "them", "Åre kommun"),
    ],
)
def test_who_is_to_do_what(text: str, kind: str, owes: str, who: str) -> None:
    found = read(text)
    assert (found.kind, found.owes, found.who) == (kind, owes, who)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Återkomma till Ånge på torsdag", date(2021, 10, 21), date(2021, 10, 21)),
        ("Skicka avtalet senast v. 46", None, date(2021, 11, 21)),
        ("Ring Bo i mitten av november", date(2021, 11, 11), date(2021, 11, 20)),
        ("Ånge kommun ska skicka hyresavtalet i november", date(2021, 11, 1), date(2021, 11, 30)),
        ("Boden svarar om lokaler i höst", TODAY, date(2021, 11, 30)),
        ("Uppföljning av mötet den 4 november med Ånge om tre veckor", date(2021, 11, 8), date(2021, 11, 8)),
        ("Ring Cia", None, None),
    ],
)
def test_when(text: str, start: date | None, end: date | None) -> None:
    found = read(text)
    assert (found.due_start, found.due_end) == (start, end)


def test_a_meeting_keeps_its_clock_times() -> None:
    found = read("Möte med Åre den 4 november kl. 13-14.30")
    assert (found.start_time, found.end_time) == (time(13), time(14, 30))


@pytest.mark.parametrize(
    ("text", "office_", "candidates", "elsewhere"),
    [
        ("Återkomma till Ånge om lokalen", "k1", (), ()),
        ("Svar från Järpen", "k4", (), ()),
        ("Ring Skäggetorp på måndag", "k5", (), ()),
        ("Ring Linköping på måndag", None, ("k5", "k6"), ()),
        ("Samla Boden och Ånge till möte", None, ("k1", "k3"), ()),
        ("Fråga Sundsvall om erfarenheter", None, (), ("Sundsvall",)),
        ("Ring Bo", None, (), ()),
    ],
)
def test_where(
    text: str, office_: str | None, candidates: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    found = read(text)
    assert (found.office and found.office.id) == office_
    assert tuple(one.id for one in found.candidates) == candidates
    assert found.elsewhere == elsewhere
