"""Whether a reply in the thread is the answer by being one: it comes when it should and does nothing else. Pure.

Most people answer in words that no rule knows. Between the two houses, in the thread and in time, a letter that
tells something is taken for what was to be told, unless it puts off, excuses, asks, speaks of another matter, gives
a part, or thanks. What a letter of whoever waited says of a thing that was to come or to be done is weighed as well.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from crm.asked import fits, has_number
from crm.promised import Letter, Promise, wants_a_thing
from crm.speaking import asks_back, asks_for_it, denies_it, of_subject, puts_it_off
from crm.things import kinds
from crm.told import (
    Told,
    alike,
    denies,
    is_answer,
    is_done,
    is_past,
    is_planned,
    matter,
    only_thanks,
    told,
)
from nlp.spans import small

# What opens another matter: "En annan sak: …", "Förresten, …".
_ANOTHER: Final = re.compile(
    r"\b(?:(?:en|ett) (?:helt )?(?:annan|annat|ny|nytt) (?:sak|fråga|ämne|ärende)|nu till något annat|på tal om|förresten|apropå|för övrigt|passar på|"
    r"som (?:svar|förklaring) på (?:ett annat|en annan)|by the way)\b"
)
# Why there is no answer, said without saying that there is none.
_EXCUSES: Final = re.compile(
    r"\b(?:ledsen|ledsamt|ber om ursäkt|förlåt|tyvärr|bakom med|efter med|(?:har )?bytt? (?:chef|handläggare|system|jobb)|från början|omorganis\w+|"
    r"(?:vi|ni) får se|(?:hänger|beror) på|så fort|så snart|oklart|osäkert|svårt att (?:säga|få)|hört av (?:mig|oss)|i glömska|glömt|"
    r"(?:svårare|krångligare|värre|knepigare|trögare|komplicera\w+|längre tid) än|mycket att göra|tidsbrist|sjuk\w*|vab\w*|semester\w*|nytt datum|ny (?:tid|dag)|prioriter\w+|nära nu|på väg att|jagar|puttar på|trycker på)\b"
)
# The first part of an answer, or what is left of it.
_A_PART: Final = re.compile(
    r"\b(?:resten|övriga|återstående|resterande|en del av|delar av|första (?:delen|halvan)|halva|hälften|så långt|hittills|preliminär\w*|delvis|ena)\b"
)
# To say that one will do it is not to do it: "Det fixar vi", "Javisst, det ska jag göra".
_ACCEPTS: Final = re.compile(
    r"^(?:(?:ja|jo|javisst|jajamän|absolut|visst|självklart|givetvis|naturligtvis|okej|ok|jadå|japp|okidoki|självfallet)\b[ ,!.]*)*"
    r"(?:(?:det|den|dem|detta) )?(?:(?:ska|skall|kan) )?(?:(?:jag|vi) )?(?:gör|göra|fixar|fixa|ordnar|ordna|löser|lösa|tar|ta|ser till|se till)\b"
    r"(?: (?:jag|vi|hand om|det|den|dem|under|i|på|dagen|veckan|hand)\b)*[.!]*$"
)
# What a letter says of other letters, not of the matter.
_COURTEOUS: Final = re.compile(
    r"^(?:tack(?:ar)?|tackar|det var (?:\w+ )?(?:roligt|trevligt|kul|bra|fint|givande|länge sedan)|kul|roligt|härligt|trevligt|fint|bra|toppen|hoppas|vi uppskatta\w*|uppskatta\w*|hälsa|lycka till|välkom\w+|vi (?:hörs|ses)|hör av|säg till|"
    r"god (?:dag|morgon|kväll|eftermiddag)|ha (?:en|det)|ring (?:mig|gärna)|till er kännedom|mitt namn)\b"
)
# That all is as it was to be, said by whoever waited for it.
_CONTENT: Final = re.compile(
    r"\b(?:tack (?!men)|fungerar|funkar|nöjd\w*|bra jobbat|fint jobb\w*|ser (?:\w+ )?(?:fin|bra|utmärkt|toppen)\w*|blev (?:\w+ )?(?:fin|bra|jättebra|lyckat|utmärkt)\w*|"
    r"perfekt|toppen|som (?:den|det|de) ska\w*|allt är på plats|(?:på plats|klart|fixat|lagat|borta|torrt|varmt|ljust|tyst|rent) (?:nu|igen)|"
    r"nu (?:har|är|fungerar|funkar|står|sitter|hänger|lyser) |har (?:nu )?(?:kommit|fått|hämtat))\b"
)
# When something is to be, beside what it is: "före öppningen", "efter mötet".
_WHEN: Final = re.compile(
    r"\b(?:före|innan|efter|inför|vid|när|sedan|sen|i samband med) (?:\w+ ){0,2}?\w+(?=[ ,.;:!?]|$)"
)
_ASKS_WHEN: Final = re.compile(
    r"\b(?:när|vilken (?:dag|tid|vecka|månad)|vilket datum|hur (?:snart|dags|länge)|tidpunkt\w*|datum\w*)\b"
)
_A_DAY: Final = re.compile(
    r"\b(?:den \d{1,2}|\d{1,2}/\d{1,2}|v\.? ?\d{1,2}|vecka \d+|kl\.? ?\d+|(?:mån|tis|ons|tors|fre|lör|sön)dag\w*|\d{1,2} \w+|"
    r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|i ?morgon)\b"
)
_OF_AN_ANSWER: Final = re.compile(
    r"\b(?:åter\w*|besked\w*|svar\w*|hör\w*|besvaras?|meddela\w*|kollar|frågar|stämmer av|vet|undersöker|inte|ej|kanske|förhoppningsvis|troligen)\b"
)
_NOT: Final = re.compile(
    r"\b(?:inte|ej|inget|ingen|inga|ännu|aldrig|fortfarande|saknas?|utan|väntar|väntade|fel)\b"
)


def answers_plainly(promise: Promise, letter: Letter) -> bool:
    """Whether a letter says itself what the answer is: "Svaret är nej", "Det blev avslag"."""
    said = (one for one in told(letter.words) if one.deed not in {"asks", "small"})
    return promise.wanted.by_words and any(_PLAINLY.search(small(one.text)) for one in said)


def may_tell(promise: Promise, letter: Letter) -> bool:
    """Whether a letter has anything in it that a promise of this kind is kept by: words for words, something done for a thing."""
    said = [one for one in told(letter.words) if one.deed in {"tells", "gives"}]
    if promise.wanted.by_words:
        told_of = [one for one in said if not _is_courteous(small(one.text))]
        if promise.kind == "request" and not promise.text.rstrip().endswith("?"):
            return letter.deeds.attached or _names(promise, told_of)
        return bool(told_of)
    dated = promise.due_start is not None or promise.due_end is not None
    done = any(alike(promise.wanted.about, one.about) or (dated and is_done(one.text)) for one in said)
    return done or letter.deeds.attached or any(one.deed == "gives" for one in said)


def is_reply(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of the debtor in the thread, in its time, is the answer that was asked for or promised in words."""
    if not promise.wanted.by_words or only_thanks(letter.words):
        return False
    said = [one for one in told(letter.words) if one.deed != "small"]
    if _wants_a_day(promise.text):
        said = [replace(one, deed="tells") if _states_when(one) else one for one in said]
    if any(one.deed in {"later", "refuses"} for one in said):
        return False
    asked = [place for place, one in enumerate(said) if one.deed == "asks"]
    if (asked or letter.asks) and not _answers_first(promise, said[: asked[0]] if asked else said):
        return False
    if any(_says_nothing_yet(small(one.text)) for one in said):
        return False
    content = [one for one in said if not _is_courteous(small(one.text))]
    if not content or _ACCEPTS.search(small(content[0].text)):
        return False
    if letter.owes and not _is_certain(promise, content):
        return False
    return _is_free(promise) or _names(promise, content)


