"""Promises by turns of phrase: being ready by a day, keeping somebody informed, a thing that leads its clause."""

from nlp.followups import lexicon as lex
from nlp.followups.actors import PREPOSITIONS
from nlp.followups.context import Context, Finding

READY = lex.words("klar klara färdig färdiga")
_BE = lex.words("vara är blir bli")
_INFORMED = lex.words(
    "underrättad underrättade informerad informerade uppdaterad uppdaterade ajour löpande jour"
)
GIVES = lex.words(
    "lämnar tar ger delar gör lägger skickar fixar ordnar hämtar sänder mejlar mailar löser bokar skriver levererar "
    "beställer överlämnar kollar uppdaterar förbereder sköter"
)
_TRADES = lex.words("""
    tekniker teknikern elektriker elektrikern hantverkare hantverkaren målare målaren snickare snickaren montör montören
    låssmed låssmeden rörmokare rörmokaren entreprenören besiktningsmannen
""")
_LEISURE = lex.words("semester ledigt ledig paus lunch helg tåget bussen")
_NO_GIFTS = _LEISURE | lex.MEETING
_MOST_FRONTED = 4
_MOST_OBJECT = 9


def _blocked(context: Context) -> bool:
    doubtful = context.negated or context.conditional or context.question
    return doubtful or context.clause.kind not in {"main", "that"} or context.clause.has(lex.HABITS)


def _commitment(context: Context, rule: str, confidence: float, *, undated: bool = False) -> Finding:
    role = context.role or "sender"
    return Finding("commitment", context.obligor(role), f"followup.promise.{rule}", confidence, undated)


def ready(context: Context) -> Finding | None:
    """As in "Vi räknar med att vara klara i slutet av april": said of those who do the work."""
    if _blocked(context) or not context.dated or context.role not in {"sender", "third_party"}:
        return None
    clause = context.clause
    if context.has("beräknas", "väntas", "planeras", "bedöms"):
        return None  # a plan that nobody has promised
    if context.role == "third_party" and context.has("räknar", "hoppas", "tror", "siktar"):
        return None  # "Golvläggarna räknar med att vara klara i april": told of others
    plural = context.beside(_BE, READY) is not None
    return _commitment(context, "ready", 0.75) if plural and not clause.has(lex.REPORTED) else None


def comes(context: Context) -> Finding | None:
    """As in "Elektriker är beställd och kommer på onsdag"."""
    trade = context.clause.has(_TRADES) or (context.clause.coordinated and _earlier(context))
    due = any(mention.grain in {"day", "week"} for mention in context.dates)
    if not trade or not due or context.role != "third_party" or _blocked(context):
        return None
    at = next((i for i, word in enumerate(context.words) if word == "kommer"), None)
    if at is None or context.words[at + 1 : at + 2] == ("att",):
        return None
    return _commitment(context, "third-party", 0.7)


def _earlier(context: Context) -> bool:
    return any(clause.has(_TRADES) for clause in context.clauses[: context.index])


def keeps_informed(context: Context) -> Finding | None:
    """As in "Jag håller er underrättade"."""
    keeps = context.has("håller", "hålla") and context.has("er", "dig") and context.clause.has(_INFORMED)
    if not keeps or context.role != "sender" or context.negated or context.conditional:
        return None
    return _commitment(context, "keeps-informed", 0.65, undated=True)


def fronted(context: Context) -> Finding | None:
    """As in "Materialprover lämnar jag i receptionen i morgon": the thing, the verb, then the giver."""
    words = context.words[: _MOST_FRONTED + 1]
    if _blocked(context) or context.role != "sender" or context.clause.has(_NO_GIFTS):
        return None
    at = next((i for i in range(1, len(words)) if words[i] in GIVES and i + 1 < len(context.words)), None)
    if at is None or context.words[at + 1] not in lex.FIRST or words[0] in PREPOSITIONS | {""}:
        return None
    return _commitment(context, "fronted", 0.75) if context.dated else None


def receives(context: Context) -> Finding | None:
    """As in "Kravspecifikationen får du på tisdag": promised to the recipients."""
    words = context.words
    if _blocked(context) or not context.dated or context.role != "recipient":
        return None
    at = context.beside(("får",), lex.SECOND)
    if at is None or not 0 < at < _MOST_OBJECT or not words[0] or words[0] in PREPOSITIONS:
        return None
    handed = not any(token.infinitive for token in context.clause.tokens[at + 2 :])
    if not handed or context.clause.lead:
        return None
    return Finding("commitment", context.obligor("sender"), "followup.promise.you-will-get", 0.8)
