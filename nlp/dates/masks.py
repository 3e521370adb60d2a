"""What looks like a date and is none: phones, registry numbers, laws, sums, rooms, people called Maj, "varje måndag".

Each mask is a pattern; `text.masked` blanks out what it finds, before any rule looks.
"""

from nlp.dates.lexicon import MONTHS, ORDINALS, either
from nlp.dates.pattern import Pattern

NAMED_MONTHS = ("Jan", "Maj", "April", "Juni", "Juli", "Augusti", "Mars")
"""The months that people, companies and rooms are called by."""
_MONTH_NAMES = either([m.capitalize() for m in MONTHS])
_NAMED = either(NAMED_MONTHS)
PEOPLE = Pattern(
    r"(?<![\w.])(?:"
    # Followed by their surname.
    rf"(?<!\d ){_NAMED}[- ](?!{_MONTH_NAMES}\b)[A-ZÅÄÖ][a-zåäöé]"
    r"|[A-ZÅÄÖ][a-zåäöé]{1,15}-(?:Maj|Jan)\b"
    # Those whose surname it is.
    r"|(?!I |Till |Under |Före |Innan |Efter |Senast |Från |Sen |Start|Slut|Mitten |Början |Tid|Plan|Sista |Datum |Av |Vid )"
    r"[A-ZÅÄÖ][a-zåäö]{1,14} Maj\b(?! \d)"
    r"|(?<=/)Maj\b"
    # Properties: "Mars 4:12".
    rf"|{_NAMED} \d{{1,4}}:\d{{1,4}}\b"
    # Rooms: "mötesrum Juli".
    rf"|(?:[Mm]ötes|[Kk]onferens|[Gg]rupp|[Ss]ammanträdes)?(?:[Rr]um|[Ss]al|[Ss]alen)(?:met)? (?:heter )?{_NAMED}\b"
    r")"
)
"""Read in the text's own case, where one of the names stands in it."""

MANY_FIGURES = Pattern(r"\d{3} ?\d")
"""No registry number and no post code is without."""
REGISTERED = Pattern(
    # No figure within six signs of a capital: most words are left at once.
    r"[A-ZÅÄÖ\d](?<![\w.][A-ZÅÄÖ\d])(?:(?<=[A-ZÅÄÖ])(?=\D{0,6}\d)(?:"
    # KC-2106 0001, Fi2024/02222, KS 2021/123.
    r"[A-Za-zÅÄÖåäö]{0,5}[- ]?\d{4}/\d{3,}(?:[-.]\d{1,4})*"
    r"|[A-ZÅÄÖ]{0,5}-\d{4}[-/: ]\d{2,}(?:[-.]\d{1,4})*"
    r"|[A-ZÅÄÖ]{1,5} \d{4}(?:/\d{1,6}|-\d{3,})(?!\d|-\d)(?:[-.]\d{1,4})*"
    # A post code of Sweden; an account's country and check digits, and what follows in fours.
    r"|(?<=S)E?-\d{3} ?\d{2} {1,2}[A-ZÅÄÖ]"
    r"|[A-Z]\d\d(?: ?\d{4}){2,8}(?: ?\d{1,3})?(?!\d))"
    # 2024-01431-1.1.1.
    r"|(?<=\d)(?:\d{3}[-/](?!(?:19|20)\d\d(?!\d))\d{3,6}(?![\d])(?:[-.]\d{1,4})*(?! ?/)"
    # Post codes with their town.
    r"|\d{2} ?\d{2} {1,2}[A-ZÅÄÖ]{2}|\d{2} \d{2} {1,2}[A-ZÅÄÖ]))"
)
"""Read in the text's own case."""

