"""Who acts in a clause, seen from the sender: pronouns first, then nouns compared with sender and recipients."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile
from typing import Literal

from nlp import data
from nlp.followups import lexicon as lex
from nlp.followups.clauses import Clause
from nlp.followups.tokens import Token
from nlp.model import Letter, Party

Role = Literal["sender", "recipient", "third_party"]

_KINDS = (
    ("agency", re.compile(r"statenssc\.se|statens servicecenter|servicecenter", re.IGNORECASE)),
    ("ministry", re.compile(r"regeringskansliet|departement|gov\.se", re.IGNORECASE)),
    ("municipality", re.compile(r"kommun|\bstad\b|\bregion\b", re.IGNORECASE)),
    (
        "landlord",
        re.compile(
            r"fastighet|bost[aä]d|hyres|lokaler|properties|estate|\bhus\b|hem\b|förvaltning", re.IGNORECASE
        ),
    ),
)
_NOT_NAMES = lex.words("""
    snälla vänligen gärna hej tack om när enligt i på till senast för vi ni du jag det den de han hon svar möte besked som att och men
""")
_THINGS = lex.DELIVERABLES | lex.MEETING
_SHORT = frozenset({"statens", "kommun", "stad", "ab", "och", "för", "i", "kommuns", "region", "the"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Voices:
    """Sender and recipients as far as nouns can point at them."""

    known: bool
    sender_kind: str | None
    recipient_kinds: frozenset[str] | None
    sender_words: frozenset[str]
    organised: bool = False
    """Whether the sender writes for an organisation rather than as anybody from the public."""

    def heard_in(self, low: str) -> "Voices":
        """The voices as far as the words of one sentence (in lower case) can point at them.

        The same sentence by another writer is the same one, unless it names its writer or the writer's trade.
        """
        named = frozenset([word for word in self.sender_words if word in low or word.startswith(_TRADES)])
        return self if len(named) == len(self.sender_words) else _naming(self, named)

    def of_kind(self, kind: str) -> Role:
        """Whom a noun such as "kommunen" means in this letter."""
        if kind == self.sender_kind:
            return "sender"
        if self.recipient_kinds is None:
            # Whoever writes to nobody known writes to the authority whose mail this is.
            return "recipient" if kind == "agency" and self.known else "third_party"
        return "recipient" if kind in self.recipient_kinds else "third_party"


@lru_cache(1024)
def _naming(who: Voices, words: frozenset[str]) -> Voices:
    """The voices with these of the sender's words: most sentences of a letter name none of them."""
    return replace(who, sender_words=words)


@lru_cache(2_048)
def _kind(party: Party) -> str | None:
    """Kept, since the same few write to each other."""
    known = " ".join(filter(None, (party.organisation, party.address, party.name)))[:500]
    return next((kind for kind, pattern in _KINDS if pattern.search(known)), None)


def voices(letter: Letter) -> Voices:
    """Who speaks to whom; without a sender nobody does."""
    kinds = frozenset(kind for party in letter.recipients[:50] if (kind := _kind(party)))
    recipients = kinds if letter.recipients else None
    if letter.sender is None:
        return Voices(False, None, recipients, frozenset())
    named = " ".join(filter(None, (letter.sender.organisation, letter.sender.name)))[:300]
    words = frozenset(word.lower() for word in _WORD.findall(named)) - _SHORT
    kind = _kind(letter.sender)
    organised = kind is not None or letter.sender.organisation is not None
    return Voices(True, kind, recipients, words, organised)


_ONE_OF_US = {("från", "oss"), ("hos", "oss"), ("av", "oss")}
_ONE_OF_YOU = {("från", "er"), ("hos", "er"), ("av", "er")}


def pronoun(clause: Clause) -> tuple[Role, int] | None:
    """The first nominative pronoun that speaks of a person, and its position."""
    for at, word in enumerate(clause.words):
        if word in lex.FIRST and (word in {"jag", "vi"} or _subject_position(clause, at)):
            return "sender", at
        if word in lex.SECOND and not (word == "du" and at and clause.words[at - 1] == "thank"):
            return "recipient", at
        if word == "alla" and not at and clause.tokens[1:2] and clause.tokens[1].finite:
            return "recipient", at
        if word == "någon" and clause.words[at + 1 : at + 3] in _ONE_OF_US:
            return "sender", at
        if word == "någon" and clause.words[at + 1 : at + 3] in _ONE_OF_YOU:
            return "recipient", at
        if word in {"han", "hon", "hen"} or (word == "de" and _subject_position(clause, at)):
            return "third_party", at
    return None


