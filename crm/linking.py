"""Which offices a message concerns, by which reason and how surely. Pure: data in, links out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crm.link_context import in_earnest
from nlp.model import Mention, MunicipalityMention, Reading
from nlp.municipalities.gazetteer import municipality_of_domain

Reason = Literal["address", "subject", "mention", "document", "chain", "thread", "signature", "person"]

CONFIDENCE: Mapping[Reason, float] = {
    "person": 1.0,
    "subject": 0.95,
    "address": 0.9,
    "mention": 0.8,
    "document": 0.75,
    "chain": 0.7,
    "thread": 0.6,
    "signature": 0.5,
}


@dataclass(frozen=True, slots=True)
class OfficeLink:
    """A link to the offices of a municipality, before anybody decided on it; `detail` is what was seen."""

    code: str
    reason: Reason
    detail: str
    confidence: float


def link_message(
    addresses: Iterable[str | None],
    reading: Reading,
    codes: frozenset[str],
    *,
    body: str = "",
    signature_start: int | None = None,
    automatic: bool = False,
) -> tuple[OfficeLink, ...]:
    """The links of one message by its own addresses, subject and words; at most one an office, the surest.

    `codes` are the municipalities that have an office. What a newsletter or an auto-reply happens to name is
    no reason, and what a signature names one only where nothing else is.
    """
    found = _by_address(addresses)
    signed: list[Mention] = []
    if not automatic:
        words, signed = _split(reading.mentions, signature_start)
        found += _by_mention(reading.subject_mentions, "subject")
        found += _by_mention(words, "mention", body)
        for document in reading.documents:
            found += _by_mention(document.mentions, "document")
    found = [link for link in found if link.code in codes]
    return surest(found or (link for link in _by_mention(signed, "signature") if link.code in codes))


def _split(mentions: Iterable[Mention], signature_start: int | None) -> tuple[list[Mention], list[Mention]]:
    """The mentions of the words themselves, and those of the signature."""
    words: list[Mention] = []
    signed: list[Mention] = []
    for mention in mentions:
        in_signature = signature_start is not None and mention.start >= signature_start
        (signed if in_signature else words).append(mention)
    return words, signed


def _by_address(addresses: Iterable[str | None]) -> list[OfficeLink]:
    found = (
        (address, municipality_of_domain(address.rpartition("@")[2])) for address in addresses if address
    )
    return [
        OfficeLink(place.code, "address", address, CONFIDENCE["address"]) for address, place in found if place
    ]


def _by_mention(mentions: Iterable[Mention], reason: Reason, text: str = "") -> list[OfficeLink]:
    places = [mention for mention in mentions if isinstance(mention, MunicipalityMention)]
    return [
        OfficeLink(mention.code, reason, mention.text, CONFIDENCE[reason] * mention.confidence)
        for mention in in_earnest(places, text)
    ]


def surest(links: Iterable[OfficeLink]) -> tuple[OfficeLink, ...]:
    """One link an office, the surest, ordered by confidence and code."""
    best: dict[str, OfficeLink] = {}
    for link in links:
        if link.code not in best or best[link.code].confidence < link.confidence:
            best[link.code] = link
    return tuple(sorted(best.values(), key=lambda link: (-link.confidence, link.code)))


def inherit(
    links: Sequence[tuple[OfficeLink, ...]], parents: Sequence[int | None]
) -> list[tuple[OfficeLink, ...]]:
    """A message of a chain that says nothing of its own concerns what the chain around it does."""
    whole = surest(
        OfficeLink(link.code, "chain", link.detail, min(link.confidence, CONFIDENCE["chain"]))
        for own in links
        for link in own
    )
    return [own or (whole if len(parents) > 1 else ()) for own in links]
