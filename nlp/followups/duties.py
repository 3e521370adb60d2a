"""What the recipients are bound to: "ni ska", "X har i uppdrag att", "vi ber er", and what is overdue."""

from collections.abc import Sequence

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role, noun_role
from nlp.followups.context import Context, Finding
from nlp.followups.passives import ENTRY
from nlp.followups.requests import COURTESY, request
from nlp.followups.tokens import Token

_OTHERS = frozenset({"honom", "henne", "dem", "hen", "dom"})
_MATTERS = frozenset(
    {"vikt", "tanken", "meningen", "viktigt", "angeläget", "önskvärt", "nödvändigt", "bra", "avgörande"}
)
_WANTING = frozenset(
    {"vill", "önskar", "ber", "begär", "kräver", "hemställer", "anhåller", "förutsätter", "ser"}
)
_STATES = frozenset({"är", "har", "får", "mår", "känner", "förstår", "ser", "kommer", "vet", "trivs"})
_WISHED = lex.WISHES | _MATTERS
_THEIR_WORD = lex.YOU | {"svar", "svaret", "svaren", "besked", "återkoppling"}
_YOU_ALL = lex.SECOND | {"er", "ert"}
_NAMED = frozenset(lex.ACTORS)
_NOT_FOR_DUTY = lex.words("öppna flytta inviga besöka vända välja använda läsa hitta nå")


def charged(context: Context) -> Finding | None:
    """As in "Regeringen uppdrar åt X att senast … redovisa", "X har fått i uppdrag att …": X is bound."""
    if context.negated or context.conditional or not context.dated:
        return None
    if not any(form.tense in {"infinitive", "present"} for _, form in context.verbs()):
        return None
    role = _charged_role(context)
    if role is None:
        return None
    return Finding("deadline", context.obligor(role), "followup.deadline.charge", 0.85, by=_last_day(context))


def _charged_role(context: Context) -> Role | None:
    words, tokens = context.words, context.clause.tokens
    given = next((i for i, word in enumerate(words) if word in {"uppdrar", "åt", "ger"}), None)
    if "uppdrar" in words and given is not None:
        at = words.index("åt") if "åt" in words else given
        return _named(tokens[at + 1 : at + 5], context)
    if "uppdrag" not in words or "i" not in words:
        return None
    if given is not None and words[given] == "ger":
        return _named(tokens[given + 1 : given + 5], context)
    return context.role if context.has("fått", "får") and _last_day(context) else None


def _named(tokens: Sequence[Token], context: Context) -> Role | None:
    return noun_role([t for t in tokens if t.lower != "i"], context.who, opening=False)


def _last_day(context: Context) -> bool:
    return any(mention.mod in {"BEFORE", "ON_OR_BEFORE"} for mention in context.dates)


def asked_of_you(context: Context) -> Finding | None:
    """As in "Vi ber er återkomma", "ni ombeds lämna", "uppmanas inkomma"; "ber att få" is the sender's own."""
    if context.negated or context.conditional:
        return None
    words = context.words
    at = next(
        (
            i
            for i, word in enumerate(words)
            if word in {"ber", "uppmanar"}
            and lex.YOU & set(words[i + 1 : i + 4])
            and not _OTHERS.intersection(words[i + 1 : i + 2])
        ),
        None,
    )
    obliged = context.has("ombeds", "uppmanas", "ombedes", "anmodas")
    if obliged and (
        context.role == "recipient"
        or context.clause.has(_NAMED)
        or words[0] in {"ombeds", "uppmanas", "ombedes", "anmodas"}
    ):
        return request(context, "asked", 0.9, undated=True)
    if at is not None and context.verbs():
        return request(context, "asked", 0.9, undated=True)
    if _begs_yours(context):
        return request(context, "asked", 0.85, undated=True)
    if (
        context.role == "sender"
        and context.clause.kind == "main"
        and context.has("begär", "anhåller", "hemställer")
    ):
        return request(context, "asked", 0.8, undated=True)
    if (
        context.has("ber", "be")
        and context.has("om")
        and context.clause.names(lex.DELIVERABLES)
        and context.role != "third_party"
    ):
        return request(context, "asked", 0.8, undated=True)
    return None


