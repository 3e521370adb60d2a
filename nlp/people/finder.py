"""People in running text: those whom the mail's headers know, names that begin with a common given name,
and names beside a title; with the title, organisation, phone and address that stand right there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.addresses import find_mail_addresses
from nlp.model import PersonMention, TextMention
from nlp.municipalities.gazetteer import spellings
from nlp.organisations import find_organisations
from nlp.people.namesakes import is_borne, is_named_after
from nlp.people.order import ordered
from nlp.people.shapes import shaped
from nlp.people.titles import announced, is_post, title_after
from nlp.people.words import HONORIFICS, PARTICLES, is_function, is_given
from nlp.phones import find_phones
from nlp.spans import Composed, Span, Taken, compose, fold, web_spans

_S = r"[ \t\xa0]"
_PART = r"[^\W\d_]{1,30}(?:(?:[’'-]|:(?=son\b))[^\W\d_]{1,30}){0,2}"
# A word that does not begin with a small letter, nor inside another; its first sign is looked for before all else.
_WORD = re.compile(
    r"[^\W\d_a-zåäö](?<![^\W\d_].)(?<![^\W\d_][’'-].)[^\W\d_]{0,29}(?:[’'-][^\W\d_]{1,30}){0,2}", re.DOTALL
)
_NEXT = re.compile(rf"(?P<gap>{_S}{{1,2}}|{_S}?\r?\n{_S}{{0,2}})(?P<word>{_PART})")
_INITIAL = re.compile(rf"{_S}[A-ZÅÄÖ]\.(?={_S}[A-ZÅÄÖ])")
_LONGEST_KEPT = 8_000
_WRAPPED = 40  # a line shorter than this was not broken by a mail program

_NOT_SURNAME = frozenset(
    """hej hejsan tack vi jag det den de kan har hade med mvh vänliga hälsningar hälsning ni du som här där nu en ett i på om när
    och eller samt men för från till av att är var blir ska skall vill får måste bör januari februari mars april maj juni juli augusti
    september oktober november december måndag tisdag onsdag torsdag fredag lördag söndag kommun kommunen stad region enhetschef
    kommunchef mobil telefon tel tfn epost e-post mail fax växel postadress besöksadress ämne till kopia skickat från datum
    regards best kind sent from to cc subject hälsar skriver säger ab hb kb tack! bifogat enligt detta dessa denna vänligen kontakta
    god bästa kära sida sidan bilaga dnr ärende vecka påsk jul också gärna nästa senast ok""".split()
)
# What somebody is, before a post of more than one word: Anna Ek Certifierad besiktningsman.
_QUALIFIED = re.compile(
    r"(?i)(?:\w{3,20}erade?|ansvarig|biträdande|tillförordnad|ställföreträdande|senior|junior|teknisk|administrativ|operativ|"
    r"strategisk|juridisk|ekonomisk|medicinsk|civ|leg|pol|tekn|fil)\Z"
)
_NOT_GIVEN = _NOT_SURNAME - {"maj"}
_PLACE_HEAD = re.compile(
    rf"{_S}(?:gata|gatan|väg|vägen|plats|torg|gränd|allé|park|kyrka|skola|skolan|gymnasi\w{{0,10}}|universitet\w{{0,4}}|sjukhus\w{{0,4}}|"
    r"stiftelse\w{0,6}|minne|bro|hus|AB|HB|KB|Aktiebolag|Bygg|Fastigheter|Fastighets|Advokatbyrå|Konsult\w{0,8}|Måleri|Åkeri|Arkitekt\w{0,6})(?!\w)"
)
_STREET_NAME = re.compile(
    r"(?:gatan|gata|vägen|väg|gränd|torget|torg|plan|skolan|gymnasiet|stiftelsen|kommun|kommunen|nämnden|styrelsen|kontoret|verket|akademin|akademien|institutet)s?\Z",
    re.IGNORECASE,
)
# Rooms bear names as well: Konferensrum Karin Boye, Lokal: Karin Boye.
_ROOM_BEFORE = re.compile(
    r"(?:(?:rum|rummet|sal|salen|lokal|lokalen)[ \t\xa0]?:?|(?:möteslokal|adress|båt|fartyg)[ \t\xa0]?:|"
    r"(?:rum(?:met|men)?|sal(?:en|ar|arna)?|lokal(?:en|er|erna)?|hus(?:et|en)?|skolan|båten)[ \t\xa0](?:heter|kallas))[ \t\xa0]{0,3}[\"”'’]?\Z",
    re.IGNORECASE,
)
# Who is nobody's genitive and stands behind "i" is a room: vi ses i Karin Boye.
_ROOM_IN = re.compile(r"(?:^|[\s(])i[ \t\xa0]\Z", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"(?:^|[\s(])(?:i|utanför|kring|runt)\s{1,3}\Z", re.IGNORECASE)
_NATURAL_S = re.compile(r"(?:as|is|us|es|ss|hs|fors|näs|ås|rs|ros|dals|hals|lans|mans|ens)\Z", re.IGNORECASE)
_SURNAME_GENITIVE = re.compile(
    r"(?:son|berg|ström|gren|qvist|kvist|quist|lund|dahl|dal|man|mann|blad|stedt|ell|én|in|holm|mark|gård|bäck|vall|borg|löf|lind|"
    r"ek|ung|bly|[aeiouyåäöé])s\Z",
    re.IGNORECASE,
)
_SMALL_NEXT = re.compile(rf"{_S}([a-zåäö]{{2,}})")
_SURE_SURNAME = re.compile(
    r"(?:sson|sén|qvist|kvist|quist|ström|gren|stedt|ić|vić|vic|wski|wska|d[oó]ttir|yan|yev|ova|oğlu|oglu|dze|shvili|nen)s?\Z"
)
_MID_SENTENCE = re.compile(r"[a-zåäö,][ \t\xa0]\Z")
# Families of Vietnam, which stand first: Nguyen Thi Lan.
_FAMILY_FIRST = frozenset(
    "nguyen tran pham huynh hoang phan dang bui ngo duong luu dinh truong vuong nguyễn trần phạm huỳnh hoàng đặng bùi ngô".split()
)
_EASTERN = 3  # words of such a name
_VERBS = frozenset(
    "är har kommer och som på i om att till från med av för vid var blir ska skall vill kan får hade skriver ringer säger svarar hälsar "
    "återkommer undrar tar eller samt men också inte meddelar arbetar är, ansvarar bokar skickar då när".split()
)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    name: str
    rule: str
    confidence: float
    title: str | None = None


def find_people(text: str, *, known: Sequence[str] = ()) -> list[PersonMention]:
    """People in text order. `known` are names, given name first, that the mail's headers hold.

    Spans hold whole words with the genitive -s and no title. A given name or a surname alone counts only if
    exactly one known person bears it.
    """
    borne = _borne(text, known)
    return list(_kept(text, borne) if len(text) <= _LONGEST_KEPT else _found(text, borne))


def _borne(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known names of which the text holds a part; the others can neither be found nor make one ambiguous."""
    low = text.casefold().replace("-", " ")
    return tuple(
        name
        for name in dict.fromkeys(known)
        if any(name_key(part) in low for part in (name.partition(" ")[0], name.rpartition(" ")[2]))
    )


