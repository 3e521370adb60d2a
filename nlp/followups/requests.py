"""What the sender asks of the recipients by an imperative, and the form of every request."""

from nlp.followups import lexicon as lex
from nlp.followups.context import Context, Finding
from nlp.followups.verbs import VERBS

POLITE = lex.words("""
    var god vänlig vänliga bäste vänligen snälla och gärna var då men så obs påminnelse samt ps alltså därför således senast sen sedan därefter
""")
# Imperatives that ask for something even without a day; "hör av dig" and "kontakta mig" are courtesy.
_ASKS_ALONE = lex.words("""
    återkomma svara skicka sända översända meddela lämna fylla bekräfta komplettera anmäla besvara ge återkoppla
    granska inkomma returnera ta kolla titta boka signera underteckna undersöka ställa redovisa beställa
    sammanställa se uppdatera gå maila mejla ladda justera rätta ange byta ändra korrigera dubbelkolla dubbelchecka checka beskriva välja skriva skanna scanna
    tycka stämma kontrollera
""")
# Said to be kind, or of where something stands.
_COURTEOUS = lex.words(
    "höras ses träffas mötas höra kontakta ringa läsa hjälpa notera räkna visa följa hyra låta lägga ansöka betala"
)
_OCCASIONS = lex.words("förhinder problem ändras ändringar fel hinder oklart")
# What a registrar wants to see in every letter.
_MARKS = lex.words("diarienummer diarienumret numret ärendenummer ärendenumret referens dnr ämnesraden märk")
COURTESY = lex.words("frågor behov funderingar tveka välkommen välkomna undrar undringar")


def request(context: Context, rule: str, confidence: float, **more: bool) -> Finding:
    return Finding("request", context.obligor("recipient"), f"followup.request.{rule}", confidence, **more)


def osa(context: Context) -> Finding | None:
    """OSA: om svar anhålles."""
    if context.has("osa", "o.s.a", "o.s.a."):
        return request(context, "osa", 0.95, undated=True, by=True)
    return None


def imperative(context: Context) -> Finding | None:
    """A verb in the imperative at the head of its clause: "Skicka gärna …", "Vänligen återkom …"."""
    if context.role == "sender" or context.clause.kind not in {"main", "that"}:
        return None
    if context.words[:3] == ("glöm", "inte", "att") or context.words[:4] == ("glöm", "ej", "att"):
        asked = any(token.infinitive for token in context.clause.tokens[3:])
        return request(context, "imperative", 0.85, undated=asked)
    if context.negated or context.conditional or context.clause.has(COURTESY):
        return None
    if context.words[:2] == ("säg", "till") or context.words[:3] == ("säg", "bara", "till"):
        return request(context, "imperative", 0.75)
    lemma = _imperative_lemma(context)
    if lemma is None:
        return None
    if lemma == "ange" and context.has(*_MARKS):
        return None
    known = VERBS.get(lemma, ())
    asks = any(form.frame in {"contact", "deliver"} for form in known) and lemma not in _COURTEOUS
    asks = (
        asks
        or lemma in _ASKS_ALONE
        or context.has("snälla", "vänligen")
        or _once_done(context)
        or context.words[:2] == ("hör", "med")
        or _as_soon(context)
        or _points_at(context)
    )
    alone = asks and not _refers(context, lemma) and not _only_if_not(context)
    return request(context, "imperative", 0.9 if context.dated else 0.65, undated=alone)


def _imperative_lemma(context: Context) -> str | None:
    going_on = context.clause.coordinated and context.role_before in {"sender", "third_party"}
    for at, token in enumerate(context.clause.tokens[:9]):
        if going_on and any(form.tense == "present" for form in token.forms):
            return None  # "Han samlar in allt och gör en bedömning"
        forms = [f for f in token.forms if f.tense == "imperative"]
        forms = [f for f in forms if not f.needs or not f.needs.isdisjoint(context.words[at + 1 : at + 14])]
        if forms and not lex.names(token.lower, lex.MEETING):
            following = context.words[at + 1] if at + 1 < len(context.words) else ""
            if forms[0].lemma == "höra" and context.has("mig", "oss") and not context.has("dig", "er"):
                return None
            return (
                None
                if following in lex.SUBJECTS - {"det", "den", "detta", "denna", "dessa"}
                else forms[0].lemma
            )
        if token.word and token.lower not in POLITE and not (token.dated and "senast" in context.words[:at]):
            return None
    return None


def _as_soon(context: Context) -> bool:
    following = context.clauses[context.index + 1 : context.index + 2]
    return any(clause.kind == "time" and clause.lead == "så" for clause in following)


def _points_at(context: Context) -> bool:
    """As in "Kreditera den.", "Dela gärna detta": a short order about a thing that was spoken of."""
    return len(context.words) <= _SHORT_ORDER and context.has("den", "dem", "dessa") and context.index == 0


_SHORT_ORDER = 6


def _once_done(context: Context) -> bool:
    """As in "Hör av dig när du har pratat med hyresvärden"."""
    following = context.clauses[context.index + 1 : context.index + 2]
    return any(
        clause.kind == "time"
        and clause.has(lex.SECOND)
        and (clause.has(_KNOWN) or any(form.tense == "supine" for t in clause.tokens for form in t.forms))
        for clause in following
    )


_KNOWN = lex.words("vet bestämt landat pratat sett fått hunnit läst talat beslutat")


def _only_if_not(context: Context) -> bool:
    """As in "Rätta mig annars", "Meddela om tiden inte fungerar": asks for nothing where all is well."""
    following = context.clauses[context.index + 1 : context.index + 2]
    unless = any(clause.lead in {"om", "ifall"} and clause.has(lex.NEGATIONS) for clause in following)
    occasion = any(clause.lead in {"om", "ifall"} and clause.has(_OCCASIONS) for clause in following)
    return unless or occasion or context.has("annars")


def _refers(context: Context, lemma: str) -> bool:
    """As in "Se bifogad fil", "Ta hand om er", "Titta särskilt på …": nothing to wait for."""
    if context.has("särskilt", "speciellt", "extra"):
        return True
    return lemma in {"se", "ta", "gå", "titta"} and not context.has(
        "över", "fram", "igenom", "ställning", "på", "till"
    )
