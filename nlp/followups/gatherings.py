"""The rules of meetings: both sides attend, and the clock times stay."""

from nlp.followups import lexicon as lex
from nlp.followups import meetings as see
from nlp.followups.context import Context, Finding

_TURNING = lex.words(
    "återkomma återkoppla skicka höra sända översända lämna ge kontakta ringa mejla maila informera"
)
_ARRANGING = frozenset({"boka", "kalla", "bjuda", "föreslå", "hälsa", "reservera", "notera"})
_LABELS = lex.words("tid när datum dag tidpunkt")
_ENTERED = lex.words("passar går funkar fungerar skulle möjligt okej bra")
_THINGS = lex.MEETING | lex.DELIVERABLES
_READERS = lex.YOU | lex.SECOND
_ATTEND = lex.words("delta medverka närvara")
_CALLS = lex.words("ringer kommer tittar ring")
WORDS = see.WORDS | {"prata", "tala", "vara"} | lex.MEETING | lex.MOVED | _ATTEND | _CALLS
ENDINGS = (*lex.MEETING_ENDINGS, *see.INVITING, *lex.MEETING_TAILS)
"""One of these words, or a word that ends so, stands in whatever `meeting` answers to, but for a mere label."""


def _meeting(context: Context, rule: str, confidence: float, *, undated: bool = False) -> Finding:
    return Finding("meeting", context.obligor_of_both, f"followup.meeting.{rule}", confidence, undated)


_OF_OTHERS = {(who, verb) for who in ("de", "han", "hon") for verb in ("har", "träffas", "ses", "sitter")}


def _theirs_alone(context: Context) -> bool:
    """As in "Medarbetarna har fackligt möte den 12 maj": others meet among themselves."""
    among = context.role == "third_party" and context.words[1:2] == ("har",)
    return among and not context.clause.has(_READERS) and not context.question


def meeting(context: Context) -> Finding | None:
    """A meeting that is booked, moved, proposed or asked for; none where it is called off or past."""
    clause = context.clause
    if clause.words[:2] in _OF_OTHERS or _theirs_alone(context):
        return None
    if context.question and context.dated and _calls(context):
        return _meeting(context, "question", 0.7)
    if see.cancelled(clause) or see.is_past(clause) or _other_clause(context) or _turns_back(context):
        return None
    if context.clause.lead == "eftersom" or (context.negated and not context.question) or _commands(context):
        return None
    if see.moved(clause):
        return _moved(context)
    if context.conditional and not context.question and not _instead(context):
        return None
    return _set_up(context)


def _calls(context: Context) -> bool:
    """As in "Går det bra om jag ringer på tisdag?": both have to be there."""
    before = context.clauses[context.index - 1] if context.index else None
    asked = before is not None and context.clause.lead == "om" and before.has(_ENTERED)
    return asked and context.clause.has(lex.FIRST) and context.clause.has(_CALLS)


def _other_clause(context: Context) -> bool:
    if context.clause.kind == "condition":
        before = context.clauses[context.index - 1] if context.index else None
        return not (context.question and before is not None and before.has(_ENTERED))
    return context.clause.kind in {"time", "question"}


def _commands(context: Context) -> bool:
    """As in "Anmäl deltagare till mötet senast fredag": asks for something about a meeting."""
    first = context.clause.tokens[0]
    if first.dated or lex.names(first.lower, _THINGS):
        return False
    forms = [form for form in first.forms if form.tense == "imperative" and form.frame != "meet"]
    asked = any(form.lemma not in _ARRANGING for form in forms)
    return asked and context.words[1:2] not in {("vi",), ("ni",), ("du",)}


def _turns_back(context: Context) -> bool:
    """As in "Vi återkommer med en tid för möte": a promise about a meeting, none itself."""
    return any(form.lemma in _TURNING and form.tense not in {"past", "supine"} for _, form in context.verbs())


def _moved(context: Context) -> Finding | None:
    words = context.words
    said = [word for clause in context.clauses[: context.index + 1] for word in clause.words]
    named = any(see.names_meeting(word) or word == "tiden" for word in said)
    if not named or not context.dated:
        return None
    at = next(i for i, word in enumerate(words) if word in lex.MOVED)
    after = context.clause.tokens[at].end
    if len(context.dates) == 1 and _gives_up(context, context.dates[0].start):
        return None
    return _meeting(context, "moved", 0.9) if any(m.start > after for m in context.dates) else None


def _gives_up(context: Context, day: int) -> bool:
    """As in "Vi måste flytta mötet den 13 februari": the day of the meeting itself, and no new one."""
    before = [t.lower for t in context.clause.tokens if t.end <= day and not t.dated]
    return (
        bool(before)
        and see.names_meeting(before[-1])
        and not context.has("till", "tills", "stället", "istället")
    )


