"""Words of a sentence and the clauses that they form, by word order and lead words alone.

Swedish makes this possible: the finite verb stands second in a main clause, before its subject where
something else leads ("I oktober återkommer vi"), and a subordinate clause opens with a word of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from nlp.followups import lexicon as lex
from nlp.followups.openings import COORDINATORS, STOPS, ClauseKind, opening
from nlp.followups.tokens import Token
from nlp.model import DateMention


@dataclass(slots=True)
class Clause:
    """Tokens [first, last) of a sentence; `lead` is the word that opened it, "" for none."""

    tokens: Sequence[Token]
    kind: ClauseKind = "main"
    lead: str = ""
    coordinated: bool = False
    words: tuple[str, ...] = field(init=False)
    bag: frozenset[str] = field(init=False)
    """The words without their order."""
    verbless: bool = field(init=False)
    """A run of words without a verb."""

    def __post_init__(self) -> None:
        self.words = tuple([token.lower if not token.dated else "" for token in self.tokens])
        self.bag = frozenset(self.words)
        self.verbless = True not in [token.acts for token in self.tokens]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def has(self, words: Collection[str]) -> bool:
        return not self.bag.isdisjoint(words)

    def names(self, things: frozenset[str]) -> bool:
        """Whether one of these things stands here, by itself or at the end of a compound."""
        return not self.bag.isdisjoint(things) or any(lex.names(word, things) for word in self.words)

    def holds(self, mention: DateMention) -> bool:
        return self.start <= mention.start < self.end


_NO_LEAD: ClauseKind = "main"


def split(sentence: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence in text order; pieces without any verb stay as they are."""
    clauses: list[Clause] = []
    begin, kind, lead, coordinated = 0, _NO_LEAD, "", False
    at = 0
    while at < len(sentence):
        token = sentence[at]
        if not token.dated and (token.text in STOPS or token.text == ",") and not _within_list(sentence, at):
            _close(clauses, sentence[begin:at], kind, lead, coordinated=coordinated)
            begin, kind, lead, coordinated = at + 1, _NO_LEAD, "", False
        elif not token.dated:
            opened = opening(sentence, at, begin)
            if opened is not None:
                _close(clauses, sentence[begin:at], kind, lead, coordinated=coordinated)
                # The lead of a clause that was just closed without words belongs to what follows.
                if begin == at and kind not in {_NO_LEAD, "main"}:
                    opened = opened if opened != "main" else kind
                begin, kind = at, opened
                lead, coordinated = token.lower, token.lower in COORDINATORS
        at += 1
    _close(clauses, sentence[begin:], kind, lead, coordinated=coordinated)
    return clauses


def _within_list(sentence: Sequence[Token], at: int) -> bool:
    """A comma between two dates ("den 22, 23 eller 24 mars"), or the last stop of "tis 8/2 e.m."."""
    if sentence[at].text == "." and 0 < at < len(sentence) - 1:
        following = sentence[at + 1]
        return sentence[at - 1].dated and following.word and following.text == following.lower
    between = 0 < at < len(sentence) - 1 and sentence[at].text == ","
    return between and sentence[at - 1].dated and sentence[at + 1].dated


def _close(
    clauses: list[Clause], piece: Sequence[Token], kind: ClauseKind, lead: str, *, coordinated: bool
) -> None:
    if True in [token.word for token in piece]:
        clauses.append(Clause(piece, kind, lead, coordinated))


def is_piece(clause: Clause) -> bool:
    """A run of words without a verb."""
    return clause.verbless
