"""One sentence: its clauses, the rules asked in order, and the days that each answer speaks of."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.followups import deadlines, gatherings, needs, passives, promises, requests
from nlp.followups import lexicon as lex
from nlp.followups.actors import Role, Voices, noun_role, subject
from nlp.followups.clauses import Clause, is_piece, split, tokens, verb_forms
from nlp.followups.conditions import is_conditional
from nlp.followups.context import Context, Finding
from nlp.followups.meetings import cancelled, is_past, moved
from nlp.followups.windows import NO_WINDOW, Window, advanced, alternatives, joined
from nlp.model import DateMention

Rule = Callable[[Context], Finding | None]

# The first rule that answers has the clause.
RULES: tuple[Rule, ...] = (
    requests.osa,
    deadlines.named,
    deadlines.silence,
    gatherings.meeting,
    requests.reminder,
    needs.thanks,
    requests.wonder,
    needs.asks_to_get,
    needs.need,
    requests.asked_of_you,
    requests.question,
    requests.which,
    promises.you_will_get,
    requests.duty,
    requests.imperative,
    promises.own,
    promises.asked_other,
    promises.other,
    promises.subjectless,
    passives.passive,
    promises.vouched,
    deadlines.nominal,
)

# What may be said without any verb and without a day.
_WITHOUT_VERB = lex.words("osa o.s.a o.s.a. tacksam tacksamma tack kallelse förslag tidsförslag alternativ")
_ORIGIN = lex.words("från daterat daterad daterade av per enligt gällande avseende rörande för angående")


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding with its window."""

    finding: Finding
    window: Window


@dataclass(frozen=True, slots=True)
class Scene:
    """What is the same for every sentence of a letter."""

    body: str
    reference: date
    who: Voices
    dates: Sequence[DateMention]
    vague: Sequence[tuple[int, int]]
    meets: bool

    def dates_in(self, start: int, end: int) -> Sequence[DateMention]:
        """The dates that begin in body[start:end], in logarithmic time."""
        low = bisect_left(self.dates, start, key=_starts)
        return self.dates[low : bisect_left(self.dates, end, lo=low, key=_starts)]

    def vague_in(self, start: int, end: int) -> bool:
        """Whether "inom kort", "snarast" and the like begins in body[start:end]."""
        low = bisect_left(self.vague, (start, 0))
        return low < len(self.vague) and self.vague[low][0] < end


def _starts(mention: DateMention) -> int:
    return mention.start


def read_sentence(scene: Scene, start: int, end: int) -> list[Hit]:
    """Every follow-up of body[start:end], in text order; one per obligor and window."""
    inside = scene.dates_in(start, end)
    words = tokens(scene.body, start, end, inside)
    if not words:
        return []
    clauses = split(words)
    question = scene.body[start:end].rstrip(" \"'”)").endswith("?")
    hits = []
    role: Role | None = None
    for index in range(len(clauses)):
        before, role = role, _role(clauses, index, scene.who, role)
        context = _context(scene, clauses, index, role, inside, question=question)
        context.role_before = before
        hit = _read(context, scene)
        if hit is not None:
            hits.append(hit)
    return _settle(hits)


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
        conditional=is_conditional(clauses, index, question=question),
        dates=_dates_of(scene, clauses, index, dates),
        vague=scene.vague_in(clause.start, clause.end),
        letter_meets=scene.meets,
    )


def _role(clauses: Sequence[Clause], index: int, who: Voices, before: Role | None) -> Role | None:
    clause = clauses[index]
    if clause.kind == "relative" and index:
        own = subject(clause, who, None)
        return own or _antecedent(clauses[index - 1], who)
    return subject(clause, who, before)


def _antecedent(clause: Clause, who: Voices) -> Role | None:
    return noun_role(clause.tokens[-3:], who, opening=False)


def _read(context: Context, scene: Scene) -> Hit | None:
    if not context.dated and is_piece(context.clause) and not context.clause.has(_WITHOUT_VERB):
        return None
    for rule in RULES:
        finding = rule(context)
        if finding is None:
            continue
        window = _window(context, finding, scene)
        if window.dated or finding.undated:
            return Hit(finding, window)
        return None
    return None


def _window(context: Context, finding: Finding, scene: Scene) -> Window:
    dates = context.dates
    if finding.timeless:
        return NO_WINDOW
    if finding.whole and not dates:
        last = context.clauses[-1]
        dates = [m for m in scene.dates_in(context.clause.start, last.end) if _ahead(m, scene.reference)]
    if not dates and finding.kind == "request":
        dates = _bound_below(context, scene)
    if not dates:
        return NO_WINDOW
    chosen = _chosen(context, finding, dates, scene)
    window = joined(chosen, scene.body, scene.reference)
    if finding.by:
        return window.by()
    if finding.kind == "meeting":
        return window
    return Window(window.start, window.end, None, None, window.approximate, window.part)


