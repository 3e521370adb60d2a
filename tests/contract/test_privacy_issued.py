"""What issued reports and kept searches say of somebody: in the extract, and gone with them, with a trace. On every store."""

from dataclasses import replace
from datetime import UTC, date, datetime

from crm import saved_searches
from crm.erasing import erase
from crm.office_setting import Wanted, Why, set_office
from crm.privacy.disposing import dispose, plan
from crm.report.issuing import issue, issued, list_issued
from crm.report.model import Figures, TakenOut
from db.store import Store
from tests.contract.test_erasing import everything, row_of
from tests.contract.test_privacy_export import extract, of
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail

NOW = datetime(2021, 6, 9, 10, tzinfo=UTC)
DAY = date(2021, 6, 8)
PROMISE = "Jag skickar ritningarna över lokalen i Ånge senast den 18 juni 2021."
LETTER = mail(f"Hej!\n\n{PROMISE}\n\nBo Ekdahl", sender=BO, to=ANNA, subject="Lokal i Ånge")
OTHERS = mail(
    "Hej!\n\nVi skickar avtalet om Filipstad senast den 17 juni 2021.", sender=CIA, to=ANNA, subject="Avtal"
)
RISK = "Ingen lokal är vald. Bo Ekdahl är sjuk till hösten. Vi letar vidare."


def handed_over(store: Store, take: Take) -> Figures:
    """A report with a promise of his, one of somebody else, and an assessment that names him."""
    take(LETTER, OTHERS)
    with store.write() as session:
        wanted = Wanted(assessment="risk", deviation=RISK)
        set_office(session, "Ånge", wanted, Why("anna", datetime(2021, 6, 8, 9, tzinfo=UTC)))
        issue(session, DAY, number="2021-00077", by="anna", now=NOW)
    return kept(store)


def kept(store: Store) -> Figures:
    with store.read() as session:
        return issued(session, "r1")


def said(shown: Figures) -> list[str | None]:
    return [one.text for one in shown.promises]


def test_an_issued_report_loses_the_sentences_of_an_erased_person_and_keeps_its_figures(
    filled: Store, take: Take
) -> None:
    before = handed_over(filled, take)
    assert PROMISE in said(before)
    dispose(filled, "Bo Ekdahl", decision="2021-09001", by="anna", now=NOW)
    after = kept(filled)
    assert sorted(text or "" for text in said(after)) == sorted(
        "[…]" if text == PROMISE else text or "" for text in said(before)
    )
    (office,) = (one for one in after.offices if one.name == "Ånge")
    assert office.deviation == "Ingen lokal är vald. […] Vi letar vidare."
    assert after.taken_out == (TakenOut(date(2021, 6, 9), "2021-09001", 2),)
    assert (after.total, after.phases, after.answers) == (before.total, before.phases, before.answers)
    assert "ritningarna" not in everything(filled)


def test_the_report_stays_the_one_that_was_issued_and_says_what_it_has_lost(
    filled: Store, take: Take
) -> None:
    handed_over(filled, take)
    with filled.read() as session:
        (before,) = list_issued(session)
        told = plan(filled, session, "Bo Ekdahl", NOW)
    assert told.going.issued == 2
    dispose(filled, "Bo Ekdahl", decision="2021-09001", by="anna", now=NOW)
    with filled.read() as session:
        (after,) = list_issued(session)
    assert after == replace(before, taken_out=2)


def test_nobody_elses_report_changes(filled: Store, take: Take) -> None:
    before = handed_over(filled, take)
    dispose(filled, "Cia Norberg", decision="2021-09001", by="anna", now=NOW)
    after = kept(filled)
    assert PROMISE in said(after)
    assert after.offices == before.offices
    assert [one.many for one in after.taken_out] == [1]


def test_what_a_private_mail_promised_goes_from_reports_as_well(filled: Store, take: Take) -> None:
    before = handed_over(filled, take)
    erase(filled, [row_of(filled, "Lokal i Ånge").id], by="anna", now=NOW)
    after = kept(filled)
    assert PROMISE not in said(after)
    assert len(after.promises) == len(before.promises)
    assert after.taken_out == (TakenOut(date(2021, 6, 9), None, 1),)


def test_an_extract_tells_what_reports_say_of_somebody(filled: Store, take: Take) -> None:
    handed_over(filled, take)
    told = extract(filled)
    assert of(told, "issued-report", "report", "as_of", "text") == [
        ("r1", DAY, PROMISE),
        ("r1", DAY, "Bo Ekdahl är sjuk till hösten."),
    ]
    assert of(extract(filled, "Cia Norberg"), "issued-report", "text") == [
        "Vi skickar avtalet om Filipstad senast den 17 juni 2021."
    ]


def test_a_kept_search_for_somebody_stands_in_the_extract_and_goes_with_them(
    filled: Store, take: Take
) -> None:
    take(LETTER, OTHERS)
    with filled.write() as session:
        for name, query in (
            ("Bo Ekdahls brev", "lokal*"),
            ("Ritningar", "från:bo.ekdahl@ange.se"),
            ("Avtal", "avtal*"),
        ):
            saved_searches.save(session, name, query, by="anna", now=NOW, today=DAY)
    assert of(extract(filled), "saved-search", "name") == ["Bo Ekdahls brev", "Ritningar"]
    dispose(filled, "Bo Ekdahl", decision="2021-09001", by="anna", now=NOW)
    with filled.read() as session:
        left = saved_searches.list_saved(session, by="anna", today=DAY)
    assert [row.name for row in left] == ["Avtal"]
