"""What a person's name can be made of, and which words make it none."""

import re
from functools import cache, lru_cache

from nlp.data import words

PARTICLES = frozenset(
    "af von van de der den del della di da dos la le bin ibn al el ben ter ten zu y ap".split()
)
HONORIFICS = frozenset(
    "dr dr. prof prof. professor doktor herr fru fröken mr mr. mrs mrs. ms ms. fil tekn med jur".split()
)

NAME_PART = re.compile(r"[^\W\d_]{1,30}(?:[’'´`-][^\W\d_]{1,30}){0,3}\.?\Z")

# A name with one of these in it is a function, a list or a house.
_FUNCTION = re.compile(
    r"(?i)(?:kommun(?!al\Z)|styrelse|nämnd|förvaltning|förvaltare|fullmäktige|kontor|kansli|registrator|registratur|diarie|funktion|"
    r"brevlåd|postlista|sändlista|maillista|\blista|utskick|nyhetsbrev|newsletter|info\b|information|support|helpdesk|service|"
    r"center|centrum|centralen|kundtjänst|växel|reception|reply|avdelning|enhet|sektion|\bteam|grupp|projekt|region\b|regionen|"
    r"län\b|läns(?:styrelse|trafik|sjukhus|museum)|myndighet|verket|departement|inspektion|ämbete|byrån|universitet|högskola|skolan?\b|gymnasi|bibliotek|museum|"
    r"sjukhus|vårdcentral|förskola|bolag|fastighet|bostäder|energi\b|teknik|\bab\b|\bhb\b|\bkb\b|stiftelse|förening|förbund|"
    r"klubb|kyrka|församling|administra|ekonomi|faktura|inköp|upphandling|\bhr\b|personal\b|\blön(?:er|e\w{0,20}|kontor\w{0,4})?\b|\bpress\b|presstjänst|pressjour|redaktion|konferens|"
    r"konferensrum|\brum\b|\bsal\b|bokning|kalender|calendar|system|daemon|postmaster|webmaster|noreply|mailer|outlook|"
    r"microsoft|google|teams\b|sharepoint|\bit\b|säkerhet|medborgar|statens|svenska|sveriges|polisen|riksdag|regering|"
    r"rädda barnen|samordning|ledning|utveckling|bygglov|miljö|socialtjänst|räddning|turist|näringsliv|butik|hotell|resebyrå|kassan|"
    r"förmedling|\bwww|http|delivery|subsystem|\bgäst\b|\balla\b|\ball\b|everyone|undisclosed|recipients|okänd|unknown|arkiv\b|"
    r"beställning|kontakt\b|kontakta\b|intern\b|extern\b|\bstad\b|kulturhus|fritid|omsorg)"
)
_ORGANISATIONS = frozenset(
    "försäkringskassan skatteverket arbetsförmedlingen riksdagen polisen postnord vasakronan".split()
)


@cache
def given_names() -> frozenset[str]:
    """Common given names as they are written; not complete, and no proof that a word is one."""
    return words("given_names.txt")


@lru_cache(maxsize=8192)
def is_given(word: str) -> bool:
    """Whether `word` is a common given name: also the first half of Anna-Lisa, and names in capitals."""
    known = given_names()
    titled = capitalise(word) if word.isupper() or word.islower() else word
    if titled in known:
        return True
    halves = titled.split("-")
    return len(halves) == 2 and halves[0] in known and halves[1] in known


def is_function(name: str) -> bool:
    """Whether a display name tells of an office, a list or a machine, not of a person."""
    return bool(_FUNCTION.search(name)) or any(word in _ORGANISATIONS for word in name.lower().split())


def capitalise(word: str) -> str:
    """LINDGREN-ALM, lindgren-alm → Lindgren-Alm; particles stay small."""
    if word.lower() in PARTICLES:
        return word.lower()
    return "-".join(half[:1].upper() + half[1:].lower() for half in word.split("-"))
