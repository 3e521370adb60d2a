"""What the words beside a date make of it: senast, före, efter, fr.o.m., inte, är inställt, kring."""

from datetime import date

from nlp.dates.calendar import add_days
from nlp.dates.engine import Found
from nlp.dates.lexicon import MONTHS, either
from nlp.dates.pattern import Pattern, holds
from nlp.model import DateMention

_REACH = 90
_NEAR = 48  # signs of the words right before a date that only those can be
_FILL = r"(?:(?:i|på|under|den|vid|till|av|med|om|kl\.?|klockan|nu(?! till)|redan|och med|alltså|dock|gärna)[ ,]{1,3}){0,3}"
# A few words of a noun phrase may stand between: "efter kommunfullmäktige den 29 november".
_NOUNS = rf"(?:(?!(?:{either(MONTHS)}|vi|ni|jag|de|som|att|och|men|eller|är|har|ska|kan|om|så|när|då|blir|kommer)\b)[\w-]{{1,40}} ){{0,4}}?"
_DIRECT = [
    ("AFTER", r"(?:förrän|förr än) efter"),
    ("ON_OR_AFTER", r"(?:förrän|förr än|(?:inte|ej|aldrig) (?:före|innan|tidigare än))"),
    ("ON_OR_BEFORE", r"(?:inte|ej|icke) (?:\w{1,20} ){0,3}(?:senare än)|(?:inte|ej|icke) efter"),
    ("AFTER", r"tidigast efter"),
    ("ON_OR_AFTER", r"tidigast (?:kan|ska|bör) \w{1,20}(?: \w{1,20})?"),
    ("UNTIL", r"(?:fram till|tills|till dess)(?! och med)"),
    ("ON_OR_BEFORE", r"(?:(?:allra )?senast|fram (?:till och med|t\.?o\.?m\.?)|till och med|t\.? ?o\.? ?m\.?|deadline(?: är)?:?|sista \w{0,20}(?:dag|datum)(?:en|et)?(?: (?:för|att) [\w ]{1,30}?)?(?: är)?:?)"),
    ("ON_OR_AFTER", r"(?:(?:allra )?tidigast|från och med|fr?\.? ?o\.? ?m\.?|från o med|från|med (?:start|början)|sedan|alltsedan|startar tidigast)"),
    ("BEFORE", r"(?:före|innan|inför utgången av)"),
    ("AFTER", r"(?:efter|först efter)"),
]  # fmt: skip
# One search for all: the words that reach to the date and begin first are the fullest.
_BEFORE_DATE = Pattern(
    rf"(?:^|[^\w])(?:{'|'.join(f'(?P<m{n}>{words})' for n, (_, words) in enumerate(_DIRECT))})[ :(]{{1,3}}{_FILL}$"
)
_DISTANT = [
    (mod, word.split()[0], Pattern(rf"(?:^|[^\w]){word} {_NOUNS}(?:den |i |på |vid )?$"))
    for mod, word in (
        ("AFTER", "tidigast efter"),
        ("ON_OR_BEFORE", "senast"),
        ("ON_OR_AFTER", "tidigast"),
        ("BEFORE", "före"),
        ("BEFORE", "innan"),
        ("AFTER", "efter"),
    )
]
# One of these stands in every modifier before a date: a look spares the ordinary date a search.
_SIGNS = (
    "senast", "tills", "till dess", "förr", "före", "innan", "tidig", "efter", "fram ", "och med", "o med", "deadline",
    "sista", "från", "med start", "med början", "sedan", "o.m", "om", "o m", "o. m", "senare",
)  # fmt: skip
_BEHIND = [
    (
        "ON_OR_BEFORE",
        Pattern(
            r" ?[,(]? ?(?:som |allra )?(?:senast|eller (?:tidigare|dessförinnan|helst innan))(?= ?(?:[.,;:!?)\x1e]|$|(?:till|med|via|om|för|så|och|per|på)\b))"
        ),
    ),
    (
        "ON_OR_AFTER",
        Pattern(
            r" ?,? ?(?:och (?:framåt|tills vidare|därefter)|(?:som )?tidigast|eller (?:senare|därefter)|framåt)(?= ?(?:[.,;:!?)\x1e]|$|(?!den|i|på|v|vecka)[a-zåäö]))"
        ),
    ),
]
# "Innan maj är slut" is by the end of May.
_IS_OVER = Pattern(r" (?:är|har|är helt) (?:slut|över|till ända|ute|gått|tagit slut|passerat)(?!\w)")
# "Före årets slut" as well: a last moment, where "slutet av året" is a part.
_IS_AN_END = Pattern(r"s (?:slut|utgång)$")
# "Från och med den 1 juni till och med den 31 augusti" is one closed run.
_FROM = Pattern(r"(?:från(?: och med)?|fr?\.? ?o\.? ?m\.?)[ ]{1,3}(?:den )?$")
_NEGATED = Pattern(
    r"(?:^|[^\w])(?:inte|ej|aldrig|i stället för|istället för)[ ,]{1,2}(?:redan |längre )?(?:på |i |under |till |den )?$"
)
_APPROXIMATE = Pattern(
    r"(?:^|[^\w])(?:kring|omkring|omkr\.?|runt|ungefär|cirka|ca\.?|circa|någon gång|någon gång (?:i|under|kring))[ ]{1,2}(?:i |den |under |vid )?$"
)
_APPROXIMATE_BEHIND = Pattern(r"[- ]?(?:tiden|ungefär|cirka|någon gång|eller så)(?!\w)")
_CANCELLED_SIGNS = ("ställ", "avbok", "avlys", " av", "utgår", "stryk")
_CANCELLED = Pattern(
    r"(?:^|[^\w])(?:inställ[td]a?|ställs? (?:\w{1,15} ){0,2}in|ställts in|ställdes in|ställa in|ställer (?:vi |vi därför |därför )?in|avbokat|avbokad|avbokas|avboka|avbokar"
    r"|avlyst|avlyses|blir inte av|blir ej av|utgår|stryks)(?!\w| från)"
)
_MOVED = Pattern(
    r"(?:^|[^\w])(?:(?:fram|upp|bort)?flytta(?:s|ts?|r|des|d)?|flyttas|flyttats|flyttat|flyttar|flyttades|flytta|flyttad|skjuts|skjutas|skjutits|senareläggs|tidigareläggs|ändras|ändrats|byts|ombokas|ombokat|ombokad|bokas om|läggs om|ändrar|byter|(?:i stället|istället)(?! för))(?!\w)"
)
_STOP = Pattern(r"[.!?;\x1e](?= |$|\x1e)")
_SUB = Pattern(r"[.!?;:\x1e](?= |$|\x1e)|,? (?:men|utan|och|så|därför|nytt|ny|nya) ")


