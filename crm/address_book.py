"""The people of one mail, each once: from its headers, then what signatures and sentences add."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from crm.folding import fold
from crm.identity import address_kind, organisation_of, other_names, person_name
from crm.same_person import alike, words_of_name
from ingest.model import Mailbox
from nlp.model import PersonMention, Reading
from nlp.people.mailboxes import given_first, name_of_address
from nlp.people.words import is_given

_SAME = 0.8  # names of one mail that are as much alike are one person's
_SAME_ADDRESS = 0.4  # less is enough where the address is one
_VIA = " via "  # a list that writes in its members' names
_LOOKED_AT = 40  # cards that share a word with a name: more are a list, not a correspondence


@dataclass(slots=True)
class PersonCard:
    """What one mail says about a person."""

    name: str
    addresses: list[str] = field(default_factory=list)
    title: str | None = None
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)
    unit: str | None = None
    guessed: bool = False  # the name is what an address spells
    spelt: tuple[str, ...] = ()  # other names of theirs: a former one, what the address has for a pet name
    signed: bool = False  # title and organisation are from the person's own signature


class AddressBook:
    """The people of one mail: headers first, then what signatures and sentences add."""

    def __init__(self, lists: Collection[str] = ()) -> None:
        self._lists = lists
        self._cards: list[PersonCard] = []
        self._by_name: dict[tuple[str, ...], PersonCard] = {}
        self._by_word: dict[str, list[PersonCard]] = {}
        self._by_address: dict[str, PersonCard] = {}

    def add_mailbox(self, mailbox: Mailbox) -> None:
        """A sender or recipient; no card for functions and lists."""
        name, address = person_name(mailbox), mailbox.address
        guessed = _guessed(name, mailbox)
        if guessed:
            name = None
        if address in self._lists:
            name = guessed = None
        if name is None and guessed is None:
            is_list = address in self._lists and _VIA not in (mailbox.name or "").lower()
            name, address = None if is_list else _name_behind(mailbox), None
        if name is None and guessed is None:
            return
        card = self._card(name or guessed or "", (address,) if address else (), guessed=name is None)
        self._address(card, address)
        card.organisation = card.organisation or organisation_of(address)
        for other in other_names(name, mailbox) if name and address else ():
            card.spelt = (*card.spelt, other)
            self._index(card, other)

    def add_mention(self, mention: PersonMention) -> None:
        """A person named in a text, with what stood beside the name."""
        own = [
            each
            for each in mention.addresses
            if each not in self._lists and address_kind(None, each) in {"person", "unknown"}
        ]
        card = self._card(mention.name, own)
        for address in own:
            self._address(card, address)
        for phone in mention.phones:
            if phone not in card.phones:
                card.phones.append(phone)
        self._describe(card, mention)

    def _describe(self, card: PersonCard, mention: PersonMention) -> None:
        """The newest signature has the last word; the mail stands newest first."""
        signed = mention.rule == "person.signature"
        if signed and not card.signed:
            card.title = mention.title or card.title
            card.organisation = mention.organisation or card.organisation
            card.unit, card.signed = mention.unit, True
        card.title = card.title or mention.title
        card.organisation = card.organisation or mention.organisation

    def cards(self) -> tuple[PersonCard, ...]:
        """Every person once, in the order of first appearance."""
        return tuple(self._cards)

    def _card(self, name: str, addresses: Iterable[str], *, guessed: bool = False) -> PersonCard:
        card = self._found(name, addresses)
        if card is None:
            card = PersonCard(name, guessed=guessed)
            self._cards.append(card)
        elif _is_better(name, card, guessed=guessed):
            card.name, card.guessed = name, guessed
        self._index(card, name)
        return card

    def _found(self, name: str, addresses: Iterable[str]) -> PersonCard | None:
        same = self._by_name.get(_key(name))
        if same is not None:
            return same
        for address in addresses:
            card = self._by_address.get(address)
            if card is not None and alike(card.name, name).score >= _SAME_ADDRESS:
                return card
        return self._alike(name, set(addresses))

    def _alike(self, name: str, addresses: set[str]) -> PersonCard | None:
        """The one card whose name is much alike, and whose addresses are not others'."""
        words = words_of_name(name)
        near = {id(card): card for word in (words[0], words[-1]) for card in self._by_word.get(word, ())}
        if len(near) > _LOOKED_AT:
            return None
        fits = [card for card in near.values() if self._is_one(card, name, addresses)]
        return fits[0] if len(fits) == 1 else None

    @staticmethod
    def _is_one(card: PersonCard, name: str, addresses: set[str]) -> bool:
        if card.addresses and addresses and not addresses & set(card.addresses):
            return False
        single = " " not in name or " " not in card.name
        return alike(card.name, name).score >= (_SAME_ADDRESS if single else _SAME)

    def _index(self, card: PersonCard, name: str) -> None:
        self._by_name.setdefault(_key(name), card)
        for word in words_of_name(name):
            cards = self._by_word.setdefault(word, [])
            if len(cards) <= _LOOKED_AT and all(each is not card for each in cards):
                cards.append(card)

    def _address(self, card: PersonCard, address: str | None) -> None:
        if address and address not in card.addresses:
            card.addresses.append(address)
            self._by_address.setdefault(address, card)


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(words_of_name(name)))


def _is_better(name: str, card: PersonCard, *, guessed: bool) -> bool:
    """Whether a spelling says more than the one that stands: å ä ö, or names where there was an initial or one word."""
    if guessed or card.guessed:
        return card.guessed and not guessed and (" " in name or " " not in card.name)
    if name in card.spelt and name_of_address(card.addresses[0] if card.addresses else "") == name:
        return True
    if fold(name) == fold(card.name):
        return not name.isascii() and card.name.isascii()
    written = words_of_name(card.name)
    is_thin = len(written) == 1 or len(written[0]) == 1 or len(written[-1]) == 1
    return is_thin and len(words_of_name(name)) >= len(written)


def _guessed(name: str | None, mailbox: Mailbox) -> str | None:
    """What the address spells, where no name stands beside it, or only its given name."""
    spelt = name_of_address(mailbox.address or "")
    repeated = mailbox.name is None or fold(mailbox.name) == fold(mailbox.address or "")
    if spelt is None or address_kind(None if repeated else mailbox.name, mailbox.address) != "person":
        return None
    if name is None:
        return spelt if repeated else None
    return spelt if " " not in name and fold(spelt).split()[0] == fold(name) else None


def _name_behind(mailbox: Mailbox) -> str | None:
    """Somebody who writes through a function's address: `Anna Ek` <info@…>."""
    if not mailbox.name or address_kind(mailbox.name, None) != "person":
        return None
    name = given_first(mailbox.name, None)
    return name if name and " " in name and is_given(name.split()[0]) else None


def people_of(
    mailboxes: Iterable[Mailbox], readings: Iterable[Reading], lists: Collection[str] = ()
) -> tuple[PersonCard, ...]:
    """Every person of a mail once, from headers, signatures and text; `lists` are addresses that are nobody's."""
    book = AddressBook(lists)
    boxes = sorted(dict.fromkeys(mailboxes), key=lambda box: box.name is None)
    for mailbox in boxes:
        book.add_mailbox(mailbox)
    for reading in readings:
        for mentions in (reading.mentions, *(document.mentions for document in reading.documents)):
            for mention in mentions:
                if isinstance(mention, PersonMention):
                    book.add_mention(mention)
    return book.cards()
