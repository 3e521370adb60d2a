"""To whom two letters went: one letter goes to thirty municipalities in the same minute, under the same words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crm.folding import name_key
from crm.identity import address_kind
from ingest.model import Mailbox
from nlp.people.mailboxes import given_first, name_of_address


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who stands in To: people by address and by name, functions and lists by their house alone, as a house has several."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, mailboxes: Iterable[Mailbox]) -> "Addressees":
        known = [_keys(box.name, box.address) for box in mailboxes]
        return cls(
            frozenset(address for address, _ in known if address),
            frozenset(name for _, name in known if name),
        )

    def same(self, other: "Addressees") -> bool:
        """Whether both name somebody who is the same."""
        return bool(self.addresses & other.addresses or self.names & other.names)

    def others(self, other: "Addressees") -> bool:
        """Whether both say to whom, in a way that can be compared, and it is nobody whom both name."""
        comparable = (self.addresses and other.addresses) or (self.names and other.names)
        return bool(comparable) and not self.same(other)


@lru_cache(8_192)
def _keys(name: str | None, address: str | None) -> tuple[str | None, str | None]:
    """The keys of one mailbox; a name that no address proves to be a person's says nothing."""
    if address_kind(name, address) != "person":
        return (f"@{address.rpartition('@')[2]}" if address else None), None
    spelt = given_first(name or "", address) or name_of_address(address or "")
    return address, " ".join(sorted(name_key(spelt).split())) if spelt else None
