"""What a whole sentence says where none of its clauses does: a set turn of phrase, or what the model has learned."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.clauses import Clause, is_piece
from nlp.followups.conditions import opens_with_condition
from nlp.followups.context import Finding, Hit, Scene, due
from nlp.followups.due import is_ahead
from nlp.followups.features import features
from nlp.followups.meetings import is_past, moved
from nlp.followups.opinion import Opinion, answer, likelihood, opinion
from nlp.followups.tokens import Token
from nlp.followups.turns import turn_of
from nlp.followups.verbs import tenses_of
from nlp.followups.windows import NO_WINDOW, alternatives
from nlp.model import DateMention

# Said to part as friends.
_KIND = re.compile(
    r"(?:ta (?:väl |bra |hand |så )|ha det |ha en |sköt om |lycka till|njut|kör försiktigt|krya på|(?:vi|jag) ser (?:verkligen )?fram e?mot |var rädd om|hälsa (?:så gott|till|familjen|alla))",
    re.IGNORECASE,
)
_SIDES = lex.FIRST | lex.SECOND | lex.YOU | lex.OUR | {"oss", "mig"}
_ASKED_FOR = lex.words(
    "hur vad vem vilka vilken vilket när var"
)  # "Hur många blev det?" asks, whatever its tense
_ACTING = lex.FIRST | lex.SECOND | {"han", "hon"}
_LACKING = lex.words("önskas behövs saknas krävs efterfrågas emotses mottas")


@dataclass(slots=True)
class Whole:
    """A sentence body[span] with its words, its clauses, who acts in each, its dates and where it stands."""

    scene: Scene
    span: tuple[int, int]
    words: Sequence[Token]
    clauses: Sequence[Clause]
    roles: Sequence[Role | None]
    dates: Sequence[DateMention]
    place: frozenset[str]

    @property
    def text(self) -> str:
        return self.scene.body[slice(*self.span)]

    def features(self) -> set[str]:
        """What the model sees of it."""
        question = asks(self.text)
        seen = features(self.words, self.clauses, self.roles, self.dates, question=question)
        seen.update(self.place, _settling(self, question=question), _doubts(self, question=question))
        return seen


def reconsidered(whole: Whole, hits: list[Hit]) -> list[Hit]:
    """What rules have found, but for what the model is sure is none or is of another kind."""
    if len(hits) != 1 or not (whole.dates or whole.place) or whole.text.endswith(":"):
        return hits  # what stands above a list says little by itself
    seen = whole.features()
    likely, first = likelihood(seen), hits[0].finding
    if likely < (_LEAST_OF_CLEAR if _is_last_day(hits[0]) or asks(whole.text) else _LEAST_OF_RULES):
        return []
    other = answer(seen, likely)
    owed = first.kind == "commitment" and first.obligor != "sender" and other.role == "recipient"
    reported = first.kind == "deadline" and first.obligor == "sender"
    same = first.kind == other.kind or owed or reported
    if same or other.sure < (_SURE_OF_KIND if whole.place else _SURE_ALONE) or likely < _LIKELY_OF_KIND:
        return hits
    rule = f"followup.model.{other.kind}"
    finding = Finding(other.kind, other.role or "both", rule, 0.6 * likely, undated=other.kind != "meeting")
    return _told_anew(whole, hits[0], finding) or hits


def _is_last_day(hit: Hit) -> bool:
    """Whoever names a last day mostly means it, whatever else the sentence says."""
    return hit.window.start is None and hit.window.end is not None


def _told_anew(whole: Whole, hit: Hit, finding: Finding) -> list[Hit]:
    """The finding on the days that the rule has found, which knows of clauses; else on those of the sentence."""
    if not hit.dates:
        return _hits(whole.scene, finding, whole.dates)
    return [
        replace(hit, finding=finding, window=due(finding, hit.dates, whole.scene.body, whole.scene.reference))
    ]


_LEAST_OF_RULES, _LEAST_OF_CLEAR = 0.05, 0.005
_LIKELY_OF_KIND = 0.5
_SURE_OF_KIND, _SURE_ALONE = 0.5, 0.75


def read_whole(whole: Whole) -> list[Hit]:
    """The follow-up of a sentence whose clauses no rule has answered, at most one."""
    scene, dates, text = whole.scene, whole.dates, whole.text
    if not dates and (_KIND.match(text) or _POINTS.match(text)):
        return []
    question = asks(text)
    turn = turn_of(text, question=question)
    if turn is not None:
        rule = f"followup.turn.{turn.name}"
        return _hits(
            scene, Finding(turn.kind, turn.role or "both", rule, 0.65, turn.undated, by=turn.by), dates
        )
    seen = _guess(whole)
    if seen is None:
        return []
    rule, sure = f"followup.model.{seen.kind}", 0.6 * seen.likely
    by = seen.kind == "deadline"
    return _hits(scene, Finding(seen.kind, seen.role or "both", rule, sure, undated=True, by=by), dates)


def _guess(whole: Whole) -> Opinion | None:
    """What the model says of it, if it is to be asked and is to be believed."""
    words, text, question = whole.words, whole.text, asks(whole.text)
    unnamed = not (whole.dates or question or _concerns(words))
    if unnamed and not any(map(_does, words)):
        return None
    if question and any(clause.has(_LEISURE) for clause in whole.clauses):
        return None
    settled = set(_settling(whole, question=question))
    if settled and (not whole.place or _IDLE in settled):
        return None
    seen = opinion(whole.features())
    if seen is None or (settled and seen.likely < _LEAST_SETTLED):
        return None
    if question and (_is_for_the_public(seen, whole) or _COMPANY.fullmatch(text.strip())):
        return None
    if seen.kind == "request" and not question and _we_shall(whole):
        seen = Opinion("commitment", "sender", seen.likely)
    if _is_misplaced(seen, whole):
        return None
    if not question and _is_own_business(seen, whole):
        return None
    return _put_right(seen, words, question=question)


_IDLE = "g:idle"  # done by the letter itself, or meant for some day or other: that holds in any company
_LEAST_SETTLED = 0.6  # what the sentences around it say may outweigh what settles a sentence by itself


def _is_for_the_public(seen: Opinion, whole: Whole) -> bool:
    """What somebody without a house asks by the way."""
    if whole.scene.who.organised or whole.place:
        return False
    return seen.likely < _LEAST_OF_PUBLIC or _COUNTER.search(whole.text) is not None


def _settling(whole: Whole, *, question: bool) -> Iterator[str]:
    """What settles that nothing is owed, as features: what is told, conditional or done."""
    clauses, dates, words, text = whole.clauses, whole.dates, whole.words, whole.text
    if not (dates or question) and all(_told(clause, question=question) for clause in clauses):
        yield "g:told"
    if any(clause.has(_EXPECTED) and not clause.has(_SIDES) for clause in clauses):
        yield "g:expected"  # "Elektrikern beräknas vara klar på fredag": a plan that nobody has promised
    if _is_told(clauses):
        yield "g:reported"
    if (not dates or _is_past(whole)) and _is_done_or_idle(words, text):
        yield _IDLE
    if not dates and _is_conditional(whole, question=question):
        yield "g:conditional"  # "Behöver ni nycklar får ni vända er till vaktmästaren"


def _doubts(whole: Whole, *, question: bool) -> Iterator[str]:
    """What speaks against a follow-up without settling it, as features."""
    dates = whole.dates
    if _is_past(whole):
        yield "g:past"
    if dates and _is_conditional(whole, question=question):
        yield "g:condition"
    if not (dates or question or _concerns(whole.words)):
        yield "g:unnamed"
    if question and not whole.scene.who.organised:
        yield "g:public"
    if dates and all(one.grain in _LONG for one in dates) and not _concerns(whole.words):
        yield "g:far"
    if _LEAVE.match(whole.text):
        yield "g:leave"


def _is_past(whole: Whole) -> bool:
    """Whether all its days have been."""
    return bool(whole.dates) and not any(is_ahead(one, whole.scene.reference) for one in whole.dates)


def _is_conditional(whole: Whole, *, question: bool) -> bool:
    conditional = not question and any(clause.kind == "condition" for clause in whole.clauses)
    return conditional or opens_with_condition(whole.clauses, question=question)


def _is_misplaced(seen: Opinion, whole: Whole) -> bool:
    """What the days of the sentence, or its want of them, do not go with."""
    if seen.kind == "meeting":
        # "Vi får ses någon gång" is good company; a meeting may be given up without a new day.
        given_up = len(whole.dates) == 1 and any(moved(clause) for clause in whole.clauses)
        if given_up or not (whole.dates or asks(whole.text)):
            return True
    return not whole.place and _is_misplaced_alone(seen, whole)


def _is_misplaced_alone(seen: Opinion, whole: Whole) -> bool:
    """The same of a sentence by itself, without a letter around it that says more."""
    dates, question = whole.dates, asks(whole.text)
    if seen.kind == "meeting":
        told = (
            not (whole.clauses[0].has(_BY_THIS) or any(moved(clause) for clause in whole.clauses))
            and not question
            and not _concerns(whole.words)
            and all(one.start_time is None for one in dates)
        )
        return told and seen.likely < _LEAST_TOLD
    if seen.kind == "commitment":
        # "Resterande kontor ska öppna under 2023" is a plan; "undersöka om det går" the point of a list.
        far = bool(dates) and not _concerns(whole.words) and all(m.grain in _LONG for m in dates)
        if far or (whole.words[0].infinitive and not whole.words[0].acts):
            return True
    return _is_past(whole) and not question and seen.kind != "request"  # "Senast uppdaterad: 2021-05-27"


def _is_own_business(seen: Opinion, whole: Whole) -> bool:
    """What a guess takes for more than it is: a journey, leave to do something, an own plan, a deed of nobody's."""
    words, text, dated = whole.words, whole.text, bool(whole.dates)
    said = {token.lower for token in words}
    if seen.kind == "request":
        addressed = not said.isdisjoint(_SIDES | _LACKING | lex.STRONG_DUTY) or dated or whole.place
        heads = (word for clause in whole.clauses for word in clause.words[:3])
        ordered = any("imperative" in tenses_of(word) for word in heads)
        return _LEAVE.match(text) is not None or not (addressed or ordered)
    if seen.kind != "commitment" or seen.likely >= _SURE_OF_PLAN:
        return False
    planned = not dated and not said.isdisjoint(_PLANS) and said.isdisjoint(lex.YOU)
    if not dated and len(words) > _MUCH_SAID:
        return True
    return _JOURNEY.search(text) is not None or (planned and not _hands_over(words))


