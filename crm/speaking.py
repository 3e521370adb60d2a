"""Whether a letter speaks of what a promise wants: by its deeds (`crm.deeds`) and the two subjects alone. Pure."""

from crm.deeds import Said
from crm.promised import Letter, Promise, Wanted, is_same_subject
from crm.told import are_others, is_a_part, share, topic


def may_be_about(subject: str, promised: str) -> bool:
    """Whether a letter's bare subject is that of a promise, or speaks of the same."""
    if is_same_subject(subject, promised):
        return True
    return share(topic(promised.casefold()), topic(subject.casefold()))


def may_keep_elsewhere(promise: Promise, letter: Letter) -> bool:
    """Whether `crm.keeping.keeps` may find a reason in another thread, by no more than a letter's subject and deeds."""
    if is_same_subject(promise.subject, letter.subject):
        return True
    wanted = promise.wanted
    says = says_elsewhere(wanted, letter)
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
    unnamed = not is_open(letter) and any(
        not (wanted.about and one.about) for one in _announced(wanted, letter)
    )
    named = wanted.by_words and share(wanted.about, letter.deeds.named)
    return None if unnamed or named else False


def is_open(letter: Letter) -> bool:
    """Whether it puts something off, or sends the reader elsewhere."""
    return letter.owes or letter.deeds.open


def asks_back(letter: Letter) -> bool:
    return letter.asks or letter.deeds.asks


def denies_it(wanted: Wanted, letter: Letter) -> bool:
    """Whether a sentence denies something of the thing that was promised: "Ritningarna har vi inte kunnat göra"."""
    return share(wanted.about, letter.deeds.denied)


def gives(wanted: Wanted, letter: Letter) -> bool:
    """Whether the thing is there without an announcement: attached under its name, or said to be done."""
    deeds = letter.deeds
    if not (deeds.done or deeds.attached) or is_open(letter) or denies_it(wanted, letter):
        return False
    if deeds.attached and not asks_back(letter):
        return share(wanted.about, deeds.shown)
    return share(wanted.about, deeds.done)


def comes_back_to(wanted: Wanted, letter: Letter, subject: str = "") -> bool:
    """Whether a letter elsewhere comes back to what it was promised to come back to: its words say so, and its subject.

    `subject` is that of the promise.
    """
    if not wanted.by_words:
        return False
    if share(wanted.about, letter.deeds.comes_back):
        return True
    same = share(wanted.about, letter.deeds.named)
    return same and share(topic(subject.casefold()), topic(letter.subject.casefold()))


def announces(wanted: Wanted, letter: Letter, subject: str = "", *, sure: bool = False) -> bool:
    """Whether a sentence announces what was promised; `subject` is that of the promise.

    Where the letter also puts something off, or is `sure` to be wanted, the sentence has to name the thing;
    else it must not name another one.
    """
    about = wanted.about
    found = _announced(wanted, letter)
    if not found:
        return False
    if is_open(letter):
        return not is_a_part(letter.words) and any(share(about, one.about) for one in found)
    if not sure or wanted.silent:
        unlike = all(about and one.about and not share(about, one.about) for one in found)
        return wanted.contact or not unlike
    return any(
        share(about, one.about) if about and one.about else _speaks_of(wanted, letter, subject, one)
        for one in found
    )


def _announced(wanted: Wanted, letter: Letter) -> list[Said]:
    """What it announces that is not of something else; else what goes to its reader and names the thing."""
    given = [one for one in letter.deeds.gives if not are_others(one.of, wanted.of)]
    return given or [
        one
        for one in letter.deeds.goes
        if share(wanted.about, one.about) and not are_others(one.of, wanted.of)
    ]


def _speaks_of(wanted: Wanted, letter: Letter, subject: str, one: Said) -> bool:
    """Whether a sentence that names no thing, or to a promise of none, is about that promise: as promised, or by its subject."""
    if one.as_promised:
        return True
    return share(topic(subject) | wanted.about, topic(letter.subject) | one.about)
