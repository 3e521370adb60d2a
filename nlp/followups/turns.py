"""Set turns of phrase that spread over clauses, read where no rule of a clause has answered.

A row of the table: what it is, who owes it, a word that every form of it has, a pattern of neighbouring words,
and whether it stands without a day or only in a question; every gap in a pattern is bounded, so that a search is linear.
"""

import re
from dataclasses import dataclass

from nlp.dates.pattern import holds
from nlp.followups.actors import Role
from nlp.model import FollowUpKind
from nlp.screen import Screened


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; `name` goes into the rule's name, `by` makes the day a last one."""

    name: str
    kind: FollowUpKind
    role: Role | None
    pattern: Screened
    undated: bool = False
    asked: bool = False
    by: bool = False


def _turn(name: str, kind: FollowUpKind, role: Role | None, signs: str, pattern: str, **more: bool) -> Turn:
    return Turn(name, kind, role, Screened(pattern, signs), **more)


TURNS = (
    _turn("reach-us", "request", "recipient", "oss mig",
          r"\b(?:ert|era?|din|ditt|dina)\s+[\w-]+\s+(?:behöver|måste|ska|bör)\s+(?:nå|komma|vara\s+hos|finnas\s+hos)\s+(?:in\s+till\s+)?(?:oss|mig)\b",
          undated=True),
    _turn("if-you-could", "request", "recipient", "om_du om_ni",
          r"(?:^|,\s|\bså\s|\boch\s)(?:och |så )?om\s+(?:du|ni)\s+(?:\w+\s+)?(?:kunde|kan|hinner|hann|skulle|ville|vill)\b.*\b(?:toppen|fantastiskt|tacksam\w*|uppskatta\w*|vänligt|snällt|värdefullt|stor\s+hjälp|"
          r"(?:vore|skulle|är|blir)\s+(?:det|vi|jag)\s+(?:\w+\s+)?(?:bra|fint|jättebra|toppen|hjälpsamt|schysst|glada?|uppskattat))",
          undated=True),
    _turn("expect", "commitment", "sender", "räkna_med", r"^(?:ni\s+kan\s+|du\s+kan\s+)?räkna\s+med\b.{1,60}\bfrån\s+(?:oss|mig)\b"),
    _turn("on-your-desk", "commitment", "sender", "ni_har du_har",
          r"\b(?:ni|du)\s+har\b.{1,60}\b(?:på\s+(?:ert|ditt)\s+(?:bord|skrivbord)|i\s+(?:er|din)\s+(?:inkorg|brevlåda|mejl|mejlkorg)|hos\s+er)\b"),
    _turn("let-me", "commitment", "sender", "låt_",
          r"\blåt\s+(?:mig|oss)\s+(?:få\s+)?(?:återkomma|återkoppla|kolla|undersöka|fundera|höra|titta|se\s+över|stämma\s+av|kontrollera)\b", undated=True),
    _turn("gladly-receive", "request", "recipient", "emot del_av",
          r"\b(?:tar|mottar)\s+(?:vi\s+|jag\s+)?(?:mycket\s+)?(?:gärna|tacksamt)\s+(?:vi\s+|jag\s+)?(?:emot\s+(?!er\b|dig\b)|del\s+av\b)", undated=True),
    _turn("what-about", "meeting", None, "sägs_om hur_vore_det",
          r"\b(?:vad\s+sägs\s+om|hur\s+vore\s+det\s+med)\s+(?:ett\s+|en\s+)?(?:\w+\s+)?\w*(?:möte|samtal|träff|avstämning|lunch|fika|besök)\b", undated=True, asked=True),
    _turn("what-day", "meeting", None, "vad_tror vad_säg vad_tycker",
          r"\bvad\s+(?:tror|säger|sägs|tycker)\s+(?:ni\s+|du\s+)?om\s+(?:på\s+|den\s+\d|(?:mån|tis|ons|tors|fre|lör|sön)dag)", asked=True),
    _turn("better-if", "request", "recipient", "bra_om fint_om toppen_om önskvärt_om",
          r"\b(?:vore|hade\s+varit|skulle\s+vara|är)\s+(?:det\s+)?(?:\w+\s+)?(?:bra|fint|toppen|önskvärt|jättebra)\s+om\s+(?!vi\b|jag\b|det\b|ni\b|du\b)\w+", undated=True),
    _turn("in-need", "request", "recipient", "i_behov_av", r"\b(?:vi|jag)\s+(?:är|står)\s+i\s+(?:stort\s+)?behov\s+av\b|\b(?:är|står)\s+(?:vi|jag)\s+i\s+behov\s+av\b", undated=True),
    _turn("imagine", "request", "recipient", "tänka_er tänka_dig",
          r"\b(?:kan|kunde|skulle)\s+(?:ni|du)\s+(?:kunna\s+)?tänka\s+(?:er|dig)\b", undated=True, asked=True),
    _turn("opinion", "request", "recipient", "vad hur",
          r"^(?:och |men )?(?:vad|hur)\s+(?:anser|tycker|tror|säger|ställer|ser|tänker|resonerar|vill|gör)\s+(?:ni|du)\b", undated=True, asked=True),
    _turn("objection", "request", "recipient", "emot", r"\bhar\s+(?:ni|du)\s+(?:något|nåt)\s+emot\b", undated=True, asked=True),
    _turn("bound", "deadline", "recipient", "skyldig ålagd åligger",
          r"\b(?:(?:ni|du)\s+är\s+(?:skyldiga?|ålagda?)\s+att|(?:det\s+)?åligger\s+(?:er|dig|hyresgästen)|åligger\s+det\s+(?:er|hyresgästen))\b", by=True),
    _turn("will-need", "request", "recipient", "behöva",
          r"\b(?:vi|jag)\s+(?:kommer\s+(?:\w+\s+)?att|lär|skulle)\s+behöva\s+(?:ha\s+)?(?:ert?|era|din|ditt|dina)\b", undated=True),
    _turn("have-it", "request", "recipient", "_ha_ _få_",
          r"\b(?:vi|jag)\s+(?:behöver|måste|vill|skulle\s+vilja|önskar)\s+(?:gärna\s+)?(?:ha|få)\s+(?:in\s+)?(?:det|den|dem|detta|allt|svar|besked)\b"),
    _turn("let-us", "meeting", None, "låt_oss ska_vi bör_vi kan_vi", r"\b(?:låt\s+oss|ska\s+vi|bör\s+vi|kan\s+vi)\s+(?:ta|ha|boka|höras|ses|träffas|köra|stämma\s+av)\b"),
    _turn("you-may-gladly", "request", "recipient", "gärna",
          r"\b(?:ni|du)\s+(?:får|kan)\s+(?:mycket\s+|väldigt\s+|mer\s+än\s+)?gärna\s+(?:\w+\s+)?"
          r"(?:skicka|sända|mejla|maila|lämna|komma|inkomma|höra|fylla|komplettera|bekräfta|ta\s+fram|titta|granska|läsa|svara|ge|förbereda|boka|kolla)\b",
          undated=True),
    _turn("say-something", "request", "recipient", "säg_", r"^säg\s+(?:gärna\s+)?(?:något|nåt|vad|hur|vilk\w+)\b", undated=True),
    _turn("falls-due", "deadline", "recipient", "förfaller", r"\bförfaller\b", by=True),
    _turn("meant-to-ask", "request", "recipient", "tänkte ville vill",
          r"\b(?:jag|vi)?\s*(?:tänkte|ville|vill)\s+(?:bara\s+|mest\s+|också\s+)?(?:höra|fråga|kolla|stämma\s+av|veta)\s+(?:med\s+(?:er|dig)\s+)?(?:om|hur|när|vad|vilk\w+)\s+"
          r"(?:ni|du|det|vi|er|ert|era)\b", undated=True),
    _turn("must-pay", "request", "recipient", "måste_ni måste_du behöver_ni behöver_du",
          r"\b(?:måste|behöver)\s+(?:ni|du)\s+(?:\w+\s+)?(?:betala|skicka|lämna|fylla|inkomma|ange|bekräfta|komplettera|underteckna|signera|skriva\s+under)\b", undated=True),
    _turn("yours-to-do", "request", "recipient", "upp_till_er ligger bollen er_tur",
          r"\b(?:det\s+är\s+upp\s+till\s+er|ligger\s+(?:nu\s+)?(?:på\s+er|hos\s+er)|bollen\s+(?:är|ligger)\s+hos\s+er|er\s+tur)\s+(?:nu\s+)?att\b", undated=True),
    _turn("yours-to-see-to", "request", "recipient", "ni_ansvarar du_ansvarar ansvarar_ni ni_svarar ni_står",
          r"\b(?:(?:ni|du)\s+(?:ansvarar|svarar|står)|ansvarar\s+(?:ni|du))\s+(?:själv(?:a)?\s+)?för\s+att\b", undated=True),
    _turn("somebody-has-to", "request", "recipient", "någon nån",
          r"^(?:någon|nån)\s+(?:av\s+er\s+|hos\s+er\s+)?(?:behöver|måste|bör)\s+(?!ha\b)\w+a\b", undated=True),
    _turn("times", "meeting", None, "fungerar passar funkar möjliga",
          r"^(?:våra\s+|några\s+)?(?:förslag\s+på\s+|möjliga\s+|alternativa\s+)?(?:tider|datum|dagar|mötestider)\b.{0,40}(?:fungerar|passar|funkar)?.{0,30}:$", undated=True),
    _turn("waiting-for-you", "request", "recipient", "inväntar avvaktar väntar",
          r"\b(?:vi|jag)\s+(?:inväntar|avvaktar|väntar\s+(?:nu\s+|bara\s+)?(?:på|in))\s+(?:nu\s+|därför\s+|alltså\s+)?(?:er|ert|era|din|ditt|dina)\b", undated=True),
)  # fmt: skip
_NEGATED = re.compile(r"\b(?:inte|ej|aldrig|inget|ingen)\b", re.IGNORECASE)
_LEISURE = re.compile(
    r"\b(?:frågor|undrar över|semester|helgen|lunch|välkomn?a?|hade|vid behov)\b", re.IGNORECASE
)
_CONDITIONED = re.compile(r"(?:har|om|skulle|ifall)\s+(?:ni|du|någon|något|det)\b|vid\s", re.IGNORECASE)
_LONGEST = 600
_SIGNS = tuple(dict.fromkeys(sign for turn in TURNS for sign in turn.pattern.signs))


def turn_of(sentence: str, *, question: bool) -> Turn | None:
    """The first turn that a sentence holds; none in what is denied, told or only courteous."""
    text = " ".join(sentence[:_LONGEST].split())
    low = text.lower()
    if not holds(low, _SIGNS):  # most sentences hold none
        return None
    found = next((t for t in TURNS if (question or not t.asked) and t.pattern.found(text, low)), None)
    if found is not None and found.name == "you-may-gladly":
        text = text.partition(", men ")[0]
    if found is not None and found.name != "if-you-could" and _CONDITIONED.match(text) and not question:
        return None
    if found is None or _LEISURE.search(text) or (_NEGATED.search(text) and not question):
        return None
    return found
