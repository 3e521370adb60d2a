"""Whether a letter speaks of what a promise wants: by its deeds (`crm.deeds`) and the two subjects alone. Pure."""

import re
from functools import cache, lru_cache

from crm.deeds import Said
from crm.promised import Letter, Promise, Wanted, is_same_subject
from crm.things import kinds, particular
from crm.told import alike, are_others, is_a_part, matter
from nlp.municipalities.gazetteer import by_name


@cache
def _places() -> frozenset[str]:
    return frozenset(name.casefold() for name in by_name())


@lru_cache(8192)
def of_subject(subject: str) -> frozenset[str]:
    """What a bare subject is about: a place in it says no more than that both are about one office."""
    return matter(subject.casefold()) - _places()


def may_be_about(subject: str, promised: str) -> bool:
    """Whether a letter's bare subject is that of a promise, or speaks of the same."""
    return is_same_subject(subject, promised) or alike(of_subject(promised), of_subject(subject))


def names_another(subject: str, promised: str) -> bool:
    """Whether two bare subjects each bear a number that the other has not: "Lokal 1" is not "Lokal 2"."""
    one, other = (frozenset(_NUMBER.findall(each)) for each in (subject, promised))
    return bool(one - other and other - one)


_NUMBER = re.compile(r"\d+")


def is_headed(wanted: Wanted, letter: Letter) -> bool:
    """Whether a letter's subject names what is wanted."""
    return alike(wanted.about, of_subject(letter.subject))


def may_keep_elsewhere(promise: Promise, letter: Letter) -> bool:
    """Whether `crm.keeping.keeps` may find a reason in another thread, by no more than a letter's subject and deeds."""
    if is_same_subject(promise.subject, letter.subject):
        return True
    wanted = promise.wanted
    says = says_elsewhere(wanted, letter)
    if says is None and is_headed(wanted, letter):
        return True
    if says is None:
        return announces(wanted, letter, promise.subject, sure=True) or comes_back_to(
            wanted, letter, promise.subject
        )
    return says


def says_elsewhere(wanted: Wanted, letter: Letter) -> bool | None:
    """Whether a letter of another thread and subject may keep what is wanted; None: that depends on the two subjects.

    The same is wanted by many promises, and a letter is weighed once for all of them.
    """
    if announces(wanted, letter, sure=True) or gives(wanted, letter) or comes_back_to(wanted, letter):
        return True
    if alike(wanted.about, letter.deeds.received) or (
        wanted.by_words and alike(wanted.about, letter.deeds.answered)
    ):
        return True
    unnamed = not is_open(letter) and any(
        not (wanted.about and particular(one.about)) for one in announced(wanted, letter)
    )
    named = wanted.by_words and alike(wanted.about, letter.deeds.named)
    unsaid = not kinds(wanted.about) and (
        bool(kinds(letter.deeds.received)) or any(kinds(one.about) for one in letter.deeds.gives)
    )
    return None if unnamed or named or unsaid or is_headed(wanted, letter) else False


def is_open(letter: Letter) -> bool:
    """Whether it puts something off, or sends the reader elsewhere."""
    return letter.owes or letter.deeds.open


def puts_it_off(wanted: Wanted, letter: Letter) -> bool:
    """Whether what it puts off is the thing itself, or not named: "Det blir nog nästa vecka"."""
    if not is_open(letter):
        return False
    if letter.owes and not letter.owed:
        return True
    return any(not about or alike(wanted.about, about) for about in (*letter.deeds.put_off, *letter.owed))


def asks_for_it(wanted: Wanted, letter: Letter) -> bool:
    """Whether it asks about the thing itself."""
    return alike(wanted.about, letter.deeds.asked)


def has_received(wanted: Wanted, letter: Letter, subject: str = "") -> bool:
    """Whether its sender says to have got the thing: "Vi har i dag kvitterat ut nycklarna".

    Where a promise names no kind of thing, that of its letter's `subject` is the thing.
    """
    heading = frozenset() if kinds(wanted.about) else kinds(of_subject(subject))
    named = alike(wanted.about, letter.deeds.received) or alike(heading, letter.deeds.received)
    if not (named or alike(wanted.about, letter.deeds.done)):
        return False
    return not (puts_it_off(wanted, letter) or asks_for_it(wanted, letter) or denies_it(wanted, letter))


def asks_back(letter: Letter) -> bool:
    return letter.asks or letter.deeds.asks