def _set_up(context: Context) -> Finding | None:
    clause = context.clause
    asked = context.beside(("kan", "kunde", "skulle", "vill", "har"), lex.SECOND) is not None
    joins = context.clause.has(_ATTEND) or context.beside(("vara",), ("med",)) is not None
    if asked and context.dated and joins:
        return Finding("meeting", context.obligor("recipient"), "followup.meeting.attend", 0.8)
    if context.question and (found := _asked(context, asked=asked)) is not None:
        return found
    if see.asks_time(clause, question=context.question) and (context.dated or _fits(context)):
        return Finding("meeting", context.obligor_of_both, "followup.meeting.question", 0.8, whole=True)
    if see.proposes_time(clause):
        # The times may stand in the lines below; without any the proposal is dropped.
        return _meeting(
            context, "proposal", 0.8, undated=context.has("förslag", "tidsförslag", "alternativ", "föreslår")
        )
    if see.is_gathering(clause) and (context.question or _near(context)):
        return _meeting(context, "together", 0.85, undated=context.question)
    if see.is_agreed(clause) and context.dated:
        return _meeting(context, "agreed", 0.85)
    if context.dated and (see.is_visit(clause) or _comes_to_look(context)):
        return _meeting(context, "visit", 0.8)
    if see.is_board(clause) and _near(context):
        return _meeting(context, "booking", 0.75)
    if see.is_inauguration(clause) and _near(context) and not context.question:
        return _meeting(context, "agreed", 0.75)
    return _named(context)


def _asked(context: Context, *, asked: bool) -> Finding | None:
    """A question that asks for a meeting without naming one."""
    if context.dated and _asks_here(context):
        return _meeting(context, "question", 0.8)
    if context.dated and asked and context.has("prata", "tala") and not context.has("med", "om"):
        return _meeting(context, "question", 0.7)
    if not context.has("passar") and _hunts_time(context):
        return _meeting(context, "question", 0.75, undated=True)
    return None


def _asks_here(context: Context) -> bool:
    """As in "Skulle ni kunna komma hit torsdagen den 24 februari?"."""
    coming = context.has("komma", "kommer") and context.has(
        "hit", "förbi", "över", "upp", "ner", "ned", "in", "till"
    )
    return coming and context.clause.has(lex.SECOND) and not context.has("med", "fram", "tillbaka")


def _comes_to_look(context: Context) -> bool:
    """As in "Vi kommer gärna och tittar på lokalen vecka 16"."""
    before = context.clauses[context.index - 1] if context.index else None
    coming = before is not None and before.has(("kommer",)) and before.has(lex.FIRST)
    return coming and context.clause.coordinated and context.clause.has(see.LOOKS)


def _fits(context: Context) -> bool:
    """As in "Jag är ledig den 3 maj, passar det er?": the day stands in the clause before."""
    return context.question and context.index > 0 and context.has("passar", "funkar", "fungerar")


def _hunts_time(context: Context) -> bool:
    """As in "Kan vi hitta en tid för ett samtal?"."""
    ours = context.beside(("kan", "ska", "skulle", "kunde", "får"), lex.FIRST) is not None
    return (
        ours
        and context.clause.has(see.HUNTS)
        and context.has("tid", "tider", "möte", "mötestid", "samtal", "avstämning")
    )


def _instead(context: Context) -> bool:
    """As in "Om ni inte kan föreslår vi den 6 maj": the other time stands, whatever comes of the first."""
    before = context.clauses[context.index - 1] if context.index else None
    unfit = before is not None and before.kind == "condition" and before.has(lex.NEGATIONS)
    return unfit and context.dated and see.proposes_time(context.clause)


def _near(context: Context) -> bool:
    """A day or a week; "vi ses i höst" is a wish."""
    return any(mention.grain in {"day", "week", "range"} for mention in context.dates)


def _named(context: Context) -> Finding | None:
    clause = context.clause
    if _line(context):
        return _meeting(context, "line", 0.8) if context.dated else None
    # "I maj bjuder vi in er": to be invited yet.
    later = context.has("bjuda", "bjuder") and not _near(context)
    if see.is_invitation(clause) and context.dated and not later:
        return _meeting(context, "invitation", 0.85)
    if see.is_booking(clause):
        asked = context.question and context.has("boka", "ses", "träffas", "möte")
        return _meeting(context, "booking", 0.85, undated=asked) if context.dated or asked else None
    if context.letter_meets and context.dated and _label(context):
        return _meeting(context, "label", 0.75)
    return None


def _line(context: Context) -> bool:
    """A line without a verb that names a meeting and a day."""
    if any(token.finite for token in context.clause.tokens) or not see.is_booking(context.clause):
        return False
    at = see.meeting_noun(context.clause)
    return at is not None and at <= 4


def _label(context: Context) -> bool:
    """As in "Tid: torsdag 14 oktober kl. 10"; the label stands in the piece before, or opens this one."""
    previous = context.clauses[context.index - 1].words if context.index else ()
    own = context.words
    labelled = (len(previous) <= 3 and bool(_LABELS & set(previous))) or (bool(own) and own[0] in _LABELS)
    hour = bool(context.dates) and context.clause.tokens[0].dated and context.dates[0].start_time is not None
    return (labelled or hour) and not any(token.finite for token in context.clause.tokens)
