"""Whether a later letter keeps an earlier promise, or answers a request. Pure: two descriptions in, a reason out.

A wrong "kept" hides a promise that nobody has kept, so whatever is in doubt is not kept. Words are judged
sentence by sentence: one that puts off announces nothing, whatever else it says.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

KeptReason = Literal["in-window", "announced", "answered"]

# A letter long after a window may be about anything.
GRACE = timedelta(days=60)
# How long a window without an end is looked at.
OPEN_WINDOW = timedelta(days=400)

# What comes back now is no putting off.
_COMES_NOW = re.compile(
    r"(?i)\båterkommer (?:(?:jag|vi) )?(?:nu|här|härmed|med detta)\b|"
    r"\bsom (?:(?:jag|vi) )?(?:tidigare )?(?:ut)?lova[dt]\w* återkommer (?:jag|vi)\b"
)
_AS_PROMISED = re.compile(
    r"(?i)\b(?:som (?:(?:jag|vi) )?(?:tidigare )?(?:har )?(?:ut)?lova[dt]\w*|som (?:utlovat|aviserat)|som (?:jag|vi) (?:sa|sade|nämnde|skrev|berättade|talade om|pratade om)|"
    r"enligt (?:överenskommelse|löfte)|som (?:vi )?(?:kom(?:mit)? överens|överenskommet)|as (?:promised|agreed))\b"
)
_DELIVERS = re.compile(
    r"(?i)\b(?:kommer|bifoga[rst]|skicka[rs]|sänder|översänd(?:er|s)|återkommer|lämnar|får|följer|finns|"
    r"här|härmed|bilag\w+|here|attached|enclosed|i am sending|we are sending)\b"
)
_HERE = re.compile(
    r"(?i)\bhär (?:kommer|är|har (?:du|ni)|får (?:du|ni)|följer|finns|bifogas|bifogar|skickar|sänder|översänd\w+)\b|"
    r"\b(?:kommer|följer|skickar|sänder|bifogar|översänder|lämnar|får (?:du|ni)) (?:\w+ )?här(?:med)?\b|"
    r"\bhärmed (?:översänd\w+|skicka\w+|lämna\w+|bifoga\w+|får|kommer|återkommer)\b|"
    r"\b(?:bifogar|bifogas|översänder|översänds)\b|\bbifogat (?:finner|finns|hittar)\b|\bfinns bifoga[td]\w*\b|"
    r"\bi bilag(?:a|an|or|orna)\b|\bse (?:\w+ )?(?:bilag|bifoga[td]\w*)|\bbifogad\w* (?:fil|dokument)\w* (?:finns|finner|hittar)\b|"
    r"\b(?:nu|äntligen) (?:är|har (?:vi|jag)|finns|ligger) (?:\w+ ){0,4}(?:klar\w*|färdig\w*|fram|påskriv\w+|underteckn\w+|på plats|uppe)\b|"
    r"\b(?:nu|äntligen) kommer (?:äntligen|då|också)?|\bkommer (?:nu|äntligen)\b|\bär (?:nu|äntligen|i ?dag) (?:\w+ )?(?:klar|färdig|påskriv|underteckn)\w*|"
    r"\b(?:finns|ligger|hittar (?:ni|du)|återfinns|bifogas|följer|är) (?:\w+ ){0,4}(?:bifogad\w*|bifogat|bilagd\w*|i bilaga\w*|som bilaga|bilägg\w*|uppladda\w*|"
    r"på (?:samarbetsytan|projektytan|servern|portalen|sharepoint)|i länken|via länken|i (?:detta|det här) (?:mejl|mail|brev|meddelande)\w*)\b|"
    r"\b(?:medföljer|medskickas|medsänd\w*|bilägg(?:er|es|s)|översändes|tillställs (?:ni|du|er)|delges (?:ni|du))\b|"
    r"\bmed (?:detta|det här) (?:mejl|mail|brev)\w*\b|"
    r"\bhar (?:\w+ ){0,2}(?:nu|i ?dag|idag|precis|just) (?:\w+ )?(?:skickat|sänt|lämnat|postat|mejlat|mailat|levererat|lagt upp|laddat upp)\b|"
    r"\b(?:skickades|sändes|postades|lämnades|lades upp|levererades) (?:\w+ ){0,2}(?:i ?dag|i går|igår|i morse)\b|"
    r"\bplease find\b|\bhere (?:is|are)\b|\b(?:is|are) (?:attached|enclosed)\b"
)
_PUTS_OFF = re.compile(
    r"(?i)\b(?:åter(?:kommer|komma|kopplar|koppla)|hör(?:a)? av (?:mig|oss)|hör av sig|"
    r"(?:ska|skall|måste|behöver|får|vill) (?:\w+ ){0,2}(?:titta|kolla|undersöka|se över|ta reda|fråga|stämma av|"
    r"prata|återkomma|svara|försöka|kontrollera|diskutera|ta upp|gå igenom|läsa|tänka|fundera)|"
    r"(?:tar|ta|tagit) (?:\w+ )?reda på|tittar på|undersöker|utreder|kollar|stämmer av|funderar|"
    r"behöver (?:\w+ ){0,2}(?:tid|dagar|veckor)|"
    r"(?:hann|hinner|hunnit|kan|kunde) (?:\w+ ){0,3}(?:inte|inget|ingen|inga)|hinner först|tyvärr (?:inte|inget|ingen|inga)|"
    r"inte (?:kan|hinner|hann|hunnit|än|ännu|klar\w*|färdig\w*|fått)|ännu (?:inte|inget|ingen|inga|ej)|ej (?:klar\w*|hunnit|ännu)|"
    r"(?:inget|ingen|inga) \w+ (?:än|ännu|nu)|dröj\w*|försen\w*|senarelägg\w*|skjut\w* (?:\w+ )?(?:upp|fram)|"
    r"väntar|inväntar|avvaktar?|(?:jag|vi) saknar|saknas|glömde|glömt|utan bilaga|ursäkta|"
    r"(?:skickar|sänder|lämnar|skickat|lämnat) (?:\w+ ){0,3}vidare|vidarebefordra\w*|"
    r"på semester|sjukskriven|föräldraledig|åter på kontoret|tillbaka (?:den|på|i|efter)|"
    r"(?:vet|vågar) (?:\w+ ){0,2}(?:inte|ej)|(?:inte|ej) (?:\w+ ){1,3}(?:än|ännu)|(?:inte|ej) (?:bestäm\w+|beslut\w+)|"
    r"ligger (?:\w+ )?hos|(?:blir|finns) (?:\w+ )?(?:inget|ingen|inga)|tålamod|uppe i|arbetar (?:med|på)|på gång|fixar|ordnar|ska (?:jag|vi) göra|lovar att|anstånd|förhinder|"
    r"strul\w*|krångl\w*|tar (?:\w+ )?(?:längre|lång|mer|lite) tid|underbemann\w*|personalbrist|sjukdom|"
    r"hoppas (?:\w+ )?(?:kunna|på|att)|försöker|problem med|beklagar|"
    r"får (?:\w+ )?vänta|utan (?:resultat|framgång)|(?:är|blivit|blev) (?:\w+ )?sjuk\w*|påminner|har (?:bett|frågat)|frågar|har hand om|fel person|är (?:\w+ )?sen[at]?|"
    r"förtydlig\w*|förstår inte|(?:lite|ganska|fortfarande|det är) oklart|vad menar|"
    r"tar (?:\w+ )?(?:med|upp)|ska (?:\w+ )?upp|(?:beslutar|beslutas|sammanträder|behandlar|behandlas)|bortrest|snart|nästan (?:klar|färdig)\w*|"
    r"har slutat|kontakta|först\.|bra fråga|registrer\w+|diarie\w+|beställ[td]\w*|begärt|efterfrågat|"
    r"inte (?:\w+ )?(?:kommit|framme)|så länge|varit mycket|tack för påminnelsen|strax|i eftermiddag|glömt|sorry|"
    r"not (?:yet|ready)|unfortunately|get back to you|let me (?:check|ask)|will (?:\w+ )?(?:send|reply|check|come|let)|"
    r"delayed|clarif\w+)\b"
)
_SENDS = re.compile(
    r"(?i)\b(?:skicka[rs]?|sänder|svarar?|lämna[rs]?|får|levererar?|bifoga[rst]?|bifogade|översänder|översänds|"
    r"ringer|mejlar|mailar|meddela[rs]?|presentera[rs]?|besvara[rs]?|redovisa[rs]?|(?<!vi )(?<!jag )kommer|klar[ta]?|send|reply)\b"
)
_IN_FUTURE = re.compile(
    r"(?i)\b(?:i ?morgon|i ?övermorgon|(?:på|till|under|senast|före|nästa|efter) (?:mån|tis|ons|tors|fre|lör|sön)da\w+|"
    r"nästa (?:vecka|månad|år)|(?:i|under) nästa|om (?:en|ett|någ\w+|ett par|två|tre|fyra|\d+) (?:\w+ )?(?:dag|veck|månad)\w*|"
    r"(?:i|under|senast|först i|början av|mitten av|slutet av) (?:januari|februari|mars|april|maj|juni|juli|augusti|"
    r"september|oktober|november|december|veckan|vecka|v\b|helgen|höst\w*|vår\w*|vinter\w*|sommar\w*)|senast|"
    r"snarast|inom (?:kort|\w+ dag\w*|\w+ veck\w*)|så (?:snart|fort)|när (?:vi|jag|det|den|de)|när (?:\w+ ){1,2}(?:har|är|blir|fått)|först (?:i|på|efter|när|om)|"
    r"senare|framöver|före|innan|i ?dag|ikväll|efter (?:semester|sommar|helg|möte|jul|påsk|lunch)\w*|vecka \d+|i (?:höst|vår|vinter|sommar|kväll)|"
    r"tomorrow|next (?:week|month)|later|soon)\b"
)
_DAY = re.compile(r"(?i)\b(?:den \d{1,2}|\d{1,2}/\d{1,2}|20\d\d-\d\d-\d\d|v\.? ?\d{1,2})\b")
# What goes to the reader now, where the sentence names the thing: "Skickar över avtalet nu", "Mejlar ritningarna till er".
_GOES = re.compile(
    r"(?i)\b(?:skickar|sänder|mejlar|mailar|lämnar|levererar|delar|lägger (?:med|in|upp)|översänder|överlämnar|(?:har|hade) (?:\w+ ){0,2}(?:skickat|sänt|mejlat|mailat|"
    r"lämnat|levererat|delat|postat|fått klart|fått fram|blivit klar\w*|lagt (?:upp|in|ut)|laddat upp))\b"
)
_TO_OTHERS = re.compile(
    r"(?i)\b(?:till|åt|för|hos) (?!er\b|dig\b|ert\b|din\b|ditt\b|oss\b|ni\b)[a-zåäö]+\b|\bin\b"
)
_NOT = re.compile(r"(?i)\b(?:inte|ej|inget|ingen|inga|ännu|aldrig|utan att)\b")
# With what is still to come, a part of the thing is not the thing.
_A_PART = re.compile(
    r"(?i)\b(?:resten|övriga?|återstående|resterande|kompletter\w+|en del av|första delen)\b"
)
_COURTESY = re.compile(r"(?i)\b(?:frågor|funderingar|questions)\b[^?]{0,60}\?")
# What the reader may do if something is amiss says nothing of what is to come.
_INVITES = re.compile(
    r"(?i)(?:[,;–-]\s*)?(?:\b(?:och|men|annars)\s+)?\b(?:hör|återkom|säg|kontakta|ring|fråga|meddela|mejla|maila|skriv|tveka)\b (?:gärna )?"
    r"(?:\w+ ){0,4}?(?:om|ifall|vid|att)\b[^.!?]*|\bom (?:något|nåt|det|du|ni) (?:\w+ )?(?:saknas|fattas|undrar|är oklart|ser konstigt ut)[^.!?,]*"
)
# Words that answer nothing however many of them there are.
_THANKS = frozenset(
    "tack tackar så mycket tusen för ditt ert din er mejl mejlet mail mailet brev brevet svar svaret besked beskedet "
    "meddelande meddelandet information informationen påminnelse påminnelsen uppdateringen hej hejsan igen god morgon "
    "dag dagen mottaget noterat noteras ok okej okey jag vi har nu tagit emot fått det den detta toppen bra "
    "absolut självklart givetvis ska bli blir ha en fin trevlig helg thanks thank you received noted mvh hälsningar med vänlig vänliga "
    "bästa".split()
)
_SIGN_OFF = re.compile(
    r"(?im)^[ \t]*(?:(?:med )?(?:vänlig|bästa|varm|soliga|många)\w*[ \t]+hälsning\w*|hälsning\w*|mvh|/\w|best regards|kind regards)"
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ0-9\"”(–-])|\n[ \t]*\n")
_WORD = re.compile(r"\w{5,40}")
_STEM = 5
# A request for a thing, or for something done, is not answered by words about something else.
_WANTS_A_THING = re.compile(
    r"(?i)\b(?:skicka\w*|sänd\w*|översänd\w*|bifoga\w*|inkom\w*|lämna\w*|komplettera\w*|ta fram|tar fram|boka\w*|"
    r"ring\w*|mejla\w*|maila\w*|vidarebefordra\w*|åter senast|send|provide|utkast|underlag|undertecknat)\b"
)
_WANTS_WORDS = re.compile(r"(?i)\b(?:svar\w*|besked\w*|veta|meddela\w*|återkoppl\w*|synpunkter)\b")
# A promise to come back is kept by coming back; any other needs the thing.
_CONTACT = re.compile(
    r"(?i)\b(?:återkom\w*|återkoppl\w*|åter till (?:er|dig)|hör\w* av|hörs|kontakta\w*|ring(?:er|a)|ses|träffa\w*|"
    r"get back|contact\w*)\b"
)
_COMMON = frozenset(
    "skick sände lämna besva svara återk kommer komme enlig sista senas slute börja mitte under efter innan "
    "janua febru april augus septe oktob novem decem vecka veckan månda tisda onsda torsd freda somma höste "
    "våren vinte kommu servi state konto bifog bilag utlov lovad härme översä gärna hälsn vänli bästa också "
    "även där detta denna dessa eller andra första mycke något några tidig finns finne skall kunna skulle hoppa "
    "javis absol själv givet äntli behöv varje sedan medan genom mellan ungef cirka närma nästa".split()
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised or asked for. Houses are organisations or mail domains; `debtors` are those who have to act.

    `sent_at` is the instant of its letter (aware; None: only the day is sure), `subject` that letter's without
    prefixes, `text` the sentence.
    """

    kind: str
    said: date
    due_start: date | None
    due_end: date | None
    debtors: frozenset[str]
    creditors: frozenset[str]
    thread: int | None
    sent_at: datetime | None = None
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A later letter: whose, to whom, when, with which first words; `sent_at` and `subject` as in Promise.

    `owes`: its own reading finds a promise of its sender for a day to come; `asks`: a request of its sender.
    """

    day: date
    sender: str
    recipients: frozenset[str]
    words: str
    thread: int | None
    sent_at: datetime | None = None
    subject: str = ""
    owes: bool = False
    asks: bool = False


def keeps(promise: Promise, letter: Letter) -> KeptReason | None:
    """The reason for which `letter` keeps `promise`, or None.

    It has to go from a debtor's house to a creditor's, after it was said. A request needs a reply that neither puts
    off nor asks back. In a window that opens, a letter of the same thread counts that does not put off. Elsewhere,
    before the window, and where there is only a last day, it needs words that announce what was promised.
    """
    if promise.kind not in {"commitment", "request"} or not is_later(promise, letter):
        return None
    if letter.sender not in promise.debtors or not letter.recipients & promise.creditors:
        return None
    same_thread = promise.thread is not None and promise.thread == letter.thread
    if not _in_time(promise, letter):
        return None
    if promise.kind == "request" and same_thread:
        return "answered" if _answers(promise, letter) else None
    begins = promise.due_start
    if promise.kind == "request" or begins is None or letter.day < begins:
        return "announced" if _announced(promise, letter, sure=_sure(promise, letter, same_thread)) else None
    return "in-window" if _comes_back(promise, letter, same_thread=same_thread) else None


def _sure(promise: Promise, letter: Letter, same_thread: bool) -> bool:
    """Whether a letter has to name the thing: elsewhere, and before its time."""
    return not same_thread or (promise.due_start is not None and letter.day < promise.due_start)


def is_later(promise: Promise, letter: Letter) -> bool:
    """By the instant; where one of the two has none, by the day: of one day nobody knows which came first."""
    if letter.day < promise.said:
        return False
    if promise.sent_at is not None and letter.sent_at is not None:
        return letter.sent_at > promise.sent_at
    return letter.day > promise.said


def _in_time(promise: Promise, letter: Letter) -> bool:
    """Until its last day and for a while after. Without a last day: for about a year."""
    if promise.due_end is None:
        return letter.day <= (promise.due_start or promise.said) + OPEN_WINDOW
    return letter.day <= promise.due_end + GRACE


def _answers(promise: Promise, letter: Letter) -> bool:
    if _announced(promise, letter):
        return True
    if _WANTS_A_THING.search(promise.text) and not _WANTS_WORDS.search(promise.text):
        return False
    if _not_the_thing(promise, letter):
        return False
    asks_back = letter.asks or "?" in _COURTESY.sub("", letter.words)
    return not (asks_back or letter.owes or puts_off(letter.words) or only_thanks(letter.words))


def _comes_back(promise: Promise, letter: Letter, *, same_thread: bool) -> bool:
    """Whether a letter in the window is what was promised for it."""
    if _announced(promise, letter, sure=not same_thread):
        return True
    if letter.owes or puts_off(letter.words) or only_thanks(letter.words) or _not_the_thing(promise, letter):
        return False
    same_subject = bool(promise.subject) and promise.subject.casefold() == letter.subject.casefold()
    if not (same_thread or same_subject):
        return False
    return (
        not promise.text
        or bool(_CONTACT.search(promise.text))
        or share(topic(promise.text), topic(letter.words))
    )


def _not_the_thing(promise: Promise, letter: Letter) -> bool:
    """Whether a sentence denies something of the thing that was promised: "Ritningarna har vi inte kunnat göra"."""
    about = topic(promise.text)
    return any(
        _NOT.search(sentence) and share(about, topic(sentence)) for sentence in _sentences(letter.words)
    )


def _announced(promise: Promise, letter: Letter, *, sure: bool = False) -> bool:
    """Whether a sentence announces what was promised.

    Where the letter also puts something off, or is `sure` to be wanted, the sentence has to name the thing;
    else it must not name another one.
    """
    about = topic(promise.text)
    found = _announcing(letter.words) or _going(letter.words, about)
    if not found:
        return False
    later = letter.owes or puts_off(letter.words)
    if later and _A_PART.search(letter.words):
        return False
    named = [topic(sentence) for sentence in found]
    if later:
        return any(share(about, thing) for thing in named)
    if not sure or not promise.text:
        return any(not about or not thing or share(about, thing) for thing in named) or _contact(promise)
    return any(
        share(about, thing) if about and thing else _speaks_of(promise, letter, sentence)
        for sentence, thing in zip(found, named, strict=True)
    )


def _speaks_of(promise: Promise, letter: Letter, sentence: str) -> bool:
    """Whether a sentence that names no thing, or to a promise of none, is about that promise: as promised, or by its subject."""
    if _AS_PROMISED.search(sentence) or _COMES_NOW.search(sentence):
        return True
    wanted, given = topic(promise.subject) | topic(promise.text), topic(letter.subject) | topic(sentence)
    return share(wanted, given)


def _contact(promise: Promise) -> bool:
    return bool(_CONTACT.search(promise.text))


@lru_cache(1024)  # a letter is weighed against every open promise of its thread
def _announcing(words: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in _sentences(words) if announces(sentence))


@lru_cache(1024)
def _going(words: str, about: frozenset[str]) -> tuple[str, ...]:
    """Sentences by which the thing itself goes to the reader now."""
    return tuple(
        sentence
        for sentence in _sentences(words)
        if _GOES.search(sentence)
        and not (sentence.rstrip().endswith("?") or _later(sentence) or _TO_OTHERS.search(sentence))
        and share(about, topic(sentence))
    )


def announces(sentence: str) -> bool:
    """Whether one sentence says that something comes with this letter."""
    if sentence.rstrip().endswith("?") or puts_off(sentence):
        return False
    as_promised = _AS_PROMISED.search(sentence) and _DELIVERS.search(sentence)
    return bool(as_promised or _HERE.search(sentence) or _COMES_NOW.search(sentence))


@lru_cache(1024)
def puts_off(words: str) -> bool:
    """Whether one of the sentences says that what was wanted comes later, or cannot come."""
    return any(_later(sentence) for sentence in _sentences(words))


def _later(sentence: str) -> bool:
    sentence = _INVITES.sub("", sentence)
    ahead = bool(_IN_FUTURE.search(sentence))
    # of a thing that is here, a day tells which one it is
    if _SENDS.search(sentence) and (ahead or (_DAY.search(sentence) and not _HERE.search(sentence))):
        return True
    return bool(_PUTS_OFF.search(sentence if ahead else _COMES_NOW.sub("", sentence)))


@lru_cache(1024)
def only_thanks(words: str) -> bool:
    """Whether a letter says no more than that another one has come: thanks, and at most two names."""
    cut = _SIGN_OFF.search(words)
    said = re.findall(r"\w+", words[: cut.start()] if cut else words)
    rest = [word for word in said if word.casefold() not in _THANKS]
    return len(rest) <= 2 and all(
        word[:1].isupper() and word.casefold() not in {"ja", "nej"} for word in rest
    )


def _sentences(words: str) -> list[str]:
    """Sentences of one line each."""
    return [" ".join(part.split()) for part in _SENTENCE.split(words) if part and part.strip()]


@lru_cache(1024)
def topic(text: str) -> frozenset[str]:
    """The words by which one tells what a sentence is about: long, not common, no names; folded."""
    found = ((match.start() == 0, match[0]) for match in _WORD.finditer(text))
    words = (word.casefold() for first, word in found if first or word.islower())
    return frozenset(word for word in words if word[:_STEM] not in _COMMON)


def share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of one begins, or is a part of, a word of the other: "ritningarna", "planritning"."""
    return any(a[:_STEM] in b or b[:_STEM] in a for a in one for b in other)
