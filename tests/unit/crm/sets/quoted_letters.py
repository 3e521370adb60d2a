"""Letters as they were received and as they come back in quotes; all of them are invented.

`QUOTES`: (letter, how the quote's header is written, its words). `STRANGERS`: two letters of one sender, subject and
minute that are not one: the quote is of the second, the mailbox has the first.
"""

import textwrap
from collections.abc import Callable

SENDER, ADDRESS = "Greta Vallström", "greta.vallstrom@statenssc.se"
LETTERS = (
    ("Hej Malte!\n\nStatens servicecenter planerar att öppna ett servicekontor hos er under hösten 2022. Vi söker en lokal på "
    "cirka 250 kvadratmeter i markplan, nära buss och tåg, med plats för fem handläggare.\n\nKan ni återkomma med förslag senast "
    "den 14 maj? Ring gärna mig på 010-456 12 34 om något är oklart.\n\nMed vänlig hälsning\nGreta Vallström\nEtableringsledare"),
    ("Hej,\n\nTack för rundturen i går. Vi fastnade för lokalen på Storgatan 7, men behöver veta om entrén går att bygga om så att "
    "en rullstol kommer in. Hyran på 1 150 kronor per kvadratmeter är vi överens om.\n\nVår arkitekt ritar ett förslag i juni.\n\n"
    "Hälsningar\nGreta"),
    ("Hej alla!\n\nMötet på torsdag flyttas till kl. 14.00 i sal Tallen. På dagordningen står avtalet, larmet och möblerna. "
    "Skicka punkter till mig i förväg.\n\nGreta"),
    ("Hej!\n\nEnligt telefonsamtal bifogas avtalet för underskrift. Läs särskilt § 7 om uppsägning och § 9 om nycklar. Returnera "
    "ett exemplar i original till Box 2152, 103 14 Stockholm.\n\nVänligen\nGreta Vallström\nTelefon: 010-456 12 34\n"
    "greta.vallstrom@statenssc.se"),
    ("God morgon,\n\nBredbandet kopplas in vecka 34. Leverantören vill ha någon på plats mellan 8 och 12. Kan vaktmästaren öppna?\n\n"
    "Läs mer på https://www.leverantoren.example/installation/guide-34\n\nGreta"),
)  # fmt: skip

_BANNER = "Du får inte ofta e-post från greta.vallstrom@statenssc.se. Läs om varför det är viktigt.\n\n"
_SECRECY = (
    "\n\n________________________________\nDetta meddelande kan innehålla sekretessbelagd information. Om du inte är rätt mottagare, "
    "kontakta avsändaren och radera meddelandet. Så behandlar vi personuppgifter: www.kommun.example/gdpr"
)
_Alteration = Callable[[str], str]


def _wrapped(width: int) -> _Alteration:
    return lambda text: "\n".join(textwrap.fill(line, width) if line else line for line in text.split("\n"))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in _wrapped(72)(text).split("\n"))


def _cut(share: float) -> _Alteration:
    return lambda text: text[: int(len(text) * share)]


def _without_signature(text: str) -> str:
    return text.rsplit("\n\n", 1)[0]


def _answered_within(text: str) -> str:
    head, _, tail = text.partition("\n\n")
    return f"{head}\n\n{tail.replace('. ', '. [Ja, det går bra för oss.] ', 1)}"


def _links_rewritten(text: str) -> str:
    return text.replace(
        "https://www.leverantoren.example/installation/guide-34",
        "https://eur05.safelinks.example/?url=https%3A%2F%2Fwww.leverantoren.example%2Finstallation%2Fguide-34&data=05%7C01&reserved=0",
    ).replace("010-456 12 34", "010-456 12 34<tel:+46104561234>")