_LISTED = Pattern(r" {1,3}(?:och|samt|respektive|resp\.?) {1,3}(?:den )?")


def carried(text: str, before: DateMention | None, found: Found) -> str | None:
    """The modifier that a list shares: "senast den 1 mars 2022 och den 1 mars 2023" are two deadlines."""
    if before is None or before.mod not in {"BEFORE", "ON_OR_BEFORE", "AFTER", "ON_OR_AFTER"}:
        return None
    return before.mod if _LISTED.fullmatch(text, before.end, found.start) else None


def modified(
    text: str, found: Found, following: Found | None, shared: str | None = None
) -> tuple[date | None, date | None]:
    """Give the expression its modifier; the window that the modifier leaves (None: an open side)."""
    before = text[max(0, found.start - _REACH) : found.start]
    after = text[found.end : found.end + _REACH]
    if _APPROXIMATE.search(before, max(0, len(before) - _NEAR)) or _APPROXIMATE_BEHIND.match(after):
        found.approximate = True
    mod = _modifier(before, after)
    if mod == "BEFORE" and _IS_AN_END.search(text, found.start, found.end):
        mod = "ON_OR_BEFORE"
    if mod == "UNTIL":
        # Up to the turn of the year is up to the last day of the old one; up to June is to its end.
        found.mod = "ON_OR_BEFORE"
        return None, found.first if found.boundary else found.last
    if mod == "ON_OR_AFTER" and found.rule.endswith(("range", "years")) and _FROM.search(before):
        mod = None
    found.mod = mod or shared or _status(text, found, before, after, following) or found.part
    return window(found, found.mod)


