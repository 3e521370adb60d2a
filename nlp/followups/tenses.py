"""Whether a clause points ahead: what its verbs say of the future, and what takes that back."""

from collections.abc import Sequence

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.context import Context, Finding
from nlp.followups.verbs import VerbForm
from nlp.model import DateMention

_POINTING_AHEAD = lex.FUTURE | lex.PLEDGED | lex.INTENTIONS
_PAST_AUXILIARY = lex.words("skulle kunde hade ville borde hann fick tänkte")
_SITTINGS = ("möte", "sammanträde")


def active(context: Context) -> list[tuple[int, VerbForm]]:
    return [
        (at, form)
        for at, form in context.verbs()
        if form.tense in {"present", "infinitive"} or _completed(context, at, form)
    ]


def _completed(context: Context, at: int, form: VerbForm) -> bool:
    """As in "Ska vi ha åtgärdat": done by then."""
    return form.tense == "supine" and "ha" in context.words[:at] and context.has("ska", "kommer", "räknar")


def future(context: Context, at: int, form: VerbForm) -> bool:
    """Present tense, or an infinitive under an auxiliary that points ahead."""
    before = set(context.words[:at])
    if form.tense == "present" and form.lemma != context.words[at]:
        return "har" not in before or bool(before & lex.PLEDGED) or "som" in before
    words = context.clause.bag
    return bool(words & _POINTING_AHEAD) or form.lemma.endswith("s")


def blocked(context: Context) -> bool:
    """Negated, conditional, doubtful, habitual, told of the past or done by this very letter."""
    words = context.clause.bag
    if context.negated or context.conditional or words & lex.HABITS or _again(context):
        return True
    if words & _PAST_AUXILIARY and not context.question:
        return True
    if words & lex.DOUBTS and not context.dated:
        return True
    return not context.dated and bool(_performed(context))


def _again(context: Context) -> bool:
    """As in "Vi klipper gräset en gång i veckan"."""
    return context.beside(("en", "två", "tre", "fyra", "flera"), ("gång", "gånger")) is not None


def _performed(context: Context) -> bool:
    """Done by this very letter; "det här" points at something."""
    said = [word for word in context.words if word in lex.PERFORMED]
    pointing = context.beside(("det", "den", "de"), ("här",)) is not None
    return len(said) > pointing


def time_clause_follows(context: Context) -> bool:
    around = context.clauses[max(0, context.index - 1) : context.index + 2]
    return (
        any(clause.kind == "time" for clause in around)
        or context.has("efter", "därefter")
        or (context.index > 0 and context.words[:1] == ("då",))
    )


def gives_account(found: list[VerbForm]) -> bool:
    return any(form.frame == "report" and form.lemma not in lex.DECIDING for form in found)


def pledged_thing(context: Context, role: Role) -> Finding | None:
    """As in "Kommunen har lovat besked under vecka 13": the thing stands for the deed."""
    if not (context.dated and context.clause.has(lex.PLEDGED) and context.clause.names(lex.DELIVERABLES)):
        return None
    return Finding("commitment", context.obligor(role), "followup.promise.vouched", 0.75)


def at_next_meeting(context: Context) -> bool:
    """As in "Vi tar ställning på nästa möte"."""
    words = context.words
    at = next((i for i, word in enumerate(words) if word in {"nästa", "kommande", "vid"}), len(words))
    return any(word in lex.MEETING or word.endswith(_SITTINGS) for word in words[at + 1 : at + 3])


def last_day(dates: Sequence[DateMention]) -> bool:
    return any(mention.mod in {"BEFORE", "ON_OR_BEFORE"} for mention in dates)