def _begs_yours(context: Context) -> bool:
    """As in "Vi ber att få ert godkännande": the thing is theirs to give."""
    words = context.words
    at = next((i for i in range(len(words) - 2) if words[i] in {"ber", "be"} and words[i + 2] == "få"), None)
    return at is not None and words[at + 3 : at + 4] != () and words[at + 3] in lex.YOU - {"er", "dig"}


_WHATEVER = {("det",), ("allt",), ("vad",), ("de",), ("den",)}


def duty(context: Context) -> Finding | None:
    """The recipients as subject: "ni ska", "ni behöver", "att ni återkommer", "du skickar"."""
    if _wished_of_named(context):
        return request(context, "asked", 0.8, undated=True)
    if (
        context.role != "recipient"
        or context.negated
        or context.clause.kind in {"relative", "condition", "time", "question"}
    ):
        return None
    if context.conditional or _courteous(context):
        return None
    if context.dated and context.words[:1] in _WHATEVER and context.clause.has(ENTRY):
        # "Det ni vill anföra ska ha kommit in senast …": it binds them, and they are not its subject.
        return Finding("deadline", context.obligor("recipient"), "followup.deadline.entry", 0.8)
    if _given_time(context):
        return request(context, "obligation", 0.8)
    wished = _wished(context)
    if context.clause.has(lex.STRONG_DUTY) or wished:
        return _duty_modal(context, wished=wished)
    if any(form.tense == "present" and form.frame != "meet" for _, form in context.verbs()):
        return _stated(context)
    return request(context, "asked", 0.65, undated=True) if wished_deed(context) else None


def _wished_of_named(context: Context) -> bool:
    """As in "Vi hemställer att kommunen yttrar sig senast …": those written to, whoever they are."""
    named = context.role == "third_party" and context.who.recipient_kinds is None
    if not named or context.clause.kind != "that" or context.negated or not context.clause.has(_WRITTEN_TO):
        return False
    matters = context.clauses[context.index - 1].has(("önskvärt", "viktigt", "angeläget", "vikt"))
    return (context.dated or matters) and _wished(context)


_WRITTEN_TO = frozenset(lex.ACTORS) - {"regeringen"}


def _given_time(context: Context) -> bool:
    """As in "Ni har till och med den 4 mars på er att …"."""
    return context.has("har") and context.beside(("på",), lex.YOU) is not None and _last_day(context)


def _courteous(context: Context) -> bool:
    return context.clause.has(COURTESY) or context.has("alltid", "själva")


def _wished(context: Context) -> bool:
    """The clause before wishes it: "vi vill gärna att ni …", "räknar med att ni …", "hoppas att ni …"."""
    before = context.clauses[context.index - 1] if context.index else None
    return before is not None and context.clause.kind == "that" and before.has(_WISHED)


def _duty_modal(context: Context, *, wished: bool) -> Finding | None:
    asked = [f for _, f in context.verbs() if f.lemma not in _NOT_FOR_DUTY and f.tense != "past"]
    weak = context.has("kan", "får") and not wished and not context.question
    if not asked and _must_do(context):
        return request(context, "obligation", 0.7, undated=True)
    if not asked and context.clauses[context.index - 1].has(("hoppas",)):
        return None  # "Hoppas att du blir firad i helgen"
    if context.has("förrän"):
        return None  # "ni behöver inte boka förrän i maj" asks for nothing
    if wished and not asked and context.has("plats"):
        return request(context, "obligation", 0.8, undated=True)
    if not asked and not (context.dated and (wished or _last_day(context))):
        return None
    returns = context.has("får") and any(f.lemma in {"återkomma", "inkomma"} for f in asked)
    if weak and not returns and not context.has("senast", "före", "innan", "inom"):
        return None
    if context.dated and context.who.sender_kind == "ministry" and any(f.frame == "report" for f in asked):
        return Finding("deadline", context.obligor("recipient"), "followup.deadline.report", 0.85)
    firm = context.has("måste", "behöver", "ombeds", "ska")
    aimed = context.has("oss", "mig")
    must = context.has("måste", "behöver") and any(f.frame != "meet" for f in asked)
    undated = (
        wished
        or returns
        or must
        or any(f.lemma == "inkomma" for f in asked)
        or (firm and any(f.frame == "contact" or (aimed and f.frame == "deliver") for f in asked[:1]))
    )
    return request(context, "obligation", 0.85, undated=undated)