@lru_cache(2_048)
def _kept(text: str, known: tuple[str, ...]) -> tuple[PersonMention, ...]:
    """The same words come again in quotes, with other recipients, and name the same people."""
    return _found(text, known)


def _found(text: str, known: tuple[str, ...]) -> tuple[PersonMention, ...]:
    composed = compose(text)
    names = _names(composed.text, known)
    found = _with_neighbours(composed.text, sorted([*names, *_shaped(composed.text, names)], key=_start))
    return tuple(found if composed.origin is None else (_moved(text, composed, one) for one in found))


def _start(one: _Name) -> int:
    return one.start


def _shaped(text: str, names: Sequence[_Name]) -> list[_Name]:
    """Names that their shape tells, where none of `names` is."""
    taken = Taken([(one.start, one.end) for one in names])
    return [
        _Name(one.start, one.end, one.name, one.rule, one.confidence)
        for one in shaped(text)
        if not taken.hits(one.start, one.end) and not is_place_name(text, one.start, one.end)
    ]


def _moved(text: str, composed: Composed, one: PersonMention) -> PersonMention:
    start, end = composed.span(one.start, one.end)
    return replace(one, text=text[start:end], start=start, end=end)


def described(text: str, spans: Sequence[Span], rule: str, confidence: float) -> list[PersonMention]:
    """People whose names stand at `spans`, with what stands beside them."""
    return _with_neighbours(
        text, [_named(text, start, end, rule, confidence) for start, end in sorted(spans)]
    )


def _with_neighbours(text: str, names: Sequence[_Name]) -> list[PersonMention]:
    contacts = [*find_phones(text), *find_mail_addresses(text)] if names else []
    organisations = find_organisations(text) if names else []
    limits = [*(one.start for one in names[1:]), len(text)]
    return [
        _described(text, one, limit, contacts, organisations)
        for one, limit in zip(names, limits, strict=False)
    ]


