"""What has to have come, to be done or to be taken up by a day, said of the thing: "ska vara oss till handa …"."""

from collections.abc import Collection

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.context import Context, Finding
from nlp.followups.passives import passive_agent
from nlp.model import Obligor

_MUST = lex.words("måste behöver bör")
_SHALL = _MUST | {"ska", "skall"}
_DONE = lex.words("""
    inlagd inlagt inlagda inskickad inskickat inskickade inlämnad inlämnat inlämnade inne ifylld ifyllt ifyllda inrapporterad
    undertecknad undertecknat undertecknade signerad signerat signerade registrerad registrerat registrerade betald betalt
    betalda påskriven påskrivet påskrivna godkänd godkänt godkända inbetald inbetalt inrapporterat inrapporterade
    uppladdad uppladdat uppladdade beställd beställt beställda åtgärdad åtgärdat åtgärdade besvarad besvarat besvarade
""")
_READY = lex.words("klar klart klara färdig färdigt färdiga")
_OFFERS = lex.words("""
    offert offerten offerterna anbud anbudet erbjudande erbjudandet reservation reservationen priset priser pris priserna
    svar svaren synpunkter synpunkterna kommentarer frågor anmälan anmälningar ansökningar nomineringar förslaget option optionen lokalen lokalerna bokningen enkäten enkät anmälan ansökan
""")
_KEPT = _OFFERS | {"lokalen"}
_HOLDS = lex.words("håller reserverar")
_MOST_BEFORE = 8  # "Vi vill påminna om att enkäten …"
VALID = lex.words(
    "håller reserverar står välkomna välkommet stänger giltig giltigt giltiga gäller reserverad reserverat reserverade öppen öppet öppna"
)


def _due(context: Context, rule: str, confidence: float, obligor: Obligor | None = None) -> Finding:
    owed = obligor or context.obligor("recipient")
    by = rule != "to-be-done" or _bounded(context)
    return Finding("deadline", owed, f"followup.deadline.{rule}", confidence, by=by)


def _bounded(context: Context) -> bool:
    return any(mention.mod in {"BEFORE", "ON_OR_BEFORE"} for mention in context.dates)


def _open(context: Context) -> bool:
    """A statement of known writers that is neither denied, conditional nor told of somebody else."""
    settled = context.negated or context.conditional or context.question or not context.who.known
    return not settled and context.clause.kind in {"main", "that", "relative"}


def handed(context: Context) -> Finding | None:
    """As in "Beloppet ska vara oss tillhanda senast …", "ska ha kommit oss till handa före …"."""
    words = context.words
    to_hand = "tillhanda" in words or context.beside(("till",), ("handa",)) is not None
    if not to_hand or not context.dated or not _open(context):
        return None
    if context.has("er", "dig") and not context.has("oss", "mig"):
        return _due(context, "to-hand", 0.8, context.obligor("sender"))
    return _due(context, "to-hand", 0.85)


def valid(context: Context) -> Finding | None:
    """As in "Offerten är giltig t.o.m. den 5 november": a last day to accept what is offered."""
    kept = context.clause.has(_HOLDS) and context.clause.has(lex.YOU) and context.clause.names(_KEPT)
    if kept and _bounded(context) and context.role == "sender" and _open(context):
        return _due(context, "validity", 0.7)
    offered = any(lex.names(word, _OFFERS) for word in context.words[:_MOST_BEFORE]) and context.clause.has(
        VALID
    )
    until = context.has("gäller") and context.dated and context.has("till")
    until = until or (context.has("stänger") and context.dated and not context.has("öppnar"))
    if not offered or not (_bounded(context) or until) or not _open(context):
        return None
    return _due(context, "validity", 0.75)


def to_be_done(context: Context) -> Finding | None:
    """As in "Rapporten ska vara inlagd senast fredag", "Beställningen måste läggas senast …", "Åtgärdas senast …"."""
    if context.role is not None or not context.dated or not _open(context):
        return None
    clause = context.clause
    ready = context.beside(("vara",), _READY) is not None
    if ready and clause.has(_MUST) and clause.names(lex.DELIVERABLES):
        return _due(context, "to-be-done", 0.7)
    if context.beside(("till", "åt"), ("er", "dig")) is not None and _is_sent(context):
        return Finding("commitment", context.obligor("sender"), "followup.promise.passive", 0.7)
    agent = passive_agent(context) if _is_passive(context, 0) or _must_be(context) else None
    if agent is not None and agent != "recipient":
        return Finding("commitment", context.obligor(agent), "followup.promise.passive-agent", 0.7)
    if not _bounded(context):
        return None
    complete = context.has("vara", "ha") and clause.has(_SHALL) and clause.has(_DONE)
    if context.beside(_SHALL, _TAKES_PLACE) is not None:
        return _due(context, "to-be-done", 0.7, context.obligor(_reporter(context)))
    return _due(context, "to-be-done", 0.75) if complete or _must_be(context) or _bare(context) else None


def _is_sent(context: Context) -> bool:
    """As in "Avtalet, undertecknat av oss, postas till er före påsk": what reaches the reader is the writer's."""
    return any(form.tense == "passive" and form.frame == "deliver" for _, form in context.verbs())


_TAKES_PLACE = lex.words("ske göras")


def _reporter(context: Context) -> Role:
    """Who gives an account: the authority itself, unless its ministry writes to it."""
    account = any(
        word.endswith(("rapportering", "redovisning", "redovisningen")) for word in context.words[:4]
    )
    return "sender" if account and context.who.sender_kind != "ministry" else "recipient"


def listed(context: Context) -> Finding | None:
    """A line without a verb in a list of days: "Era synpunkter till oss: 20 oktober"."""
    clause = context.clause
    if len(context.words) > _LONGEST_LINE or clause.has(_TELLS):
        return None
    if context.role is not None or not _open(context) or any(token.finite for token in clause.tokens):
        return None
    theirs = any(word in _YOURS for word in context.words[:4]) or _passes(context, "till", lex.OUR_OWN)
    theirs = theirs or _passes(context, "från", ("er", "dig"))
    if not theirs or _passes(context, "till", ("er", "dig")) or not clause.names(lex.DELIVERABLES):
        return None
    return Finding("request", context.obligor("recipient"), "followup.request.listed", 0.6)


_LONGEST_LINE = 9
_TELLS = lex.words("tack tackar enligt angående ang avseende gällande daterat daterad re sv")
_YOURS = lex.YOU - {"er", "dig"}


def _passes(context: Context, word: str, sides: Collection[str]) -> bool:
    return context.beside((word,), sides) is not None


def _must_be(context: Context) -> bool:
    if not context.clause.has(_MUST):
        return False
    at = next(i for i, word in enumerate(context.words) if word in _MUST)
    return any(_is_passive(context, i) for i in range(at + 1, min(at + 4, len(context.words))))


def _bare(context: Context) -> bool:
    """A note that opens with its passive: "Åtgärdas senast 26/11"."""
    return not context.clause.lead and _is_passive(context, 0)


def _is_passive(context: Context, at: int) -> bool:
    token = context.clause.tokens[at]
    forms = [form for form in token.forms if form.tense == "passive"]
    if token.lower == "sägas" or any(form.lemma in lex.DECIDING for form in forms):
        return False
    return bool(forms) or (not token.dated and len(token.lower) > len("tas") and token.lower.endswith("as"))
