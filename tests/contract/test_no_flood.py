"""What asks nobody to do anything: old mail, programs' mail, our own lists, quotes and signatures, on every store."""

from datetime import date

import pytest

from crm import followups
from crm.followups import FollowUpQuery
from crm.reminders import list_reminders
from crm.rows.follow_ups import FollowUpRow
from db.store import Store
from ingest.automatic import DIGEST_MARK
from tests.intake import Take
from tests.mails import ANNA, BO, forwarded, mail

PROMISE = "Vi återkommer om ritningarna senast den 14 maj."


def read(store: Store) -> list[FollowUpRow]:
    with store.read() as session:
        found = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return [row for row in found if row.message]


def reminded(store: Store, today: date) -> list[str]:
    with store.read() as session:
        return [row.bucket for row in list_reminders(session, today) if row.follow_up.message]


def test_years_of_old_mail_remind_nobody(filled: Store, take: Take) -> None:
    year = [
        mail(
            f"Hej!\n\nVi skickar avtalet senast den {day} {month}.\n\nAnna",
            at=f"2019-0{number}-02 09:00",
            message_id=f"<{day}.{month}@x.example>",
        )
        for number, month in enumerate(("januari", "februari", "mars", "april", "maj"), 1)
        for day in (12, 20)
    ]
    take(*year, today=date(2021, 6, 8))
    assert {row.state for row in read(filled)} == {"lapsed"}
    assert len(read(filled)) == 10
    assert reminded(filled, date(2021, 6, 8)) == []


def test_two_weeks_of_holidays_make_nothing_lapse(filled: Store, take: Take) -> None:
    """Nobody synced from 5 to 19 July; what came and was due in the meantime waits, the first thing as overdue."""
    letters = [
        mail(
            f"Hej!\n\nVi behöver ert svar om {thing} senast den {day} juli.\n\nBo",
            sender=BO,
            to=ANNA,
            at=f"2021-07-0{sent} 09:00",
            message_id=f"<{day}@x.example>",
        )
        for thing, sent, day in (("hyran", 5, 6), ("skylten", 6, 12), ("entrén", 7, 19))
    ]
    take(*letters, today=date(2021, 7, 19))
    assert [row.state for row in read(filled)] == ["proposed"] * 3
    assert reminded(filled, date(2021, 7, 19)) == ["overdue", "overdue", "due"]


@pytest.mark.parametrize(
    "letter",
    [
        mail("Jag är ledig och återkommer den 9 augusti.", sender=BO, to=ANNA, headers={"Auto-Submitted": "auto-replied"}),
        mail("Jag är ledig och återkommer den 9 augusti.", sender=BO, to=ANNA, headers={"X-Autoreply": "yes"}),
        mail("Hej! Jag är ledig och återkommer den 9 augusti.", sender=BO, to=ANNA, subject="Autosvar: Servicekontor"),
        mail("Tack för ditt mejl. Jag är på semester till och med 8 augusti och återkommer därefter.", sender=BO, to=ANNA, subject="Frånvaro: Servicekontor"),
        mail("Anmäl dig senast den 20 juni!", sender="Nytt <nyhetsbrev@nytt.example>", to=ANNA, headers={"List-Unsubscribe": "<mailto:av@nytt.example>"}),
        mail("Anmäl dig senast den 20 juni!", sender="Nytt <no-reply@nytt.example>", to=ANNA, headers={"Precedence": "bulk"}),
        mail(f"Att göra i dag\n\nÅnge: {PROMISE}\n\n{DIGEST_MARK}\n", headers={"Auto-Submitted": "auto-generated"}),
        mail(f"För kännedom.\n\n{forwarded(f'Att göra i dag{chr(10) * 2}Ånge: {PROMISE}{chr(10) * 2}{DIGEST_MARK}', sender='Återkom <bevakning@statenssc.se>', at='den 7 juni 2021 08:00', to='Anna', subject='Bevakningar')}"),
        mail("Hej!\n\nTack för senast.\n\n--\nBo Ekdahl\nJag läser mejl på tisdagar och återkommer inom två arbetsdagar."),
        mail("Hej!\n\nTack för senast.\n\nMed vänlig hälsning\nBo Ekdahl\nÅnge kommun\nVi svarar på e-post inom två arbetsdagar."),
    ],
    ids=["auto-reply", "autoreply", "autosvar", "frånvaro", "newsletter", "bulk", "digest", "digest passed on", "signature", "sign-off"],
)  # fmt: skip
def test_what_no_person_asks_or_promises_is_no_follow_up(filled: Store, take: Take, letter: bytes) -> None:
    take(letter)
    assert [row.text for row in read(filled)] == []


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "day by day"])
@pytest.mark.parametrize(
    "again",
    [
        "> Hej!\n>\n> {promise}\n>\n> Anna\n",
        "Den 12 april 2021 kl. 09:00 skrev Anna Lindgren <anna.lindgren@statenssc.se>:\n\n> Hej!\n>\n> {promise}\n>\n> Anna\n",
        "Från: Anna Lindgren <anna.lindgren@statenssc.se>\nSkickat: den 12 april 2021 09:00\nTill: Bo Ekdahl <bo.ekdahl@ange.se>\nÄmne: Lokal\n\nHej!\n\n{promise}\n\nAnna\n",
        "Från: Anna Lindgren\nSkickat: den 12 april 2021\nTill: Bo Ekdahl\nÄmne: Lokal\n\n(…) {promise}\n",
    ],
    ids=["bare", "gmail", "outlook", "edited"],
)  # fmt: skip
def test_what_is_quoted_again_is_one_follow_up(filled: Store, take: Take, again: str, together: bool) -> None:
    first = mail(
        f"Hej!\n\n{PROMISE}\n\nAnna", subject="Lokal", at="2021-04-12 09:00", message_id="<1@x.example>"
    )
    reply = mail(
        f"Tack, det låter bra.\n\n{again.format(promise=PROMISE)}", sender=BO, to=ANNA, subject="SV: Lokal",
        at="2021-04-13 09:00", message_id="<2@x.example>", reply_to=["<1@x.example>"],
    )  # fmt: skip
    for batch in [[first, reply]] if together else [[first], [reply]]:
        take(*batch, today=date(2021, 4, 13))
    assert [row.text for row in read(filled)] == [PROMISE]