def _names(text: str, known: Sequence[str]) -> list[_Name]:
    spans = web_spans(text)
    web = Taken(spans)
    book = _Book(known)
    found: list[_Name] = []
    last = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        written = word.group()
        if start < last or not may_begin(written) or (spans and web.hits(start, end)):
            continue
        before = announced(text, start)
        one = _name_at(text, word, book, is_titled=before is not None)
        if one is not None:
            found.append(replace(one, title=before["title"]) if before else one)
            last = one.end
    return found


@lru_cache(maxsize=8192)
def may_begin(word: str) -> bool:
    """Whether a name can begin with it: no greeting, month or post. Kept, since the same capital words begin most sentences."""
    return word[0].isupper() and word.lower() not in _NOT_GIVEN and (not is_post(word) or is_given(word))


class _Book:
    """Known names by their parts."""

    def __init__(self, known: Sequence[str]) -> None:
        self.full: dict[str, str] = {}
        self.alone: dict[str, str | None] = {}
        self.firsts: set[str] = set()
        for name in dict.fromkeys(known):
            parts = name.split()
            if len(parts) < 2:
                continue
            self.full[name_key(name)] = name
            self.firsts.add(name_key(parts[0]))
            for part in {parts[0], parts[-1]}:
                key = name_key(part)
                self.alone[key] = None if self.alone.get(key, name) != name else name

    def person(self, written: str) -> str | None:
        """The known full name that `written` is, with or without genitive -s."""
        key = name_key(written)
        return self.full.get(key) or self.full.get(key.removesuffix("s"))

    def begins(self, word: str) -> bool:
        """Whether a known name begins with `word`."""
        return bool(self.firsts) and name_key(word) in self.firsts

    def single(self, written: str) -> str | None:
        """The one known person whose given name or surname `written` is."""
        if not self.alone:
            return None
        key = name_key(written)
        return self.alone.get(key) or (self.alone.get(key[:-1]) if key.endswith("s") else None)


def name_key(name: str) -> str:
    """Spellings that differ in case and hyphens share it; å, ä and ö are letters."""
    return " ".join(name.casefold().replace("-", " ").split())


def _name_at(text: str, word: re.Match[str], book: _Book, *, is_titled: bool) -> _Name | None:
    known = book.single(word.group())
    if not (is_titled or known or book.begins(word.group()) or is_given(word.group())):
        eastern = word.group().lower() in _FAMILY_FIRST and _run(text, word)
        if eastern and len(eastern) == _EASTERN:
            return _named(text, word.start(), eastern[-1], "person.given-name", 0.85)
        return _beside_title(text, word)
    ends = _run(text, word)
    for end in reversed(ends):
        name = book.person(text[word.start() : end])
        if name:
            return _Name(word.start(), end, name, "person.known", 0.97)
    if len(ends) > 1 and not is_place_name(text, word.start(), ends[-1]):
        first = word.group()
        if is_function(text[word.end() if is_given(first) else word.start() : ends[-1]]):
            return None
        if is_given(first) and _may_follow(text, word.start()):
            return _named(text, word.start(), ends[-1], "person.given-name", 0.88)
        if is_titled:
            one = _named(text, word.start(), ends[-1], "person.title", 0.85)
            return replace(one, name=" ".join(ordered(one.name.split(), ())))
    single = known if len(ends) == 1 else None
    if single and not _PLACE_BEFORE.search(text[max(0, word.start() - 12) : word.start()]):
        return _Name(word.start(), word.end(), single, "person.known-part", 0.8)
    return None


def _beside_title(text: str, word: re.Match[str]) -> _Name | None:
    """Two words that nothing but a title after them tells to be a name: `Zorica Petrovska, projektledare`."""
    if not text[word.end() : word.end() + 3].strip(" \t\xa0")[:1].isupper():
        return None
    following = _NEXT.match(text, word.end())
    if following is None or not following["word"][0].isupper() or following["gap"].strip(" \xa0"):
        return None
    end = following.end()
    sure = _SURE_SURNAME.search(following["word"]) and _MID_SENTENCE.search(
        text, max(0, word.start() - 3), word.start()
    )
    named = bool(sure) or title_after(text, end) is not None
    if not named or _is_place(word.group()) or _ends_name(following["word"], pending=False):
        return None
    if word.group().lower() in HONORIFICS or is_place_name(text, word.start(), end):
        return None
    return (
        None
        if is_function(text[word.start() : end])
        else _named(text, word.start(), end, "person.apposition", 0.75)
    )