_ACCOUNTS = (
    "tel telefon tfn mobil fax växel växeln orgnr bankgiro bg plusgiro pg konto kontonummer faktura fakturanr fakturanummer "
    "artikelnummer artnr art.nr ordernummer ordernr referensnummer beställningsnummer telefonnummer mobilnummer kundnr kundnummer "
    "id pin kod dörrkod portkod sammanträdes-id mötes-id isbn organisationsnummer personnummer serienummer"
).split()
_BILLS = ["prop", "bet", "rskr", "skr"]
_DIARIES = "dnr d.nr diarienummer diarienr ärendenr ärendenummer ärende referens refnr".split()
_PLACES = (
    "plan våning våningen vån sid sida sidan s. sidorna bilaga punkt punkterna lgh lägenhet rum rummet mötesrum konferensrum grupprum sammanträdesrum trappa version ver kap "
    "kapitel paragraf alternativ etapp box skala art artikel fig figur tabell tab diagram avsnitt moment uppgift rad sal "
    "skåp dörr port hiss plats linje buss spår utgåva ritning"
).split()
_PRODUCTS = (
    "agenda vision strategi office windows server mål ramavtal exchange excel word sharepoint sql iso".split()
)
_SHARES = "andel andelen kvot kvoten betyg betyget poäng bråk bråket bråkdel".split()
TOLD = Pattern(
    rf"\b(?={either([*_ACCOUNTS, *_BILLS, *_DIARIES, *_PLACES, *_PRODUCTS, *_SHARES, 'vår ref', 'er ref', 'org'])})(?:"
    # Phones and other numbers by their word.
    rf"(?:{either(_ACCOUNTS)}|org\.? ?nr)\b[.:]? {{0,2}}(?:nr|nummer)?[.:]? {{0,2}}[+(\d][\d ()/-]{{3,24}}"
    # Bills and registry numbers by their word.
    rf"|{either(_BILLS)}\. ?\d{{4}}/\d{{2}}\S{{0,10}}"
    rf"|(?:{either(_DIARIES)}|vår ref|er ref)\b[.:]{{0,2}} ?(?:nr )?(?=\S{{0,30}}\d)[^\s,;()]{{2,40}}"
    # Floors, pages, paragraphs, versions, rooms.
    rf"|{either(_PLACES)}\.? {{0,2}}(?:heter |nr )?\d{{1,5}}(?:[/.:-]\d{{1,5}}){{0,3}}(?![\d])"
    rf"|{either(_PRODUCTS)} (?:19|20)\d\d\b"
    rf"|{either(_SHARES)} (?:är |var |blev |på |om )?\d{{1,2}}/\d{{1,2}}(?!\d))"
)
"""Numbers that a word before them tells of."""

_DAY_STEMS = "mån tis ons tor tors fre lör sön".split()
_DAYS = either(_DAY_STEMS)
_EACH = "varje varannan vartannat var alla årligen".split()
_EVERY = (
    rf"(?:varje|varannan|vartannat|var {either(ORDINALS)}|alla) "
    r"(?:vardag|\w{2,7}dag(?:ar)?|dag|dagar|vecka|veckor|månad|månader|år|kvartal|vår|höst|sommar|vinter|helg|helger|jul|halvår)\b"
)
_WISHES = "god gott glad glada trevlig skön fin härlig riktigt".split()
_HOURS = "öppet öppettid öppettider öppettiderna telefontid telefontider bemannat bemannad besökstid besökstider".split()
_TIMES = (
    "gånger ggr dag dagar timmar timme tim minuter minut kronor kr kvällar dygn tillfällen pass besök möten träffar arbetsdagar"
).split()
_ANY = "någon några vilken viss".split()
_OPENERS = [
    *_WISHES,
    *_HOURS,
    *_EACH,
    *_TIMES,
    *_ANY,
    *_DAY_STEMS,
    *ORDINALS,
    "sista",
    "den",
    "i",
    "gång",
    "per",
    "om",
]
ROUND = Pattern(
    rf"\b(?={either(_OPENERS)})(?:"
    # Good wishes.
    rf"{either(_WISHES)} (?:och \w{{1,12}} )?(?:jul|nytt år|påsk|helg|sommar|midsommar|höst|vår|vinter"
    r"|fortsättning|vecka|dag|kväll|morgon|eftermiddag|förmiddag)\b(?: och (?:ett )?gott nytt år)?"
    # Opening hours.
    rf"|{either(_HOURS)}\b"
    rf"[: ]{{1,3}}(?:är )?(?:helgfria )?{_DAYS}\w{{0,5}} ?(?:-|till|och|,) ?{_DAYS}\w{{0,5}}(?! (?:den )?\d{{1,2}}[ /][\da-z])"
    # What comes round: no single day.
    rf"|den \d{{1,2}} {either(MONTHS)} varje år\b"
    # Each year the same month: no single one.
    rf"|i {either(MONTHS)} (?:varje|vartannat) år\b"
    rf"|(?:varje år|årligen) (?:i|under|den \d{{1,2}}) {either(MONTHS)}\b(?! \d)"
    r"|den \d{1,2}(?::?[ae])? (?:i )?(?:varje månad|varje år|månaden)\b"
    rf"|{either([*ORDINALS, 'sista'])} (?:\w{{2,7}}dagen )?(?:i )?{_EVERY}|(?:{_DAYS}|var)dagen (?:i )?{_EVERY}|i {_EVERY}|{_EVERY}"
    rf"|(?:(?<!någon )gång|{either(_TIMES)}) (?:i veckan|i månaden|om året|om dagen|per \w{{3,7}})"
    r"|(?:per|om) (?:vecka|året|månad|år|kvartal)\b"
    rf"|{either(_ANY)} (?:vecka|veckor|månad|dag|dagar)\b(?! (?:sedan|senare|sen)))"
)
"""Wishes, opening hours, and what comes round."""