OUTLOOK, ENGLISH, GERMAN, FINNISH, GMAIL, APPLE, NAMES = (
    "outlook english german finnish gmail apple names".split()
)
QUOTES: tuple[tuple[int, str, _Alteration], ...] = (
    (0, OUTLOOK, str),
    (0, OUTLOOK, _wrapped(60)),
    (0, OUTLOOK, _cut(0.6)),
    (0, OUTLOOK, _cut(0.35)),
    (0, OUTLOOK, lambda text: text + _SECRECY),
    (0, OUTLOOK, lambda text: _BANNER + text),
    (0, ENGLISH, _without_signature),
    (0, GERMAN, str),
    (0, FINNISH, _wrapped(50)),
    (0, GMAIL, _quoted),
    (0, GMAIL, lambda text: _quoted(_cut(0.7)(text))),
    (0, APPLE, _quoted),
    (0, NAMES, _cut(0.8)),
    (0, OUTLOOK, lambda text: text.replace("cirka 250", "ungefär 250")),
    (0, OUTLOOK, lambda text: text.replace("010-456 12 34", "+46 10 456 12 34")),
    (0, OUTLOOK, lambda text: text.replace("å", "?").replace("ä", "?").replace("ö", "?")),
    (0, OUTLOOK, lambda text: text.replace("Hej Malte!\n\n", "")),
    (0, OUTLOOK, _answered_within),
    (1, OUTLOOK, _cut(0.5)),
    (1, OUTLOOK, lambda text: text.replace("fastnade för", "gillar")),
    (1, ENGLISH, _wrapped(76)),
    (1, GMAIL, lambda text: _quoted(text + _SECRECY)),
    (1, NAMES, _without_signature),
    (1, APPLE, lambda text: _quoted(_without_signature(text))),
    (1, OUTLOOK, lambda text: text.replace("1 150", "1150")),
    (1, GERMAN, lambda text: text.replace(", men", "\xa0\u2013 men")),
    (2, OUTLOOK, _wrapped(40)),
    (2, OUTLOOK, _cut(0.6)),
    (2, ENGLISH, lambda text: text + "\n\nSkickat från min iPhone"),
    (2, GMAIL, _quoted),
    (2, NAMES, lambda text: text.replace("\n\nGreta", "")),
    (2, FINNISH, lambda text: text.replace("Tallen", "*Tallen*")),
    (3, OUTLOOK, _links_rewritten),
    (3, OUTLOOK, lambda text: text.replace("greta.vallstrom@statenssc.se", "<mailto:greta.vallstrom@statenssc.se>")),
    (3, ENGLISH, _cut(0.45)),
    (3, OUTLOOK, lambda text: text.replace("§ 7", "7 §").replace("§ 9", "9 §")),
    (3, APPLE, lambda text: _quoted(_BANNER + text)),
    (3, NAMES, lambda text: "[cid:image001.png@01D7]\n" + text + "\n[cid:image002.png@01D7]"),
    (4, OUTLOOK, _links_rewritten),
    (4, GMAIL, lambda text: _quoted(_links_rewritten(text))),
    (4, ENGLISH, lambda text: text.split("\n\nLäs mer")[0]),
    (4, OUTLOOK, lambda text: text.replace("God morgon,", "Godmorgon!")),
)  # fmt: skip

_MASS = (
    "Hej{name}!\n\nStatens servicecenter har fått regeringens uppdrag att öppna nya servicekontor. Ett kontor i {place} kommun planeras ingå i den "
    "andra omgången. Vi vill därför boka ett möte {day} för att tala om lokaler, öppettider och samverkan.\n\nÄrendet har "
    "diarienummer {number}.\n\nMed vänlig hälsning\nGreta Vallström"
)


def mass(name: str = "", place: str = "Ånge", day: str = "den 3 maj", number: str = "2021-00114-1") -> str:
    return _MASS.format(name=name and f" {name}", place=place, day=day, number=number)