def _may_follow(text: str, start: int) -> bool:
    """Not the second half of a hyphenated word."""
    return start == 0 or text[start - 1] not in "-’'"


def _run(text: str, word: re.Match[str]) -> list[int]:
    """Where a name that begins with `word` may end: after it and after each further part, at most four."""
    ends = [word.end()]
    position, pending = word.end(), False
    for _ in range(6):
        initial = _INITIAL.match(text, position)
        if initial:
            position = initial.end()
            continue
        following = _NEXT.match(text, position)
        if following is None or not _wraps(text, following):
            break
        part = following["word"]
        if part in PARTICLES:
            pending, position = True, following.end()
            continue
        if not part[0].isupper() or _ends_name(part, pending=pending) or len(ends) > 4:
            break
        position, pending = following.end(), False
        ends.append(position)
    return ends


def _wraps(text: str, following: re.Match[str]) -> bool:
    """A line end joins two words of a name only where a mail program broke a long line."""
    if "\n" not in following["gap"]:
        return True
    line_start = text.rfind("\n", max(0, following.start() - 200), following.start()) + 1
    return following.start() - line_start >= _WRAPPED


def _ends_name(part: str, *, pending: bool) -> bool:
    if pending:
        return False
    if part.lower() in _NOT_SURNAME or (part.isupper() and len(part) > 1):
        return True
    return is_post(part) or _QUALIFIED.match(part) is not None


def _is_place(word: str) -> bool:
    return word.lower() in spellings()


def is_place_name(text: str, start: int, end: int) -> bool:
    """Whether a street, a house or a fund bears the name."""
    written = text[start:end]
    return bool(
        _PLACE_HEAD.match(text, end)
        or _STREET_NAME.search(written)
        or is_named_after(written)
        or is_borne(text, start, end)
        or (written[-1] != "s" and _ROOM_IN.search(text, max(0, start - 6), start))
        or _ROOM_BEFORE.search(text, max(0, start - 24), start)
    )


def _named(text: str, start: int, end: int, rule: str, confidence: float) -> _Name:
    written = " ".join(text[start:end].split())
    return _Name(start, end, without_genitive(written, text[end : end + 30]), rule, confidence)


def without_genitive(name: str, after: str) -> str:
    """Anna Eks (förslag) → Anna Ek, while Anna Fors and Lukas Moses keep their s."""
    if not name.endswith("s"):
        return name
    following = _SMALL_NEXT.match(after)
    if following is None or following[1] in _VERBS:
        return name
    surname = name.rpartition(" ")[2]
    if _SURNAME_GENITIVE.search(surname):
        return name[:-1]
    return name if _NATURAL_S.search(surname) else name[:-1]


def _described(
    text: str, one: _Name, limit: int, contacts: Sequence[TextMention], organisations: Sequence[TextMention]
) -> PersonMention:
    """The person with what stands beside the name: a title before or after, contacts up to the next person."""
    behind = title_after(text, one.end)
    near = _end_of_reach(text, behind.end if behind else one.end, limit)
    return PersonMention(
        text=text[one.start : one.end],
        start=one.start,
        end=one.end,
        name=one.name,
        title=behind.text if behind else one.title,
        organisation=_organisation(organisations, behind.end, text) if behind else None,
        phones=_near(contacts, "PHONE", one.end, near),
        addresses=_near(contacts, "ADDRESS", one.end, near) or _own_addresses(contacts, one.name),
        rule=one.rule,
        confidence=one.confidence,
    )


_REACH_END = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ–])|\n\s*\n|\n")


def _end_of_reach(text: str, start: int, limit: int) -> int:
    stop = _REACH_END.search(text, start, min(limit, start + 160))
    return stop.start() if stop else min(limit, start + 160)


def _near(contacts: Sequence[TextMention], label: str, start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.value for m in contacts if m.label == label and start <= m.start < end))


def _own_addresses(contacts: Sequence[TextMention], name: str) -> tuple[str, ...]:
    parts = [fold(part).replace("-", "") for part in name.split()]
    own = f"{parts[0]}.{parts[-1]}"
    return tuple(
        dict.fromkeys(
            m.value
            for m in contacts
            if m.label == "ADDRESS" and m.value.partition("@")[0].replace("-", "") == own
        )
    )


_AT = re.compile(r"\s{1,3}(?:på|vid|hos|i|för|inom)\s{1,3}|,\s{1,3}|\s{1,3}")


def _organisation(organisations: Sequence[TextMention], end: int, text: str) -> str | None:
    gap = _AT.match(text, end)
    start = gap.end() if gap else end
    return next((m.value for m in organisations if m.start == start), None)
