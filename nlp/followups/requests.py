"""What the sender asks of the recipients: imperatives, questions, duties, needs, thanks in advance."""

from nlp.followups import lexicon as lex
from nlp.followups.clauses import verb_forms
from nlp.followups.context import Context, Finding

_POLITE = lex.words("""
    vänligen snälla och gärna var då men så obs påminnelse samt ps alltså därför således senast
""")
# Imperatives that ask for something even without a day; "hör av dig" and "kontakta mig" are courtesy.
_ASKS_ALONE = lex.words("""
    återkomma svara skicka sända översända meddela lämna fylla bekräfta komplettera anmäla besvara ge återkoppla
    granska inkomma returnera ta kolla titta boka signera underteckna undersöka ställa redovisa beställa
    sammanställa se uppdatera gå maila mejla ladda justera rätta
""")
_COURTESY = lex.words("frågor behov funderingar tveka välkommen välkomna undrar undringar")
_MODALS = lex.words("kan kunde skulle vill har får hinner ville hade kommer")
_MATTERS = frozenset({"viktigt", "angeläget", "önskvärt", "nödvändigt", "bra", "avgörande"})
_ASKED_FOR = ("kan", "ska", "vill", "behöver", "planerar", "avser", "räknar")
_WH = lex.words("när hur vem vilka vilken vilket vad var vart")
_STATES = lex.words("möjlighet möjligt tid hunnit kommit")
_NOT_FOR_DUTY = lex.words("öppna flytta inviga besöka vända välja använda läsa hitta nå")


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
        return request(context, "imperative", 0.85, by=False)
    if context.negated or context.conditional or context.clause.has(_COURTESY):
        return None
    lemma = _imperative_lemma(context)
    if lemma is None:
        return None
    alone = (lemma in _ASKS_ALONE or context.has("snälla") or _as_soon(context)) and not _refers(
        context, lemma
    )
    return request(context, "imperative", 0.9 if context.dated else 0.65, undated=alone)


def _imperative_lemma(context: Context) -> str | None:
    for at, token in enumerate(context.clause.tokens[:9]):
        forms = [f for f in verb_forms(token) if f.tense == "imperative"]
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
        if token.word and token.lower not in _POLITE and not (token.dated and "senast" in context.words[:at]):
            return None
    return None


def _as_soon(context: Context) -> bool:
    following = context.clauses[context.index + 1 : context.index + 2]
    return any(clause.kind == "time" and clause.lead == "så" for clause in following)


def _refers(context: Context, lemma: str) -> bool:
    """As in "Se bifogad fil", "Ta hand om er": nothing to wait for."""
    return lemma in {"se", "ta", "gå", "titta"} and not context.has(
        "över", "fram", "igenom", "ställning", "på", "till"
    )


def question(context: Context) -> Finding | None:
    """As in "Kan ni …", "Skulle du kunna …", "Har ni möjlighet att …", "Hinner du …"."""
    if context.question and context.words[:4] == ("kan", "någon", "av", "er"):
        return request(context, "question", 0.8, undated=True)
    at = context.beside(_MODALS, lex.SECOND)
    if at is None or (context.conditional and not context.question) or context.has("tänka", "ihåg"):
        return None
    # "Det kan ni läsa om här", "Frågor kan ni ställa till": a statement with something in front.
    fronted = [
        w for w in context.words[:at] if w and w not in _POLITE | {"när", "hur", "också", "undrar", "hej"}
    ]
    if fronted and not context.question:
        return None
    modal = context.words[at]
    if modal in {"får", "hinner"} and not context.question:
        return None
    asked = [f for i, f in context.verbs() if i > at and f.tense in {"infinitive", "passive"}]
    if modal in {"har", "hade"}:
        return _has_you(context)
    if modal == "kommer" and not context.question:
        return None
    if asked or context.dated:
        known = bool(asked)
        return request(context, "question", 0.9 if known else 0.7, undated=known)
    return (
        request(context, "question", 0.55, undated=True)
        if context.question and len(context.words) >= 3
        else None
    )


def _has_you(context: Context) -> Finding | None:
    """As in "Har ni möjlighet att …", "Har du hunnit titta på …"; "Har ni frågor" is a condition."""
    if not context.has(*_STATES) and not (
        context.question and context.has("nyheter", "uppdatering", "besked", "svar", "synpunkter", "förslag")
    ):
        return None
    return request(context, "question", 0.75, undated=True)


def wonder(context: Context) -> Finding | None:
    """As in "Jag undrar om ni har hunnit …", "Undrar när vi kan få besked": a question without its mark."""
    if (
        not context.has("undrar", "undrade", "frågar")
        or context.role not in {"sender", None}
        or context.clause.kind != "main"
    ):
        return None
    if context.role is None and context.words[0] not in {"undrar", "undrade"}:
        return None
    return request(context, "question", 0.7, undated=True)


