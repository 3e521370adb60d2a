"""Which way a message goes and who owes, seen from us."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from crm.rows.follow_ups import Owes

Direction = Literal["in", "out", "internal", "others"]


@dataclass(frozen=True, slots=True)
class Own:
    """Who we are: mail domains (their subdomains too) and single addresses, in lower case."""

    domains: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> "Own":
        """From a list such as `statenssc.se registrator@example.se`."""
        cleaned = [name.strip().lower().removeprefix("@") for name in names if name.strip()]
        return cls(
            frozenset(name for name in cleaned if "@" not in name),
            frozenset(name for name in cleaned if "@" in name),
        )

    def has(self, address: str | None) -> bool:
        """Whether `address` is ours."""
        if not address:
            return False
        if address in self.addresses:
            return True
        domain = address.rpartition("@")[2]
        return any(domain == own or domain.endswith("." + own) for own in self.domains)


def direction(own: Own, sender: str | None, recipients: Iterable[str | None]) -> Direction:
    """in, out, internal or others."""
    from_us = own.has(sender)
    to = [own.has(address) for address in recipients if address]
    if from_us:
        return "internal" if to and all(to) else "out"
    return "in" if any(to) else "others"


def owes(obligor: str, way: Direction, *, obligor_is_ours: bool = False, asks_us: bool = True) -> Owes:
    """Who owes: us, them (they owe us) or others, for an obligor as the letter's reading names it.

    `obligor_is_ours` tells that a third party named in the letter is one of us; `asks_us` is False where a
    letter from outside is to others and comes to us as a copy.
    """
    if obligor_is_ours:
        return "us"
    if obligor == "recipient" and way == "in" and not asks_us:
        return "others"
    if way == "others":
        return "others"
    if obligor == "sender":
        return "us" if way in {"out", "internal"} else "them"
    if obligor == "recipient":
        return "us" if way in {"in", "internal"} else "them"
    if obligor == "both":
        return "us"
    return "them" if obligor == "third_party" else "others"
