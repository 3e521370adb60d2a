"""Who stands behind an address: a person, a function mailbox or a list."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from crm.folding import fold, name_key
from ingest.model import ChainMessage, Mailbox
from nlp.model import Party
from nlp.organisations import organisation_of_domain
from nlp.people.mailboxes import given_first, is_address_of, name_of_address
from nlp.people.words import is_function

AddressKind = Literal["person", "function", "list", "unknown"]

_LONGEST_NAME = 200
_LONGEST_ADDRESS = 320

_LIST_LOCAL = re.compile(
    r"(?:^|[._-])(?:postlista|s[aä]ndlista|maillista|epostlista|distlista|distribution|dl|utskick|nyhetsbrev|newsletter|list|lista|all|"
    r"alla|everyone|ledamoter|medlemmar|members|deltagare|chefer)(?:[._-]|$)"
)
_LIST_NAME = re.compile(
    r"(?i)(?:\b(?:postlista|sändlista|maillista|distributionslista|e-?postlista|mailing ?list|utskickslista)|^(?:dl|list)[-: ]|^alla?\b|\bledamöter$)"
)
_FUNCTION_NAME = re.compile(
    r"(?i)\b(?:funktionsadress|funktionsbrevlåda|funktionspost|registrator\w*|diari(?:um|et?)|kundtjänst|kundcenter|"
    r"kontaktcenter|växel(?:n)?|reception(?:en)?|kansli(?:et)?|brevlåda|support|helpdesk|noreply|no-reply)\b"
)
_FUNCTION_LOCALS = frozenset(
    "info registrator registratur diarium diariet diarie kommun kommunen kommunstyrelsen ks kansli kansliet kontakt "
    "kontaktcenter kundcenter kundtjanst medborgarservice servicecenter servicekontor abuse webmaster support helpdesk hr "
    "ekonomi faktura fakturor press presskontakt upphandling avtal fastighet lokaler bygglov reception vaxel vaxeln post mail "
    "office admin administration personal lon myndigheten namnd namnden huvudregistrator arkiv it it-support service sbn bun "
    "ksau tekniska ordforande sekreterare tib hello hej order jobb rekrytering".split()
)
# What a function is called in an address, å ä ö folded; asked where nobody's name explains the address.
_FUNCTION_WORD = re.compile(
    r"kontor|kansli|namnd|forvaltning|avdelning|enhet(?:en)?$|styrelse|nyhet|lokal(?:er|en)?$|fastighet|bygg|^plan|teknik|tekniska|miljo|"
    r"skola|social|omsorg|reception|vaxel|kund|medborg|service|support|drift|jour|faktura|ekonomi|personal|rekryt|press(?:$|tjanst)|"
    r"redaktion|upphandl|inkop|arkiv|diari|registr|^post|brevlad|^info|kontakt|^bok(?:a|ning)|^rum|grupp|^team|projekt|ordforande|"
    r"sekreter|kommun|etabler|utveckling|turist|bibliotek|samordn|avtal|hyres"
)
_AUTOMATIC_LOCAL = re.compile(
    r"^(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|mailer-daemon|postmaster|bounces?|ingen-?svar|svara-?(?:ej|inte)|notif(?:y|ication|ications|iering)|"
    r"autosvar|daemon|system|microsoftexchange[0-9a-f]{20,40})(?:[+._-]|$)"
)
_GIVEN_DOT_SURNAME = re.compile(r"^[a-z]{2,}(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*){1,3}\d{0,2}$")


class Kind(NamedTuple):
    """What an address is and why. `reason` is a word: `name`, `list`, `automatic`, `function-name` …"""

    kind: AddressKind
    reason: str


BY_HEADER = Kind("list", "list-header")  # of an address that a mail's own headers say to be a list's


def address_kind(name: str | None, address: str | None) -> AddressKind:
    """What kind of party a name and an address are, by their words; unknown where nothing tells."""
    return kind_of(name, address).kind


def kind_of(name: str | None, address: str | None) -> Kind:
    """The kind and its reason. A machine that answers nobody is a function, with the reason `automatic`."""
    return _kind_of((name or "")[:_LONGEST_NAME], (address or "")[:_LONGEST_ADDRESS])


@lru_cache(maxsize=8192)
def _kind_of(name: str, address: str) -> Kind:
    """Kept, since the same parties write again and again."""
    local, _, domain = address.partition("@")
    if _LIST_NAME.search(name) or _LIST_LOCAL.search(local):
        return Kind("list", "list-name" if _LIST_NAME.search(name) else "list-address")
    if _AUTOMATIC_LOCAL.match(local):
        return Kind("function", "automatic")
    if _FUNCTION_NAME.search(name):
        return Kind("function", "function-name")
    if local in _FUNCTION_LOCALS:
        return Kind("function", "function-address")
    if _is_house(local, domain):
        return Kind("function", "house")
    return _person_or_function(name, address, local)


def _person_or_function(name: str, address: str, local: str) -> Kind:
    person = given_first(name, address)
    if person is not None and is_address_of(person, local):
        return Kind("person", "name-and-address")
    if not name and name_of_address(address) is not None:
        return Kind("person", "address")
    if any(_FUNCTION_WORD.search(word) for word in re.split(r"[._-]", fold(local))):
        return Kind("function", "function-address")
    if person is not None:
        return Kind("person", "name")
    if name and is_function(name):
        return Kind("function", "function-name")
    if local and not name and _GIVEN_DOT_SURNAME.match(local):
        return Kind("person", "address")
    return Kind("unknown", "")


def _is_house(local: str, domain: str) -> bool:
    """ange@ange.se, ange.kommun@ange.se: the house writing in its own name."""
    labels = domain.split(".")
    return bool(local) and any(local in {label, f"{label}kommun", f"{label}.kommun"} for label in labels[:-1])


def declared_lists(chain: Iterable[ChainMessage]) -> frozenset[str]:
    """The addresses that the headers of a mail, or of one attached to it, say to be lists."""
    return frozenset(address for message in chain for address in message.lists)


def person_name(mailbox: Mailbox) -> str | None:
    """The person's name, given name first, or None for a function, a list or an address alone."""
    if address_kind(mailbox.name, mailbox.address) != "person":
        return None
    return given_first(mailbox.name or "", mailbox.address)


_FORMERLY = re.compile(r"(?i:\(?\b(?:tidigare|f\.? ?d\.?|född|f\.)) ([^\W\d_][\w-]{1,30})\)?")
# Joakim (Jocke) Stålnacke, Kjell-Åke 'Kåge' Bergwall
_PET_NAME = re.compile(r"[^\W\d_] [(\"'“”’]([^\W\d_]{2,20})[)\"'”’] [^\W\d_]")


def other_names(name: str, mailbox: Mailbox) -> tuple[str, ...]:
    """Names that a mailbox says to be the same person's: `Eva Ek (tidigare Berg)`, and Bo for a Bosse <bo.ek@…>."""
    given, _, surname = name.rpartition(" ")
    former = _FORMERLY.search(mailbox.name or "")
    found = [f"{given} {former[1]}"] if former and given and fold(former[1]) != fold(surname) else []
    pet = _PET_NAME.search(mailbox.name or "")
    if pet and given and fold(pet[1]) not in fold(name):
        found.append(f"{pet[1]} {surname}")
    spelt = name_of_address(mailbox.address or "")
    if (
        spelt
        and given
        and fold(spelt.rpartition(" ")[2]) == fold(surname)
        and name_key(spelt) != name_key(name)
    ):
        found.append(spelt)
    return tuple(found)


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
