"""Where a Swedish sentence begins and ends, in text that was typed, pasted, or wrapped by a mail program.

Lines come first: a blank line, a bullet, a table row, a greeting or a short line ends a sentence without
any full stop, while the line ends that a program put in at 72 to 80 columns end none. Then stops: a full
stop ends a sentence unless it belongs to an abbreviation, an ordinal, an initial or a number.
"""

import re
from collections.abc import Iterator
from functools import lru_cache


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A stop after one of these never ends a sentence: something that it introduces follows.
_LEADING = _words("""
    a.a adr ang anm app arr art avd avs bitr ca cirka cit dir div dnr doc dr dvs d.v.s e.g eg enl ev exkl fax fig
    f.d fd f.ö fr fr.o.m frk f.n f.v.b förf forts gm hr i.e inkl inst jfr jr kap kl m.a.p m.a.o nuv nr näml obs
    p.g.a pga ph.d prel prof prop resp sekr sign skr s.k spec st.f t.ex t.o.m tel tfn tf t.f t.v tj att u.a u.p.a v
    vol v.g vik v.v.b å.k öv övers bl.a bla p.s i.o.m i.st.f f.f.a mobtel kln
""")
# A stop after one of these may also end the sentence: a capital letter after it decides.
_TRAILING = _words("""
    m.m mm osv o.s.v etc m.fl mfl e.d e.dyl dyl o.dyl o.d d.y d.ä e.m em f.m fm f.kr e.kr kr tkr mkr mnkr st kvm kg
    km tim min mån jan febr feb mars mar apr maj jun jul aug sept sep okt nov dec tis tors ons fre lör sön vard ab
    gs o.s.a osa tr ggr pers ref u.å sg pl vån bil mot tom from ung el ex tex red kv sid pos sk ordf mag mom avg arb
""")
_MONTH = re.compile(
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b",
    re.IGNORECASE,
)
# Words that leave a line hanging: the next line goes on even if it begins with a name.
_HANGING = _words("""
    i på av till för från med om att och eller samt som den det de en ett vid mot hos inom under efter före innan
    mellan ur sin sitt sina er ert era vår vårt våra vi ni ska kan har är inte kl kl. vecka v. senast dag dnr nr
    bl.a. t.ex. fr.o.m. t.o.m. ca enligt genom utan kring omkring
""")
_LETTERED = _words("bilaga plan alternativ punkt etapp hus kategori del variant grupp lokal typ nivå")