def _we_shall(whole: Whole) -> bool:
    """As in "Innan dess ska vi göra en analys": of the writer's side, with nobody addressed."""
    named = any(clause.has(lex.YOU | lex.SECOND) for clause in whole.clauses)
    return not named and whole.roles[0] == "sender" and whole.clauses[0].has(_PLANS)


def _hands_over(words: Sequence[Token]) -> bool:
    """Whether something is sent or somebody told."""
    return any(form.frame in {"contact", "deliver"} for token in words for form in token.forms)


_SURE_OF_PLAN = 0.9
_MUCH_SAID = 30  # words without a day: told at length
_LEAST_TOLD = 0.65  # "Sammanträdet är den 31 mars": whose it is, is not said
_PLANS = lex.words("ska skall avser planerar")
_LEAVE = re.compile(r"(?:ni|du)\s+(?:får|kan)\s+(?:mycket\s+)?gärna\b", re.IGNORECASE)
_JOURNEY = re.compile(
    r"\b(?:med|tar)\s+(?:buss|tåg|bil|flyg|båt|cykel)(?:en|et|n)?\b|\b(?:åker|reser)\s+(?:till|hem|ner|upp|bort)\b",
    re.IGNORECASE,
)


def _put_right(seen: Opinion, words: Sequence[Token], *, question: bool) -> Opinion:
    """Whatever is asked is asked of somebody, and who comes back meets nobody."""
    if question and seen.kind == "commitment":
        return Opinion("request", "recipient", seen.likely)
    if seen.kind == "request" and not question and _you_get(words):
        return Opinion("commitment", "sender", seen.likely)
    if seen.kind == "meeting" and not question and _comes_back(words):
        return Opinion("commitment", "third_party", seen.likely)
    return seen


