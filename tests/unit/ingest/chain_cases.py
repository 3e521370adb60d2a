"""Chains as the mail programs write them, by program and language, and what every level of each has to be."""
# ruff: noqa: W291, W293 - spaces at the ends of lines are what the programs write

from dataclasses import dataclass
from textwrap import dedent
from typing import Any


@dataclass(frozen=True)
class Level:
    """What one message has to be: parties as `name|address`, the date without its zone, own words stripped."""

    kind: str
    sender: str | None = None
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str | None = None
    date: str | None = None
    body: str = ""
    parent: int | None = None
    signature: str | None = None


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    levels: tuple[Level, ...]
    subject: str = "SV: Lokal i Ånge"
    own: str = ""
    own_signature: str | None = None


ANNA, BO, CILLA, DAG = (
    "Anna Ek|anna.ek@ange.example",
    "Bo Lind|bo.lind@ssc.example",
    "Cilla Al|cilla.al@hyra.example",
    "Dag Ros|dag.ros@ssc.example",
)
HEJ = "Hej Bo,\n\nlokalen är ledig från maj."


def case(
    name: str,
    text: str,
    *levels: Level,
    subject: str = "SV: Lokal i Ånge",
    own: str = "",
    sig: str | None = None,
) -> Case:
    return Case(name, dedent(text).strip("\n"), levels, subject, own, sig)


def anna(kind: str = "quoted", **changes: Any) -> Level:
    """Anna's message of 8 June 2021 at 09:14 to Bo."""
    values: dict[str, Any] = {
        "kind": kind,
        "sender": ANNA,
        "to": (BO,),
        "subject": "Lokal i Ånge",
        "date": "2021-06-08T09:14:00",
        "body": HEJ,
    }
    return Level(**(values | changes))


def cited(**changes: Any) -> Level:
    """The same message where only an attribution line announces it."""
    return anna(to=(), subject=None, **changes)


