"""What a sentence leaves without an actor: "Besked lämnas …", "Uppdraget ska slutredovisas …", "Offert kommer …"."""

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role, noun_role
from nlp.followups.clauses import Clause
from nlp.followups.context import Context, Finding
from nlp.followups.tenses import time_clause_follows
from nlp.followups.verbs import VerbForm

ENTRY = lex.words(
    "in inkommit inkomna inkommen inlämnad inlämnade inne tillhanda inskickad inskickade ankommit"
)
_REPORTS = (
    "redovisning",
    "redovisningen",
    "rapport",
    "rapporten",
    "rapportering",
    "budgetunderlag",
    "budgetunderlaget",
)
_US = frozenset({"oss", "mig"})
_USUAL = lex.HABITS | {"sedan"}
_OURS = lex.OURS | {"svar"}
_THEIRS_ALONE = lex.THEIRS - lex.OURS
_BODIES = (
    "redovisas",
    "delredovisas",
    "slutredovisas",
    "rapporteras",
    "slutrapporteras",
    "återrapporteras",
    "avrapporteras",
)


def passive(context: Context) -> Finding | None:
    """As in "Besked lämnas senast …", "Uppdraget ska slutredovisas …", "Svar ska ha inkommit …"."""
    if context.role in {"sender", "recipient"} or context.negated or context.conditional:
        return None
    if context.clause.kind in {"condition", "time", "question"} or context.clause.has(_USUAL):
        return None
    if context.clause.kind == "relative" and not (context.dated and context.clause.lead in _SENT_LEADS):
        return None
    if context.has("har", "hade", "blev") and any(form.tense == "supine" for _, form in context.verbs()):
        return None
    forms = [form for _, form in context.verbs() if form.tense == "passive"]
    here = "oss" in context.words and context.has("hos") and context.has("ska", "behöver", "måste")
    entry = here and context.clause.names(lex.DELIVERABLES) and context.dated
    reaching = context.clause.names(lex.DELIVERABLES) or context.beside(("hos",), _US) is not None
    if context.clause.has(_PLANNED) and not forms:
        return None
    entry = entry or (context.clause.has(ENTRY) and reaching and context.dated)
    if not forms and not entry:
        return _arrives(context)
    account = context.clause.has(_REPORTS) or _is_report(context)
    if any(word in _BODIES for word in context.words) or (
        account and not context.has("skickas", "sänds", "översänds")
    ):
        return _report(context)
    return _thing(context, forms, entry=entry)


def _arrives(context: Context) -> Finding | None:
    """As in "Offert kommer på torsdag": what is the sender's to send."""
    at = next((i for i, word in enumerate(context.words) if word in _ARRIVES), None)
    if at is None or context.words[at + 1 : at + 2] == ("att",) or context.role is not None:
        return None
    head = context.words[:at] or context.words[at + 1 : at + 3]
    if (not head or head[0] in {"den", "det", "de"}) and context.index:
        head = context.clauses[context.index - 1].words  # "Planen dröjer, den kommer v. 39"
    if not head:
        return None  # "Kommer."
    awaited = any(
        clause.kind == "time" and clause.has(lex.FIRST) for clause in context.clauses[context.index :]
    )
    if awaited and head[0] not in {"", "det", "då"}:
        return Finding(
            "commitment", context.obligor("sender"), "followup.promise.passive", 0.65, undated=True
        )
    announced = len(context.words) <= _SHORT and any(word in _NEWS for word in head)
    if announced and not context.question:
        return Finding(
            "commitment", context.obligor("sender"), "followup.promise.passive", 0.55, undated=True
        )
    follows = context.words[at] == "följer" and any(lex.names(word, lex.DELIVERABLES) for word in head)
    if follows and not context.question and not context.has("nedan", "här", "som", "bifogat", "nu"):
        return Finding("commitment", context.obligor("sender"), "followup.promise.passive", 0.6, undated=True)
    if context.dated and any(lex.names(word, _OURS) for word in head):
        return Finding("commitment", context.obligor("sender"), "followup.promise.passive", 0.7)
    return None


_ARRIVES = frozenset({"kommer", "följer"})
_SENT_LEADS = frozenset({"vilken", "vilket", "vilka"})
_SHORT = 5
_NEWS = lex.words(
    "information återkoppling besked svar kallelse inbjudan länk agenda protokoll underlag offert faktura"
)


def _is_report(context: Context) -> bool:
    return any(word.endswith(_REPORTS) for word in context.words[:4])


def _report(context: Context) -> Finding:
    agent = passive_agent(context)
    if agent is None:
        by_sender = context.who.sender_kind != "ministry" and context.beside(("till", "hos"), _US) is None
        agent = "sender" if by_sender else "recipient"
    return Finding("deadline", context.obligor(agent), "followup.deadline.report", 0.85)


