"""Which later letters keep a promise or answer a request."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crm.deeds import deeds_of
from crm.keeping import keeps
from crm.promised import Letter, Promise
from crm.speaking import may_keep_elsewhere, names_another

SAID = date(2021, 6, 7)
BY = "Vi skickar listan senast den 10 september."
OURS, THEIRS = "Statens servicecenter", "Ånge kommun"


def promise(**said: Any) -> Promise:
    ordinary: dict[str, Any] = {
        "kind": "commitment",
        "said": SAID,
        "due_start": date(2021, 10, 21),
        "due_end": date(2021, 10, 31),
        "debtors": frozenset({OURS}),
        "creditors": frozenset({THEIRS}),
        "thread": 1,
    }
    return Promise(**{**ordinary, **said})


def request(**said: Any) -> Promise:
    asked = {"kind": "request", "debtors": frozenset({THEIRS}), "creditors": frozenset({OURS})}
    return promise(**{**asked, "due_start": None, "due_end": None, **said})


def letter(**said: Any) -> Letter:
    ordinary: dict[str, Any] = {
        "day": date(2021, 10, 25),
        "sender": OURS,
        "recipients": frozenset({THEIRS}),
        "words": "Hej, nu vill vi gärna träffa er.",
        "thread": 1,
    }
    return Letter(**{**ordinary, **said})


def test_a_letter_in_the_window_keeps_it() -> None:
    assert keeps(promise(), letter()) == "in-window"


@pytest.mark.parametrize(
    "said",
    [
        {"words": "Som utlovat kommer här vårt förslag."},
        {"words": "Vi återkommer nu i frågan om er lokal."},
        {"subject": "lokal i Ånge"},
    ],
    ids=["announced", "comes back", "same subject"],
)
def test_in_another_thread_it_has_to_say_what_it_is(said: dict[str, Any]) -> None:
    assert keeps(promise(subject="Lokal i Ånge"), letter(thread=2, subject="Annat")) is None
    assert keeps(promise(subject="Lokal i Ånge"), letter(**{"thread": 2, **said})) == "in-window"


@pytest.mark.parametrize("thread", [1, 2])
@pytest.mark.parametrize(
    "words",
    [
        "Vi lyckas tyvärr inte ge något besked nu.",
        "Som utlovat återkommer vi när styrgruppen har träffats.",
        "Beskedet dröjer.",
        "Tack!\n\nAnna",
    ],
)
def test_in_its_window_a_letter_that_puts_off_keeps_nothing(words: str, thread: int) -> None:
    late = letter(words=words, thread=thread, subject="Lokal")
    assert keeps(promise(subject="Lokal"), late) is None


def test_a_christmas_card_about_the_same_office_is_no_answer() -> None:
    about = promise(text="Vi återkommer i slutet av oktober om lokalen.", subject="Lokal i Ånge")
    card = letter(thread=2, subject="Julkort", words="Här kommer ett julkort till er alla.")
    assert keeps(about, card) is None


def test_a_thing_that_was_promised_is_not_kept_by_another_letter_of_the_thread() -> None:
    things = promise(text="Vi skickar planritningarna i slutet av oktober.")
    assert keeps(things, letter(words="Det var roligt att ses i går.")) is None
    assert keeps(things, letter(words="Protokollet från mötet bifogas.")) is None
    assert keeps(things, letter(words="Ritningarna över planen bifogas.")) == "in-window"


MORNING, NOON = datetime(2021, 6, 7, 7, tzinfo=UTC), datetime(2021, 6, 7, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked_at", "answered_at", "reason"),
    [
        (MORNING, NOON, "answered"),
        (NOON, MORNING, None),
        (NOON, NOON, None),
        (None, NOON, None),
        (NOON, None, None),
    ],
)
def test_of_one_day_the_instant_tells_which_came_first(
    asked_at: datetime | None, answered_at: datetime | None, reason: str | None
) -> None:
    answer = letter(
        day=SAID,
        sender=THEIRS,
        recipients=frozenset({OURS}),
        words="Onsdagen passar bra.",
        sent_at=answered_at,
    )
    assert keeps(request(sent_at=asked_at), answer) == reason


@pytest.mark.parametrize(
    "said",
    [
        {"day": date(2021, 10, 20)},
        {"day": date(2021, 6, 1)},
        {"sender": "Någon annan"},
        {"recipients": frozenset({"Härjedalens kommun"})},
        {"day": date(2021, 11, 8), "thread": 2},
        {"day": date(2022, 3, 1)},
    ],
    ids=["too early", "before it was said", "another house", "to another", "late elsewhere", "much later"],
)
def test_these_do_not(said: dict[str, Any]) -> None:
    assert keeps(promise(), letter(**said)) is None


def test_late_in_the_same_thread_is_kept_late() -> None:
    assert keeps(promise(), letter(day=date(2021, 11, 8))) == "in-window"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Som utlovat kommer här listan.", "announced"),
        ("Bifogat finner ni ortslistan.", "announced"),
        ("Nu är listan klar, se bilaga.", "announced"),
        ("Listan bifogas. Jag återkommer om tiderna.", "announced"),
        ("Som aviserat får ni här listan.", "announced"),
        ("Tack för samtalet i går.", None),
        ("Jag saknar den bifogade listan.", None),
        ("Den utlovade listan låter vänta på sig och dröjer.", None),
        ("Bifogade listor kommer i nästa vecka.", None),
        ("Som vi kom överens om väntar vi på besked från er.", None),
        ("Enligt överenskommelse får ni listan den 18 september.", None),
        ("Har du fått den bifogade listan?", None),
        ("Här kommer protokollet från mötet.", None),
        ("Här kommer halva listan. Resten av listan får ni på måndag.", None),
    ],
)
def test_by_a_day_needs_words_that_announce_it(words: str, reason: str | None) -> None:
    by = promise(due_start=None, due_end=date(2021, 9, 10), text=BY)
    assert keeps(by, letter(day=date(2021, 9, 8), words=words)) == reason


def answer(words: str, **said: Any) -> Letter:
    sent = {"sender": THEIRS, "recipients": frozenset({OURS}), "day": date(2021, 6, 9)}
    return letter(**{**sent, "words": words, **said})


@pytest.mark.parametrize(
    "words",
    [
        "Onsdagen passar bra.",
        "Vi räknar med fjorton anställda.",
        "Nej, det går inte.",
        "Javisst, här kommer de en gång till. Har du frågor? Slå en signal!",
        "Hej!\n\nKontaktperson blir Bo Ekdahl.\n\nHälsningar\nCia",
    ],
)
def test_a_reply_answers_a_request(words: str) -> None:
    assert keeps(request(), answer(words)) == "answered"


@pytest.mark.parametrize(
    "words",
    [
        "Vi återkommer om tiden.",
        "Hur menar du då?",
        "Jag svarar er på fredag.",
        "Ni får besked i övermorgon.",
        "Vi hinner tyvärr svara först i december.",
        "Det ska jag ta reda på.",
        "Tack, jag lämnar frågan vidare till Cia.",
        "Kan jag få be om ett förtydligande.",
        "Hoppsan, det hann vi inte. Du får listan på tisdag.",
        "Cia hör av sig till er.",
        "Vi behöver stämma av internt först.",
        "Det är inte bestämt än.",
        "Svaret dröjer tyvärr.",
        "Det är Cia som har hand om det.",
        "We will send it next week.",
        "Hej Anna!\n\nTack för ditt mejl.\n\nVänliga hälsningar\nBo Ekdahl\nÅnge kommun",
        "Ok!",
    ],
)
def test_one_that_puts_off_or_asks_back_or_only_thanks_does_not(words: str) -> None:
    assert keeps(request(), answer(words)) is None


@pytest.mark.parametrize("own", ["owes", "asks"])
def test_nor_one_in_which_the_reading_found_a_promise_or_a_request(own: str) -> None:
    assert keeps(request(), answer("Det blir bra så småningom.", **{own: True})) is None


def test_a_thing_that_was_asked_for_has_to_come() -> None:
    asked = request(text="Kan ni skicka ritningarna till oss?")
    assert keeps(asked, answer("Vi var där i går.")) is None
    assert keeps(asked, answer("Här är ritningarna.")) == "answered"
    assert keeps(request(text="Kan ni lämna besked om tiden?"), answer("Onsdagen passar bra.")) == "answered"


def test_what_can_be_said_need_not_be_sent() -> None:
    hours = request(text="Kan du skicka över era öppettider för receptionen?")
    assert keeps(hours, answer("Vi har öppet 9-15 måndag till torsdag.")) == "answered"
    assert keeps(hours, answer("Kollegorna har trevligt i solen.")) is None


def test_a_file_by_its_name_is_the_thing() -> None:
    plans = request(text="Kan ni skicka planritningarna till oss?")
    assert keeps(plans, answer("Så ser det ut hos oss.", files=("ritning_plan1.pdf",))) == "answered"
    assert keeps(plans, answer("Så ser det ut hos oss.", files=("logga.png",))) is None
    assert keeps(plans, answer("Vilka menar du?", files=("ritning_plan1.pdf",))) is None


def test_whom_one_asks_is_not_what_one_asks_about() -> None:
    asked = promise(text="Jag frågar gatukontoret om snöröjningen och meddelar er i slutet av oktober.")
    assert keeps(asked, letter(words="Gatukontoret har bytt chef.")) is None
    assert keeps(asked, letter(words="Gatukontoret sköter snöröjningen.")) == "in-window"


def test_elsewhere_one_comes_back_to_what_one_meant_to_come_back_to() -> None:
    about = promise(text="Vi återkommer i slutet av oktober om invigningen.", subject="Invigning")
    words = "Vi föreslår att invigningen hålls den 24 november."
    assert keeps(about, letter(words=words, thread=2, subject="Invigning i Ånge")) == "in-window"
    assert keeps(about, letter(words=words, thread=2, subject="Julkort")) is None


def test_a_request_is_not_answered_months_later_or_elsewhere() -> None:
    asked = request(due_end=date(2021, 6, 18))
    assert keeps(asked, answer("Det går bra.", day=date(2021, 12, 1))) is None
    assert keeps(asked, answer("Det går bra.", thread=2)) is None


def test_a_window_without_an_end_is_over_after_a_year_or_so() -> None:
    opened = promise(due_end=None)
    assert keeps(opened, letter(day=date(2022, 5, 2))) == "in-window"
    assert keeps(opened, letter(day=date(2023, 5, 2))) is None


@pytest.mark.parametrize("kind", ["deadline", "meeting"])
def test_a_day_or_a_meeting_is_not_kept_by_a_letter(kind: str) -> None:
    assert keeps(promise(kind=kind), letter()) is None


def test_what_was_to_be_told_without_a_day_is_told_in_its_thread() -> None:
    named = promise(text="Vi återkommer med namn på den som sköter telefonin.", due_start=None, due_end=None)
    assert keeps(named, letter(words="Det blir Olle Berg, ring växeln.")) == "in-window"
    assert keeps(named, letter(words="Namnet får ni lite senare.")) is None
    assert keeps(named, letter(words="Det blir Olle Berg.", thread=2)) is None


def test_a_thing_of_the_same_kind_for_another_matter_keeps_nothing() -> None:
    draft = promise(text="Vi skickar ett förslag till samverkansavtal senast den 29 oktober.", due_start=None)
    assert keeps(draft, letter(words="Här är vårt förslag till program för invigningen.", thread=2)) is None
    assert keeps(draft, letter(words="Här är vårt förslag till samverkansavtal.", thread=2)) == "announced"


def test_an_answer_that_lost_its_thread_has_to_speak_of_what_was_asked() -> None:
    asked = request(text="Kan ni kontrollera om det finns fiber i huset?", subject="Fiber")
    words = "Det finns fiber i källaren."
    assert keeps(asked, answer(words, thread=2, subject="Fiber")) == "answered"
    assert keeps(asked, answer(words, thread=2, subject="Julkort")) is None
    assert keeps(asked, answer("Det går bra.", thread=2, subject="Fiber")) is None


@pytest.mark.parametrize(
    ("text", "words", "files"),
    [
        ("Jag skickar listan i maj.", "Här kommer listan.", ()),
        ("Jag skickar listan i maj.", "Listan är klar.", ()),
        ("Jag skickar listan i maj.", "Hej!", ("listan.pdf",)),
        ("Jag återkommer om möblerna i maj.", "Vi hörs om möblerna.", ()),
        ("Jag återkommer om möblerna i maj.", "Som utlovat kommer här svaret.", ()),
        ("Jag skickar listan i maj.", "Vi har öppet 9-15.", ()),
        ("Jag skickar listan i maj.", "Ritningen är klar.", ()),
        ("Jag återkommer i maj.", "Här är det.", ("a.pdf",)),
    ],
)
def test_what_its_deeds_rule_out_keeps_nothing_elsewhere(
    text: str, words: str, files: tuple[str, ...]
) -> None:
    """By its deeds alone a letter may be passed over only where `keeps` finds nothing, whatever the subjects."""
    for subject, other in (("Möbler", "Listan"), ("Möbler", "Möbler"), ("Ingång", "Fråga")):
        for said in (promise(text=text, subject=subject), request(text=text, subject=subject)):
            sender, to = next(iter(said.debtors)), said.creditors
            whole = letter(
                sender=sender,
                recipients=to,
                words=words,
                thread=2,
                subject=other,
                files=files,
                kept=deeds_of(words, files),
            )
            outline = replace(whole, recipients=frozenset(), words="", files=())
            assert may_keep_elsewhere(said, outline) or keeps(said, whole) is None


def test_a_letter_elsewhere_that_says_nothing_of_it_is_ruled_out() -> None:
    other = letter(thread=2, subject="Skyltar", words="", kept=deeds_of("Ritningen är klar."))
    assert not may_keep_elsewhere(promise(text=BY, subject="Möbler"), other)


def test_what_is_there_now_has_been_done() -> None:
    done = {"text": "Vi ser till att skylten byts.", "due_start": None, "due_end": date(2021, 10, 31)}
    assert (
        keeps(promise(**done), letter(words="Nu hänger den nya skylten på plats.", thread=2)) == "announced"
    )
    assert keeps(promise(**done), letter(words="Vem satte upp den gamla skylten?", thread=2)) is None


def test_figures_that_were_asked_for_answer_in_a_letter_of_another_subject() -> None:
    asked = request(text="Kan du mejla besöksstatistiken?", subject="Underlag")
    reply = {
        "day": date(2021, 6, 14),
        "sender": THEIRS,
        "recipients": frozenset({OURS}),
        "subject": "Siffror",
    }
    assert keeps(asked, letter(words="Vi hade 3 410 besök i fjol.", thread=2, **reply)) == "answered"
    assert keeps(asked, letter(words="Vi vill gärna komma på besök.", thread=2, **reply)) is None


@pytest.mark.parametrize(
    ("subject", "promised", "expected"),
    [
        ("Lokal 1 i Ånge", "Lokal 2 i Ånge", True),
        ("Lokal i Ånge", "Lokal 2 i Ånge", False),
        ("Lokal 2 i Ånge, 2021", "Lokal 2 i Ånge", False),
    ],
)
def test_another_number_is_another_thing(subject: str, promised: str, *, expected: bool) -> None:
    assert names_another(subject, promised) is expected


@pytest.mark.parametrize(
    ("wanted", "words", "files"),
    [
        ("Kan du skicka bilderna som du visade?", "Varsågod!", ("Nulage.pptx",)),
        ("Kan ni skicka numren till telefonisterna?", "Anna 0570-811 02, Bo 0570-811 03", ()),
        ("Kan ni fixa lampan i entrén?", "Det är fixat!", ()),
        ("Kan du skicka loggarna?", "Eva är sjuk i dag men loggarna hittar du i det här mejlet.", ("l.csv",)),
    ],
    ids=["no name", "numbers", "done", "but"],
)
def test_a_short_reply_is_an_answer(wanted: str, words: str, files: tuple[str, ...]) -> None:
    assert keeps(request(text=wanted), answer(words, files=files)) == "answered"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            "Kan ni leverera skyltarna senast den 14 oktober?",
            "Artikel: skylt, 4 st. Beräknad leverans v. 45.",
        ),
        ("Kan ni fixa lampan i entrén?", "Det är inte fixat."),
        ("Kan du skicka ritningen?", "Ritningen är inte klar men här kommer skissen."),
    ],
    ids=["an order", "not done", "a sketch"],
)
def test_a_short_reply_that_puts_off_is_none(wanted: str, words: str) -> None:
    assert keeps(request(text=wanted), answer(words)) is None


def test_to_come_back_with_a_thing_needs_the_thing() -> None:
    owed = promise(text="Vi återkommer med hyreskontraktet i oktober.")
    assert keeps(owed, letter(words="Se bifogat, där är platserna inritade.")) is None
    assert keeps(owed, letter(words="Se bifogat kontrakt.")) == "in-window"