def _answers_first(promise: Promise, said: list[Told]) -> bool:
    """Whether a question was answered before anything is asked: "Vi stänger i juli. Hur gör ni?"."""
    if promise.kind != "request" or wants_a_thing(promise.text):
        return False
    return any(fits(promise.text, one.text) for one in said)


def _wants_a_day(text: str) -> bool:
    return bool(_ASKS_WHEN.search(small(text)))


def _states_when(one: Told) -> bool:
    """Whether a sentence about a time to come is no more than that: the answer to "när", and no promise of an answer."""
    low = small(one.text)
    return one.deed == "later" and bool(_A_DAY.search(low)) and not _OF_AN_ANSWER.search(low)


@lru_cache(8192)
def _says_nothing_yet(low: str) -> bool:
    return bool(_ANOTHER.search(low) or _EXCUSES.search(low) or _A_PART.search(low))


def _is_courteous(low: str) -> bool:
    return bool(_COURTEOUS.search(low))


def _is_certain(promise: Promise, content: list[Told]) -> bool:
    """Whether what its reading took for a promise of the letter is the answer itself."""
    about = promise.wanted.about | of_subject(promise.subject)
    return any(
        (alike(about, one.about) and is_answer(one.text) and not denies(one.text))
        or fits(promise.text, one.text)
        for one in content
    )