def _bound_below(context: Context, scene: Scene) -> list[DateMention]:
    """The last day that stands behind a clause of its own: "Meddela vilken färg ni vill ha senast 1 april"."""
    below = []
    for clause in context.clauses[context.index + 1 :]:
        if clause.kind not in {"question", "relative", "that"}:
            break
        below.append(clause)
    here = scene.dates_in(context.clause.end, context.clauses[-1].end)
    bound = [m for m in here if m.mod in {"BEFORE", "ON_OR_BEFORE"} and _ahead(m, scene.reference)]
    return [m for m in bound if any(clause.holds(m) for clause in below)]


def _chosen(
    context: Context, finding: Finding, dates: Sequence[DateMention], scene: Scene
) -> Sequence[DateMention]:
    """The date that the follow-up is due on, with the alternatives beside it."""
    if finding.rule == "followup.meeting.moved":
        return [dates[-1]]
    if finding.rule == "followup.meeting.proposal":
        return dates
    if finding.kind != "meeting":
        bound = [m for m in dates if m.mod in {"BEFORE", "ON_OR_BEFORE"}]
        near = bound or [m for m in dates if not _of_another(m, context)] or list(dates)
        return alternatives(dates, near[0], scene.body)
    return alternatives(dates, dates[0], scene.body)


def _of_another(mention: DateMention, context: Context) -> bool:
    """A date that tells of a thing rather than of the deed: "rapporten för T2", "mötet den 4 maj"."""
    before = [t.lower for t in context.clause.tokens if t.end <= mention.start][-3:]
    if not before:
        return False
    if before[-1] in _ORIGIN:
        return True
    noun = before[-1]
    return noun in lex.MEETING or noun.endswith(lex.MEETING_ENDINGS)


def _dates_of(
    scene: Scene, clauses: Sequence[Clause], index: int, dates: Sequence[DateMention]
) -> list[DateMention]:
    """The clause's own dates; else those of pieces without a verb beside it."""
    clause = clauses[index]
    if _is_present(clause):
        # A date in a clause that promises lies ahead, whatever the words before it tell of.
        dates = [advanced(m, scene.reference) if clause.holds(m) else m for m in dates]
    ahead = [m for m in dates if _ahead(m, scene.reference) and not _called_off(m, clauses)]
    own = [m for m in ahead if clause.holds(m)]
    own = [m for m in own if not _told_from(m, clause)]
    if is_piece(clause) and own:
        return own
    after = [m for piece in _pieces_after(clauses, index) for m in ahead if piece.holds(m)]
    if own:
        return own + [m for m in after if _tied(scene.body, own[-1], m)]
    if after:
        return after
    if index and is_piece(clauses[index - 1]):
        return [m for m in ahead if clauses[index - 1].holds(m)]
    return []


def _is_present(clause: Clause) -> bool:
    """A clause with a verb in the present tense and none in the past."""
    forms = {form.tense for t in clause.tokens for form in verb_forms(t) if form.lemma != t.lower}
    return "present" in forms and not forms & {"past", "supine"} and not is_past(clause)


def _called_off(mention: DateMention, clauses: Sequence[Clause]) -> bool:
    """The day of a meeting that is off; the same sentence may name the new one."""
    if mention.mod != "CANCELLED":
        return False
    holder = next((clause for clause in clauses if clause.holds(mention)), None)
    return holder is None or cancelled(holder) or moved(holder)


def _tied(body: str, left: DateMention, right: DateMention) -> bool:
    return len(alternatives([left, right], left, body)) > 1


def _told_from(mention: DateMention, clause: Clause) -> bool:
    """As in "ert brev från den 5 maj", "enligt beslut den 3 mars": where something comes from."""
    before = [t.lower for t in clause.tokens if t.end <= mention.start][-3:]
    return bool(
        {"daterat", "daterad", "skrivelse", "brev", "mejl", "mail", "skrivelsen", "brevet"} & set(before)
    )


def _pieces_after(clauses: Sequence[Clause], index: int) -> list[Clause]:
    pieces = []
    for clause in clauses[index + 1 :]:
        if clause.kind == "time":
            continue
        if not is_piece(clause):
            break
        pieces.append(clause)
    return pieces


def _ahead(mention: DateMention, reference: date) -> bool:
    return mention.window_end is None or mention.window_end >= reference


def _settle(hits: list[Hit]) -> list[Hit]:
    """One hit per obligor and window; an undated one gives way to a dated one of the same obligor."""
    kept: list[Hit] = []
    for hit in hits:
        same = [k for k in kept if k.finding.obligor == hit.finding.obligor]
        if any(_covers(k, hit) for k in same):
            continue
        kept = [k for k in kept if k not in same or not _covers(hit, k)]
        kept.append(hit)
    if any(k.finding.rule == "followup.request.osa" for k in kept):
        kept = [k for k in kept if k.finding.rule != "followup.meeting.line"]
    return kept


def _covers(one: Hit, other: Hit) -> bool:
    if not other.window.dated:
        return True
    a, b = one.window, other.window
    return (a.start, a.end) == (b.start, b.end)