def passive_agent(context: Context) -> Role | None:
    """The one after "av", if that is an actor other than an officer of the sender's own house."""
    words = context.words
    at = next((i for i, word in enumerate(words) if word in {"av", "enligt"}), None)
    if at is None:
        return None
    if {"generaldirektören", "generaldirektör", "ledningsgruppen"} & set(words[at + 1 : at + 3]):
        return "sender"
    if words[at + 1 : at + 2] in {("oss",), ("mig",), ("undertecknad",)}:
        return "sender"
    if words[at + 1 : at + 2] and words[at + 1] in lex.OUR:
        return "sender"
    if words[at + 1 : at + 2] in {("er",), ("dig",)}:
        return "recipient"
    return noun_role(context.clause.tokens[at + 1 : at + 4], context.who, opening=False)


def _thing(context: Context, forms: list[VerbForm], *, entry: bool) -> Finding | None:
    agent = passive_agent(context)
    if agent is not None:
        handed = any(form.frame in {"contact", "deliver"} for form in forms) or _bounded(context)
        ours = _by_ours(context) and context.dated and not context.clause.has(_PLANNED)
        if agent != "recipient" and not (handed or ours):
            return None
        return Finding("commitment", context.obligor(agent), "followup.promise.passive-agent", 0.75)
    subject = _subject_words(context.clause)
    if context.clause.coordinated and context.index:
        # "Ritningarna uppdateras och skickas ut": the subject is that of the clause before.
        subject |= _subject_words(context.clauses[context.index - 1])
    handed = any(form.frame in {"contact", "deliver"} for form in forms)
    if entry or (handed and _owed_to_us(context, subject)):
        return Finding("deadline", context.obligor("recipient"), "followup.deadline.passive", 0.85, by=True)
    things = subject | (
        frozenset(context.clauses[context.index - 1].words)
        if context.clause.kind == "relative"
        else frozenset()
    )
    done = handed and any(lex.names(word, lex.DELIVERABLES) for word in things)
    if done:
        return Finding(
            "commitment",
            context.obligor("sender"),
            "followup.promise.passive",
            0.75,
            undated=context.vague or time_clause_follows(context) or _will_reach(context),
        )
    return None


def _will_reach(context: Context) -> bool:
    """As in "Beslutet kommer att skickas till kommunen"."""
    return context.beside(("kommer",), ("att",)) is not None and context.has("till")


def _by_ours(context: Context) -> bool:
    """As in "tas om hand av vår egen personal"."""
    at = context.beside(("av",), lex.OUR | _US)
    return at is not None


_PLANNED = lex.words("planeras beräknas väntas bedöms")


def _bounded(context: Context) -> bool:
    return any(mention.mod in {"BEFORE", "ON_OR_BEFORE"} for mention in context.dates)


def _subject_words(clause: Clause) -> frozenset[str]:
    """The words around the first passive: before it, and right behind it where something else leads."""
    passive_at = next(
        (i for i, t in enumerate(clause.tokens) if any(f.tense == "passive" for f in t.forms)), None
    )
    if passive_at is None:
        return frozenset(clause.words[:4])
    return frozenset((*clause.words[:passive_at], *clause.words[passive_at + 1 : passive_at + 4]))


def _owed_to_us(context: Context, subject: frozenset[str]) -> bool:
    """The recipients send it: it is theirs by nature or goes "till oss", "till registrator"."""
    words = context.clause.bag
    if words & {"er", "dig"} and "till" in words:
        return False
    if ("emot" in words and words & {"tas", "tar"}) or "mottas" in words:
        return True
    if _goes_elsewhere(context):
        return False
    if "till" in words and (words & {"oss", "mig", "undertecknad", "registrator"} or _comes_home(context)):
        return True
    if any("@" in word for word in context.words):
        return True
    return any(lex.names(word, _THEIRS_ALONE) for word in subject) and (
        bool(words & {"senast", "ska", "skall", "före"})
    )


def _comes_home(context: Context) -> bool:
    """As in "Ett exemplar återsänds till kommunen" from the municipality."""
    back = any(word.startswith(("åter", "retur")) for word in context.words)
    after = [context.words[i + 1] for i, word in enumerate(context.words[:-1]) if word == "till"]
    return back and any(context.who.of_kind(lex.ACTORS.get(word, "")) == "sender" for word in after)


def _goes_elsewhere(context: Context) -> bool:
    """As in "skickas till kommunen" from somebody who is not the municipality."""
    after = [context.words[i + 1] for i, word in enumerate(context.words[:-1]) if word == "till"]
    return any(word in lex.ACTORS and context.who.of_kind(lex.ACTORS[word]) != "sender" for word in after)