def _is_free(promise: Promise) -> bool:
    """Whether any words may be the answer: a question, or a promise to come back, names what it is about and not its form."""
    if promise.kind == "request":
        return promise.text.rstrip().endswith("?") or not promise.wanted.about
    return not kinds(promise.wanted.about)


def _names(promise: Promise, content: list[Told]) -> bool:
    about = promise.wanted.about
    return any(alike(about, one.about) or fits(promise.text, one.text) for one in content)


def reports(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of the debtor in the thread, after its time began, says that what was to be done is done."""
    wanted = promise.wanted
    if puts_it_off(wanted, letter) or asks_back(letter) or denies_it(wanted, letter):
        return False
    said = [one for one in told(letter.words) if one.deed in {"tells", "gives"}]
    if any(_says_nothing_yet(small(one.text)) for one in said):
        return False
    return any(is_done(one.text) or (not letter.deeds.open and _is_act(promise, one)) for one in said)


def _is_act(promise: Promise, one: Told) -> bool:
    """Whether a sentence says in the past what was promised for the time to come: "monterar", "monterade", "monterad"."""
    return (
        (is_past(one.text) or _is_done_to(promise.wanted.about, one.about))
        and alike(promise.wanted.about, one.about)
        and not _NOT.search(small(one.text))
    )


def heads_the_answer(promise: Promise, letter: Letter) -> bool:
    """Whether a letter of its own has what was wanted for its subject, and tells of it: "Wifi i lokalen: nätet heter …".

    What names the time of a promise is not what it is about: "pressmeddelandet före öppningen".
    """
    wanted = promise.wanted
    core = matter(_WHEN.sub(" ", promise.text.casefold()))
    if not alike(core, of_subject(letter.subject)):
        return False
    if (
        letter.owes
        or letter.deeds.open
        or asks_back(letter)
        or letter.deeds.asks
        or denies_it(wanted, letter)
    ):
        return False
    said = [one for one in told(letter.words) if one.deed in {"tells", "gives"}]
    if any(_says_nothing_yet(small(one.text)) or is_planned(one.text) for one in said):
        return False
    if letter.deeds.attached and not _is_such(wanted.about, letter):
        return False
    return any(_is_told_of(promise, core, one) for one in said)


def _is_told_of(promise: Promise, core: frozenset[str], one: Told) -> bool:
    """Whether a sentence tells of the matter; of what has a form, in its form or with a number."""
    if promise.wanted.by_words and fits(promise.text, one.text) and (one.about or has_number(one.text)):
        return True
    numbered = not promise.wanted.by_words or has_number(one.text)
    return numbered and alike(core, one.about)


def _is_such(about: frozenset[str], letter: Letter) -> bool:
    """Whether nothing that comes with a letter is named as a thing of another kind."""
    return kinds(letter.deeds.files) <= kinds(about)


def _is_done_to(promised: frozenset[str], told_of: frozenset[str]) -> bool:
    """Whether a participle is that of a verb that was promised."""
    did = {word[:5] for word in told_of if word.endswith(("ad", "at", "ade", "ats", "ades"))}
    return any(word.endswith(("ar", "as", "era", "a")) and word[:5] in did for word in promised)


_PLAINLY: Final = re.compile(
    r"^(?:och )?(?:svaret|beskedet|beslutet|utfallet) (?:är|blev|blir) (?!inte|ännu|klar|på|att vi|dröj|försen)|^(?:då |nu |så )?(?:det )?blev (?:det )?(?:\w+ )?(?:ja|nej|avslag|bifall)\b|"
    r"^(?:nämnden|styrelsen|chefen|han|hon|de|kommunen|juristen|fullmäktige) (?:säger|sa|sade) (?:ja|nej)\b"
)
_YES: Final = re.compile(r"^(?:ja|jo|jadå|jodå|jajamän|javisst|japp|absolut|visst|självklart)\b")
_NO: Final = re.compile(r"^(?:nej|tyvärr|nix)\b")
_SIGNS: Final = {
    "another": _ANOTHER,
    "excuses": _EXCUSES,
    "part": _A_PART,
    "courteous": _COURTEOUS,
    "day": _A_DAY,
    "number": re.compile(r"\d"),
    "of an answer": _OF_AN_ANSWER,
    "content": _CONTENT,
    "amiss": _NOT,
    "has not": re.compile(
        r"\b(?:har|hade) (?:\w+ )?(?:inte|ej|ännu|inget|ingen|inga) (?:\w+ ){0,3}?\w+(?:at|tt|it|rt|st|ts|ft|gt|kt|nt|pt)\b"
    ),
    "than expected": re.compile(r"\bän (?:vi|jag|man|väntat|beräknat|planerat|tänkt|normalt|vanligt)\b"),
    "must": re.compile(r"\b(?:måste|behöver|bör|borde|får) (?:\w+ )?\w+(?:a|as|e)\b"),
    "cannot": re.compile(
        r"\b(?:går|kan|kunde|får|gick|lyckas|lyckades) (?:\w+ )?(?:inte|ej)\b|\binte (?:att )?(?:nå|hitta)\w*\b"
    ),
    "is done to": re.compile(
        r"\b(?:är|blev|var|har blivit|står|ligger|sitter) (?:\w+ )?\w{2,}(?:ad|at|ade|d|t|da|dda|tt|en|et)\b"
    ),
    "now": re.compile(r"\b(?:nu|i ?går|i ?dag|i morse|nyss|i (?:mån|tis|ons|tors|fre)dags|äntligen)\b"),
    "you may": re.compile(
        r"\b(?:ni|du) (?:kan|får|behöver|hittar|har|ska)\b|\b(?:kan|får|hittar|har) (?:ni|du)\b"
    ),
    "somebody else": re.compile(
        r"\b(?:chef|handläggar|konsult|leverantör|tekniker|jurist|ekonomi|kolleg|avdelning|nämnd|bolag|firma|ordförande|vaktmästar|elektriker|montör|besiktningsm)\w*\b"
    ),
    "as it stands": re.compile(r"^(?:se |här |här är|så här|nedan|detta|bifog)"),
    "well": re.compile(r"\b(?:ok|okej|bra|fint|utmärkt|gärna|godkän\w+|passar|funkar|räcker|går)\b"),
}


def reply_signs(lows: list[str]) -> set[str]:
    """What the sentences of a letter, in lower case, show of all this."""
    found = {name for name, sign in _SIGNS.items() if any(map(sign.search, lows))}
    first = {"yes": _YES, "no": _NO, "accepts": _ACCEPTS}
    found |= {name for name, sign in first.items() if lows and sign.search(lows[0])}
    return found | ({"planned"} if any(map(is_planned, lows)) else set())


def is_content(promise: Promise, letter: Letter) -> bool:
    """Whether whoever waited for a thing or a deed says in the thread that all is well with it now."""
    if promise.kind != "commitment" or promise.wanted.contact or only_thanks(letter.words):
        return False
    said = [one for one in told(letter.words) if one.deed != "small"]
    lows = [small(one.text) for one in said]
    if letter.asks or letter.deeds.open or letter.deeds.asks or asks_for_it(promise.wanted, letter):
        return False
    if any(_NOT.search(low) or _says_nothing_yet(low) for low in lows):
        return False
    return any(map(_CONTENT.search, lows))
