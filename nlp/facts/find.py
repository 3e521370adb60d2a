"""A letter's facts on offices: sentences that hold one of their words, clause by clause."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

from nlp.facts import lexicon as lex
from nlp.facts.openings import openings
from nlp.facts.phases import is_list, phases
from nlp.facts.places import places
from nlp.facts.responsible import responsible
from nlp.facts.said import DOUBTED, NEGATED, WISHED, Said, unique
from nlp.facts.steps import is_label, steps
from nlp.followups.clauses import Clause, split
from nlp.followups.conditions import is_conditional
from nlp.followups.find import is_mass_mail
from nlp.followups.tokens import tokens
from nlp.followups.windows import usable
from nlp.model import DateMention, Fact, Letter, Mention, MunicipalityMention, Party, PersonMention, PlaceRole
from nlp.sentences import sentences
from nlp.spans import lowered

# A blank may be any white space by the time that a mail has been wrapped.
_SIGNS = tuple(dict.fromkeys(sign.replace(" ", blank) for sign in lex.SIGNS for blank in " \xa0\n"))
# Each rule with the beginnings of words of which its clause has one.
_RULES: tuple[tuple[Callable[[Said], Iterator[Fact]], tuple[str, ...]], ...] = (
    (steps, ()),
    (openings, ("invig", "öppn", "flytta", "bruk", "drift", "lokal", "hyresavtal", "slå")),
    (phases, ("omgång", "fas", "etapp")),
    (places, ("kontor", "lokal", "ligg", "område")),
    (responsible, ("ansvar", "projektl", "kontaktp", "leder", "samordn", "håller")),
)
# A sentence holds one of these in whatever any rule answers to: that it speaks of premises or of an office is not enough.
_TOLD = (
    "behovsanalys", "kravspec", "lokalsök", "sökandet efter", "lokalval", "av lokal", "ombygg", "lokalanpass", "installation",
    "invig", "inflytt", "öppn", "öppet", "driftstart", "slå", "i bruk", "i drift", "flytta", "hyresavtal", "omgång", "fas", "etapp",
    "hittat", "funnit", "fått", "valt", "hyrt", "bestämt", "beslutat", "enats", "lokalen är", "ligg", "hamna", "placera",
    "etabler", "inrym", "lokaliser", "finn", "ansvar", "projektl", "kontaktp", "leder", "samordn", "håller",
)  # fmt: skip
_NO_FACT = frozenset({"condition", "time", "question"})
_BLANKS = "\n\r\t\xa0\u202f"
_ANYBODY = "?"
_LONGEST_KEPT = 400  # signs of a sentence that is remembered
_SENTENCES_KEPT = 8_192
_LONGEST = 1_500  # signs; a longer "sentence" is a table or a trap
_SHORT_SUBJECT = 6
Named = TypeVar("Named", DateMention, MunicipalityMention, PersonMention)


@dataclass(frozen=True, slots=True)
class _Sentence:
    letter: Letter
    start: int
    end: int
    text: str
    low: str
    dates: tuple[DateMention, ...]
    places: tuple[MunicipalityMention, ...]
    people: tuple[PersonMention, ...]
    office_letter: bool


def find_facts(letter: Letter, mentions: Sequence[Mention]) -> list[Fact]:
    """The facts of letter.body up to its signature, in text order; `mentions` are those of the body.

    None from automatic mail and newsletters, from what is asked, wished, denied or said under a condition. Never raises
    on any text.
    """
    body = letter.body[: letter.signature_start]
    low = lowered(body)
    if not may_hold_facts(low) or is_mass_mail(letter, low):
        return []
    return unique(fact for one in _sentences(letter, body, low, mentions) for fact in _facts_of(one))


def may_hold_facts(low: str) -> bool:
    """Whether a text in lower case holds a word of offices: the cheap look that an ordinary mail costs."""
    for sign in _SIGNS:  # noqa: SIM110  a generator takes twice the time, for every mail
        if sign in low:
            return True
    return False


def _may_tell(low: str) -> bool:
    """Whether a sentence is worth taking apart."""
    if not may_hold_facts(low):
        return False
    for sign in _TOLD:  # noqa: SIM110  a generator takes twice the time, for every sentence
        if sign in low:
            return True
    return False


def _sentences(letter: Letter, body: str, low: str, mentions: Sequence[Mention]) -> Iterator[_Sentence]:
    about = lex.speaks_of_offices(low) or lex.speaks_of_offices((letter.subject or "").lower())
    flat, small = _flat(body), _flat(low)
    ahead = 0
    named = sorted(mentions, key=lambda one: one.start)
    for start, end in sentences(body):
        while ahead < len(named) and named[ahead].start < start:
            ahead += 1
        if end - start > _LONGEST or body[end - 1] == "?" or not _may_tell(small[start:end]):
            continue
        last = ahead
        while last < len(named) and named[last].start < end:
            last += 1
        here = named[ahead:last]
        yield _Sentence(
            letter,
            start,
            end,
            flat[start:end],
            small[start:end],
            tuple(usable(_of(here, DateMention))),
            tuple(_of(here, MunicipalityMention)),
            tuple(_of(here, PersonMention)),
            about,
        )


def _flat(text: str) -> str:
    """On one line; replacing what is there takes a tenth of `str.translate`'s time."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text