BO, CIA = "Bo Ekdahl <bo.ekdahl@ange.se>", "Cia Norberg <cia.norberg@filipstad.se>"
# What was received and by whom, what is quoted as sent to whom, and how.
STRANGERS: tuple[tuple[str, str, str, str, str], ...] = (
    (mass(place="Filipstad"), CIA, mass(), BO, OUTLOOK),
    (mass(place="Filipstad"), CIA, mass(), BO, GMAIL),
    (mass(place="Filipstads"), CIA, mass(place="Ånges"), BO, APPLE),
    (mass(day="den 4 maj"), CIA, mass(), BO, OUTLOOK),
    (mass(day="den 4 maj"), CIA, mass(), BO, GMAIL),
    (mass(day="den 3 juni"), CIA, mass(), BO, NAMES),
    (mass(number="2021-00115-1"), CIA, mass(), BO, GMAIL),
    (mass(number="2021-00115-1"), CIA, mass(), BO, ENGLISH),
    (mass("Cia"), CIA, mass("Bo"), BO, GMAIL),
    (mass("Cia"), CIA, mass("Bo"), BO, OUTLOOK),
    (mass("Cia", "Filipstad", "den 5 maj", "2021-00117-1"), CIA, mass("Bo"), BO, GMAIL),
    (mass("Cia", "Filipstad", "den 5 maj", "2021-00117-1"), CIA, mass("Bo"), BO, APPLE),
    (mass(), CIA, mass(), BO, OUTLOOK),
    (mass(), CIA, mass(), BO, ENGLISH),
    (mass(), CIA, mass(), BO, GERMAN),
    (mass(), CIA, mass(), BO, NAMES),
    (mass(day="på måndag"), CIA, mass(day="på torsdag"), BO, OUTLOOK),
    (mass(place="Boden"), CIA, mass(place="Boden, Laholm och Åre"), BO, OUTLOOK),
    (LETTERS[0], CIA, LETTERS[0].replace("den 14 maj", "den 21 maj").replace("250", "180"), BO, GMAIL),
    (LETTERS[1], CIA, LETTERS[1].replace("Storgatan 7", "Torggatan 12"), BO, GMAIL),
    (LETTERS[4], CIA, LETTERS[4].replace("vecka 34", "vecka 36"), BO, GMAIL),
    (LETTERS[3], CIA, LETTERS[2], BO, GMAIL),
)


def quote(words: str, header: str, to: str, subject: str) -> str:
    """A quote below one's own words; the letter is of 2021-04-12 10:37 in Sweden, 08:37 UTC."""
    name = to.partition(" <")[0]
    heads = {
        OUTLOOK: f"Från: {SENDER} <{ADDRESS}>\nSkickat: den 12 april 2021 10:37\nTill: {to}\nÄmne: {subject}\n\n",
        ENGLISH: f"From: {SENDER} <{ADDRESS}>\nSent: Monday, April 12, 2021 8:37 AM\nTo: {to}\nSubject: {subject}\n\n",
        GERMAN: f"Von: {SENDER} <{ADDRESS}>\nGesendet: Montag, 12. April 2021 10:37\nAn: {to}\nBetreff: {subject}\n\n",
        FINNISH: f"Lähettäjä: {SENDER} <{ADDRESS}>\nLähetetty: maanantai 12. huhtikuuta 2021 11.37\nVastaanottaja: {to}\nAihe: {subject}\n\n",
        GMAIL: f"Den mån 12 apr. 2021 kl 10:37 skrev {SENDER} <{ADDRESS}>:\n\n",
        APPLE: f"12 apr. 2021 kl. 10:37 skrev {SENDER} <{ADDRESS}>:\n\n",
        NAMES: f"Från: Vallström Greta\nSkickat: den 12 april 2021 10:37\nTill: {name}\nÄmne: {subject}\n\n",
    }  # fmt: skip
    if header in {GMAIL, APPLE} and not words.startswith(">"):
        words = _quoted(words)
    return "Se nedan.\n\n" + heads[header] + words