def _subject_position(clause: Clause, at: int) -> bool:
    """De is a pronoun beside a finite verb and an article elsewhere."""
    beside = [*clause.tokens[max(0, at - 1) : at], *clause.tokens[at + 1 : at + 2]]
    return any(token.finite for token in beside)


def noun_role(tokens: Sequence[Token], who: Voices, *, opening: bool) -> Role | None:
    """Whom a noun phrase means: a known actor, a role, or a name; None for a thing.

    `opening`: the phrase opens the sentence, where a capital letter says nothing.
    """
    known = next((t.lower for t in tokens if t.lower in lex.ACTORS and not t.dated), None)
    if known is not None:
        return who.of_kind(lex.ACTORS[known])
    for at, token in enumerate(tokens):
        word = token.lower
        if token.dated or not token.word:
            continue
        if _own_trade(word, who):
            return "sender"
        if word in who.sender_words and token.capital and len(word) > 2:
            return "sender"
        if word in lex.MINE:
            return "sender" if at == 0 or tokens[at - 1].lower in lex.OUR else "third_party"
        if at and word.endswith(_UNITS) and tokens[at - 1].lower in lex.OUR:
            return "sender"
        if word in lex.PEOPLE or lex.is_agent(word) or word == "chef":
            return "third_party"
        if token.capital and word not in _NOT_NAMES and (at or not opening or word in given_names()):
            return "third_party"
    return None


@cache
def given_names() -> frozenset[str]:
    """Given names in lower case, but for those that are words."""
    return frozenset(name.lower() for name in data.words("given_names.txt")) - _WORDS_AND_NAMES


_WORDS_AND_NAMES = lex.words("du maj jan mars per stig saga star tor sol siv bo klara vara kaj my an ali")
# "Vår fastighetsfunktion" is the sender's house, "vår jurist" somebody in it.
_UNITS = (
    "funktion",
    "enhet",
    "avdelning",
    "sektion",
    "grupp",
    "ledning",
    "förvaltning",
    "organisation",
    "sida",
)
_TRADES = ("arkitekt", "konsult", "entreprenör", "mäklar", "byggmästar", "ingenjör")


def _own_trade(word: str, who: Voices) -> bool:
    """As in "Arkitekten kompletterar …" in a letter from Ek Arkitekter."""
    trade = next((trade for trade in _TRADES if word.startswith(trade)), None)
    return trade is not None and any(own.startswith(trade) for own in who.sender_words)


def finite_at(clause: Clause) -> int | None:
    """The position of the clause's finite verb, as far as the tables know it."""
    return next((at for at, token in enumerate(clause.tokens) if token.finite), None)


def subject(clause: Clause, who: Voices, inherited: Role | None) -> Role | None:
    """The actor of a clause; a coordinated clause without one has that of the clause before."""
    found = pronoun(clause)
    if found is not None:
        return found[0]
    verb = finite_at(clause)
    if verb is None:
        return inherited if clause.coordinated else None
    if clause.words[1:3] == ("är", "att") and clause.words[0] in lex.INTENTIONS:
        return "sender"
    before = [t for t in clause.tokens[:verb] if t.lower != clause.lead]
    if not lex.OUR.isdisjoint(t.lower for t in before) and not lex.INTENTIONS.isdisjoint(
        t.lower for t in before
    ):
        return "sender"
    role = noun_role(_without_phrases(before), who, opening=not clause.lead)
    if role is None and before and _is_name(before, clause.tokens[verb]):
        role = "third_party"
    if role is None and not _noun_before(before):
        role = noun_role(_without_phrases(clause.tokens[verb + 1 : verb + 3]), who, opening=False)
    if role is None and before and any(f.tense == "present" for f in clause.tokens[verb].forms):
        role = _after_object(clause.tokens[verb + 1 : verb + 3], who)
    if role is None and clause.coordinated and not _noun_before(before):
        return inherited
    return role