def which(context: Context) -> Finding | None:
    """As in "Vem hos er kan jag kontakta?": a question for facts, put to the recipients."""
    if not context.question or context.index or context.conditional or context.words[0] not in _WH:
        return None
    yours = context.clause.has(lex.YOU | lex.SECOND) and context.has(*_ASKED_FOR)
    progress = context.words[:4] == ("hur", "går", "det", "med") and context.clause.names(lex.DELIVERABLES)
    return request(context, "question", 0.6, undated=True) if yours or progress else None


def asked_of_you(context: Context) -> Finding | None:
    """As in "Vi ber er återkomma", "ni ombeds lämna", "uppmanas inkomma"; "ber att få" is the sender's own."""
    if context.negated or context.conditional:
        return None
    words = context.words
    at = next(
        (
            i
            for i, word in enumerate(words)
            if word in {"ber", "uppmanar"} and lex.YOU & set(words[i + 1 : i + 4])
        ),
        None,
    )
    obliged = context.has("ombeds", "uppmanas", "ombedes", "anmodas")
    if obliged and (
        context.role == "recipient"
        or context.clause.has(frozenset(lex.ACTORS))
        or words[0] in {"ombeds", "uppmanas", "ombedes", "anmodas"}
    ):
        return request(context, "asked", 0.9, undated=True)
    if at is not None and context.verbs():
        return request(context, "asked", 0.9, undated=True)
    if (
        context.has("ber", "be")
        and context.has("om")
        and context.clause.names(lex.DELIVERABLES)
        and context.role != "third_party"
    ):
        return request(context, "asked", 0.8, undated=True)
    return None


def duty(context: Context) -> Finding | None:
    """The recipients as subject: "ni ska", "ni behöver", "att ni återkommer", "du skickar"."""
    if (
        context.role != "recipient"
        or context.negated
        or context.clause.kind in {"relative", "condition", "time", "question"}
    ):
        return None
    if context.conditional or _courteous(context):
        return None
    wished = _wished(context)
    if context.clause.has(lex.STRONG_DUTY) or wished:
        return _duty_modal(context, wished=wished)
    if any(form.tense == "present" and form.frame != "meet" for _, form in context.verbs()):
        return _stated(context)
    return None


def _courteous(context: Context) -> bool:
    return context.clause.has(_COURTESY) or context.has("alltid", "själva")


def _wished(context: Context) -> bool:
    """The clause before wishes it: "vi vill gärna att ni …", "räknar med att ni …", "hoppas att ni …"."""
    before = context.clauses[context.index - 1] if context.index else None
    return before is not None and context.clause.kind == "that" and before.has(lex.WISHES | _MATTERS)


def _duty_modal(context: Context, *, wished: bool) -> Finding | None:
    asked = [f for _, f in context.verbs() if f.lemma not in _NOT_FOR_DUTY and f.tense != "past"]
    weak = context.has("kan", "får") and not wished and not context.question
    if not asked and not (wished and context.dated):
        return None
    if weak and not context.has("senast", "före", "innan", "inom"):
        return None
    undated = wished or (context.has("måste", "behöver", "ombeds", "ska") and asked[0].frame == "contact")
    return request(context, "obligation", 0.85, undated=undated)


def _stated(context: Context) -> Finding | None:
    before = context.clauses[context.index - 1] if context.index else None
    if before is not None and context.clause.kind == "that":
        return Finding("commitment", context.obligor("recipient"), "followup.promise.noted", 0.8)
    if context.question:
        return request(context, "question", 0.7)
    return request(context, "obligation", 0.75)


def reminder(context: Context) -> Finding | None:
    """As in "Vi saknar fortfarande ert svar": what was due has not come; its old day is no new one."""
    words = set(context.words)
    waited = (
        {"fått", "mottagit", "hört", "erhållit", "kommit"} & words
        and {"inte", "ej"} & words
        and "har" in words
    )
    missing = {"saknar", "väntar", "saknas"} & words and {"fortfarande", "ännu", "alltjämt"} & words
    if not (waited or missing) or context.conditional or context.question:
        return None
    theirs = (
        context.clause.has(lex.YOU | {"svar", "svaret", "svaren", "besked", "återkoppling"}) or "ni" in words
    )
    from_you = any(
        set(later.words) & (lex.SECOND | {"er", "ert"}) for later in context.clauses[context.index :]
    )
    if not (theirs and (from_you or context.role == "sender")) or "tid" in words:
        return None
    return request(context, "reminder", 0.75, undated=True, timeless=True)
