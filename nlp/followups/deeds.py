"""Promises whatever the verb: somebody of the thread does something for a day or for the other side.

The tables of verbs end somewhere, the language does not: a word beside its pronoun, or after an auxiliary that points
ahead, is a verb by its place and its ending. What the tables know has been judged by the rules before these.
"""

from nlp.followups import lexicon as lex
from nlp.followups.context import Context, Finding

_AHEAD = lex.words(
    "ska skall kommer avser planerar räknar hoppas tänker lovar lär ämnar siktar försöker tänkte"
)
_BESIDE = lex.words(
    "gärna också då nu sedan även därför därefter nog alltså dock själva själv givetvis självklart"
)
# What is no deed for anybody else: states, opinions, what a writer does in the very letter, a house's own business.
_NO_DEEDS = lex.words("""
    är har blir heter bor arbetar jobbar tror tycker anser menar förstår vet minns känner upplever saknar behöver vill kan
    får måste bör ser står ligger sitter finns går åker reser flyttar öppnar stänger börjar påbörjar startar inleder
    inviger anställer rekryterar bygger river växer firar fyller äter sover läser spelar mår hoppas önskar tackar ber
    beklagar ursäktar hänvisar bifogar välkomnar uppskattar noterar konstaterar bedömer understryker avvaktar inväntar
    väntar emotser hyr äger betalar följer delar håller vänder använder driver bedriver erbjuder lever glädjer undrar
    motsätter godtar medger tillstyrker avstyrker avböjer avstår avslår bestrider samtycker instämmer vidhåller
    saknas kallas längtar slutar lämnar avslutar fortsätter deltar medverkar utgår refererar uppfattar ringde skriver
    informerar meddelar bekräftar redovisar planerar räknar avser siktar strävar arbetade firades semestrar
    kör tränar studerar pluggar pendlar hinner orkar slipper råkar brukar verkar låter gäller kräver innebär
    vara ha bli bo arbeta jobba tro tycka förstå veta flytta öppna stänga börja påbörja starta inleda inviga anställa
    rekrytera bygga riva växa fira äta sova läsa mår må stå ligga sitta finnas gå åka resa kunna behöva vilja få delta
    medverka vänta använda fortsätta sluta avsluta köra träna studera hinna slippa semestra hyra äga betala driva be
    utgå hålla uppleva se sakna
""")
_IT = lex.words("det detta den dem de dessa")
_NEAR = frozenset({"day", "week", "range", "month"})
_WRITERS = lex.FIRST | lex.SECOND
_DONE_OR_USUAL = lex.HABITS | lex.PERFORMED
_LEAST_VERB = 4


def deed(context: Context) -> Finding | None:
    """As in "Vi målar om väggen åt er vecka 9", "På torsdag visar jag er runt": the sender, a verb, a day."""
    if _blocked(context) or context.role != "sender":
        return None
    verb = _verb(context)
    aimed = context.clause.has(("er", "dig", "åt"))
    begun = aimed and verb in {"börjar", "påbörjar", "startar"}  # "På måndag börjar vi byta lås hos er"
    if verb is None or (verb in _NO_DEEDS and not begun) or verb.rstrip("r") in _NO_DEEDS:
        return None
    if context.has("tar") and context.has("del"):
        return None  # "Vi tar gärna del av era synpunkter"
    if context.dated and (aimed or any(mention.grain in _NEAR for mention in context.dates)):
        return _promise(context, 0.6)
    return (
        _promise(context, 0.55, undated=True) if aimed and (context.vague or _time_before(context)) else None
    )


def promised(context: Context) -> Finding | None:
    """As in "Vi förbinder oss att, dock senast den 3 mars, inkomma med …": the pledge alone is in one piece."""
    pledge = context.clause.has(("förbinder", "åtar")) and context.clause.has(("oss", "mig"))
    if _blocked(context) or context.role != "sender" or not pledge:
        return None
    return Finding(
        "commitment", context.obligor("sender"), "followup.deed.pledged", 0.75, undated=True, whole=True
    )


def reaches_you(context: Context) -> Finding | None:
    """As in "Underlaget droppar in hos dig i morgon", "Så fort det är klart går det iväg till er"."""
    if _blocked(context) or context.role in {"recipient", "third_party"} or context.clause.has(_WRITERS):
        return None
    to_you = context.beside(("hos", "till", "åt"), ("er", "dig"))
    present = any(token.finite or token.lower.endswith("r") for token in context.clause.tokens)
    if to_you is None or not present or context.clause.has(_NOT_REACHING):
        return None
    thing = context.clause.names(lex.DELIVERABLES)
    it = context.clause.has(("det", "den", "de")) and _time_before(context)
    if not (thing and context.dated) and not it:
        return None
    return Finding("commitment", context.obligor("sender"), "followup.deed.reaches-you", 0.65, undated=it)


_NOT_REACHING = lex.words("gäller är var ligger vänder riktar hör beror finns har välkommen välkomna tack")


def _time_before(context: Context) -> bool:
    before = context.clauses[context.index - 1] if context.index else None
    return before is not None and before.kind == "time"


def _promise(context: Context, confidence: float, *, undated: bool = False) -> Finding:
    return Finding("commitment", context.obligor("sender"), "followup.deed.sender", confidence, undated)


def _blocked(context: Context) -> bool:
    doubtful = context.negated or context.conditional or context.question
    told = context.clause.kind not in {"main", "that"} or context.clause.has(_DONE_OR_USUAL)
    return doubtful or told or context.clause.has(_TOLD)


_TOLD = lex.words("skulle kunde hade ville borde fick var blev tänkt semester ledig ledigt lunch tag")


def _verb(context: Context) -> str | None:
    """The verb of a clause with vi or jag: beside the pronoun, or the infinitive after what points ahead."""
    words = context.words
    at = next((i for i, word in enumerate(words) if word in lex.FIRST), None)
    if at is None:
        return None
    after = next((i for i in range(at + 1, min(at + 3, len(words))) if words[i] not in _BESIDE), None)
    places = [place for place in (at - 1, after) if place is not None and place >= 0]
    found = next((i for i in places if _looks_finite(context, i)), None)
    if found is None:
        return None
    return _infinitive(context, found) if words[found] in _AHEAD else words[found]


def _looks_finite(context: Context, at: int) -> bool:
    token = context.clause.tokens[at]
    if token.dated or not token.word or (token.capital and at):
        return False
    present = token.lower in _AHEAD or any(form.tense == "present" for form in token.forms)
    return present or (len(token.lower) >= _LEAST_VERB and token.lower.endswith("r"))


def _infinitive(context: Context, at: int) -> str | None:
    for token in context.clause.tokens[at + 1 :]:
        if not token.dated and token.lower not in _BETWEEN:
            return token.lower if token.infinitive else None
    return None


_BETWEEN = _BESIDE | lex.FIRST | {"att", "kunna", "med", "på", "under", "i", "till", "senast", "oss", "mig"}
