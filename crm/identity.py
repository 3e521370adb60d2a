"""Who stands behind an address: a person, a function mailbox or a list; and the people of a mail, each once."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ingest.model import Mailbox
from nlp.model import Party, PersonMention, Reading
from nlp.organisations import organisation_of_domain
from nlp.people.mailboxes import given_first

AddressKind = Literal["person", "function", "list", "unknown"]

_LIST_LOCAL = re.compile(
    r"(?:^|[._-])(?:postlista|s[aä]ndlista|maillista|epostlista|utskick|nyhetsbrev|newsletter|list|lista|all|alla|everyone)(?:[._-]|$)"
)
_LIST_NAME = re.compile(r"(?i)\b(?:postlista|sändlista|maillista|distributionslista|mailing ?list)\b")
_FUNCTION_NAME = re.compile(
    r"(?i)\b(?:funktionsadress|funktionsbrevlåda|funktionspost|registrator\w*|diariet?|kundtjänst|kundcenter|"
    r"kontaktcenter|växel(?:n)?|reception(?:en)?|kansli(?:et)?|brevlåda|support|helpdesk|noreply|no-reply)\b"
)
_FUNCTION_LOCALS = frozenset(
    "info registrator registratur diarium diariet kommun kommunen kommunstyrelsen ks kansli kansliet kontakt "
    "kontaktcenter kundcenter kundtjanst medborgarservice servicecenter servicekontor noreply no-reply donotreply "
    "do-not-reply postmaster mailer-daemon abuse webmaster support helpdesk hr ekonomi faktura fakturor press "
    "presskontakt upphandling avtal fastighet lokaler bygglov reception vaxel vaxeln post mail office admin "
    "administration personal lon myndigheten namnd namnden huvudregistrator arkiv it it-support service".split()
)
_AUTOMATIC_LOCAL = re.compile(r"^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)(?:[+._-]|$)")
_GIVEN_DOT_SURNAME = re.compile(r"^[a-z]{2,}(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*){1,3}\d{0,2}$")


def fold(text: str) -> str:
    """Lower case without diacritics: how a name looks in an address (Ånge → ange)."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def address_kind(name: str | None, address: str | None) -> AddressKind:
    """What kind of party a name and an address are, by their words; unknown where nothing tells."""
    local, _, domain = (address or "").partition("@")
    if _LIST_LOCAL.search(local) or (name and _LIST_NAME.search(name)):
        return "list"
    if _is_function(name, local, domain):
        return "function"
    if given_first(name or "", address) is not None:
        return "person"
    if local and not name and _GIVEN_DOT_SURNAME.match(local):
        return "person"
    return "unknown"


def _is_function(name: str | None, local: str, domain: str) -> bool:
    if name and _FUNCTION_NAME.search(name):
        return True
    if local in _FUNCTION_LOCALS or _AUTOMATIC_LOCAL.match(local):
        return True
    # ange@ange.se, ange.kommun@ange.se: the house writing in its own name
    labels = domain.split(".")
    return bool(local) and any(local in {label, f"{label}kommun", f"{label}.kommun"} for label in labels[:-1])


def person_name(mailbox: Mailbox) -> str | None:
    """The person's name, given name first, or None for a function, a list or an address alone."""
    if address_kind(mailbox.name, mailbox.address) != "person":
        return None
    return given_first(mailbox.name or "", mailbox.address)


def organisation_of(address: str | None) -> str | None:
    """The organisation behind an address, by its domain."""
    return organisation_of_domain(address.rpartition("@")[2]) if address and "@" in address else None


def party(mailbox: Mailbox) -> Party:
    """A mailbox as the reading needs it."""
    return Party(
        name=person_name(mailbox) or mailbox.name,
        address=mailbox.address,
        organisation=organisation_of(mailbox.address),
    )


@dataclass(slots=True)
class PersonCard:
    """What one mail says about a person."""

    name: str
    addresses: list[str] = field(default_factory=list)
    title: str | None = None
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)


def name_key(name: str) -> str:
    """Two spellings of one name share it: case, diacritics and hyphens make no difference."""
    return " ".join(fold(name).replace("-", " ").split())


class AddressBook:
    """The people of one mail: headers first, then what signatures and sentences add."""

    def __init__(self) -> None:
        self._cards: dict[str, PersonCard] = {}

    def add_mailbox(self, mailbox: Mailbox) -> None:
        """A sender or recipient; no card for functions and lists."""
        name = person_name(mailbox)
        if name is None:
            return
        card = self._card(name)
        _add(card.addresses, mailbox.address)
        card.organisation = card.organisation or organisation_of(mailbox.address)

    def add_mention(self, mention: PersonMention) -> None:
        """A person named in a text, with what stood beside the name."""
        card = self._card(mention.name)
        for address in mention.addresses:
            _add(card.addresses, address)
        for phone in mention.phones:
            _add(card.phones, phone)
        card.title = mention.title or card.title
        card.organisation = mention.organisation or card.organisation

    def cards(self) -> tuple[PersonCard, ...]:
        """Every person once, in the order of first appearance."""
        return tuple(self._cards.values())

    def _card(self, name: str) -> PersonCard:
        return self._cards.setdefault(name_key(name), PersonCard(name))


def _add(values: list[str], value: str | None) -> None:
    if value and value not in values:
        values.append(value)


def people_of(mailboxes: Iterable[Mailbox], readings: Iterable[Reading]) -> tuple[PersonCard, ...]:
    """Every person of a mail once, from headers, signatures and text."""
    book = AddressBook()
    for mailbox in mailboxes:
        book.add_mailbox(mailbox)
    for reading in readings:
        for mentions in (reading.mentions, *(document.mentions for document in reading.documents)):
            for mention in mentions:
                if isinstance(mention, PersonMention):
                    book.add_mention(mention)
    return book.cards()
