"""Questions that ask for a deed or for facts: "Kan ni …", "Går det att …", "Vem hos er …", "När öppnar …"."""

from nlp.followups import lexicon as lex
from nlp.followups.clauses import Clause, is_piece
from nlp.followups.context import Context, Finding
from nlp.followups.meetings import is_past
from nlp.followups.requests import POLITE, request

_MODALS = lex.words("kan kunde skulle vill har får hinner ville hade kommer")
_ASKED_FOR = ("kan", "ska", "vill", "behöver", "planerar", "avser", "räknar")
WH = lex.words("när hur vem vilka vilken vilket vad var vart")
_FACT_WH = lex.words("när var vem vilka vilken vilket")
_HOW_MUCH = {
    ("hur", word)
    for word in "stor stort stora mycket många lång långt långa länge ofta hög högt brett".split()
}
_FACT_VERBS = lex.words("""
    finns är räcker ingår gäller behövs krävs går fungerar stämmer kostar kommer ska har blir klarar omfattar tillkommer
    öppnar stänger börjar startar slutar hör saknas
""")
# Small talk is asked as well.
_PHATIC = lex.words("""
    läget mår semestern semester helgen sommaren julen påsken väder vädret allt livet hälsar skön trevlig roligt kul
    lite inte härligt konstigt ihåg idag
""")
# What one is asked to choose or to say of oneself: "Behöver ni jourdörr?".
_YOUR_VERBS = lex.words("behöver önskar föredrar tänker planerar avser räknar accepterar godtar")
_DECIDED = lex.words("bestämt beslutat valt fått tagit skickat svarat lämnat tittat")
_HOW_VERBS = lex.words("har är ska fungerar blir hanteras fördelas ser beräknas finansieras")
_READERS = lex.YOU | lex.SECOND
_READERS_OR_IT = _READERS | {"det"}
_SOCIAL = lex.FIRST | _PHATIC
_LEAST_WORDS = 3
_LONGEST_HEAD = 4
_STATES = lex.words("möjlighet möjligt tid hunnit kommit")


def question(context: Context) -> Finding | None:
    """As in "Kan ni …", "Skulle du kunna …", "Har ni möjlighet att …", "Hinner du …"."""
    at = context.beside(_MODALS, lex.SECOND)
    if context.question and (context.words[:2] in _ANYBODY or (at is None and _is_possible(context))):
        return request(context, "question", 0.75, undated=True)
    if at is None or (context.conditional and not context.question) or context.has("tänka", "ihåg"):
        return None
    # "Det kan ni läsa om här", "Frågor kan ni ställa till": a statement with something in front.
    if _points_and_asks(context, at):
        return request(context, "question", 0.7, undated=True)
    fronted = [
        w for w in context.words[:at] if w and w not in POLITE | {"när", "hur", "också", "undrar", "hej"}
    ]
    if fronted and not context.question:
        return None
    modal = context.words[at]
    if modal in {"får", "hinner", "kommer"} and not context.question:
        return None
    asked = [f for i, f in context.verbs() if i > at and f.tense in {"infinitive", "passive"}]
    if modal in {"har", "hade"}:
        return _has_you(context)
    if modal in {"kan", "kunde"} and context.dated and context.question and not _does(context, at):
        return Finding("meeting", context.obligor_of_both, "followup.meeting.question", 0.7)
    if asked or context.dated:
        known = bool(asked)
        return request(context, "question", 0.9 if known else 0.7, undated=known)
    following = context.clauses[context.index + 1 : context.index + 2]
    offered = modal in {"vill", "ville"} and any(clause.kind == "that" for clause in following)
    full = offered or len(context.words) >= _LEAST_WORDS
    return request(context, "question", 0.55, undated=True) if context.question and full else None


_ANYBODY = {("kan", "någon"), ("kunde", "någon"), ("skulle", "någon")}
MAY = lex.words("får kan kunde ska skall måste behöver bör skulle")
_LEAVE = frozenset({"får", "kan", "kunde"})


def may_we(context: Context) -> Finding | None:
    """As in "Ska vi ta med egna datorer?": whoever asks so waits for an answer, and promises nothing."""
    if context.dated or not asks_leave(context):
        return None
    return request(context, "question", 0.6, undated=True)


def asks_leave(context: Context) -> bool:
    """Whether it is asked what the writer's side may do, or without a day what it shall do."""
    may, who = (*context.words[:2], "", "")[:2]
    asked = context.question and may in MAY and who in {"jag", "vi"}
    return asked and (may in _LEAVE or not context.dated)


def _does(context: Context, at: int) -> bool:
    """Whether any infinitive follows: "Kan du den 19 oktober?" has none."""
    return any(token.infinitive and not token.dated for token in context.clause.tokens[at + 2 :])