def _of(mentions: Sequence[Mention], kind: type[Named]) -> list[Named]:
    return [one for one in mentions if isinstance(one, kind)]


def _facts_of(sentence: _Sentence) -> Iterable[Fact]:
    """What one sentence says; where no day and nobody is named, what it said elsewhere, seen from here."""
    if sentence.dates or sentence.people or sentence.end - sentence.start > _LONGEST_KEPT:
        return _facts(sentence)
    letter, start = sentence.letter, sentence.start
    places = tuple(
        [
            (one.text, one.start - start, one.end - start, one.name, one.code, one.role)
            for one in sentence.places
        ]
    )
    signed = bool(letter.sender and letter.sender.name)
    body = letter.body[start : sentence.end]
    kept = _kept(body, sentence.low, places, signed, sentence.office_letter)
    if any(fact.kind == "responsible" for fact in kept):
        return _facts(sentence)  # it may be the writer
    return [_seen_from(fact, sentence) for fact in kept]


_Place = tuple[str, int, int, str, str, PlaceRole]


@lru_cache(_SENTENCES_KEPT)
def _kept(body: str, low: str, places: tuple[_Place, ...], signed: bool, about: bool) -> tuple[Fact, ...]:
    """What a sentence says by itself: who signs it and on which day changes only who and when."""
    letter = Letter(body, date.min, sender=Party(_ANYBODY, None) if signed else None)
    named = tuple(MunicipalityMention(*one) for one in places)
    return tuple(_facts(_Sentence(letter, 0, len(body), _flat(body), low, (), named, (), about)))


def _seen_from(fact: Fact, sentence: _Sentence) -> Fact:
    """A fact of a sentence by itself, where that stands in a letter; what has no day was done by the letter's."""
    end = sentence.letter.reference if fact.window_end == date.min else fact.window_end
    return replace(fact, start=sentence.start, end=sentence.end, window_end=end)


def _facts(sentence: _Sentence) -> Iterator[Fact]:
    for said in _said(sentence):
        for rule, signs in _RULES:
            if not signs or any(sign in said.low for sign in signs):
                yield from rule(said)


def _said(sentence: _Sentence) -> Iterator[Said]:
    """The clauses that state something, as the rules look at them."""
    if is_label(sentence.text) or is_list(sentence.low):
        yield _clause(sentence, sentence.start, sentence.end, verbless=True)
        return
    words = tokens(sentence.letter.body, sentence.start, sentence.end, sentence.dates)
    clauses = split(words)
    text = partial(_text, sentence)
    for at, clause in enumerate(clauses):
        before = clauses[at - 1] if at else None
        if clause.kind in _NO_FACT or is_conditional(clauses, at, question=False):
            continue
        governed = clause.kind == "that" and before is not None
        if governed and before is not None and (_commands(before) or _takes_back(text(before))):
            continue
        doubted = governed and before is not None and DOUBTED.search(text(before)) is not None
        said = _clause(sentence, _begin(clauses, at), clause.end, verbless=clause.verbless, doubted=doubted)
        if before is not None:
            said.before = text(before)
        yield said


def _begin(clauses: Sequence[Clause], at: int) -> int:
    """Where a clause begins with its subject: "Behovsanalysen, som blev klar …", "Ånge, Åre och Sollefteå ingår …"."""
    start = clauses[at].start
    if at and clauses[at].kind == "relative":
        return clauses[at - 1].start if len(clauses[at - 1].tokens) <= _SHORT_SUBJECT else start
    goes_on = not clauses[at].verbless
    while at and goes_on and clauses[at - 1].verbless and not _dated(clauses[at - 1]):
        at -= 1
        start = clauses[at].start
    return start


def _dated(clause: Clause) -> bool:
    return any(token.dated for token in clause.tokens)


def _text(sentence: _Sentence, clause: Clause) -> str:
    return sentence.low[clause.start - sentence.start : clause.end - sentence.start]


def _takes_back(text: str) -> bool:
    """As in "Vi vill att …", "Det stämmer inte att …"; but "Vi kan meddela att …" tells."""
    return (WISHED.search(text) is not None and "meddela" not in text and "berätta" not in text) or bool(
        NEGATED.search(text)
    )


def _commands(clause: Clause) -> bool:
    """As in "Se till att …"."""
    forms = clause.tokens[0].forms
    return any(form.tense == "imperative" for form in forms) and not clause.tokens[0].finite


def _clause(sentence: _Sentence, start: int, end: int, *, verbless: bool, doubted: bool = False) -> Said:
    first, last = start - sentence.start, end - sentence.start
    low = sentence.low[first:last]
    return Said(
        raw=sentence.text[first:last],
        low=low,
        start=start,
        sentence=(sentence.start, sentence.end),
        text=sentence.letter.body[sentence.start : sentence.end],
        whole=sentence.low,
        reference=sentence.letter.reference,
        dates=tuple(one for one in sentence.dates if start <= one.start < end),
        places=tuple(one for one in sentence.places if start <= one.start < end),
        around=sentence.places,
        people=tuple(one for one in sentence.people if start <= one.start < end),
        sender=sentence.letter.sender.name if sentence.letter.sender else None,
        verbless=verbless,
        doubted=doubted or DOUBTED.search(low) is not None,
        office_letter=sentence.office_letter,
    )