def _you_get(words: Sequence[Token]) -> bool:
    """As in "Ni får svar senast klockan tre": given, not asked for."""
    low = [token.lower for token in words[:3]]
    given = low[:2] in (["ni", "får"], ["du", "får"], ["får", "ni"], ["får", "du"], ["då", "får"])
    return given and not any(token.infinitive for token in words[2:])


def _comes_back(words: Sequence[Token]) -> bool:
    """As in "Boden skulle återkomma i veckan", where neither side is named."""
    named = any(token.lower in _SIDES for token in words)
    return not named and any(form.lemma in _RETURNS for token in words for form in token.forms)


def _does(token: Token) -> bool:
    return bool(token.forms or tenses_of(token.lower))


def _is_told(clauses: Sequence[Clause]) -> bool:
    """As in "Han sa att jag skulle få ett intyg inom tre dagar"."""
    return clauses[0].has(lex.REPORTED) and any(clause.kind == "that" for clause in clauses)


def _is_done_or_idle(words: Sequence[Token], text: str) -> bool:
    """Done by this very letter ("Härmed bekräftas …", "… ligger bifogad"), or meant for some day or other."""
    said = {token.lower for token in words}
    done = (not said.isdisjoint(_BY_THIS) or "redan nu" in text) and said.isdisjoint(_BACK)
    idle = not asks(text) and (_SOME_DAY.search(text) or _NOW_BACK.match(text)) is not None
    return done or idle


