"""Whether a sentence has the form of an answer to what was asked: a number to "hur många", a day to "när". Pure."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.spans import small


class _Form(NamedTuple):
    asked: re.Pattern[str]
    told: re.Pattern[str]


_NUMBER: Final = (
    r"\d|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    r"tjugo\w*|trettio\w*|fyrtio\w*|femtio\w*|hundra\w*|tusen|hälften|ingen|inga|inget|båda|gratis|ingår)\b"
)
_TIME: Final = (
    r"\b(?:den \d{1,2}|\d{1,2}/\d{1,2}|20\d\d|v\.? ?\d{1,2}|vecka \d+|kl\.? ?\d+|klockan|(?:mån|tis|ons|tors|fre|lör|sön)da\w+|"
    r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|i ?morgon|"
    r"nästa (?:vecka|månad|år)|(?:till|i|under|efter|före) (?:höst|vår|vinter|sommar|jul|påsk|nyår|midsommar)\w*|halvårsskiftet|årsskiftet|\d\d[.:]\d\d)\b"
)
_DECISION: Final = (
    r"^(?:ja|nej|jo|jodå|jadå|japp|absolut|okej|ok|visst|javisst|självklart|givetvis|tyvärr)\b|"
    r"\b(?:går (?:\w+ ){0,2}(?:bra|fint|utmärkt|med på)|passar|stämmer|bekräfta[rs]|instämmer|godkän\w+|godta[rs]?|medge[rs]|samtycker|tillstyrk\w+|avstyrk\w+|avslå\w*|avslag|"
    r"avböj\w+|bestrid\w+|motsätter|bevilja\w*|anta[rs]|antagit|beslut(?:at|ade|as|ar att)|ställer (?:\w+ ){0,2}(?:upp|bakom)|accepterar|tackar (?:ja|nej)|avstår|säger (?:ja|nej)|"
    r"inget att (?:erinra|invända)|har inget emot|räcker|(?:får|kan) (?:ni|du) |(?:vi|jag) (?:tar|kommer|ställer|medverkar|deltar|hjälper|gör|är|tackar) gärna|(?:sade|säger|sa) (?:ja|nej)|utsett|utsedd|är (?:tillåtet|möjligt|okej)|gäller|ingår|behövs (?:inte|ej)|(?:inte|ej) (?:behövs|krävs)|krävs (?:inte|ej))\b"
)
_FORMS: Final = (
    _Form(
        re.compile(
            r"\b(?:\w*statistik\w*|siffr\w+|antal\w*|hur (?:många|mycket|stor\w*|lång\w*|ofta|hög\w*)|\w*(?:pris|kostnad|hyra|hyran|yta|area|mått)\w*|kosta[rd]?|offert\w*|anbud\w*|lista\w*|förteckning\w*)\b"
        ),
        re.compile(_NUMBER),
    ),
    _Form(
        re.compile(
            r"\b(?:när|vilken (?:dag|tid|vecka|månad)|vilket datum|datum\w*|tidpunkt\w*|\w*tider(?:na)?|hur (?:dags|länge))\b"
        ),
        re.compile(_TIME),
    ),
    _Form(
        re.compile(
            r"\b(?:synpunkt\w*|kommentar\w*|yttrande\w*|invändning\w*|ändringar|ändringsförslag\w*)\b"
        ),
        re.compile(
            r"§|\b(?:bör|stryk\w*|saknas?|inga (?:invändningar|synpunkter|kommentarer)|inget att (?:erinra|invända)|"
            r"punkt \d+|(?:har|lämnar) (?:\w+ ){0,3}(?:invändning|synpunkt|kommentar)\w*|föreslår|önskar (?:vi|jag)|ändra\w*)\b"
        ),
    ),
    _Form(
        re.compile(
            r"\b(?:besked\w*|bekräfta\w*|svar\w*|ställningstagande\w*|godkänn\w*|beslut\w*|inställning\w*|utfall\w*|resultat\w*)\b|^(?!.*\b(?:skicka|sända|mejla|maila|lämna|ringa|bifoga|ta fram)\b)(?:\w+ ){0,3}(?:finns|har|kan|är|går|får|ska|vill|stämmer|gäller|behöver|ingår) .*\?$"
        ),
        re.compile(f"{_DECISION}|{_NUMBER}"),
    ),
    _Form(
        re.compile(
            r"\b(?:referens\w*|\w*nummer|\w*numr(?:et|en)|\w*koder?n?a?|märkning\w*|beteckning\w*|konto\w*)\b"
        ),
        re.compile(r"\d{2}"),
    ),
    _Form(re.compile(r"\b(?:meddela\w*|hör\w* av|återkom\w*)\b"), re.compile(_DECISION)),
)
# A name, a phone or an address is found by the capitals and signs of the sentence as it was written.
_WHO: Final = re.compile(
    r"\b(?:vem|vilka|vems|\w*namn\w*|kontakt\w*|telefonnummer\w*|\w*adress\w*|nummer|numret)\b"
)
_NAMED: Final = re.compile(r"(?<=[a-zåäö:,] )[A-ZÅÄÖ][a-zåäö]+|\b0\d{1,3}[- ]?\d{2}|\S@\S")


def fits(question: str, sentence: str) -> bool:
    """Whether a sentence can be the answer to a question, or what was promised to be told, by its form."""
    asks_who, forms = _wanted(question)
    if asks_who and _NAMED.search(sentence):
        return True
    low = small(sentence) if forms else ""
    return any(form.search(low) for form in forms)


def has_number(sentence: str) -> bool:
    return bool(re.search(_NUMBER, small(sentence)))


@lru_cache(8192)
def _wanted(question: str) -> tuple[bool, tuple[re.Pattern[str], ...]]:
    """Whether a question wants to know who, and the forms of its answers: it is asked of many sentences."""
    wanted = small(question).rstrip()
    return bool(_WHO.search(wanted)), tuple(form.told for form in _FORMS if form.asked.search(wanted))