_UNITS = (
    r"(?:kr|kronor|sek|tkr|mkr|mnkr|msek|miljoner|miljarder|kvm|m2|m²|mm|cm|kvadratmeter|procent|%|st|stycken|personer"
    r"|platser|medarbetare|anställda|meter|km|kg|sidor|invånare|exemplar|ex|års)"
)
_STREETS = "gatan vägen torget gränd allén stigen esplanaden backen väg kajen".split()
_IN_STREET = "|".join(rf"(?<={street} \d)" for street in _STREETS)
NUMBERS = Pattern(
    # The first sign is taken alone: a class at the head is searched for many times faster than a look ahead.
    r"[\d+§](?:"
    # Phones and identity numbers.
    r"(?<=\+)(?<![\w.]\+)\d[\d ()/-]{6,18}\d|(?<=0)(?<![\w./-]0)\d{1,3} ?- ?\d{2,3}[\d ]{2,10}\d(?![./]\d)"
    r"|(?<=§) ?\d{1,4}|(?<=\d)(?<!\w\d)(?:"
    r"(?<!-\d)(?:\d{5}|\d{7})[-+]\d{4}(?![\d-])"
    # A dozen numbers in a chain.
    r"|(?<![/-]\d)\d{0,3}(?:[/-]\d{1,4}){11,}+"
    # Laws and shares.
    r"|(?<!\.\d)\d{3}(?:/\d{2,4})?:\w{1,12}(?!:)"
    r"|(?<![/.-]\d)\d?/\d{1,2} (?:av|del|delar|miljon|tjänst|heltid|majoritet|dag|timme|liter|dl|msk|tsk|tum|varv)\b"
    r"|\d{0,2}(?:\.\d{1,3}){3}\b"
    # Streets: their number.
    rf"|(?:{_IN_STREET})"
    rf"\d{{0,3}}(?:/\d{{1,3}})?(?! ?{either(MONTHS)}\b)[a-d]?\b"
    # Sums and areas.
    rf"|(?<![.:/-]\d)[\d ]{{0,12}}(?:,\d{{1,3}})? ?{_UNITS}(?![\w%])"
    r"|(?<![.:/-]\d)\d{0,2}(?: \d{3})+(?![\d])"
    # What comes round.
    r"|\d?(?::?[ae])? (?:i )?(?:varje månad|varje år)\b"
    # The year that an index counts from.
    r"|\d{3} som (?:basår|bas|index\w*|utgångspunkt för index\w*)\b))"
)
"""What begins with a figure."""

WEB_SIGNS = ("@", "://", "www.")
WEB = Pattern(r"(?:https?://|www\.)[^\s<>]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")