_LONG = frozenset({"year", "half", "season", "decade", "range"})
_LEISURE = lex.words("""
    skidor skridskor semester semestern helg helgen sommarens sommaren julen jul påsk påsken midsommar vädret barnen familjen
    tävlingen matchen resan fjällen stugan havet badat svampen hunden katten maken makan mår läget
""")
_RETURNS = lex.words("återkomma återkoppla")
_PERFECT = lex.words("har hade")
_EXPECTED = lex.words("beräknas väntas bedöms")
_LEAST_UNNAMED = 0.6  # neither a day nor one of the two sides: "Ett exemplar återsänds undertecknat"
_LEAST_OF_PUBLIC = 0.5  # what the public asks is answered over the counter
_COUNTER = re.compile(
    r"\b(?:öppet|öppnar ni|stänger ni|öppettid\w*|kan man|kostar det|vilken dag är|var ligger|hur går det)\b",
    re.IGNORECASE,
)
# "Se bilagorna", "Jämför bilaga 3", "Se fram emot mötet": where something stands. "Se över avtalet", "Se om ni kan" are deeds.
_POINTS = re.compile(
    r"(?:se|jfr\.?)\s+(?!(?:(?:även|också|gärna)\s+)?(?:till|över|efter|upp|om|så|igenom|när|hur|vad|vilk\w+)\b)|jämför\s+(?:bilag|punkt|avsnitt|sid|tabell|\d)",
    re.IGNORECASE,
)
# A question for nothing in particular: how it goes, how one is.
_COMPANY = re.compile(
    r"(?:(?:men|ja|nå|och|så|tja|hallå|hej|tjena)[\s,!]+)?hur\s+(?:går|gick|är|mår|står|har|ser)\s+(?:det|du|ni|läget|allt)"
    r"(?:\s+(?:det|ut|till|nu|annars|där|här|(?:för|med|hos)\s+(?:er|dig)|bra|i\s?dag|egentligen|allihop))*[\s?!.]*",
    re.IGNORECASE,
)
_BY_THIS = lex.words(
    "härmed bifogat bifogad bifogade bifogas bifogar bilagt bilagd bilagda bilägges medföljer"
)
# "Återkopplar angående din fråga", "Som utlovat återkommer vi": and does so now; "Ange diarienumret" stands in every letter.
_NOW_BACK = re.compile(
    r"som\s+(?:utlovat|lovat|avtalat|överenskommet|utlovades)\b|(?:ange|uppge)\s.{0,40}(?:nummer|numret|dnr|referensen)\b"
    r"|(?:(?:vi|jag)\s+vill\s+(?:\w+\s+)?åter(?:komma|koppla)|åter(?:kopplar|kommer))\b.{0,60}\b(?:angående|ang|gällande|avseende|frågor)\b",
    re.IGNORECASE,
)
_BACK = lex.words("tillbaka åter retur ska måste behöver")
_SOME_DAY = re.compile(r"\b(?:någon|nån) (?:gång|dag|kväll)\b|\bvid tillfälle\b", re.IGNORECASE)