def _modifier(before: str, after: str) -> str | None:
    """The modifier right before the date, right after it, or before the noun phrase that it stands in."""
    marked = holds(before, _SIGNS)
    own = _after_stop(before) if marked else ""
    direct = _BEFORE_DATE.search(own) if marked else None
    if direct:
        mod = _DIRECT[int(str(direct.lastgroup)[1:])][0]
        if mod == "BEFORE" and _IS_OVER.match(after):
            return "ON_OR_BEFORE"
        return None if mod == "ON_OR_AFTER" and _is_source(own) else mod
    for mod, pattern in _BEHIND:
        if pattern.match(after):
            return mod
    for mod, word, pattern in _DISTANT if marked else ():
        if word in own and pattern.search(own):
            return mod
    return None


_SOURCE = Pattern(
    r"(?:brev|brevet|faktura|fakturan|fakturor|statistik|statistiken|siffror|siffrorna|mejl|mejlet|mail|mailet|skrivelse|skrivelsen|beslut|beslutet|protokoll|protokollet|svar|svaret|offert|offerten|avtal"
    r"|avtalet|yttrande|anteckningar|anteckningarna|rapport|rapporten|meddelande|flytt\w{1,4}|skjuts|mötet|ändr\w{1,4}|byt\w{1,3}|besök|besöket|bilder|underlag|underlaget)"
    r"(?: [\w-]{1,20}){0,3} (?:från|sedan)[ :]{0,2}(?:den )?$"
    r"|(?:^|\W)(?:enligt|som framgår av|med hänvisning till|med anledning av|tack för) (?:[\w-]{1,30} ){1,3}från[ :]{0,2}(?:den )?$"
)


def _is_source(before: str) -> bool:
    """Ert brev från den 4 maj, flyttas från den 4 maj: neither opens a window."""
    return bool(_SOURCE.search(before))


def _after_stop(before: str) -> str:
    """The part of the text before a date that belongs to its sentence; abbreviations have no stop."""
    cut = 0
    for stop in _STOP.finditer(before):
        word = before[: stop.start()].rpartition(" ")[2]
        if not (len(word) <= 2 or "." in word or word in {"dvs", "prel", "resp", "from", "tom"}):
            cut = stop.end()
    return before[cut:]


def _status(text: str, found: Found, before: str, after: str, following: Found | None) -> str | None:
    if _NEGATED.search(before, max(0, len(before) - _NEAR)):
        return "NEGATED"
    other = following.start - found.end if following else len(after)
    near = following is not None and other < 60
    between = text[found.end : found.end + other] if near else ""
    moves = near and (between.strip().startswith("till") or _MOVED.search(between) is not None)
    if not (moves or holds(before, _CANCELLED_SIGNS) or holds(after, _CANCELLED_SIGNS)):
        return None
    pieces = list(_SUB.finditer(before))
    own = before[pieces[-1].end() :] if pieces else before
    end = _SUB.search(after)
    ahead = after[: end.start()] if end else after
    if _CANCELLED.search(own) or _CANCELLED.search(ahead[: max(other, 0)]):
        return "CANCELLED"
    return "CANCELLED" if moves and _is_moved(own, between) else None


def _is_moved(before: str, between: str) -> bool:
    """Mötet den 4 maj flyttas till …, flyttas från den 4 maj till …: the first of two dates is given up."""
    if _STOP.search(between):
        return False
    return bool(
        _MOVED.search(between)
        or (between.strip().startswith("till") and "från" in before and _MOVED.search(before))
    )


def window(found: Found, mod: str | None) -> tuple[date | None, date | None]:
    """As docs/reading.md has it: senast X ends with X, före X the day before, efter X opens the day after."""
    if mod == "ON_OR_BEFORE":
        return None, found.last
    if mod == "BEFORE":
        # Before three on the 4th is still on the 4th.
        own_day = found.boundary or found.start_time
        return None, found.first if own_day else add_days(found.first, -1)
    if mod == "AFTER":
        return add_days(found.last, 1), None
    if mod == "ON_OR_AFTER":
        return found.first, None
    return found.first, found.last
