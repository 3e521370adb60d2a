"""Set turns of phrase that spread over clauses, read where no rule of a clause has answered.

A row of the table: what it is, who owes it, whether it stands without a day, whether only in a question, and
a pattern of neighbouring words; every gap in a pattern is bounded, so that a search is linear.
"""

import re
from dataclasses import dataclass

from nlp.followups.actors import Role
from nlp.model import FollowUpKind


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; `name` goes into the rule's name, `by` makes the day a last one."""

    name: str
    kind: FollowUpKind
    role: Role | None
    pattern: re.Pattern[str]
    undated: bool = False
    asked: bool = False
    by: bool = False


def _turn(name: str, kind: FollowUpKind, role: Role | None, pattern: str, **more: bool) -> Turn:
    return Turn(name, kind, role, re.compile(pattern, re.IGNORECASE), **more)


TURNS = (
    _turn("reach-us", "request", "recipient",
          r"\b(?:ert|era?|din|ditt|dina)\s+[\w-]+\s+(?:behöver|måste|ska|bör)\s+(?:nå|komma|vara\s+hos|finnas\s+hos)\s+(?:in\s+till\s+)?(?:oss|mig)\b",
          undated=True),
    _turn("if-you-could", "request", "recipient",
          r"^(?:och |så )?om\s+(?:du|ni)\s+(?:\w+\s+)?(?:kunde|kan|hinner|hann|skulle|ville|vill)\b.*\b(?:toppen|tacksam\w*|uppskatta\w*|"
          r"(?:vore|skulle|är|blir)\s+(?:det|vi|jag)\s+(?:\w+\s+)?(?:bra|fint|jättebra|toppen|hjälpsamt|schysst|glada?|uppskattat))",
          undated=True),
    _turn("expect", "commitment", "sender", r"^(?:ni\s+kan\s+|du\s+kan\s+)?räkna\s+med\b.{1,60}\bfrån\s+(?:oss|mig)\b"),
    _turn("on-your-desk", "commitment", "sender",
          r"\b(?:ni|du)\s+har\b.{1,60}\b(?:på\s+(?:ert|ditt)\s+(?:bord|skrivbord)|i\s+(?:er|din)\s+(?:inkorg|brevlåda|mejl|mejlkorg)|hos\s+er)\b"),
    _turn("imagine", "request", "recipient",
          r"\b(?:kan|kunde|skulle)\s+(?:ni|du)\s+(?:kunna\s+)?tänka\s+(?:er|dig)\b", undated=True, asked=True),
    _turn("opinion", "request", "recipient",
          r"^(?:och |men )?(?:vad|hur)\s+(?:anser|tycker|tror|säger|ställer|ser|tänker|resonerar|vill|gör)\s+(?:ni|du)\b", undated=True, asked=True),
    _turn("objection", "request", "recipient", r"\bhar\s+(?:ni|du)\s+(?:något|nåt)\s+emot\b", undated=True, asked=True),
    _turn("bound", "deadline", "recipient",
          r"\b(?:(?:ni|du)\s+är\s+(?:skyldiga?|ålagda?)\s+att|(?:det\s+)?åligger\s+(?:er|dig|hyresgästen)|åligger\s+det\s+(?:er|hyresgästen))\b", by=True),
    _turn("will-need", "request", "recipient",
          r"\b(?:vi|jag)\s+(?:kommer\s+(?:\w+\s+)?att|lär|skulle)\s+behöva\s+(?:ha\s+)?(?:ert?|era|din|ditt|dina)\b", undated=True),
    _turn("have-it", "request", "recipient",
          r"\b(?:vi|jag)\s+(?:behöver|måste|vill|skulle\s+vilja|önskar)\s+(?:gärna\s+)?(?:ha|få)\s+(?:in\s+)?(?:det|den|dem|detta|allt|svar|besked)\b"),
    _turn("let-us", "meeting", None, r"\b(?:låt\s+oss|ska\s+vi|bör\s+vi|kan\s+vi)\s+(?:ta|ha|boka|höras|ses|träffas|köra|stämma\s+av)\b"),
    _turn("you-may-gladly", "request", "recipient",
          r"\b(?:ni|du)\s+(?:får|kan)\s+(?:mycket\s+|väldigt\s+|mer\s+än\s+)?gärna\s+(?:\w+\s+)?"
          r"(?:skicka|sända|mejla|maila|lämna|fylla|komplettera|bekräfta|ta\s+fram|titta|granska|läsa|svara|ge|förbereda|boka|kolla)\b",
          undated=True),
    _turn("say-something", "request", "recipient", r"^säg\s+(?:gärna\s+)?(?:något|nåt|vad|hur|vilk\w+)\b", undated=True),
    _turn("falls-due", "deadline", "recipient", r"\bförfaller\b", by=True),
    _turn("meant-to-ask", "request", "recipient",
          r"\b(?:jag|vi)?\s*(?:tänkte|ville|vill)\s+(?:bara\s+|mest\s+|också\s+)?(?:höra|fråga|kolla|stämma\s+av|veta)\s+(?:med\s+(?:er|dig)\s+)?(?:om|hur|när|vad|vilk\w+)\s+"
          r"(?:ni|du|det|vi|er|ert|era)\b", undated=True),
    _turn("must-pay", "request", "recipient",
          r"\b(?:måste|behöver)\s+(?:ni|du)\s+(?:\w+\s+)?(?:betala|skicka|lämna|fylla|inkomma|ange|bekräfta|komplettera|underteckna|signera|skriva\s+under)\b", undated=True),
    _turn("yours-to-do", "request", "recipient",
          r"\b(?:det\s+är\s+upp\s+till\s+er|ligger\s+(?:nu\s+)?(?:på\s+er|hos\s+er)|bollen\s+(?:är|ligger)\s+hos\s+er|er\s+tur)\s+(?:nu\s+)?att\b", undated=True),
    _turn("waiting-for-you", "request", "recipient",
          r"\b(?:vi|jag)\s+(?:inväntar|avvaktar|väntar\s+(?:nu\s+|bara\s+)?(?:på|in))\s+(?:nu\s+|därför\s+|alltså\s+)?(?:er|ert|era|din|ditt|dina)\b", undated=True),
)  # fmt: skip
_NEGATED = re.compile(r"\b(?:inte|ej|aldrig|inget|ingen)\b", re.IGNORECASE)
_LEISURE = re.compile(
    r"\b(?:frågor|undrar över|semester|helgen|lunch|välkomn?a?|hade|vid behov)\b", re.IGNORECASE
)
_LONGEST = 600


def turn_of(sentence: str, *, question: bool) -> Turn | None:
    """The first turn that a sentence holds; none in what is denied, told or only courteous."""
    text = " ".join(sentence[:_LONGEST].split())
    if _LEISURE.search(text) or (_NEGATED.search(text) and not question):
        return None
    return next((t for t in TURNS if (question or not t.asked) and t.pattern.search(text)), None)