def _points_and_asks(context: Context, at: int) -> bool:
    """As in "Den kan ni skicka direkt till vår ingenjör": the thing asked for before, and how it is to come."""
    pointing = (
        at == 1
        and context.words[0] in {"den", "det", "dem", "de", "dessa"}
        and context.words[at] in {"kan", "får"}
    )
    return pointing and any(
        i > at and f.frame == "deliver" and f.tense == "infinitive" for i, f in context.verbs()
    )


def _is_possible(context: Context) -> bool:
    """As in "Är det möjligt att få …?", "Går det att skicka …?"."""
    words = context.words
    opened = words[:2] in {
        ("är", "det"),
        ("vore", "det"),
        ("går", "det"),
        ("skulle", "det"),
        ("kan", "det"),
        ("är", "möjligheten"),
        ("finns", "det"),
        ("finns", "möjlighet"),
    }
    able = context.has("möjligt", "möjlighet") or context.beside(("går", "gå"), ("det", "att")) is not None
    asked = any(token.infinitive for token in context.clause.tokens) or context.has("få")
    return opened and able and asked and "att" in words


def _has_you(context: Context) -> Finding | None:
    """As in "Har ni möjlighet att …", "Har du hunnit titta på …"; "Har ni frågor" is a condition."""
    decided = context.question and context.who.organised and context.clause.has(_DECIDED)
    if (
        not decided
        and not context.has(*_STATES)
        and not (
            context.question
            and context.has(
                "uppfattning",
                "idé",
                "tankar",
                "förslag",
                "koll",
                "aning",
                "bild",
                "nyheter",
                "uppdatering",
                "besked",
                "svar",
                "synpunkter",
                "förslag",
            )
        )
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
    if not context.question or context.conditional or context.words[0] not in WH:
        return None
    if context.words[:5] == ("hur", "ser", "det", "ut", "med"):
        return request(context, "question", 0.7, undated=True)
    if context.index:
        return None
    if context.words[:4] == ("hur", "har", "det", "gått"):
        return request(context, "question", 0.6, undated=True)
    yours = context.clause.has(_READERS) and context.has(*_ASKED_FOR, "tänkt")
    progress = context.words[:4] == ("hur", "går", "det", "med") and _matter(context)
    return request(context, "question", 0.6, undated=True) if yours or progress else None


def _matter(context: Context) -> bool:
    """A thing to be done that one asks after; "Hur går det med barnen?" is good company."""
    noun = context.words[4:5]
    definite = bool(noun) and len(noun[0]) > 5 and noun[0].endswith(("en", "et", "na", "an"))
    social = context.clause.has(_SOCIAL) or (noun and noun[0] in _PRIVATE)
    return context.clause.names(lex.DELIVERABLES) or (definite and context.who.organised and not social)


_PRIVATE = lex.words(
    "barnen familjen studierna träningen foten ryggen knät hälsan huset trädgården livet mannen frun dottern sonen valpen hunden jobbet"
)


def _asks_how(context: Context) -> bool:
    """As in "Hur har kostnaderna fördelats?", not "Hur har ni det?"."""
    opened = context.words[:1] == ("hur",) and context.words[1:2] and context.words[1] in _HOW_VERBS
    return bool(opened) and not context.clause.has(_READERS_OR_IT)


def _heads(clause: Clause) -> bool:
    """As in "Skyltarna:", "En fråga bara:": what a question is about, before it."""
    called = clause.has(("fråga", "frågor")) and len(clause.words) <= _LONGEST_HEAD
    return called or is_piece(clause)


def facts(context: Context) -> Finding | None:
    """As in "När öppnar kontoret?", "Räcker det?": facts that an organisation asks for."""
    clause = context.clause
    agreeing = context.words[:2] in {("är", "det"), ("går", "det"), ("vore", "det")}
    if not context.question or (context.conditional and not agreeing) or clause.has(_SOCIAL):
        return None
    if not context.who.organised:
        # What the public asks is answered over the counter.
        return None
    opening = context.words[:2]
    asked = opening[0] in _FACT_WH or opening in _HOW_MUCH
    asked = asked or _asks_how(context)
    verb = opening[0] in _FACT_VERBS and len(opening) > 1
    tag = verb and opening[1] == "det" and context.index == len(context.clauses) - 1
    if opening[0] in _YOUR_VERBS and opening[1:] and opening[1] in lex.SECOND:
        asked = True
    elif opening in {("har", "du"), ("har", "ni")}:
        return None  # "Har du åkt skidor?" asks for no fact of the matter
    headed = all(_heads(before) for before in context.clauses[: context.index])
    if not (asked or verb if headed else tag) or is_past(clause):
        return None
    return request(context, "facts", 0.6, undated=True)