_BULLET = re.compile(r"[ \t\xa0]{0,40}(?:[-–—*•·▪●○■□☐►➢✓o\uf0b7]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\xa0]+(?=\S)")
_LABEL = re.compile(r"\*{0,2}[^\W\d_][\w/. -]{0,30}:(?:\s|\*|$)")
_TABLE = re.compile(r"\t|\S {3,}\S|\|")
_GREETING = re.compile(
    r"(?:hej|hejsan|hallå|tja|god (?:morgon|dag|kväll|förmiddag|eftermiddag|jul|fortsättning)|bästa|kära?|hi|hello|dear"
    r"|till den det berör)\b[^.?:;]{0,60}[,!]?$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:med (?:vänliga?|bästa|varma?) hälsning(?:ar)?|(?:vänliga?|bästa|varma|många|hjärtliga) hälsning(?:ar)?|hälsningar"
    r"|mvh|m\.v\.h|vh|bästa|vänligen|allt gott|(?:kind |best )?regards|sincerely)\b.{0,40}[,!.]?$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"<?(?:https?://|www\.|\S{1,80}@\S)|[+(]?\d[\d ()/–-]{5,30}$")
_WORD = re.compile(r"\w")
_STOP = re.compile(r"[.!?…]++[\"'”’»)\]*]*+")
_FIRST = re.compile(r"\s*[\"'”’»“„(\[*–—-]{0,3}\s?")
_POINT = re.compile(r"[^\W\d_][^.!?:\n]{1,40} [–—-] \S")  # "Belysning – åtgärdas i maj", a line of a list
# "Anna," above a letter.
_NAMED = re.compile(r"[A-ZÅÄÖ][\w-]{1,20}(?: [A-ZÅÄÖ][\w.-]{0,20}){0,2},")
# What bears a capital letter only where a sentence begins, names of none.
_OPENERS = frozenset(
    word.capitalize()
    for word in _words("""
        vi jag det detta dessa kan kunde ska skulle har hade om när på till från efter under hur vad vem vilka vilken vilket men och så då tack hör
        ring skicka ta se kolla säg svara meddela återkom lämna kontakta boka glöm även dock sedan nu idag imorgon varför först här där alla ingen
        inga några hoppas vill behöver måste tyvärr enligt eftersom därför inget finns är blir går kom gärna vänligen snälla annars innan inför
    """)
)
_WRAP_LEAST, _WRAP_MOST = 45, 100
_HURRIED = 60
# What a writer without capitals opens a new sentence with, and after which words it goes on instead.
_FRESH = re.compile(
    r"(?:vi|jag|ja|ni|du|kan|ska|har|hör|ring|skicka|ta|säg|hoppas|tack|mvh|hälsn\w*) (?:vi|jag|ja|ni|du|de|dom|någon|nån|av|med|är|har|ska|kan|kommer|måste|behöver|tar|ser|vill|skickar|gör|fick|får|återkommer|undrar)\b"
)
_GOING_ON = _words("""
    när då som om att vad var vem hur vilka vilken vilket innan tills medan så men och eller för eftersom därför sen sedan dit där ifall än
    inte nu idag imorgon också bara dock därefter
""")
_Span = tuple[int, int]


def sentences(text: str) -> list[tuple[int, int]]:
    """Trimmed (start, end) of every sentence in text order, without its bullet; in linear time.

    Spans never overlap; what has neither letter nor digit (a rule of dashes) is no sentence.
    """
    return list(_found(text))


@lru_cache(maxsize=2)
def _found(text: str) -> tuple[_Span, ...]:
    """Kept for the last texts, since follow-ups and facts ask for the same."""
    found: list[_Span] = []
    for start, end in _paragraphs(text):
        marker = _BULLET.match(text, start, end)
        body = marker.end() if marker and not _MONTH.match(text, marker.end(), end) else start
        found.extend(span for a, b in _split(text, body, end) if (span := _trim(text, a, b)))
    return tuple(found)


def _trim(text: str, start: int, end: int) -> _Span | None:
    piece = text[start:end]
    if not _WORD.search(piece):
        return None
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _lines(text: str) -> Iterator[_Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _paragraphs(text: str) -> Iterator[_Span]:
    """Runs of lines within which no line end ends a sentence."""
    begin: int | None = None
    last, line = 0, ""
    for start, end in _lines(text):
        this = text[start:end].strip()
        if begin is not None and (not this or _breaks(line, this, text[start:end])):
            yield begin, last
            begin = None
        if this and begin is None:
            begin = start
        last, line = end, this
    if begin is not None:
        yield begin, last


def _breaks(line: str, following: str, raw: str) -> bool:
    """Whether the line end between two lines that are not blank ends a sentence."""
    if _BULLET.match(raw) and not _MONTH.match(_BULLET.sub("", raw[:60], count=1)):
        return True
    if _TABLE.search(line) or _TABLE.search(following) or _GREETING.match(line) or _CLOSING.match(line):
        return True
    if _NAMED.fullmatch(line):
        return True
    if line.rsplit(None, 1)[-1].lower() in _HANGING:
        return False
    return _begins_anew(line, following)


def _begins_anew(line: str, following: str) -> bool:
    """For two ordinary lines: does the second one begin something new?"""
    short = len(line) < _WRAP_LEAST
    if _LABEL.match(following) or (short and _CONTACT.match(following)):
        return True
    if line[-1] in ",;-–(&/":
        return False
    fits = len(line) + 1 + len(following.split(None, 1)[0])
    if following[0].islower():
        # A writer without capitals, a thing to say a line.
        return line[0].islower() and (fits < _HURRIED or _opens_anew(line, following))
    if following.split(None, 1)[0] in _OPENERS or (_POINT.match(line) and _POINT.match(following)):
        return True
    if short or len(line) > _WRAP_MOST or line[-1] == ":":
        return True
    # A program wraps where the next word no longer fits; where it would have fitted, a person pressed Return.
    return fits < 60


def _opens_anew(line: str, following: str) -> bool:
    """Whether a line goes on with a sentence of its own though a program could have wrapped it there."""
    return _FRESH.match(following) is not None and line.rsplit(None, 1)[-1].lower() not in _GOING_ON


def _split(text: str, start: int, end: int) -> Iterator[_Span]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end:
            break
        if text[stop.end()].isspace() and _ends(text, begin, stop, end):
            yield begin, stop.end()
            begin = stop.end()
    yield begin, end


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Whether the stop ends a sentence that began at `begin`; white space follows it."""
    first = _FIRST.match(text, stop.end(), min(end, stop.end() + 200))
    at = first.end() if first else stop.end()
    following = text[at] if at < end else ""
    if stop.group() != ".":
        return not following.islower() or _casual_question(text, begin, stop, at, end)
    word = _word_before(text, max(begin, stop.start() - 40), stop.start())
    lower = word.lower()
    if lower in _LEADING:
        return False
    if word.isdigit():
        return _ends_number(text, begin, stop.start() - len(word), at, end)
    if lower in _TRAILING:
        return following.isupper()
    if len(word) == 1 and word.isupper():
        before = _word_before(text, begin, stop.start() - 2).lower()
        return following.isupper() and before in _LETTERED
    return not following.islower() or len(word) >= 4


_QUOTING = re.compile(
    r"(?:sa|sade|säger|frågar|frågade|undrar|undrade|skriver|skrev|löd|lyder|tror|tänkte|och|eller|som)\b"
)
_LEAST_QUESTION = 3


def _casual_question(text: str, begin: int, stop: re.Match[str], at: int, end: int) -> bool:
    """Whether a question or a call goes before a sentence that was begun in lower case by a hurried writer."""
    if stop.group() not in {"?", "!", "??", "!!"}:
        return False
    asked = len(text[begin : min(stop.start(), begin + 80)].split()) >= _LEAST_QUESTION
    return asked and not _QUOTING.match(text, at, end)


def _ends_number(text: str, begin: int, number: int, at: int, end: int) -> bool:
    """A stop after a number: an ordinal ("den 7. juni") and a time ("10. 30") go on, a year or a week ends."""
    if at >= end or text[at].islower() or _MONTH.match(text, at, end):
        return False
    # A number that opens the sentence is a heading's or a list's.
    if number - begin <= 3 and not text[begin:number].strip():
        return False
    return not text[at].isdigit() or text[number : number + 4].isdigit()


def _word_before(text: str, low: int, end: int) -> str:
    """The word with inner dots that ends at `end`, at most 40 characters back."""
    start = end
    low = max(low, end - 40, 0)
    while start > low and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:end].lstrip(".")
