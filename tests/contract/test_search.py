"""What the search finds, told in mails: people, places, days and kinds, on both stores."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from crm import search as searching
from crm.errors import NotFound, SearchRefused
from crm.searching import plan
from db.schema import Message, Person, PersonName, Registration
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, forwarded, mail

TODAY = date(2021, 10, 18)
Find = Callable[[str], list[str]]


def _with_document(name: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = CIA, ANNA, "Avtalet"
    made["Date"] = "Mon, 20 Sep 2021 10:00:00 +0200"
    made["Message-ID"] = "<avtal@x.example>"
    made.set_content("Här kommer det.")
    made.add_attachment(b"hyra", maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


INNER = forwarded(
    "Vi ser fram emot ett kontor i Ånge.",
    sender="Görel Åström",
    at="den 1 mars 2021 09:00",
    to="Registrator",
    subject="Önskemål",
)
MAILS = (
    mail("När är lokalen i Ånge klar? Ring 0690-25 01 00.", subject="Fråga", at="2021-05-03 09:00", message_id="<fraga@x>"),
    mail("Lokalen är klar i oktober.", sender=BO, to=ANNA, subject="SV: Fråga", at="2021-05-04 09:00", message_id="<svar@x>",
         reply_to=["<fraga@x>"]),
    mail(f"För kännedom.\n\n-----Ursprungligt meddelande-----\n{INNER}", sender=CIA, to=ANNA, subject="VB: Önskemål",
         at="2021-06-01 09:00"),
    mail("Kan ni återkomma om servicekontoret?", sender=CIA, to=ANNA, cc=BO, subject="Filipstad", at="2021-08-02 09:00"),
    mail("Jag är på semester.", sender=BO, to=ANNA, subject="Frånvaro", at="2021-08-03 09:00",
         headers={"Auto-Submitted": "auto-replied"}),
    _with_document("Hyresavtal Filipstad 2021.txt"),
)  # fmt: skip


@pytest.fixture
def find(filled: Store, take: Take) -> Find:
    """The subjects that a search finds, newest first."""
    take(*MAILS)

    def run(text: str) -> list[str]:
        with filled.read() as session:
            return [row.subject or "" for row in searching.search(session, text, today=TODAY)]

    return run


NEWEST_FIRST = ["Avtalet", "Frånvaro", "Filipstad", "VB: Önskemål", "SV: Fråga", "Fråga", "Önskemål"]


def test_people_are_found_by_address_name_and_what_a_letter_calls_them(find: Find) -> None:
    assert (
        find("från:bo") == find("from:Ekdahl") == find("från:bo.ekdahl@ange.se") == ["Frånvaro", "SV: Fråga"]
    )
    assert find("från:@ange.se") == ["Frånvaro", "SV: Fråga"]
    assert find("från:görel") == find("från:gorel") == find('från:"görel åström"') == ["Önskemål"]
    assert find("till:ekd") == ["Fråga"]
    assert find("kopia:bo") == find("cc:bo") == ["Filipstad"]
    assert find("person:bo") == ["Frånvaro", "Filipstad", "SV: Fråga", "Fråga"]
    assert find("till:registrator") == ["Önskemål"]
    assert find("från:zeke") == []


def test_organisations_are_found_by_name_and_domain(find: Find) -> None:
    assert find("organisation:ånge") == find("org:@ange.se") == find("person:bo")


def test_a_person_is_found_by_the_name_of_before(filled: Store, find: Find) -> None:
    with filled.write() as session:
        bo = session.scalars(select(Person).where(Person.name == "Bo Ekdahl")).one()
        session.add(PersonName(person_id=bo.id, name="Bo Åkerblom"))
    assert find("från:åkerblom") == find("från:AKERBLOM") == ["Frånvaro", "SV: Fråga"]
    with filled.write() as session:
        session.execute(update(PersonName).where(PersonName.name == "Bo Åkerblom").values(name="Bo Quist"))
    assert (find("från:åkerblom"), find("från:quist")) == ([], ["Frånvaro", "SV: Fråga"])


def test_offices_and_municipalities(find: Find) -> None:
    assert find("kontor:ånge") == find("office:ange") == find("kontor:2260")
    assert {"SV: Fråga", "Fråga", "Önskemål"} <= set(find("kontor:ånge"))
    assert "Avtalet" not in find("kontor:ånge")
    assert set(find("kommun:filipstad")) == set(find("municipality:1782")) >= {"Filipstad"}


def test_days_are_read_as_people_write_them(find: Find) -> None:
    assert find("före:2021-05") == ["Önskemål"]
    assert find("före:2021-05-04") == ["Fråga", "Önskemål"]
    assert find("efter:augusti") == ["Avtalet"]
    assert find("sedan:augusti") == ["Avtalet", "Frånvaro", "Filipstad"]
    assert find("under:maj") == find("during:2021-05") == ["SV: Fråga", "Fråga"]
    assert find("under:v. 31 semester") == ["Frånvaro"]


def test_kinds_and_what_hangs_on_a_letter(find: Find) -> None:
    assert find("är:vidarebefordrat") == find("IS:Forwarded") == ["Önskemål"]
    assert find("är:skickat") == ["Fråga"]
    assert find("riktning:in") == ["Avtalet", "Frånvaro", "Filipstad", "VB: Önskemål", "SV: Fråga"]
    assert find("är:automatiskt") == ["Frånvaro"]
    assert find("har:bilaga") == find("bilaga:hyresavtal") == find("filename:filip*") == ["Avtalet"]
    assert "Filipstad" in find("har:bevakning")
    assert (
        find("tel:0690-250100")
        == find("tel:+46 690 25 01 00")
        == find("phone:0690-25 01 00 lokalen")
        == ["Fråga"]
    )


def test_what_nobody_has_answered(find: Find) -> None:
    assert find("är:obesvarad") == ["Avtalet", "Filipstad", "VB: Önskemål", "SV: Fråga"]


def test_the_register(filled: Store, find: Find) -> None:
    with filled.write() as session:
        number = session.scalars(select(Message.id).where(Message.subject == "Fråga")).one()
        registered = {"state": "number", "number": "2021-00456", "secret_provision": "OSL 21:7"}
        session.add(
            Registration(
                message_id=number, at=session.get_one(Message, number).sent_at, by="anna", **registered
            )
        )
    assert find("dnr:2021-00456") == find("number:2021-004*") == find("är:sekretess") == ["Fråga"]
    assert find("är:ej-bedömd") == [one for one in NEWEST_FIRST if one not in {"Fråga", "Önskemål"}]


def test_words_phrases_beginnings_and_their_negation(find: Find) -> None:
    assert find("lokal") == find("LOKALEN") == ["SV: Fråga", "Fråga"]
    assert find('"lokalen är klar"') == ["SV: Fråga"]
    assert find("servicekontor") == find("kontor -ånge") == ["Filipstad"]
    assert find("åter*") == ["Filipstad"]
    assert find("lokal -från:bo") == ["Fråga"]
    assert find("-lokal") == [one for one in NEWEST_FIRST if "Fråga" not in one]
    assert find("semester OR lokal") == find("semester ELLER lokal") == ["Frånvaro", "SV: Fråga", "Fråga"]
    assert find("lokal OR kopia:bo") == ["Filipstad", "SV: Fråga", "Fråga"]
    assert find("semester eller lokal") == []
    assert find("ämne:fråga") == find('subject:"SV: fråga" OR subject:Fråga') == ["SV: Fråga", "Fråga"]
    assert find("ämne:lokal") == []


def test_all_at_once(find: Find) -> None:
    asked = 'från:bo kontor:ånge före:2021-11 "lokal*" -är:vidarebefordrat -har:bilaga är:obesvarad'
    assert find(asked) == ["SV: Fråga"]
    assert find(f"{asked} semester") == []


@pytest.mark.parametrize(
    ("odd", "found"),
    [
        ("SV:", ["SV: Fråga"]),
        ("SV: Fråga", ["SV: Fråga"]),
        ("Ring: 0690", ["Fråga"]),
        ("ring:0690", ["Fråga"]),
        ("lokalen -", ["SV: Fråga", "Fråga"]),
        ("(lokalen)", ["SV: Fråga", "Fråga"]),
        ("lokalen OR", ["SV: Fråga", "Fråga"]),
        ('"lokalen', ["SV: Fråga", "Fråga"]),
        ("till: semester", []),
        ("https://ange.se/a:b", []),
        ("***", []),
    ],
)
def test_what_is_odd_is_words(find: Find, odd: str, found: list[str]) -> None:
    assert find(odd) == found


@pytest.mark.parametrize(
    "refused", ["före:banan", "kontor:atlantis", "är:grön", "har:tid", "tel:banan", "mapp:ingen", "kommun:x1"]
)
def test_an_impossible_value_is_named(find: Find, refused: str) -> None:
    with pytest.raises(SearchRefused) as told:
        find(refused)
    assert told.value.said == refused


def test_pages_follow_one_another(filled: Store, find: Find) -> None:
    assert find("-finnsinte") == NEWEST_FIRST
    with filled.read() as session:
        first = searching.search(session, "-finnsinte", today=TODAY, limit=3)
        rest = searching.search(session, "-finnsinte", today=TODAY, before=first[-1].id)
        assert [row.subject for row in first + rest] == NEWEST_FIRST
        with pytest.raises(NotFound):
            searching.search(session, "fråga", before="m999")


@pytest.mark.parametrize("few", [0, 3_000])
def test_both_ways_through_the_store_find_the_same(
    find: Find, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """From the rarest, or along all messages step by step: there is no third."""
    monkeypatch.setattr(plan, "FEW", few)
    monkeypatch.setattr(plan, "FEW_OF_MANY", few)
    monkeypatch.setattr(plan, "_FIRST_STEP", 2)
    assert find("lokal") == ["SV: Fråga", "Fråga"]
    assert find("från:bo lokal före:2021-06") == ["SV: Fråga"]
    assert find("från:görel OR bilaga:hyresavtal") == ["Avtalet", "Önskemål"]
    assert find("-lokal -från:bo -ämne:önskemål") == ["Avtalet", "Filipstad"]


def test_the_best_first(filled: Store, find: Find) -> None:
    with filled.read() as session:
        rows = searching.search(session, "filipstad -har:bilaga", today=TODAY, order="rank")
    assert [row.subject for row in rows] == ["Filipstad"]


def test_counting_stops_at_the_most(filled: Store, find: Find) -> None:
    with filled.read() as session:
        assert searching.count(session, "lokal", TODAY) == len(find("lokal"))
        assert searching.count(session, "-finnsinte", TODAY, most=3) == 3
        assert searching.count(session, "***", TODAY) == 0
