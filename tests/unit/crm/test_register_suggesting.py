"""What is suggested for the register, and why: small mails, one rule each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crm.register.age import working_days_since
from crm.register.case_numbers import Named, Numbers, parted
from crm.register.pleasantries import only_thanks
from crm.register.suggesting import Clues, Document, suggest
from crm.settings import Settings
from nlp.dates.calendar import working_days_between

PDF = Document("Ritning plan 2.pdf", "application/pdf")
LOGO = Document("image001.png", "image/png")
LETTER = Clues("in", "Lokalen", "Här kommer läget i frågan om lokalen.", municipality=True)


@pytest.mark.parametrize(
    ("clues", "state", "number", "reason"),
    [
        (Clues("in", unreadable=True), None, None, "unreadable"),
        (Clues("in", "Autosvar: Lokalen", automatic=True), "minor", None, "automatic"),
        (Clues("in", "Nyhetsbrev", "Avregistrera dig här", automatic=True), "minor", None, "newsletter"),
        (Clues("in", "Höstens nyhetsbrev", "Avsluta prenumerationen: unsubscribe"), "minor", None, "newsletter"),
        (Clues("internal", "Utkast till svar"), "not_public", None, "draft"),
        (Clues("internal", "Svar till Ånge", documents=(Document("svar_utkast.docx", "application/msword"),)),
         "not_public", None, "draft"),
        (Clues("in", "Tack!", "Tack så mycket!"), "minor", None, "thanks"),
        (Clues("in", "Mötet", "Kan vi ses kl. 13?", follow_ups=frozenset({"meeting"})), "minor", None, "meeting"),
        (Clues("in", "Accepterat: Avstämning"), "minor", None, "meeting"),
        (replace(LETTER, documents=(Document("KS protokoll 2021-10-04.pdf", "application/pdf"),)), "sent", None, "decision"),
        (replace(LETTER, subject="Begäran om yttrande"), "sent", None, "decision"),
        (replace(LETTER, documents=(LOGO, PDF)), "sent", None, "documents"),
        (replace(LETTER, numbers=Numbers(theirs=("KS 2021/124",))), "sent", None, "their_number"),
        (replace(LETTER, follow_ups=frozenset({"commitment"})), "sent", None, "matter"),
        (LETTER, None, None, "none"),
        (Clues("internal", "Lunch?", "Ska vi äta?"), None, None, "none"),
    ],
)  # fmt: skip
def test_a_suggestion_and_its_reason(
    clues: Clues, state: str | None, number: str | None, reason: str
) -> None:
    said = suggest(clues)
    assert (said.state, said.number, said.reason) == (state, number, reason)


def test_a_registered_thread_gives_its_number_to_what_comes_after() -> None:
    said = suggest(replace(LETTER, words="Tack!", thread_number="2021-01432"))
    assert (said.state, said.number, said.reason) == ("number", "2021-01432", "thread")


def test_a_programs_answer_in_a_registered_thread_is_still_a_programs_answer() -> None:
    assert suggest(replace(LETTER, automatic=True, thread_number="2021-01432")).reason == "automatic"


def test_a_mail_that_names_another_of_our_numbers_is_suggested_there() -> None:
    numbers = Numbers(ours=("2021-01500", "2021-01501"))
    said = suggest(replace(LETTER, numbers=numbers, thread_number="2021-01432"))
    assert (said.number, said.reason) == ("2021-01500", "names")
    both = suggest(replace(LETTER, numbers=numbers, thread_number="2021-01501"))
    assert (both.number, both.reason) == ("2021-01501", "thread")


def test_the_mark_of_a_thread_is_told_with_any_suggestion() -> None:
    assert suggest(replace(LETTER, thread_secret="OSL 19:1")).secret == "OSL 19:1"


def test_a_meeting_with_papers_or_a_promise_is_more_than_a_meeting() -> None:
    meeting = replace(LETTER, follow_ups=frozenset({"meeting"}))
    assert suggest(meeting).reason == "meeting"
    assert suggest(replace(meeting, documents=(PDF,))).reason == "documents"
    assert suggest(replace(meeting, follow_ups=frozenset({"meeting", "request"}))).reason == "matter"
    assert suggest(replace(meeting, words="Dagordning. " * 100)).reason == "none"


@pytest.mark.parametrize(
    "words",
    ["Tack!", "Tack så mycket för hjälpen!\n\nAnna", "Hej Bo,\nstort tack för snabbt svar. Trevlig helg!\nHälsningar\nAnna",
     "Ok, tack.", "Noterat", "Perfekt, tack!\n\nMed vänliga hälsningar\nAnna Lindgren", "Thanks!"],
)  # fmt: skip
def test_thanks_and_nothing_else(words: str) -> None:
    assert only_thanks(words)


@pytest.mark.parametrize(
    "words",
    ["", "Anna", "Hej!", "Tack, men när får vi nycklarna?", "Tack. Vi tecknar avtalet på fredag då nämnden har beslutat.",
     "Tack för mötet den 4 maj", "Tack på förhand för ett besked om lokalen som ni lovade oss i förra veckan",
     "Vi tackar nej", "Tack " * 200],
)  # fmt: skip
def test_more_than_thanks(words: str) -> None:
    assert not only_thanks(words)


def _named(text: str, number: str, field: str = "body") -> Named:
    return Named.at(number, text, text.index(number), field)


PATTERN = Settings.model_fields["own_numbers"].default


def test_our_numbers_and_theirs_are_kept_apart() -> None:
    text = "Ert dnr 2021-01432-1.1, vårt dnr 2021-00077. Även KS 2021/124 och Dnr: ks2021/124."
    named = [_named(text, one) for one in ("2021-01432-1.1", "2021-00077", "KS 2021/124", "ks2021/124")]
    assert parted(named, PATTERN) == Numbers(("2021-01432-1.1",), ("2021-00077", "KS 2021/124"))


def test_in_our_own_letter_your_number_is_theirs() -> None:
    text = "Vårt dnr 2021-01432, ert dnr 2021-00077."
    named = [_named(text, one) for one in ("2021-01432", "2021-00077")]
    assert parted(named, PATTERN, from_us=True) == Numbers(("2021-01432",), ("2021-00077",))


def test_a_number_of_our_diary_is_ours_whatever_its_form() -> None:
    assert parted([Named("SSC 21/7", "", "body")], PATTERN, {"ssc21/7"}).ours == ("SSC 21/7",)


def test_the_subjects_number_comes_first() -> None:
    named = [Named("2021-00001", "", "body"), Named("2021-00002", "", "subject")]
    assert parted(named, PATTERN).ours == ("2021-00002", "2021-00001")


@pytest.mark.parametrize("back", [0, 1, 2, 3, 4, 5, 6, 7, 30, 100, 300, 365, 400, 1000, 3000])
@pytest.mark.parametrize(
    "today", [date(2021, 10, 18), date(2022, 1, 7), date(2021, 6, 25), date(2024, 12, 31)]
)
def test_age_in_working_days_is_what_counting_gives(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert working_days_since(day, today) == working_days_between(day, today)


def test_a_forged_date_costs_no_calendar_of_centuries() -> None:
    assert working_days_since(date(1, 1, 1), date(2021, 10, 18)) == working_days_since(
        date(1971, 1, 1), date(2021, 10, 18)
    )
    assert working_days_since(date(2031, 1, 1), date(2021, 10, 18)) == 0


@pytest.mark.parametrize("words", ["Tack, " * 60, "a" * 400, "Tack - " * 50, "\n" * 400])
def test_hostile_words_are_read(words: str) -> None:
    assert only_thanks(words) in {True, False}
