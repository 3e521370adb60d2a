"""Who wrote a document that came with a letter, and what its "we" and "you" are to the parties of that letter.

A document is its mail's own sender's, unless the signature under it names another house than theirs. Pure.
"""

from dataclasses import replace

from crm.folding import name_key
from nlp.model import FollowUp, Letter, Party, PersonMention, Reading


def author_of(reading: Reading, letter: Letter) -> Party | None:
    """The one who signed a document, where that is not the sender of its mail; None otherwise.

    `letter` is the document, its sender still that of the mail.
    """
    if letter.signature_start is None or letter.sender is None or letter.sender.organisation is None:
        return None
    for one in reading.mentions:
        signed = isinstance(one, PersonMention) and one.rule == "person.signature"
        if not isinstance(one, PersonMention) or not signed or one.start < letter.signature_start:
            continue
        if not one.organisation or _same_person(one.name, letter.sender):
            return None
        if _same_house(one.organisation, letter.sender):
            return None
        return Party(one.name, next(iter(one.addresses), None), one.organisation)
    return None


def seen_from_mail(found: FollowUp, author: Party, letter: Letter) -> FollowUp:
    """A follow-up of somebody else's document, its obligor seen from the mail that it came with.

    Its author is one of the mail's recipients or a third party; those that it addresses are the house that
    sends it on.
    """
    if found.obligor == "recipient":
        return replace(found, obligor="sender")
    if found.obligor != "sender":
        return found
    if any(_same_house(author.organisation or "", party) for party in letter.recipients):
        return replace(found, obligor="recipient")
    return replace(found, obligor="third_party", who=found.who or author.organisation)


def _same_person(name: str, party: Party) -> bool:
    return bool(party.name) and name_key(name) == name_key(party.name or "")


def _same_house(organisation: str, party: Party) -> bool:
    """Whether a name is that of a party's house, genitives and unknown houses apart."""
    known = party.organisation
    return known is not None and _bare(organisation) == _bare(known)


def _bare(organisation: str) -> str:
    return " ".join(word.removesuffix("s") for word in name_key(organisation).split())