CASES = [
    case("outlook-desktop-sv", """
        Tack, vi hör av oss.

        Från: Anna Ek <anna.ek@ange.example>
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(), own="Tack, vi hör av oss."),
    case("outlook-desktop-sv-mailto-bold-cc", """
        FYI

        **Från:** Anna Ek [mailto:Anna.Ek@ange.example]  
        **Skickat:** den 8 juni 2021 09:14  
        **Till:** Bo Lind <Bo.Lind@ssc.example>  
        **Kopia:** Cilla Al <cilla.al@hyra.example>; Dag Ros <dag.ros@ssc.example>  
        **Ämne:** Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", cc=(CILLA, DAG)), subject="VB: Lokal i Ånge", own="FYI"),
    case("outlook-desktop-sv-original", """
        Se nedan.

        -----Ursprungligt meddelande-----
        Från: Anna Ek [mailto:anna.ek@ange.example]
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(to=("Bo Lind|",)), own="Se nedan."),
    case("outlook-web-sv-rule", """
        Tack!

        ________________________________
        Från: Anna Ek <anna.ek@ange.example>
        Skickat: tisdag 8 juni 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>
        Kopia: Cilla Al <cilla.al@hyra.example>
        Ämne: Lokal i Ånge
        
        Hej Bo,

        lokalen är ledig från maj.
        """, anna(cc=(CILLA,)), own="Tack!"),
    case("outlook-new-sv-no-space", """
        Tack!
        Från: Anna Ek <anna.ek@ange.example>
        Datum: tisdag, 8 juni 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>
        Ämne: Lokal i Ånge
        Hej Bo,

        lokalen är ledig från maj.
        """, anna(), own="Tack!"),
    case("outlook-ios-sv", """
        Ok, kör på det.

        Hämta Outlook för iOS<https://aka.example/o0ukef>
        ________________________________
        Från: Anna Ek <anna.ek@ange.example>
        Skickat: Tuesday, June 8, 2021 9:14:05 AM
        Till: Bo Lind <bo.lind@ssc.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(date="2021-06-08T09:14:05"), own="Ok, kör på det.\n\nHämta Outlook för iOS<https://aka.example/o0ukef>", sig="Hämta Outlook"),
    case("outlook-sv-paragraph-headers", """
        Tack!

        Från: Anna Ek <anna.ek@ange.example>

        Skickat: den 8 juni 2021 09:14

        Till: Bo Lind <bo.lind@ssc.example>

        Kopia: Cilla Al <cilla.al@hyra.example>

        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(cc=(CILLA,)), own="Tack!"),
    case("outlook-sv-recipients-on-lines", """
        Från: Anna Ek <anna.ek@ange.example>
        Till: Bo Lind <bo.lind@ssc.example>
        Cilla Al <cilla.al@hyra.example>
        Dag Ros <dag.ros@ssc.example>
        Ämne: Lokal i Ånge
        Skickat: 2021-06-08 09:14:00

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", to=(BO, CILLA, DAG)), subject="VB: Lokal i Ånge"),
    case("outlook-sv-folded-list", """
        Från: Anna Ek <anna.ek@ange.example>
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>; Cilla Al
         <cilla.al@hyra.example>; Dag Ros
         <dag.ros@ssc.example>
        Ämne: Lokal i
         Ånge
        Prioritet: Hög

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", to=(BO, CILLA, DAG)), subject="Vb: Lokal i Ånge"),
    case("outlook-sv-names-only", """
        Från: Anna Ek
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind; Cilla Al
        Kopia: Registrator
        Ämne: Lokal i Ånge
        Bifogade filer: ritning.pdf

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", sender="Anna Ek|", to=("Bo Lind|", "Cilla Al|"), cc=("Registrator|",)), subject="VB: Lokal i Ånge"),
    case("outlook-sv-on-behalf", """
        Från: anna.ek@ange.example [mailto:anna.ek@ange.example] För Registrator
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", sender="anna.ek@ange.example För Registrator|anna.ek@ange.example", to=("Bo Lind|",)), subject="VB: Lokal i Ånge"),
    case("outlook-sv-function-name", """
        Från: Kommun (Funktionsadress för info@ange.example) <info@ange.example>
        Skickat: den 8 juni 2021 09:14
        Till: Ek, Anna <anna.ek@ange.example>; Lind, Bo <bo.lind@ssc.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", sender="Kommun (Funktionsadress för info@ange.example)|info@ange.example", to=("Ek, Anna|anna.ek@ange.example", "Lind, Bo|bo.lind@ssc.example")), subject="VB: Lokal i Ånge"),
    case("exchange-doubled-mailto", """
        From: Anna Ek <anna.ek@ange.example<mailto:anna.ek@ange.example>>
        Sent: den 8 juni 2021 09:14
        To: Bo Lind <bo.lind@ssc.example<mailto:bo.lind@ssc.example>>; cilla.al@hyra.example<mailto:cilla.al@hyra.example>
        Subject: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", to=(BO, "|cilla.al@hyra.example")), subject="FW: Lokal i Ånge"),
    case("outlook-sv-tabs", """
        Från:\tAnna Ek <anna.ek@ange.example>
        Skickat:\tden 8 juni 2021 09:14
        Till:\tBo Lind <bo.lind@ssc.example>
        Ämne:\u00a0Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna()),
    case("outlook-sv-values-below", """
        Från:
        Anna Ek <anna.ek@ange.example>
        Skickat:
        den 8 juni 2021 09:14
        Till:
        Bo Lind <bo.lind@ssc.example>
        Ämne:
        Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna()),
    case("outlook-en", """
        Thanks.

        From: Anna Ek <anna.ek@ange.example>
        Sent: Tuesday, June 8, 2021 9:14 AM
        To: Bo Lind <bo.lind@ssc.example>
        Cc: Cilla Al <cilla.al@hyra.example>
        Subject: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(cc=(CILLA,)), own="Thanks."),
    case("outlook-en-original", """
        -----Original Message-----
        From: Anna Ek [mailto:anna.ek@ange.example]
        Sent: Tuesday, June 8, 2021 9:14 AM
        To: Bo Lind
        Subject: Lokal i Ånge
        Importance: High

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", to=("Bo Lind|",)), subject="Fwd: Lokal i Ånge"),
    case("outlook-mac-en-bold", """
        Thanks.

        *From:* Anna Ek <anna.ek@ange.example>
        *Date:* Tuesday, 8 June 2021 at 09:14
        *To:* Bo Lind <bo.lind@ssc.example>
        *Subject:* Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(), own="Thanks."),
    case("gmail-forward-sv", """
        Till kännedom

        ---------- Forwarded message ---------
        Från: Anna Ek <anna.ek@ange.example>
        Date: tis 8 juni 2021 kl 09:14
        Subject: Lokal i Ånge
        To: Bo Lind <bo.lind@ssc.example>
        Cc: Cilla Al <cilla.al@hyra.example>


        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", cc=(CILLA,)), subject="Lokal i Ånge", own="Till kännedom"),
    case("gmail-forward-en", """
        ---------- Forwarded message ----------
        From: Anna Ek <anna.ek@ange.example>
        Date: Tue, Jun 8, 2021 at 9:14 AM
        Subject: Lokal i Ånge
        To: bo.lind@ssc.example


        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", to=("|bo.lind@ssc.example",)), subject="Re: Lokal i Ånge"),
    case("gmail-reply-sv", """
        Tack, det låter bra.

        Den tis 8 juni 2021 kl 09:14 skrev Anna Ek <anna.ek@ange.example>:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Tack, det låter bra."),
    case("gmail-reply-sv-wrapped", """
        Tack, det låter bra.

        Den tis 8 juni 2021 kl 09:14 skrev Anna Ek <
        anna.ek@ange.example>:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Tack, det låter bra."),
    case("gmail-reply-en-wrapped", """
        Fine.

        On Tue, 8 Jun 2021 at 09:14, Anna Ek
        <anna.ek@ange.example>
        wrote:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Fine."),
    case("gmail-reply-en-us", """
        Fine.

        On Tue, Jun 8, 2021 at 9:14 AM Anna Ek <anna.ek@ange.example> wrote:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Fine."),
    case("gmail-reply-sv-unquoted", """
        Fint.

        Den tis 8 juni 2021 kl 09:14 skrev Anna Ek <anna.ek@ange.example>:

        Hej Bo,

        lokalen är ledig från maj.
        """, cited(), own="Fint."),
    case("gmail-nested-sv", """
        Då ses vi.

        Den ons 9 juni 2021 kl 10:00 skrev Bo Lind <bo.lind@ssc.example>:

        > Kan vi komma på torsdag?
        >
        > Den tis 8 juni 2021 kl 09:14 skrev Anna Ek <anna.ek@ange.example>:
        >
        >> Hej Bo,
        >>
        >> lokalen är ledig från maj.
        >>
        """, Level("quoted", BO, date="2021-06-09T10:00:00", body="Kan vi komma på torsdag?"), cited(parent=1), own="Då ses vi."),
    case("apple-forward-sv", """
        Se detta.

        Vidarebefordrat brev:

        > Från: Anna Ek <anna.ek@ange.example>
        > Ämne: Lokal i Ånge
        > Datum: 8 juni 2021 09:14:00 CEST
        > Till: Bo Lind <bo.lind@ssc.example>
        >
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, anna("forwarded"), subject="Lokal i Ånge", own="Se detta."),
    case("apple-forward-sv-unquoted", """
        Börja på vidarebefordrat brev:

        Från: Anna Ek <anna.ek@ange.example>
        Ämne: Lokal i Ånge
        Datum: 8 juni 2021 kl. 09:14:00 CEST
        Till: Bo Lind <bo.lind@ssc.example>
        Kopia: Cilla Al <cilla.al@hyra.example>
        Svar till: info@ange.example

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", cc=(CILLA,)), subject="Lokal i Ånge"),
    case("apple-forward-en", """
        Begin forwarded message:

        > From: Anna Ek <anna.ek@ange.example>
        > Subject: Lokal i Ånge
        > Date: 8 June 2021 at 09:14:00 CEST
        > To: Bo Lind <bo.lind@ssc.example>
        >
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, anna("forwarded"), subject="Lokal i Ånge"),
    case("apple-reply-sv", """
        Tack!

        > 8 juni 2021 kl. 09:14 skrev Anna Ek <anna.ek@ange.example>:
        >
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Tack!"),
    case("ios-reply-sv", """
        Tack!

        Skickat från min iPhone

        > 8 juni 2021 kl. 09:14 skrev Anna Ek <anna.ek@ange.example>:
        >
        > \ufeffHej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Tack!\n\nSkickat från min iPhone", sig="Skickat från min iPhone"),
    case("ios-reply-en", """
        Fine.

        Sent from my iPhone

        On 8 Jun 2021, at 09:14, Anna Ek <anna.ek@ange.example> wrote:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Fine.\n\nSent from my iPhone", sig="Sent from my iPhone"),
    case("thunderbird-forward-sv", """
        Till kännedom.

        -------- Vidarebefordrat meddelande --------
        Ämne: \tLokal i Ånge
        Datum: \tTue, 8 Jun 2021 09:14:00 +0200
        Från: \tAnna Ek <anna.ek@ange.example>
        Till: \tBo Lind <bo.lind@ssc.example>


        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded"), subject="Lokal i Ånge", own="Till kännedom."),
    case("thunderbird-reply-sv", """
        Den 2021-06-08 kl. 09:14, skrev Anna Ek:
        > Hej Bo,
        >
        > lokalen är ledig från maj.

        Tack, vi tar den.
        """, cited(sender="Anna Ek|"), own="Tack, vi tar den."),
    case("thunderbird-reply-en", """
        On 08/06/2021 09:14, Anna Ek wrote:
        > Hej Bo,
        >
        > lokalen är ledig från maj.

        We take it.
        """, cited(sender="Anna Ek|"), own="We take it."),
    case("thunderbird-old-sv", """
        Anna Ek skrev 2021-06-08 09:14:
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(sender="Anna Ek|")),
    case("inline-answers-sv", """
        Svar nedan.

        Den tis 8 juni 2021 kl 09:14 skrev Anna Ek <anna.ek@ange.example>:
        > När kan ni komma?

        På torsdag.

        > Hur många blir ni?

        Tre.
        """, cited(body="När kan ni komma?\n\nHur många blir ni?"), own="Svar nedan.\n\nPå torsdag.\n\nTre."),
    case("samsung-sv", """
        Ok

        Skickat från min Galaxy


        -------- Originalmeddelande --------
        Från: Anna Ek <anna.ek@ange.example>
        Datum: 2021-06-08 09:14 (GMT+01:00)
        Till: Bo Lind <bo.lind@ssc.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(), own="Ok\n\nSkickat från min Galaxy", sig="Skickat från min Galaxy"),
    case("roundcube-sv", """
        2021-06-08 09:14 skrev Anna Ek:
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(sender="Anna Ek|")),
    case("proton-en", """
        Fine.

        ------- Original Message -------
        On Tuesday, June 8th, 2021 at 9:14 AM, Anna Ek <anna.ek@ange.example> wrote:


        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(), own="Fine."),
    case("notes-sv", """
        Tack.

        -----Anna Ek/ANGE skrev: -----
        Till: Bo Lind <bo.lind@ssc.example>
        Från: Anna Ek/ANGE
        Datum: 2021-06-08 09:14
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(sender="Anna Ek/ANGE|"), own="Tack."),
    case("groupwise", """
        Fine.

        >>> Anna Ek <anna.ek@ange.example> 2021-06-08 09:14 >>>
        Hej Bo,

        lokalen är ledig från maj.
        """, cited(), own="Fine."),
    case("zimbra-sv", """
        Tack

        ----- Ursprungligt meddelande -----
        Från: "Anna Ek" <anna.ek@ange.example>
        Till: "Bo Lind" <bo.lind@ssc.example>
        Skickat: tisdag, 8 juni 2021 9:14:00
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(), own="Tack"),
    case("yahoo-sv", """
        Tack

        Den tisdag 8 juni 2021 09:14:00 CEST, Anna Ek <anna.ek@ange.example> skrev:


        Hej Bo,

        lokalen är ledig från maj.
        """, cited(), own="Tack"),
    case("mutt-end-marker", """
        See this.

        ----- Forwarded message from Anna Ek <anna.ek@ange.example> -----

        Date: Tue, 8 Jun 2021 09:14:00 +0200
        From: Anna Ek <anna.ek@ange.example>
        To: Bo Lind <bo.lind@ssc.example>
        Subject: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.

        ----- End forwarded message -----

        Cheers
        """, anna("forwarded"), subject="Lokal i Ånge", own="See this.\n\nCheers", sig="Cheers"),
    case("outlook-no", """
        Takk.

        Fra: Anna Ek <anna.ek@ange.example>
        Sendt: tirsdag 8. juni 2021 09:14
        Til: Bo Lind <bo.lind@ssc.example>
        Kopi: Cilla Al <cilla.al@hyra.example>
        Emne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna(cc=(CILLA,)), own="Takk."),
    case("gmail-no", """
        tir. 8. juni 2021 kl. 09:14 skrev Anna Ek <anna.ek@ange.example>:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("outlook-da", """
        Fra: Anna Ek <anna.ek@ange.example>
        Sendt: 8. juni 2021 09:14
        Til: Bo Lind <bo.lind@ssc.example>
        Cc: Cilla Al <cilla.al@hyra.example>
        Emne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", cc=(CILLA,)), subject="VS: Lokal i Ånge"),
    case("gmail-da", """
        Den tir. 8. jun. 2021 kl. 09.14 skrev Anna Ek <anna.ek@ange.example>:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("outlook-fi", """
        Lähettäjä: Anna Ek <anna.ek@ange.example>
        Lähetetty: tiistai 8. kesäkuuta 2021 9.14
        Vastaanottaja: Bo Lind <bo.lind@ssc.example>
        Kopio: Cilla Al <cilla.al@hyra.example>
        Aihe: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", cc=(CILLA,)), subject="VL: Lokal i Ånge"),
    case("outlook-fi-reply", """
        Lähettäjä: Anna Ek <anna.ek@ange.example>
        Lähetetty: tiistai 8. kesäkuuta 2021 9.14
        Vastaanottaja: Bo Lind <bo.lind@ssc.example>
        Aihe: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("quoted"), subject="VS: Lokal i Ånge"),
    case("gmail-fi", """
        ti 8. kesäk. 2021 klo 9.14 Anna Ek <anna.ek@ange.example> kirjoitti:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("outlook-de", """
        Von: Anna Ek <anna.ek@ange.example>
        Gesendet: Dienstag, 8. Juni 2021 09:14
        An: Bo Lind <bo.lind@ssc.example>
        Betreff: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded"), subject="WG: Lokal i Ånge"),
    case("thunderbird-de", """
        Am 08.06.2021 um 09:14 schrieb Anna Ek:
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited(sender="Anna Ek|")),
    case("apple-de", """
        > Am 08.06.2021 um 09:14 schrieb Anna Ek <anna.ek@ange.example>:
        >
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("gmail-fr", """
        Le mar. 8 juin 2021 à 09:14, Anna Ek <anna.ek@ange.example> a écrit :

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("outlook-fr", """
        De : Anna Ek <anna.ek@ange.example>
        Envoyé : mardi 8 juin 2021 09:14
        À : Bo Lind <bo.lind@ssc.example>
        Objet : Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded"), subject="TR: Lokal i Ånge"),
    case("gmail-nl", """
        Op di 8 jun. 2021 om 09:14 schreef Anna Ek <anna.ek@ange.example>:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("gmail-es", """
        El mar, 8 jun 2021 a las 9:14, Anna Ek (<anna.ek@ange.example>) escribió:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("gmail-it", """
        Il giorno mar 8 giu 2021 alle ore 09:14 Anna Ek <anna.ek@ange.example> ha scritto:

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("gmail-pl", """
        wt., 8 cze 2021 o 09:14 Anna Ek <anna.ek@ange.example> napisał(a):

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, cited()),
    case("outlook-et", """
        Saatja: Anna Ek <anna.ek@ange.example>
        Saadetud: teisipäev, 8. juuni 2021 09:14
        Adressaat: Bo Lind <bo.lind@ssc.example>
        Teema: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna()),
    case("nested-two-sv", """
        Kan du svara?

        Från: Bo Lind <bo.lind@ssc.example>
        Skickat: den 9 juni 2021 10:00
        Till: Dag Ros <dag.ros@ssc.example>
        Ämne: VB: Lokal i Ånge

        Se nedan.

        Mvh Bo

        Från: Anna Ek <anna.ek@ange.example>
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>
        Kopia: Cilla Al <cilla.al@hyra.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """,
        Level("quoted", BO, (DAG,), subject="VB: Lokal i Ånge", date="2021-06-09T10:00:00", body="Se nedan.\n\nMvh Bo", signature="Mvh Bo"),
        anna("forwarded", cc=(CILLA,), parent=1), own="Kan du svara?"),
    case("nested-three-empty-middle-sv", """
        Från: Cilla Al <cilla.al@hyra.example>
        Skickat: den 10 juni 2021 11:00
        Till: Dag Ros <dag.ros@ssc.example>
        Ämne: VB: Lokal i Ånge



        Från: Bo Lind <bo.lind@ssc.example>
        Skickat: den 9 juni 2021 10:00
        Till: Cilla Al <cilla.al@hyra.example>
        Ämne: SV: Lokal i Ånge

        Går bra!

        Från: Anna Ek <anna.ek@ange.example>
        Skickat: den 8 juni 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>
        Kopia: Dag Ros <dag.ros@ssc.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """,
        Level("forwarded", CILLA, (DAG,), subject="VB: Lokal i Ånge", date="2021-06-10T11:00:00"),
        Level("forwarded", BO, (CILLA,), subject="SV: Lokal i Ånge", date="2021-06-09T10:00:00", body="Går bra!", parent=1),
        anna("quoted", cc=(DAG,), parent=2), subject="VB: Lokal i Ånge"),
    case("nested-four-mixed-sv", """
        Slutligen.

        -----Ursprungligt meddelande-----
        Från: Dag Ros <dag.ros@ssc.example>
        Skickat: den 11 juni 2021 12:00
        Till: Cilla Al <cilla.al@hyra.example>
        Ämne: SV: VB: Lokal i Ånge

        Tack.

        Den tors 10 juni 2021 kl 11:00 skrev Cilla Al <cilla.al@hyra.example>:

        > Vidarebefordrar.
        >
        > ---------- Forwarded message ---------
        > Från: Bo Lind <bo.lind@ssc.example>
        > Date: ons 9 juni 2021 kl 10:00
        > Subject: Re: Lokal i Ånge
        > To: Cilla Al <cilla.al@hyra.example>
        >
        > Går bra!
        >
        > Den tis 8 juni 2021 kl 09:14 skrev Anna Ek <anna.ek@ange.example>:
        >
        >> Hej Bo,
        >>
        >> lokalen är ledig från maj.
        """,
        Level("quoted", DAG, (CILLA,), subject="SV: VB: Lokal i Ånge", date="2021-06-11T12:00:00", body="Tack."),
        Level("quoted", CILLA, date="2021-06-10T11:00:00", body="Vidarebefordrar.", parent=1),
        Level("forwarded", BO, (CILLA,), subject="Re: Lokal i Ånge", date="2021-06-09T10:00:00", body="Går bra!", parent=2),
        cited(parent=3), own="Slutligen."),
    case("outlook-chain-in-gmail-quotes", """
        Bra.

        Den ons 9 juni 2021 kl 10:00 skrev Bo Lind <bo.lind@ssc.example>:

        > Vad tror du?
        >
        > *Från:* Anna Ek <anna.ek@ange.example>
        > *Skickat:* den 8 juni 2021 09:14
        > *Till:* Bo Lind <bo.lind@ssc.example>
        > *Ämne:* Lokal i Ånge
        >
        > Hej Bo,
        >
        > lokalen är ledig från maj.
        >
        """,
        Level("quoted", BO, date="2021-06-09T10:00:00", body="Vad tror du?"), anna(parent=1), own="Bra."),
    case("quote-without-attribution", """
        Ja.

        > Hej Bo,
        >
        > lokalen är ledig från maj.
        """, Level("quoted", body=HEJ), own="Ja."),
    case("older-quote-first", """
        Den ons 9 juni 2021 kl 10:00 skrev Bo Lind <bo.lind@ssc.example>:
        >> lokalen är ledig från maj.
        > Kan vi komma på torsdag?

        Välkomna!
        """,
        Level("quoted", BO, date="2021-06-09T10:00:00", body="Kan vi komma på torsdag?"),
        Level("quoted", body="lokalen är ledig från maj.", parent=1), own="Välkomna!"),
    case("impossible-date", """
        Från: Anna Ek <anna.ek@ange.example>
        Skickat: den 31 februari 2021 09:14
        Till: Bo Lind <bo.lind@ssc.example>
        Ämne: Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", date=None), subject="VB: Lokal i Ånge"),
    case("outlook-web-bold-marker-forward", """
        FYI

        **Från:** Anna Ek <anna.ek@ange.example>
        **Datum:** tisdag 8 juni 2021 kl. 09:14
        **Till:** Bo Lind <bo.lind@ssc.example>, Cilla Al <cilla.al@hyra.example>
        **Ämne:** Lokal i Ånge

        Hej Bo,

        lokalen är ledig från maj.
        """, anna("forwarded", to=(BO, CILLA)), subject="Vidarebefordrat: Lokal i Ånge", own="FYI"),
    case("agency-chain-with-disclaimers", """
        Hej Karin
        
        Kan ni titta på detta?
        
        Med vänlig hälsning
        
        Per Åström
        Lokalstrateg
        ________________________________
        Ånge kommun
        Tel 031-390 06 05
        per.astrom@ange.example<mailto:per.astrom@ange.example>
        www.ange.example<http://www.ange.example>
        
        När du skickar e-post till oss behandlar vi dina personuppgifter.
        
        Från: Ulla Berg <ulla.berg@ssc.example>
        Skickat: den 3 september 2021 16:45
        Till: Åström Per <per.astrom@ange.example>
        Kopia: Registrator <registrator@ssc.example>; 'kommun@ange.example' <kommun@ange.example>
        Ämne: Sv: Servicekontor [dnr 2021-01234]
        
        Hej Per!
        
        Vi återkommer i vecka 40.
        
        /Ulla
        
        Från: Åström Per <per.astrom@ange.example>
        Skickat: fredag den 3 september 2021 08.02
        Till: Ulla Berg
        Ämne: Servicekontor
        
        Hur går det?
        """,
        Level("forwarded", sender="Ulla Berg|ulla.berg@ssc.example", to=("Åström Per|per.astrom@ange.example",), cc=("Registrator|registrator@ssc.example", "kommun@ange.example|kommun@ange.example"), subject="Sv: Servicekontor [dnr 2021-01234]", date="2021-09-03T16:45:00", body="Hej Per!\n\nVi återkommer i vecka 40.\n\n/Ulla", signature="/Ulla"),
        Level("quoted", sender="Åström Per|per.astrom@ange.example", to=("Ulla Berg|",), subject="Servicekontor", date="2021-09-03T08:02:00", body="Hur går det?", parent=1),
        subject="VB: Servicekontor", own="Hej Karin\n\nKan ni titta på detta?\n\nMed vänlig hälsning\n\nPer Åström\nLokalstrateg\n________________________________\nÅnge kommun\nTel 031-390 06 05\nper.astrom@ange.example<mailto:per.astrom@ange.example>\nwww.ange.example<http://www.ange.example>\n\nNär du skickar e-post till oss behandlar vi dina personuppgifter.", sig="Med vänlig hälsning"),
    case("no-blank-between-header-and-attribution", """
        Ja!
        Den fre 3 sep. 2021 kl 08:02 skrev Per Åström <per@x.example>:
        > Hur går det?
        > /Per
        Hej igen
        """,
        Level("quoted", sender="Per Åström|per@x.example", date="2021-09-03T08:02:00", body="Hur går det?\n/Per", signature="/Per"),
        subject="Re: x", own="Ja!\n\nHej igen"),
    case("ios-forward-of-nested-replies", """
        Skickat från min iPhone
        
        Vidarebefordrat brev:
        
        > Från: Ulla Berg <ulla@x.example>
        > Datum: 3 september 2021 16:45:10 CEST
        > Till: Per Åström <per@x.example>
        > Ämne: Sv: Lokal
        > 
        > ﻿Ja, det går bra.
        > 
        >> 3 sep. 2021 kl. 08:02 skrev Per Åström <per@x.example>:
        >> 
        >> ﻿Hej! Går det bra?
        >> 
        >>> 2 sep. 2021 kl. 07:00 skrev Ulla Berg <ulla@x.example>:
        >>> 
        >>> Förslag.
        """,
        Level("forwarded", sender="Ulla Berg|ulla@x.example", to=("Per Åström|per@x.example",), subject="Sv: Lokal", date="2021-09-03T16:45:10", body="Ja, det går bra."),
        Level("quoted", sender="Per Åström|per@x.example", date="2021-09-03T08:02:00", body="Hej! Går det bra?", parent=1),
        Level("quoted", sender="Ulla Berg|ulla@x.example", date="2021-09-02T07:00:00", body="Förslag.", parent=2),
        subject="Fwd: Lokal", own="Skickat från min iPhone", sig="Skickat från min iPhone"),
    case("outlook-below-gmail-quoting-witho-space", """
        Tack
        
        > Den 3 sep. 2021 kl. 08:02 skrev Per <per@x.example>:
        >Hej
        >
        >>Från: Ulla <ulla@x.example>
        >>Skickat: den 2 september 2021 07:00
        >>Till: Per <per@x.example>
        >>Ämne: Lokal
        >>
        >>Hejsan
        """,
        Level("quoted", sender="Per|per@x.example", date="2021-09-03T08:02:00", body="Hej"),
        Level("quoted", sender="Ulla|ulla@x.example", to=("Per|per@x.example",), subject="Lokal", date="2021-09-02T07:00:00", body="Hejsan", parent=1),
        subject="Re: Lokal", own="Tack"),
    case("teams-outlook-with-external-banner", """
        OBS! Detta mejl kommer från en extern avsändare.
        
        Hej,
        se nedan.
        
        BR
        Per
        
        -----Original Message-----
        From: Ulla Berg <ulla@x.example> 
        Sent: den 2 september 2021 07:00
        To: Per <per@x.example>; Bo <bo@x.example>; Registrator
         <reg@x.example>
        Cc: Anna Ek (KS) <anna@x.example>
        Subject: RE: [EXT] Lokal - förslag: ny
        
        Hejsan
        """,
        Level("forwarded", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example", "Bo|bo@x.example", "Registrator|reg@x.example"), cc=("Anna Ek (KS)|anna@x.example",), subject="RE: [EXT] Lokal - förslag: ny", date="2021-09-02T07:00:00", body="Hejsan"),
        subject="FW: Lokal", own="OBS! Detta mejl kommer från en extern avsändare.\n\nHej,\nse nedan.\n\nBR\nPer", sig="BR"),
    case("attr-with-dash-date", """
        2 sep. 2021 07:00 skrev "Ulla Berg" <ulla@x.example>:
        
        > Hej
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", date="2021-09-02T07:00:00", body="Hej"),
        subject="Re", own=""),
    case("attr-with-till", """
        Den tors 2 sep. 2021 kl 07:00 skrev Ulla Berg <ulla@x.example>:
        
        Hejsan
        
        -- 
        Ulla Berg
        
        Den ons 1 sep. 2021 kl 06:00 skrev Per <per@x.example>:
        
        Kan du?
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", date="2021-09-02T07:00:00", body="Hejsan\n\n-- \nUlla Berg", signature="-- "),
        Level("quoted", sender="Per|per@x.example", date="2021-09-01T06:00:00", body="Kan du?", parent=1),
        subject="Re", own=""),
    case("reply-in-red", """
        Se mina svar nedan i rött.
        
        Från: Ulla Berg <ulla@x.example>
        Skickat: den 2 september 2021 07:00
        Till: Per <per@x.example>
        Ämne: Lokal
        
        Fråga 1?
        Svar 1.
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example",), subject="Lokal", date="2021-09-02T07:00:00", body="Fråga 1?\nSvar 1."),
        subject="SV: Lokal", own="Se mina svar nedan i rött."),
    case("date-with-idag", """
        Från: Ulla Berg <ulla@x.example>
        Skickat: i går 07:00
        Till: Per <per@x.example>
        Ämne: Lokal
        
        Hej
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example",), subject="Lokal", body="Hej"),
        subject="SV: Lokal", own=""),
    case("outlook-recall-with-attachments-label", """
        Från: Ulla Berg <ulla@x.example>
        Till: Per <per@x.example>
        Kopia:
        Hemlig kopia: Bo <bo@x.example>
        Skickat: den 2 september 2021 07:00
        Bifogade filer: a.pdf; b.docx
        Ämne: Lokal
        Känslighet: Konfidentiellt
        
        Hej
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example",), subject="Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="SV: Lokal", own=""),
    case("w3d3-like", """
        Avsändare: ulla@x.example
        Mottagare: per@x.example; bo@x.example
        Skickat: 2021-09-02 07:00
        Ärende: Lokal
        
        Hej
        """,
        Level("quoted", sender="|ulla@x.example", to=("|per@x.example", "|bo@x.example"), subject="Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="SV: Lokal", own=""),
    case("empty-from-body", """
        Från: Ulla Berg <ulla@x.example>
        Skickat: den 2 september 2021 07:00
        Till: Per <per@x.example>
        Ämne: VB: Lokal
        
         
        
        Från: Bo Ek [mailto:bo@x.example] 
        Skickat: den 1 september 2021 07:00
        Till: Ulla Berg
        Ämne: Lokal
        Prioritet: Hög
         
        Hej
        """,
        Level("forwarded", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example",), subject="VB: Lokal", date="2021-09-02T07:00:00"),
        Level("forwarded", sender="Bo Ek|bo@x.example", to=("Ulla Berg|",), subject="Lokal", date="2021-09-01T07:00:00", body="Hej", parent=1),
        subject="VB: Lokal", own=""),
    case("three-recipients-no-sep-one-line", """
        Från: Ulla Berg <ulla@x.example>
        Skickat: den 2 september 2021 07:00
        Till: Per <per@x.example> Bo <bo@x.example> Anna Ek <anna@x.example>
        Ämne: Lokal
        
        Hej
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example", "Bo|bo@x.example", "Anna Ek|anna@x.example"), subject="Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="SV: Lokal", own=""),
    case("gmail-fwd-within-outlook", """
        Hej
        
        Från: Ulla Berg <ulla@x.example>
        Skickat: den 2 september 2021 07:00
        Till: Per <per@x.example>
        Ämne: Fwd: Lokal
        
        Se nedan
        
        ---------- Forwarded message ---------
        Från: <bo@x.example>
        Date: ons 1 sep. 2021 kl 07:00
        Subject: Lokal
        To: Ulla Berg <ulla@x.example>, Per Å <per@x.example>
        
        
        Hej du
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example",), subject="Fwd: Lokal", date="2021-09-02T07:00:00", body="Se nedan"),
        Level("forwarded", sender="|bo@x.example", to=("Ulla Berg|ulla@x.example", "Per Å|per@x.example"), subject="Lokal", date="2021-09-01T07:00:00", body="Hej du", parent=1),
        subject="SV: Lokal", own="Hej"),
    case("underscores-and-label", """
        Tack
        
        _____________________________________________
        Från: Ulla Berg
        Skickat: den 2 september 2021 07:00
        Till: Per Åström; Bo Ek (bo@x.example)
        Ämne: Lokal
        
        
        Hej
        """,
        Level("quoted", sender="Ulla Berg|", to=("Per Åström|", "Bo Ek|bo@x.example"), subject="Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="SV: Lokal", own="Tack"),
    case("md-link-headers", """
        **Från:** [Ulla Berg](mailto:ulla@x.example)
        **Skickat:** den 2 september 2021 07:00
        **Till:** [per@x.example](mailto:per@x.example); <bo@x.example>
        **Ämne:** **Lokal**
        
        Hej
        """,
        Level("quoted", sender="Ulla Berg|ulla@x.example", to=("|per@x.example", "|bo@x.example"), subject="Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="SV: Lokal", own=""),
    case("tbird-fwd-multi-line", """
        -------- Vidarebefordrat meddelande --------
        Ämne: 	SV: Lokal
        Datum: 	Thu, 2 Sep 2021 07:00:00 +0000
        Från: 	Ulla Berg <ulla@x.example>
        Till: 	Per <per@x.example>, Bo
         <bo@x.example>
        CC: 	Anna <anna@x.example>
        
        
        
        Hej
        """,
        Level("forwarded", sender="Ulla Berg|ulla@x.example", to=("Per|per@x.example", "Bo|bo@x.example"), cc=("Anna|anna@x.example",), subject="SV: Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="Fwd: Lokal", own=""),
    case("hotmail", """
        Tack
        > From: ulla@x.example
        > To: per@x.example
        > Subject: Lokal
        > Date: Thu, 2 Sep 2021 07:00:00 +0200
        > 
        > Hej
        """,
        Level("quoted", sender="|ulla@x.example", to=("|per@x.example",), subject="Lokal", date="2021-09-02T07:00:00", body="Hej"),
        subject="RE: Lokal", own="Tack"),
]  # fmt: skip
