"""One letter in, one Reading out: the recognisers as plain functions.

`nlp.pipeline` runs the same functions as spaCy components and finds the same; reading mail needs neither spaCy
nor the tokens that it makes, which cost more than half of the recognisers' own time. It is loaded with the first
question to the trained pipeline (`nlp.trained`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from nlp.addresses import find_addresses
from nlp.cases import find_cases
from nlp.dates import find_dates
from nlp.facts import find_facts
from nlp.followups import find_follow_ups
from nlp.model import DateMention, Letter, Mention, Reading
from nlp.models import OURS
from nlp.municipalities.finder import find_municipalities
from nlp.organisations import find_organisations
from nlp.people.letters import find_people_of
from nlp.phones import find_phones
from nlp.resolve import resolve
from nlp.trained import NameModel, name_model, second_opinion

LONGEST_TEXT = 200_000  # signs of a text that are read
LONGEST_SUBJECT = 2_000
# A letter that comes quoted in ten mails is read once; what is kept stays within some 20 MB.
_LONGEST_KEPT = 8_000
_LETTERS_KEPT = 512
_TEXTS_KEPT = 2_048


class Reader:
    """Reads letters and remembers the last ones. Not for threads: a process has its own.

    `model` is the trained pipeline that is asked about names: ours, another spaCy pipeline, or none.
    """

    def __init__(self, model: str = OURS) -> None:
        self._model = name_model(model)
        self._kept: Callable[[Letter], Reading] = lru_cache(_LETTERS_KEPT)(self._read)

    def _read(self, letter: Letter) -> Reading:
        return read_letter(letter, self._model)

    def read(self, letter: Letter) -> Reading:
        """Mentions of the body and of the subject, the body's follow-ups and its facts on offices.

        Of a body the first 200 000 signs are read. A lone surrogate, which no mail may hold, is read as a
        sign of its own, so that offsets stay those of the letter.
        """
        return self._kept(letter) if len(letter.body) <= _LONGEST_KEPT else self._read(letter)


def read_letter(letter: Letter, model: NameModel | None = None) -> Reading:
    """The reading of one letter, without any memory; without a model by the rules alone."""
    body = _readable(letter.body[:LONGEST_TEXT])
    bounded = letter if body is letter.body else replace(letter, body=body)
    mentions = _mentions(bounded, bounded.body, model)
    dates = [one for one in mentions if isinstance(one, DateMention)]
    facts = tuple(find_facts(bounded, mentions))
    return Reading(mentions, _in_subject(letter), tuple(find_follow_ups(bounded, dates)), facts=facts)


def _in_subject(letter: Letter) -> tuple[Mention, ...]:
    """A subject has no signature and owes nothing: its mentions alone, and no model is asked about its capitals."""
    if not letter.subject:
        return ()
    subject = _readable(letter.subject[:LONGEST_SUBJECT])
    plain = letter if letter.signature_start is None else replace(letter, signature_start=None)
    return _mentions(plain, subject, None)


def _mentions(letter: Letter, text: str, model: NameModel | None) -> tuple[Mention, ...]:
    keeps = len(text) <= _LONGEST_KEPT
    named = _kept_names(text) if keeps else _names(text)
    dates = _kept_dates(text, letter.reference) if keeps else find_dates(text, letter.reference)
    found = [*named, *find_people_of(letter, text), *dates]
    return resolve(second_opinion(text, found, model))


def _names(text: str) -> Sequence[Mention]:
    """What a text says by itself, whoever wrote it and when."""
    return (
        *find_phones(text),
        *find_cases(text),
        *find_addresses(text),
        *find_organisations(text),
        *find_municipalities(text),
    )


@lru_cache(_TEXTS_KEPT)
def _kept_names(text: str) -> Sequence[Mention]:
    """The same words come again in quotes, subjects in every answer."""
    return _names(text)


@lru_cache(_TEXTS_KEPT)
def _kept_dates(text: str, reference: date) -> Sequence[DateMention]:
    return tuple(find_dates(text, reference))


def _readable(text: str) -> str:
    """Lone surrogates become U+FFFD, one for one: only UTF-8 can be told to anybody."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text