def asks(sentence: str) -> bool:
    """Whether a sentence ends in a question mark."""
    return sentence.rstrip(" \"'”)").endswith("?")


def _concerns(words: Sequence[Token]) -> bool:
    """Whether a sentence without a day speaks of one of the two sides, orders, or says what is lacking."""
    if any(form.tense == "imperative" for form in words[0].forms):
        return True
    return any(token.lower in _SIDES or token.lower in _LACKING for token in words)


def _told(clause: Clause, *, question: bool) -> bool:
    """A clause that tells of what has been."""
    if is_piece(clause) or clause.kind != "main" or clause.has(lex.FUTURE):
        return False
    asked = question and clause.words[0] in _ASKED_FOR
    return (is_past(clause) and not asked) or (_has_been(clause) and not question)


def _has_been(clause: Clause) -> bool:
    """As in "Det har vi fått från er"; what has been booked for a day is still to come."""
    return clause.has(_PERFECT) and any(
        form.tense == "supine" for token in clause.tokens for form in token.forms
    )


def _hits(scene: Scene, finding: Finding, dates: Sequence[DateMention]) -> list[Hit]:
    """The finding on the days of the sentence that lie ahead, the last day first."""
    ahead = [m for m in dates if is_ahead(m, scene.reference) and m.mod != "CANCELLED"]
    meets = finding.kind == "meeting"
    ahead = [m for m in ahead if not _of_event(scene.body, m, before=meets)] or ahead
    bound = [m for m in ahead if m.mod in {"BEFORE", "ON_OR_BEFORE"}] or ahead
    if not bound:
        return [Hit(finding, NO_WINDOW)] if finding.undated else []
    chosen = tuple(alternatives(ahead, bound[0], scene.body))
    return [Hit(finding, due(finding, chosen, scene.body, scene.reference), None, chosen)]


def _of_event(body: str, mention: DateMention, *, before: bool) -> bool:
    """As in "mötet den 4 maj": the day of the thing that is spoken of; `before`: of one that has been, "av mötet den 4 maj"."""
    words = body[max(0, mention.start - _LONGEST_NOUN) : mention.start].lower().split()
    named = bool(words) and (words[-1] in lex.MEETING or words[-1].endswith(lex.MEETING_ENDINGS))
    return named and (not before or (len(words) > 1 and words[-2] in _LEFT))


_LONGEST_NOUN = 40
_LEFT = lex.words("av från efter")
