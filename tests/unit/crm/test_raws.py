"""Raw bytes as the store keeps them."""

import base64
import random

import pytest

from crm.raws import pack, unpack
from db.schema import Raw

NOISE = random.Random(7).randbytes(60_000)
DOCUMENT = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(NOISE).replace(b"\n", b"\r\n")
WORDS = b"Hej! Vi \xe5terkommer om lokalen i slutet av oktober.\r\n" * 1_000


@pytest.mark.parametrize(
    "raw",
    [b"", b"Subject: x\n\nHej", WORDS, DOCUMENT, WORDS + DOCUMENT, DOCUMENT + WORDS, NOISE, b"A" * 100_000],
    ids=["nothing", "short", "words", "document", "words first", "words last", "noise", "one letter"],
)
def test_what_is_packed_comes_out_as_it_was(raw: bytes) -> None:
    assert unpack(Raw(content=pack(raw))) == raw


def test_words_and_base64_alike_take_less_room() -> None:
    assert len(pack(WORDS)) < len(WORDS) / 20
    assert len(pack(DOCUMENT)) < len(DOCUMENT) * 0.8
