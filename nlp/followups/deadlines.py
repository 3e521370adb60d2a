"""Last days by name: "Sista dag för svar", "Remisstiden går ut", "Svar senast", silence that counts as consent."""

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.context import Context, Finding
from nlp.followups.meetings import is_past

_LAST = lex.words("""
    dag dagen datum datumet svarsdag svarsdagen anmälningsdag anmälningsdagen ansökningsdag ansökningsdagen inlämningsdag
    svarsdatum anmälningsdatum ansökningsdatum inlämningsdatum tidpunkt dagar betalningsdag betalningsdatum leveransdag
""")
_HANDED = lex.words("""
    svar anmälan intresseanmälan ansökan yttrande yttranden synpunkter anbud offert underlag remissvar inlämning
    komplettering beställning återkoppling svaret synpunkterna underlaget kommentarer anmälningar redovisning besked
    inskickat anmäl svara betalning faktura önskemål bekräftelse
""")


# "Anmälan sker senast …" says no more than "Anmälan senast …".
_OCCURS = lex.words("sker är görs gäller")


def _deadline(context: Context, rule: str, confidence: float, **more: bool) -> Finding:
    ours = context.clause.has(lex.OUR)
    mine = ours and (not context.clause.has(lex.YOU) or not lex.OUR.isdisjoint(context.words[:1]))
    role: Role = "sender" if mine else "recipient"
    return Finding(
        "deadline", context.obligor(role), f"followup.deadline.{rule}", confidence, by=True, **more
    )


def named(context: Context) -> Finding | None:
    """As in "Sista dag för svar: 6 maj", "Deadline är fredag", "Svarstiden går ut den 3 juni"."""
    if context.negated or is_past(context.clause):
        return None
    last = context.beside(("sista", "senaste"), _LAST)
    if last is not None and context.words[last] == "sista":
        return _deadline(context, "label", 0.9)
    if context.clause.has(lex.DEADLINE_NOUNS) and not context.has("var", "passerat", "passerade", "gick"):
        return _deadline(context, "label", 0.85)
    return None


def nominal(context: Context) -> Finding | None:
    """A line without a verb: "Svar senast 6 maj", "Anmälan: senast den 3 maj"."""
    finite = {token.lower for token in context.clause.tokens if token.finite}
    if not context.dated or finite - _OCCURS or context.negated or context.conditional:
        return None
    whole = {word for clause in context.clauses for word in clause.words}
    head = set(context.clauses[max(0, context.index - 1)].words[:4]) | set(context.words[:4])
    if head & _HANDED and {"senast", "före", "t.o.m"} & whole:
        return _deadline(context, "label", 0.8)
    listed = not any(token.acts for clause in context.clauses for token in clause.tokens)
    bounded = any(mention.mod == "ON_OR_BEFORE" for mention in context.dates)
    if listed and bounded and len(whole) <= _SHORT and context.who.known and "senast" in whole:
        return _deadline(context, "item", 0.55)
    return None


_SHORT = 12


def silence(context: Context) -> Finding | None:
    """As in "Hör vi inget senast den 3 maj antar vi …": a last day to object."""
    opened = context.index == 0 and context.words[:2] in {
        (v, w) for v in ("hör", "har", "får") for w in ("vi", "jag")
    }
    if (
        not (context.clause.kind == "condition" or opened)
        or not context.dated
        or not context.negated
        or context.question
    ):
        return None
    words = context.clause.bag
    silent = words & {
        "hör",
        "hört",
        "fått",
        "får",
        "inkommit",
        "inkommer",
        "återkommer",
        "kommit",
        "meddelar",
        "invänder",
        "svarar",
    }
    if silent and (words & {"vi", "jag", "ni", "du"} or words & lex.THEIRS):
        return _deadline(context, "silence", 0.75)
    return None
