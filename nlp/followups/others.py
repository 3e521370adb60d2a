"""What others have taken on: a named third party, the recipients, whoever is bid or vouched for."""

from nlp.followups import lexicon as lex
from nlp.followups.actors import given_names, noun_role
from nlp.followups.context import Context, Finding
from nlp.followups.tenses import (
    active,
    at_next_meeting,
    blocked,
    future,
    gives_account,
    last_day,
    pledged_thing,
)

_TO_US = lex.words("skicka sända översända lämna ge presentera inkomma tillsända delge återkoppla leverera")
_ENGAGED = (
    "arkitekten", "entreprenören", "konsulten", "projektören", "leverantören", "elektrikern", "snickaren",
    "byggaren", "målaren", "hantverkaren", "mäklaren", "ingenjören", "installatören", "ledaren", "samordnaren",
)  # fmt: skip
INTENDED = lex.words("avser planerar kommer räknar siktar hoppas")
_HE = frozenset({"han", "hon", "hen"})
_BIDDEN = {("honom",), ("henne",), ("dem",), ("hen",)}


def other(context: Context) -> Finding | None:
    """A named other: "Polisen har lovat att höra av sig", "vår jurist, som svarar på måndag"."""
    if (
        context.role != "third_party"
        or blocked(context)
        or context.clause.kind in {"condition", "time", "question"}
    ):
        return None
    if context.clause.has(lex.REPORTED) and not context.clause.has(lex.PLEDGED):
        return None
    found = [form for at, form in active(context) if future(context, at, form) and form.frame != "meet"]
    if not found:
        return pledged_thing(context, "third_party") or _to_reach_you(context)
    if gives_account(found) and context.dated:
        return Finding("deadline", "third_party", "followup.deadline.report", 0.85)
    pledged = context.clause.has(lex.PLEDGED)
    owing = _by_name(context) and context.dated and any(form.frame in {"deliver", "act"} for form in found)
    turned = any(form.frame == "contact" or form.lemma in _TO_US - {"leverera"} for form in found)
    bound = last_day(context.dates) and context.has("ska", "skall", "måste", "behöver", "kommer")
    engaged = context.dated and _engaged(context) and any(form.tense == "present" for form in found)
    next_time = _engaged(context) and at_next_meeting(context)
    if not (pledged or turned or bound or engaged or next_time or owing):
        return None
    alone = any(form.lemma in {"återkomma", "höra", "återkoppla"} for form in found) or pledged or next_time
    alone = alone or (
        context.has("ska", "kommer") and any(form.lemma in {"kontakta", "ringa"} for form in found)
    )
    return Finding("commitment", "third_party", "followup.promise.third-party", 0.8, undated=alone)


def _to_reach_you(context: Context) -> Finding | None:
    """As in "Tekniska tar fram ritningar och de ska vara hos er före jul"."""
    reaching = context.beside(("hos", "till"), ("er", "dig")) is not None
    if reaching and context.has("ska", "skall") and context.has("vara", "finnas") and context.dated:
        return Finding("commitment", "third_party", "followup.promise.third-party", 0.7)
    return None


def _by_name(context: Context) -> bool:
    """As in "Sten tar fram en kalkyl till den 1 mars", "Han gör en bedömning före …": somebody, no body of men."""
    words = context.words
    if context.clause.has(_HE) or (context.clause.coordinated and not context.clause.tokens[0].capital):
        return context.has(*_HE) or context.role_before == "third_party"
    capitals = [token.capital and token.word and not token.dated for token in context.clause.tokens[:2]]
    known = words[0] in given_names() or (all(capitals) and len(capitals) > 1)
    return known and words[0] not in lex.ACTORS and not lex.is_agent(words[0])


def _engaged(context: Context) -> bool:
    """Somebody who works for one of the two: an architect, a contractor, the landlord."""
    words = context.words[:4]
    return any(word.endswith(_ENGAGED) or lex.ACTORS.get(word) == "landlord" for word in words)


def yours(context: Context) -> Finding | None:
    """The recipients' own promise as the sender repeats it: "Kommunen avser att återkomma under november"."""
    if context.role != "recipient" or blocked(context) or context.question:
        return None
    if context.clause.kind in {"condition", "time", "question", "relative"}:
        return None
    meant = context.clause.has(INTENDED | lex.PLEDGED)
    found = [f for at, f in active(context) if future(context, at, f) and f.frame in {"contact", "deliver"}]
    if not meant or not found:
        return None
    return Finding("commitment", context.obligor("recipient"), "followup.promise.noted", 0.75)


def asked_other(context: Context) -> Finding | None:
    """As in "Jag har bett Karin kontakta er på måndag": bidden by the sender, owed by the other."""
    words = context.words
    at = next((i for i, word in enumerate(words) if word in {"bett", "ber"}), None)
    if at is None or context.conditional or context.negated:
        return None
    named = noun_role(context.clause.tokens[at + 1 : at + 5], context.who, opening=False)
    role = "third_party" if words[at + 1 : at + 2] in _BIDDEN else named
    verbs = [f for i, f in context.verbs() if i > at + 1 and f.tense == "infinitive"]
    if role is None or role == "sender" or not verbs:
        return None
    return Finding("commitment", context.obligor(role), "followup.promise.third-party", 0.75, undated=True)


def vouched(context: Context) -> Finding | None:
    """As in "Vi lovar att dörren är på plats senast den 1 april": whatever stands after att."""
    before = context.clauses[context.index - 1] if context.index else None
    if before is None or context.clause.kind != "that" or not context.dated or blocked(context):
        return None
    pledge = before.has(("lovar", "garanterar", "utlovar", "försäkrar", "lovat", "åtar"))
    if not pledge or before.has(lex.NEGATIONS) or context.role == "recipient":
        return None
    role = context.role_before or "sender"
    return Finding("commitment", context.obligor(role), "followup.promise.vouched", 0.75)
