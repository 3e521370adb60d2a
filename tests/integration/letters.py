"""An invented mailbox of a division head's: who promised what to whom, in the autumn of 2021."""

from tests.mails import ANNA, BO, CIA, forwarded, mail

TODAY = "2021-10-18"
OWN = "statenssc.se"
DAN = "Dan Öberg <dan.oberg@boden.se>"

INBOX = (
    mail(
        "Hej Anna!\n\nKan ni återkomma om vilka lokaler som passar?\n\nMed vänlig hälsning\nBo Ekdahl\n",
        sender=BO,
        to=ANNA,
        subject="Lokal i Ånge",
        at="2021-09-28 08:15",
        message_id="<fraga@ange.se>",
    ),
    mail(
        "För kännedom.\n\n"
        + forwarded(
            "Hej Dan!\n\nVi återkommer i mars 2022 om servicekontoret i Boden.\n\nAnna Lindgren\n",
            sender=ANNA,
            at="den 5 oktober 2021 10:20",
            to=DAN,
            subject="Servicekontor i Boden",
        ),
        sender=DAN,
        to="Registrator <registrator@statenssc.se>",
        subject="VB: Servicekontor i Boden",
        at="2021-10-06 07:55",
        message_id="<vidare@boden.se>",
    ),
    mail(
        "Hej!\n\nJag skickar ritningarna senast den 15 oktober 2021.\n\nCia Norberg\nFastighetschef\n",
        sender=CIA,
        to=ANNA,
        subject="Ritningar Filipstad",
        at="2021-10-04 14:02",
        message_id="<ritningar@filipstad.se>",
    ),
    mail(
        "Hej!\n\nTack, då vet vi.\n\nCia\n",
        sender=CIA,
        to=ANNA,
        cc=BO,
        subject="SV: Servicekontoret i Filipstad",
        at="2021-10-12 09:00",
        message_id="<tack@filipstad.se>",
        reply_to=["<besked@statenssc.se>"],
    ),
)
SENT = (
    mail(
        "Hej Cia!\n\nVi återkommer den 18 oktober 2021 om kontoret i Filipstad.\n\nAnna Lindgren\n",
        to=CIA,
        subject="Servicekontoret i Filipstad",
        at="2021-10-11 16:30",
        message_id="<besked@statenssc.se>",
    ),
    mail(
        "Hej Bo!\n\nJag skickar avtalet senast den 29 oktober 2021.\n\nAnna Lindgren\n",
        to=BO,
        subject="Avtal Ånge",
        at="2021-10-13 11:00",
        message_id="<avtal@statenssc.se>",
    ),
    mail(
        "Hej Cia!\n\nVi återkommer inom kort med ett förslag.\n\nAnna Lindgren\n",
        to=CIA,
        subject="Förslag Filipstad",
        at="2021-09-01 10:00",
        message_id="<forslag@statenssc.se>",
    ),
    mail(
        "Hej Bo!\n\nJag skickar underlaget senast den 20 juni 2021.\n\nAnna Lindgren\n",
        to=BO,
        subject="Underlag",
        at="2021-06-07 13:00",
        message_id="<underlag@statenssc.se>",
    ),
)
BROKEN = b"\x00\x01\x02\xff\x00 no mail \x1b[31m"


def many(count: int) -> list[bytes]:
    """Short letters, each another."""
    return [
        mail(
            f"Hej!\n\nVi återkommer i ärende {number} senast den {1 + number % 28} november 2021.\n",
            sender=BO if number % 2 else CIA,
            to=ANNA,
            subject=f"Ärende {number}",
            at=f"2021-09-{1 + number % 30:02} 08:{number % 60:02}",
            message_id=f"<{number}@ange.se>",
        )
        for number in range(count)
    ]
