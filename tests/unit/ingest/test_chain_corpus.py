"""Chains as the mail programs write them: every field of every level."""

import pytest

from ingest.chain import unfold
from ingest.model import ChainMessage, Mailbox, ParsedMail
from tests.unit.ingest.chain_cases import CASES, Case, Level


def _party(text: str | None) -> Mailbox | None:
    if text is None:
        return None
    name, _, address = text.partition("|")
    return Mailbox(name or None, address or None)


def _fields(level: Level) -> tuple[object, ...]:
    return (
        level.kind,
        0 if level.parent is None else level.parent,
        _party(level.sender),
        tuple(_party(party) for party in level.to),
        tuple(_party(party) for party in level.cc),
        level.subject,
        level.date,
        level.body,
        level.signature,
    )


def _seen(message: ChainMessage) -> tuple[object, ...]:
    signature = (
        None if message.signature_start is None else message.body[message.signature_start :].split("\n")[0]
    )
    return (
        message.kind,
        message.parent,
        message.sender,
        message.to,
        message.cc,
        message.subject,
        message.date.replace(tzinfo=None).isoformat() if message.date else None,
        message.body,
        signature,
    )


@pytest.mark.parametrize("chain", CASES, ids=lambda chain: chain.name)
def test_every_field_of_every_level(chain: Case) -> None:
    outer, *inner = unfold(ParsedMail(status="ok", subject=chain.subject, text=chain.text))
    assert [_seen(message) for message in inner] == [_fields(level) for level in chain.levels]
    assert outer.body == chain.own
    own_signature = None if outer.signature_start is None else outer.body[outer.signature_start :]
    assert (own_signature or "").startswith(chain.own_signature or "")
    assert (own_signature is None) == (chain.own_signature is None)


@pytest.mark.parametrize("chain", CASES, ids=lambda chain: chain.name)
def test_places_lie_within_those_of_the_message_around(chain: Case) -> None:
    found = unfold(ParsedMail(status="ok", subject=chain.subject, text=chain.text))
    assert (found[0].start, found[0].end) == (0, len(chain.text))
    for message in found[1:]:
        around = found[message.parent or 0]
        assert around.start <= message.start < message.end <= around.end
        last = message.body.split("\n")[-1]
        assert last in chain.text[message.start : message.end]