def denies_it(wanted: Wanted, letter: Letter) -> bool:
    """Whether a sentence denies something of the thing that was promised: "Ritningarna har vi inte kunnat göra"."""
    return alike(wanted.about, letter.deeds.denied)


def gives(wanted: Wanted, letter: Letter, *, elsewhere: bool = False) -> bool:
    """Whether the thing is there without an announcement: attached under its name, or said to be done.

    `elsewhere`: in another thread, where what is attached under another name is another thing.
    """
    deeds = letter.deeds
    if (
        not (deeds.done or deeds.attached or deeds.finished)
        or puts_it_off(wanted, letter)
        or denies_it(wanted, letter)
    ):
        return False
    if deeds.attached and not asks_back(letter) and alike(wanted.about, deeds.files):
        return True
    if deeds.attached and not asks_back(letter) and is_headed(wanted, letter) and _only_such(wanted, letter):
        return True
    if deeds.attached and not asks_back(letter) and not (elsewhere and (deeds.files or deeds.gives)):
        return alike(wanted.about, deeds.shown)
    if deeds.finished and not (elsewhere or asks_back(letter)):
        return True
    return alike(wanted.about, deeds.done) and not asks_for_it(wanted, letter)


def _only_such(wanted: Wanted, letter: Letter) -> bool:
    """Whether nothing that comes with a letter is named as a thing of another kind."""
    deeds = letter.deeds
    there = kinds(deeds.files).union(*(kinds(one.about) for one in deeds.gives))
    return there <= kinds(wanted.about)


def comes_back_to(wanted: Wanted, letter: Letter, subject: str = "") -> bool:
    """Whether a letter elsewhere comes back to what it was promised to come back to: its words say so, and its subject.

    `subject` is that of the promise.
    """
    if not wanted.by_words:
        return False
    if alike(wanted.about, letter.deeds.comes_back):
        return True
    same = alike(wanted.about, letter.deeds.named)
    return same and alike(of_subject(subject), of_subject(letter.subject))


def announces(wanted: Wanted, letter: Letter, subject: str = "", *, sure: bool = False) -> bool:
    """Whether a sentence announces what was promised; `subject` is that of the promise.

    Where the letter also puts something off, or is `sure` to be wanted, the sentence has to name the thing;
    else it must not name another one.
    """
    about = wanted.about
    found = announced(wanted, letter)
    if not found:
        return False
    if is_open(letter):
        named = [one.about for one in found if alike(about, one.about)]
        return bool(named) and not is_a_part(letter.words) and not _leaves_out(wanted, letter, named)
    if not sure or wanted.silent:
        unlike = all(about and particular(one.about) and not alike(about, one.about) for one in found)
        return not unlike or (wanted.contact and not kinds(about))
    return any(_is_wanted(wanted, letter, subject, one) for one in found)


def _is_wanted(wanted: Wanted, letter: Letter, subject: str, one: Said) -> bool:
    """Whether a sentence gives what was promised by name, or by that of the promise's subject, where its words name no thing."""
    if not (wanted.about and particular(one.about)):
        return _speaks_of(wanted, letter, subject, one)
    if alike(wanted.about, one.about):
        return True
    return not kinds(wanted.about) and not kinds(of_subject(subject)).isdisjoint(kinds(one.about))


def _leaves_out(wanted: Wanted, letter: Letter, given: list[frozenset[str]]) -> bool:
    """Whether something that was wanted is put off, and not among what is given: the minutes, beside a list."""
    there: frozenset[str] = frozenset().union(*given)
    later: frozenset[str] = frozenset().union(*letter.deeds.put_off)
    ones = (frozenset({word}) for word in wanted.about)
    return any(alike(one, later) and not alike(one, there) for one in ones)


def announced(wanted: Wanted, letter: Letter) -> list[Said]:
    """What it announces that is not of something else; else what goes to its reader and names the thing."""
    given = [one for one in letter.deeds.gives if not are_others(one.of, wanted.of)]
    goes = (one for one in letter.deeds.goes if alike(wanted.about, one.about))
    return given + [one for one in goes if not are_others(one.of, wanted.of)]


def _speaks_of(wanted: Wanted, letter: Letter, subject: str, one: Said) -> bool:
    """Whether a sentence that names no thing, or to a promise of none, is about that promise: as promised, or by its subject."""
    if one.as_promised:
        return True
    return alike(of_subject(subject) | wanted.about, of_subject(letter.subject) | one.about)