def _after_object(tokens: Sequence[Token], who: Voices) -> Role | None:
    """As in "Exakt dag meddelar leverantören", "Bilden ordnar vår fotograf": the thing leads."""
    named = [token for token in tokens if token.lower not in lex.OUR and not token.dated]
    acting = named and (named[0].lower in lex.ACTORS or lex.is_agent(named[0].lower))
    return noun_role(named[:1], who, opening=False) if acting else None


def apposed(clauses: Sequence[Clause], index: int, who: Voices) -> Role | None:
    """The subject before an apposition: "Vår avdelning, genom Eva Ek, kontaktar er"."""
    clause = clauses[index]
    parted = index and all(finite_at(before) is None for before in clauses[:index])
    if not parted or clause.lead or not clause.tokens[0].finite:
        return None
    return noun_role(_without_phrases(clauses[0].tokens[:_LONGEST_NAME]), who, opening=True)


_LONGEST_NAME = 8
_LEADS = lex.words("att som och men att så dock samt")


def named_actor(clause: Clause, body: str) -> str | None:
    """The words by which a clause names its actor, as they stand: "Fastighetsägaren", "min kollega Anna Ek".

    None where a pronoun or nothing names it.
    """
    verb = finite_at(clause)
    if verb is None:
        return None
    agent = next((i for i, word in enumerate(clause.words) if word == "av" and i > verb), None)
    if agent is not None and any(f.tense == "passive" for f in clause.tokens[verb].forms):
        return _phrase(clause.tokens[agent + 1 : agent + 1 + _LONGEST_NAME], body)
    before = [t for t in clause.tokens[:verb] if t.lower not in _LEADS]
    after = clause.tokens[verb + 1 : verb + 1 + _LONGEST_NAME]
    leading = bool(before) and (before[0].dated or before[0].lower in PREPOSITIONS)
    return _phrase(after if leading or not before else before, body)


def _phrase(tokens: Sequence[Token], body: str) -> str | None:
    phrase = list(takewhile(_names_somebody, tokens))
    if not phrase or phrase[0].lower in _NOBODY:
        return None
    return " ".join(body[phrase[0].start : phrase[-1].end].split())


_NOBODY = lex.SUBJECTS | lex.words("""
    detta dessa vilket vilka som uppdraget arbetet projektet kontoret kontoren lokalen lokalerna frågan ärendet
    mötet
""")


def _names_somebody(token: Token) -> bool:
    if not token.word or token.dated or token.lower in PREPOSITIONS | _NOT_IN_NAMES:
        return False
    acting = any(form.tense != "past" for form in token.forms) and not token.capital
    return not acting and not lex.names(token.lower, _THINGS)


_NOT_IN_NAMES = lex.words(
    "att som inte gärna nu sig er oss dig mig ett en sitt sin sina nya bara dock alltså"
)


def _noun_before(tokens: Sequence[Token]) -> bool:
    return bool(_without_phrases(tokens))


PREPOSITIONS = lex.words("""
    i på till från med om vid efter före innan under inför hos inom för av utan enligt genom mellan senast därför sedan
    då därefter dessutom vidare även också därmed
""")


def _without_phrases(tokens: Sequence[Token]) -> list[Token]:
    """Without a leading adverbial: "i slutet av oktober", "efter mötet", "senast fredag" name no actor."""
    if tokens and tokens[0].lower in PREPOSITIONS:
        return []
    return [token for token in tokens if not token.dated and token.word]


def _is_name(before: Sequence[Token], verb: Token) -> bool:
    """One or two capital words before an active verb of contact: "Anna återkommer", "Karin Ek skickar"."""
    words = list(takewhile(lambda token: token.lower not in PREPOSITIONS, _without_phrases(before)))
    active = any(f.tense == "present" and f.frame in {"contact", "deliver"} for f in verb.forms)
    if active and words and words[0].lower in lex.OUR and len(words) > 1:
        return not lex.INTENTIONS.intersection(t.lower for t in words) and not _is_thing(words)
    near = active or verb.lower in {"har", "ska", "kommer", "lovar"}
    if _is_thing(words):
        return False
    return (
        0 < len(words) <= 2
        and near
        and all(t.capital and t.lower not in _NOT_NAMES for t in words)
        and (active or len(words) == 2)
    )


def _is_thing(words: Sequence[Token]) -> bool:
    return any(lex.names(token.lower, _THINGS) for token in words)
