"""What a person's name can be made of, and which words make it none."""

import re
from functools import cache, lru_cache

from nlp.data import lines, words
from nlp.spans import fold

PARTICLES = frozenset(
    "af von van de der den del della di da dos la le bin ibn al el ben ter ten zu y ap".split()
)
HONORIFICS = frozenset(
    "dr dr. prof prof. professor doktor herr fru fröken hr hr. mr mr. mrs mrs. ms ms. fil tekn med jur ordf ordf. bitr. förv. tf tf. t.f.".split()
)

NAME_PART = re.compile(r"[^\W\d_]{1,30}(?:[’'´`:-][^\W\d_]{1,30}){0,3}\.?\Z")  # Ax:son has a colon

_HALF = re.compile(r"[^\W\d_]+")

# A name with one of these in it is a function, a list or a house.
_FUNCTION = re.compile(
    r"(?i)(?:kommun(?!al\Z)|styrelse|nämnd|förvaltning|förvaltare|fullmäktige|kontor|kansli|registrator|registratur|diari(?:e|um\b)|funktion|"
    r"brevlåd|postlista|sändlista|maillista|\blista|utskick|nyhetsbrev|newsletter|info\b|information|support|helpdesk|service|"
    r"center|centrum|centralen|kundtjänst|växel|reception|reply|avdelning|enhet|sektion|\bteam|grupp|projekt|region\b|regionen|"
    r"län\b|läns(?:styrelse|trafik|sjukhus|museum)|myndighet|verket|departement|inspektion|ämbete|byrån?\b|universitet|högskola|skolan?\b|gymnasi|bibliotek|museum|"
    r"sjukhus|vårdcentral|förskola|bolag|[^\W\d_]bank(?:en)?\b|fastighet|bostäder|energi\b|teknik|\bab\b|\bhb\b|\bkb\b|stiftelse|fond(?:en)?\b|stipendi|förening|förbund|musikkår|orkester|\bkören\b|teater|"
    r"hovrätt|tingsrätt|förvaltningsrätt|kammarrätt|-(?:huset|hus|rummet|salen|lokalen|kontoret|fonden|priset|parken|modellen|metoden|stipendiet)\b|"
    r"klubb|\bdagis\b|\bbrf\b|\bfritids\b|kyrka|församling|administra|ekonomi|faktura|inköp|upphandling|\bhr\b|personal\b|\blön(?:er|e\w{0,20}|kontor\w{0,4})?\b|\bpress\b|presstjänst|pressjour|redaktion|konferens|"
    r"konferensrum|\brum\b|\bsal\b|bokning|kalender|calendar|system|daemon|postmaster|webmaster|noreply|mailer|outlook|"
    r"microsoft|google|teams\b|sharepoint|\bit\b|säkerhet|medborgar|statens|svenska|sveriges|polisen|riksdag|regering|"
    r"rädda barnen|samordning|ledning|utveckling|bygglov|miljö|socialtjänst|räddning|turist|näringsliv|butik|hotell|restaurang|konditori|\bcafé\b|\bkafé\b|resebyrå|kassan|"
    r"förmedling|\bwww|http|delivery|subsystem|\bgäst\b|\balla\b|\ball\b|everyone|undisclosed|recipients|okänd|unknown|arkiv\b|"
    r"beställning|kontakt\b|kontakta\b|intern\b|extern\b|\bstad\b|kulturhus|fritid|omsorg|etablering|mötesrum|ledamöter|medarbetare|"
    r"distribution|\bdl-|ordförande\b|vakthavande|tjänsteman|jour(?:en)?\b|\bboka\b|\bchefer\b|\bplan\b|deltagare|hantering\b|"
    r"funktionär|\bhälsa\b|\b[^\W\d_]{0,20}firman?\b|\bentré\w{0,2}\b|\bhiss\b|nyheter|\bkundrelation|felanmälan|prenumeration|\bsidor\b|\bkonto\b|\A(?:säker|politisk|digital|gemensam|central|kommunal|allmän)\b)"
)
# How words end that are no names, unless the list of given names or an address has them.
_NOUN = re.compile(
    r"(?i)(?:ning(?:ar|en|s)?|ering(?:ar|en)?|tion(?:en|er)?|het(?:en|er)?|skap(?:et)?|ande|else(?:n|r)?|system(?:et)?|tjänst(?:en|er)?|"
    r"huset|eriet|stöd(?:et)?|lokal(?:en|er)?|bygg(?:e|et)?|vård(?:en)?|skola|gäst(?:er)?|möte(?:n|t)?|öppet|chefer|grupp(?:en)?|nät(?:et)?|"
    r"handel|drift(?:en)?|plan(?:en)?|rum(?:met)?|data|media|digital|online|solutions|academy|nordic|sweden|sverige|group|news|"
    r"ekonomi|projekt(?:et)?|mark(?:en)?naden|försäljning|order|butiken|sekreterare[n]?|växel[n]?|växeln|ledare[n]?)\Z"
)
# Parts of the country that close the name of a house or a region: Länsförsäkringar Skaraborg, Mellersta Norrland.
_REGIONS = frozenset(
    """skåne småland norrland svealand götaland dalarna värmland jämtland härjedalen lappland västerbotten norrbotten hälsingland
    gästrikland uppland södermanland östergötland västergötland bohuslän dalsland halland blekinge öland gotland närke västmanland
    medelpad ångermanland skaraborg sjuhärad bergslagen roslagen mälardalen norden sverige norr söder öster väster nord syd öst väst
    mitt sydost sydväst nordost nordväst europa""".split()
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


@cache
def _spellings() -> dict[str, str]:
    """Folded → as written, the first of the list where several fold alike."""
    table: dict[str, str] = {}
    for line in lines("given_names.txt"):
        for name in line.split():
            table.setdefault(fold(name), name)
    return table


def given_spelling(folded: str) -> str | None:
    """The given name that an address spells without its dots: Åsa for asa; None if it is none."""
    return _spellings().get(fold(folded))


# Parts of surnames that lose their dots and rings in an address, and hardly ever stand there for something else.
_RINGS = (
    (re.compile(r"strom(?=\Z|-)"), "ström"),
    (re.compile(r"\b(b|h|s|r|l|t)jo(?=rk|rn|berg|lund|gren|strom|ström|holm|din|blom|qvist|stedt|dahl|man\b)"), r"\1jö"),
    (re.compile(r"\b(l|r)onn"), r"\1önn"),
    (re.compile(r"\bl(?:o)(?=v(?:gren|strand|dahl|qvist)|f(?:gren|berg|strand|dahl|qvist|ven))"), "lö"),
    (re.compile(r"\bsod(?=er)"), "söd"),
    (re.compile(r"\bo(?=berg\b|hman\b|hrn|hlund\b|hlin\b|rtengren|quist\b|st(?:er|lund|berg|man|ling|ensson|rom|röm|holm))"), "ö"),
    (re.compile(r"\ba(?=berg\b|ström\b|strom\b|ker|kes|hlen|ngström|sberg\b|strand\b|hman\b)"), "å"),
    (re.compile(r"\bn(?:a)(?=slund|sman|sstrom|sström|slin)"), "nä"),
    (re.compile(r"\bh(?:a)(?=gg)"), "hä"),
    (re.compile(r"\bh(?:a)(?=kansson)"), "hå"),
    (re.compile(r"\bh(?:o)(?=gberg|glund|gström|gstrom|gman|glander|ijer)"), "hö"),
    (re.compile(r"\b(g)(?:o)(?=ransson|sta)"), r"\1ö"),
    (re.compile(r"\b(t)(?:o)(?=rnqvist|rnblom|rnkvist|rnroos)"), r"\1ö"),
    (re.compile(r"\bm(?:a)(?=nsson|rtensson|rd\b)"), "må"),
    (re.compile(r"\bst(?:a)(?=hl)"), "stå"),
    (re.compile(r"(?<=\w)gard\b"), "gård"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def surname_spelling(folded: str) -> str:
    """Lövgren for lovgren, Åkerström for akerstrom; what could be two names stays as it is."""
    word = folded.lower()
    for pattern, ringed in _RINGS:
        word = pattern.sub(ringed, word)
    return capitalise(word)


@lru_cache(maxsize=8192)
def is_noun(word: str) -> bool:
    """Whether a word looks like a thing or an office rather than like somebody's name."""
    return not is_given(word) and (_NOUN.search(word) is not None or is_function(word))


def is_function(name: str) -> bool:
    """Whether a display name tells of an office, a list or a machine, not of a person."""
    words = name.lower().split()
    return (
        bool(_FUNCTION.search(name))
        or any(word in _ORGANISATIONS for word in words)
        or (len(words) > 1 and words[-1].removesuffix("s") in _REGIONS)
    )


def capitalise(word: str) -> str:
    """LINDGREN-ALM, lindgren-alm → Lindgren-Alm, O'BRIEN → O'Brien; particles stay small."""
    if word.lower() in PARTICLES:
        return word.lower()
    return _HALF.sub(lambda half: half.group().capitalize(), word.lower())
