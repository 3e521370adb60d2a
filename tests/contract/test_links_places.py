"""Two offices of one municipality are told apart by their places; a list of all of them is about none."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from benchmarks.links import split_plan
from crm.explaining import explain
from crm.offices import list_offices
from crm.plan_revisions import import_plan
from crm.plans import shipped_plans
from crm.rows.messages import LinkRow
from db.schema import Link
from db.store import Store
from tests.intake import OURS, Take
from tests.mails import ANNA, mail

NOW = datetime(2022, 2, 1, 9, tzinfo=UTC)
GERD = "Gerd Alm <gerd.alm@linkoping.se>"
DAN = "Dan Falk <dan.falk@husbolaget.example>"


@pytest.fixture
def split(filled: Store) -> Store:
    """Linköping has two offices, Centrum and Skäggetorp, and the one of Åre is called Järpen."""
    with filled.write() as session:
        import_plan(session, split_plan(), name="plan.toml", by="anna", now=NOW)
    return filled


def offices(store: Store) -> list[set[str]]:
    """The offices of each letter, in the order in which they came."""
    with store.read() as session:
        names = {int(row.id[1:]): row.name for row in list_offices(session)}
        found: dict[int, set[str]] = {}
        for message, office in session.execute(select(Link.message_id, Link.office_id)):
            found.setdefault(message, set()).add(names[office])
    return [found[message] for message in sorted(found)]


def test_who_names_no_place_writes_about_both(split: Store, take: Take) -> None:
    take(mail("Hej! Styrgruppen flyttas till den 11 juni.", sender=GERD, to=ANNA, subject="Styrgrupp"))
    assert offices(split) == [{"Linköping Centrum", "Linköping Skäggetorp"}]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Lokalen på torget i Linköpings centrum är utrymd.", {"Linköping Centrum"}),
        ("Skäggetorps bibliotek stänger för ombyggnad.", {"Linköping Skäggetorp"}),
        ("Fastighetsägaren i Skäggetorps centrum vill ses.", {"Linköping Skäggetorp"}),
        ("Centrum går före, Skäggetorp får vänta.", {"Linköping Centrum", "Linköping Skäggetorp"}),
    ],
)
def test_who_names_a_place_writes_about_that_office(
    split: Store, take: Take, words: str, meant: set[str]
) -> None:
    take(mail(f"Hej! {words}", sender=GERD, to=ANNA, subject="Lokalen"))
    assert offices(split) == [meant]


def test_a_place_needs_no_municipality_beside_it_unless_every_town_has_one(split: Store, take: Take) -> None:
    take(
        mail("Hej! Fibern i Skäggetorp är klar.", sender=DAN, to=ANNA, subject="Fiber"),
        mail("Hej! I centrum är det ont om parkering.", sender=DAN, to=ANNA, subject="Parkering"),
        mail("Hej! Centrum är fullt.", sender=DAN, to=ANNA, subject="Torghandel"),
    )
    assert offices(split) == [{"Linköping Skäggetorp"}]


def test_an_answer_is_about_the_office_of_what_it_answers(split: Store, take: Take) -> None:
    asked, answered = "<1@x.example>", "<2@x.example>"
    take(mail("Hej! När öppnar ni i Skäggetorp?", sender=GERD, to=ANNA, subject="Fråga", message_id=asked))
    take(mail("Hej Gerd! I maj.", to=GERD, subject="SV: Fråga", message_id=answered, reply_to=[asked]))
    take(mail("Tack!", sender=GERD, to=ANNA, subject="SV: Fråga", reply_to=[asked, answered]))
    assert offices(split) == [{"Linköping Skäggetorp"}] * 3


def test_a_signature_tells_no_offices_apart(split: Store, take: Take) -> None:
    body = "Hej! Styrgruppen flyttas.\n\nMed vänlig hälsning\nGerd Alm\nSkäggetorps medborgarkontor\n013-20 60 00"
    take(mail(body, sender=GERD, to=ANNA, subject="Styrgrupp"))
    assert offices(split) == [{"Linköping Centrum", "Linköping Skäggetorp"}]


def programme() -> list[str]:
    return [one.municipality for one in shipped_plans()[-1].offices]


@pytest.mark.parametrize(
    "body",
    [
        f"Hej!\n\nUppdraget gäller {', '.join(programme()[:-1])} och {programme()[-1]}.\n\nDan",
        "Hej!\n\nKontoren är:\n" + "".join(f"- {name}\n" for name in programme()) + "\nDan",
        "Hej!\n\n" + "".join(f"{number}. {name}\n" for number, name in enumerate(programme(), 1)),
        "Hej!\n\n" + "\t".join(programme()),
    ],
    ids=["in one sentence", "one a line", "numbered", "as cells of a table"],
)
def test_a_list_of_all_28_is_about_none_and_says_so(filled: Store, take: Take, body: str) -> None:
    take(mail(body, sender=DAN, to=ANNA, subject="Kontoren i uppdraget", message_id="<all@x.example>"))
    assert offices(filled) == []
    told = why_not(filled, "<all@x.example>")
    assert len(told) == 28
    assert {row.reason.partition(":")[0] for row in told} <= {"list", "metropolitan"}


def test_what_is_said_of_one_beside_the_list_is_about_that_one(filled: Store, take: Take) -> None:
    body = f"Hej!\n\nUppdraget gäller {', '.join(programme())}.\n\nI Finspång har hyresvärden dragit sig ur."
    take(mail(body, sender=DAN, to=ANNA, subject="Läget"))
    assert offices(filled) == [{"Finspång"}]


def why_not(store: Store, message: str) -> list[LinkRow]:
    with store.read() as session:
        return explain(session, message, OURS, why_not=True)


def test_areas_are_no_towns(filled: Store, take: Take) -> None:
    take(
        mail(
            "Hej! Hur går det i Stockholms-, Göteborgs- och Malmöområdet?",
            sender=DAN,
            to=ANNA,
            subject="Storstäder",
            at=f"{date(2021, 6, 7)} 10:00",
        )
    )
    assert offices(filled) == []