def _must_do(context: Context) -> bool:
    """As in "Ni behöver stänga ner era datorer": whatever verb, none of being or knowing."""
    at = context.beside(_MUST, lex.SECOND)
    at = context.beside(lex.SECOND, _MUST) if at is None else at
    if at is None or not context.who.organised or context.question:
        return False
    after = [
        t.lower for t in context.clause.tokens[at + 2 : at + 5] if not t.dated and t.lower not in _BETWEEN
    ]
    return bool(after) and after[0].endswith("a") and len(after[0]) > 2 and after[0] not in _NO_DEEDS


_MUST = lex.words("behöver måste")
_BETWEEN = lex.words("då också därför även först nu själva själv alltså dock således")
_NO_DEEDS = lex.words(
    "vara ha kunna veta bara bra era dina mina våra andra flera många våga förstå känna dessa några inga alla samma"
)


def wished_deed(context: Context) -> bool:
    """As in "Vi vill att ni utvecklar …", known verb or not; "hoppas att ni mår bra" is a courtesy."""
    before = context.clauses[context.index - 1] if context.index else None
    wished = before is not None and context.clause.kind == "that" and before.has(_WANTING)
    verb = context.beside(lex.SECOND, frozenset(w for w in context.words if w.endswith("r")))
    return wished and verb is not None and context.words[verb + 1] not in _STATES


def _own_calendar(context: Context) -> bool:
    """As in "Kommunstyrelsen fattar beslut den 9 november": a board keeps its own days."""
    return not context.clause.has(lex.SECOND) and all(f.lemma in lex.DECIDING for _, f in context.verbs())


def _stated(context: Context) -> Finding | None:
    if _own_calendar(context):
        return None
    before = context.clauses[context.index - 1] if context.index else None
    if before is not None and context.clause.kind == "that":
        wished = before.has(_WISHED)
        return (
            request(context, "asked", 0.85)
            if wished
            else Finding("commitment", context.obligor("recipient"), "followup.promise.noted", 0.8)
        )
    if context.question:
        return request(context, "question", 0.7)
    if wished_deed(context):
        return request(context, "asked", 0.8, undated=True)
    return request(context, "obligation", 0.75)


def reminder(context: Context) -> Finding | None:
    """As in "Vi saknar fortfarande ert svar": what was due has not come; its old day is no new one."""
    words = context.clause.bag
    waited = (
        {"fått", "mottagit", "hört", "erhållit", "kommit"} & words
        and {"inte", "ej"} & words
        and "har" in words
    )
    overdue = bool(
        context.role == "recipient"
        and "har" in words
        and {"inte", "ej"} & words
        and {"ännu", "fortfarande"} & words
        and not {"fått", "mottagit"} & words
    )
    missing = {"saknar", "väntar", "saknas"} & words and {"fortfarande", "ännu", "alltjämt"} & words
    waited = waited and context.role != "recipient"
    if not (waited or missing or overdue) or context.conditional or context.question:
        return None
    if overdue:
        return request(context, "reminder", 0.75, undated=True, timeless=True)
    theirs = context.clause.has(_THEIR_WORD) or "ni" in words
    if missing and "saknar" in words and context.role == "sender" and context.clause.names(lex.DELIVERABLES):
        return request(context, "reminder", 0.7, undated=True, timeless=True)
    from_you = any(set(later.words) & _YOU_ALL for later in context.clauses[context.index :])
    if not (theirs and (from_you or context.role == "sender")) or "tid" in words:
        return None
    return request(context, "reminder", 0.75, undated=True, timeless=True)
