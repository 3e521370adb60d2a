"""One sentence: its clauses, the rules asked in order, and the days that each answer speaks of."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role, Voices, apposed, named_actor, noun_role, subject
from nlp.followups.again import Again, look
from nlp.followups.clauses import Clause, is_piece, split
from nlp.followups.context import Context, Finding, Hit, Scene, due
from nlp.followups.due import dates_of, is_ahead
from nlp.followups.rules import rules_for
from nlp.followups.standing import NOWHERE
from nlp.followups.tokens import tokens
from nlp.followups.wholes import Whole, asks, read_whole, reconsidered
from nlp.followups.windows import alternatives
from nlp.model import DateMention

# What may be said without any verb and without a day.
_WITHOUT_VERB = lex.words(
    "önskas emotses efterfrågas motses efterlyses bra toppen fint jättebra snällt uppskattat osa o.s.a o.s.a. tacksam tacksamma tack kallelse förslag tidsförslag alternativ glöm säg"
)
_QUESTION_WORDS = lex.words("när var vem vilka vilken vilket hur vad")
_ASIDE = frozenset({"question", "relative", "time", "condition", "reason"})
_LONGEST_KEPT = 400
_FIGURE = re.compile(r"[0-9]")
_SENTENCES_KEPT = 8_192
_AGAIN = Again(_SENTENCES_KEPT)
_ORIGIN = lex.words("från daterat daterad daterade av per enligt gällande avseende rörande för angående")


def read_sentence(scene: Scene, start: int, end: int, place: frozenset[str] = NOWHERE) -> Sequence[Hit]:
    """Every follow-up of body[start:end], in text order; one per obligor and window. `place`: where it stands."""
    inside = scene.dates_in(start, end) if scene.dates else ()
    if end - start > _LONGEST_KEPT:
        return _read_sentence(scene, start, end, inside, place)
    return _dated(scene, start, end, inside, place) if inside else _undated(scene, start, end, place)


def _dated(
    scene: Scene, start: int, end: int, inside: Sequence[DateMention], place: frozenset[str]
) -> Sequence[Hit]:
    """A sentence says of some days what it says of others, as far as these look alike to the rules."""
    text, who, vague = _heard(scene, start, end)
    same = text if _FIGURE.search("".join(who.sender_words)) else _FIGURE.sub("0", text)
    key = (same, who, vague, scene.meets, place, tuple([look(one, start, scene.reference) for one in inside]))
    read = partial(_answers, scene, start, end, inside, place)
    return _settle(_AGAIN.hits(key, inside, scene, read))


def _heard(scene: Scene, start: int, end: int) -> tuple[str, Voices, tuple[tuple[int, int], ...]]:
    """A sentence by itself: its text, the voices that it can point at, and where vague words stand in it."""
    text = scene.body[start:end]
    vague = tuple((a - start, b - start) for a, b in scene.vague_between(start, end)) if scene.vague else ()
    return text, scene.who.heard_in(text.lower()), vague


def _undated(scene: Scene, start: int, end: int, place: frozenset[str]) -> Sequence[Hit]:
    """A sentence without a date says the same in every letter, and whatever its figures: a rent, an area, a street."""
    text, who, vague = _heard(scene, start, end)
    same = _FIGURE.sub("0", text)
    hits = _kept(same, who, vague, place, scene.meets)
    if same != text and (_FIGURE.search("".join(who.sender_words)) or any(hit.who for hit in hits)):
        return _kept(text, who, vague, place, scene.meets)  # a figure may be a name's
    return hits


@lru_cache(_SENTENCES_KEPT)
def _kept(
    text: str, who: Voices, vague: tuple[tuple[int, int], ...], place: frozenset[str], meets: bool
) -> Sequence[Hit]:
    """An undated sentence: quotes, greetings, thanks and set questions come again and say the same."""
    scene = Scene(body=text, reference=date.min, who=who, dates=(), vague=vague, meets=meets)
    return tuple(_read_sentence(scene, 0, len(text), (), place))


def _read_sentence(
    scene: Scene, start: int, end: int, inside: Sequence[DateMention], place: frozenset[str]
) -> list[Hit]:
    return _settle(_answers(scene, start, end, inside, place))


def _answers(
    scene: Scene, start: int, end: int, inside: Sequence[DateMention], place: frozenset[str]
) -> list[Hit]:
    """What the rules say to each clause, else what is said of the whole."""
    words = tokens(scene.body, start, end, inside)
    if not words:
        return []
    clauses = split(words)
    question = asks(scene.body[start:end])
    hits = []
    roles: list[Role | None] = []
    before: Role | None = None
    for index, clause in enumerate(clauses):
        role = _role(clauses, index, scene.who, before)
        roles.append(role)
        context = _context(scene, clauses, index, role, inside, question=question)
        context.role_before = before
        hit = _read(context, scene)
        if hit is not None:
            hits.append(hit)
        before = _going_on(clause, role, before)
    if not scene.who.known:
        return hits
    whole = Whole(scene, (start, end), words, clauses, roles, inside, place)
    return reconsidered(whole, _settle(hits)) if hits else read_whole(whole)


def features_of(scene: Scene, start: int, end: int, place: frozenset[str]) -> set[str]:
    """What the second opinion sees of the sentence body[start:end], which stands at `place`."""
    inside = scene.dates_in(start, end)
    words = tokens(scene.body, start, end, inside)
    clauses = split(words)
    roles: list[Role | None] = []
    before: Role | None = None
    for index, clause in enumerate(clauses):
        roles.append(_role(clauses, index, scene.who, before))
        before = _going_on(clause, roles[-1], before)
    return Whole(scene, (start, end), words, clauses, roles, inside, place).features()


def _going_on(clause: Clause, role: Role | None, before: Role | None) -> Role | None:
    """The subject that a clause leaves to the one after it: an aside leaves the one before it."""
    passing = is_piece(clause) or clause.kind in _ASIDE
    return role if role is not None or not passing else before


def _context(
    scene: Scene,
    clauses: Sequence[Clause],
    index: int,
    role: Role | None,
    dates: Sequence[DateMention],
    *,
    question: bool,
) -> Context:
    clause = clauses[index]
    return Context(
        clause=clause,
        clauses=clauses,
        index=index,
        who=scene.who,
        role=role,
        question=question,
        dates=dates_of(scene, clauses, index, dates),
        vague=scene.vague_in(clause.start, clause.end),
        letter_meets=scene.meets,
    )


def _role(clauses: Sequence[Clause], index: int, who: Voices, before: Role | None) -> Role | None:
    clause = clauses[index]
    if clause.kind == "relative" and index:
        own = subject(clause, who, None)
        return own or _antecedent(clauses[index - 1], who)
    return subject(clause, who, before) or apposed(clauses, index, who)


def _antecedent(clause: Clause, who: Voices) -> Role | None:
    return noun_role(clause.tokens[-3:], who, opening=False)


def _read(context: Context, scene: Scene) -> Hit | None:
    asked = context.question and context.words[0] in _QUESTION_WORDS
    silent = not context.dated and not asked and is_piece(context.clause)
    if silent and not context.clause.has(_WITHOUT_VERB):
        return None
    for rule in rules_for(context):
        finding = rule.answer(context)
        if finding is None:
            continue
        dates = _dates(context, finding, scene)
        window = due(finding, dates, scene.body, scene.reference)
        if window.dated or finding.undated:
            return Hit(finding, window, _who(context, finding, scene), dates)
        return None
    return None


def _who(context: Context, finding: Finding, scene: Scene) -> str | None:
    if finding.obligor != "third_party" or finding.kind == "meeting":
        return None
    return named_actor(context.clause, scene.body)


def _dates(context: Context, finding: Finding, scene: Scene) -> tuple[DateMention, ...]:
    """The dates that a finding is due on."""
    dates = context.dates
    if finding.timeless:
        return ()
    if finding.whole and not dates:
        first, last = context.clauses[0 if finding.kind == "meeting" else context.index], context.clauses[-1]
        dates = [m for m in scene.dates_in(first.start, last.end) if is_ahead(m, scene.reference)]
    if not dates and context.index and context.has("då") and finding.kind == "commitment":
        before = context.clauses[context.index - 1]
        dates = [m for m in scene.dates_in(before.start, before.end) if m.mod in {"AFTER", "ON_OR_AFTER"}]
    if not dates and finding.kind == "commitment":
        dates = _handed_later(context, scene) or _at_that_time(context, scene)
    if not dates and finding.kind in {"request", "commitment"}:
        dates = _bound_below(context, scene, promised=finding.kind == "commitment")
    return tuple(_chosen(context, finding, dates, scene)) if dates else ()


def _bound_below(context: Context, scene: Scene, *, promised: bool) -> list[DateMention]:
    """The last day that stands behind a clause of its own: "Meddela vilken färg ni vill ha senast 1 april"."""
    below: list[Clause] = []
    if promised and not context.has("ser", "tillser", "lovar", "garanterar"):
        return []
    for clause in context.clauses[context.index + 1 :]:
        if promised and clause.kind != "that":
            break  # "Vi ser till att hissen fungerar senast i maj"
        if clause.kind not in {"question", "relative", "that"} and not is_piece(clause):
            break
        below.append(clause)
    here = scene.dates_in(context.clause.end, context.clauses[-1].end)
    bound = [m for m in here if m.mod in {"BEFORE", "ON_OR_BEFORE"} and is_ahead(m, scene.reference)]
    return [m for m in bound if any(clause.holds(m) for clause in below)]


def _handed_later(context: Context, scene: Scene) -> list[DateMention]:
    """As in "Jag skriver ihop det, ni har det på fredag": the day stands where the reader gets it."""
    following = context.clauses[context.index + 1 : context.index + 2]
    if context.role != "sender" or not following or following[0].kind != "main":
        return []
    gets = following[0].has(_GETS) and following[0].has(lex.SECOND) and following[0].has(_IT)
    gets = gets or (following[0].has({"så"}) and following[0].has(_THERE) and following[0].has(lex.YOU))
    here = scene.dates_in(following[0].start, following[0].end) if gets else []
    return [m for m in here if is_ahead(m, scene.reference)]


def _at_that_time(context: Context, scene: Scene) -> list[DateMention]:
    """The day of the clause that says when: "När styrelsen har träffats den 13 december ringer jag"."""
    at = context.index
    beside = [*context.clauses[max(0, at - 1) : at], *context.clauses[at + 1 : at + 2]]
    dates = [m for c in beside if c.kind == "time" for m in scene.dates_in(c.start, c.end)]
    return dates if len(dates) == 1 and is_ahead(dates[0], scene.reference) else []


_GETS = lex.words("har får")
_IT = lex.words("den det dem dom")
_THERE = lex.words("finns ligger")  # "så ligger filen i er mapp i morgon"


def _chosen(
    context: Context, finding: Finding, dates: Sequence[DateMention], scene: Scene
) -> Sequence[DateMention]:
    """The date that the follow-up is due on, with the alternatives beside it."""
    if finding.rule == "followup.meeting.moved":
        return [dates[-1]]
    if finding.rule == "followup.meeting.proposal":
        return dates
    if finding.kind != "meeting":
        if len(dates) == 1 and finding.kind == "request" and _tells_which(dates[0], context):
            return ()
        bound = [m for m in dates if m.mod in {"BEFORE", "ON_OR_BEFORE"}]
        near = bound or [m for m in dates if not _of_another(m, context)] or list(dates)
        return alternatives(dates, near[0], scene.body)
    return alternatives(dates, dates[0], scene.body)


def _tells_which(mention: DateMention, context: Context) -> bool:
    """A time that is the thing's and not the deed's, as in "Är det bra att vi tar det på mötet den 4 maj?"."""
    if mention.mod in {"BEFORE", "ON_OR_BEFORE"}:
        return False
    return _is_period(mention, context) or (context.question and _of_another(mention, context))


def _is_period(mention: DateMention, context: Context) -> bool:
    """A time that tells which thing is asked for: "fakturorna från februari", "siffrorna för v. 10", "sedan maj"."""
    if mention.grain == "day":
        return False
    before = [t.lower for t in context.clause.tokens if t.end <= mention.start][-2:]
    return bool(before) and (before[-1] in _OF_A_TIME or (before[-1] == "i" and before[0] in _TELLING))


_OF_A_TIME = lex.words("från för avseende gällande rörande angående sedan")
_TELLING = lex.words(
    "siffrorna statistiken utfallet fakturan fakturorna rapporten besöken kurs kursen grundkurs"
)


def _of_another(mention: DateMention, context: Context) -> bool:
    """A date that tells of a thing rather than of the deed: "rapporten för T2", "mötet den 4 maj"."""
    before = [t.lower for t in context.clause.tokens if t.end <= mention.start][-3:]
    if not before:
        return False
    if before[-1] in _ORIGIN:
        return True
    noun = before[-1]
    return noun in lex.MEETING or noun.endswith(lex.MEETING_ENDINGS)


def _settle(hits: list[Hit]) -> list[Hit]:
    """One hit per obligor and window; an undated one gives way to a dated one of the same obligor."""
    kept: list[Hit] = []
    for hit in hits:
        same = [k for k in kept if k.finding.obligor == hit.finding.obligor]
        if any(_covers(k, hit) for k in same):
            continue
        kept = [k for k in kept if k not in same or not _covers(hit, k)]
        kept.append(hit)
    days = [(k.window.start, k.window.end) for k in kept if k.finding.kind == "meeting"]
    if days:
        kept = [k for k in kept if not (_of_meeting(k) and (k.window.start, k.window.end) in days)]
        kept = [k for k in kept if k.finding.rule != "followup.request.facts"]
    if any(k.finding.rule == "followup.request.osa" for k in kept):
        kept = [k for k in kept if k.finding.rule != "followup.meeting.line"]
    return kept


def _of_meeting(hit: Hit) -> bool:
    """As in "Boka in den 30 maj, då har vi möte", "Välkomna den 13 maj, jag möter er": the meeting again."""
    return hit.finding.rule in {
        "followup.request.imperative",
        "followup.deed.sender",
        "followup.promise.passive",
    }


def _covers(one: Hit, other: Hit) -> bool:
    if not other.window.dated:
        return True
    a, b = one.window, other.window
    return (a.start, a.end) == (b.start, b.end)
