"""A quote is the received letter that it is of, however it was cut, wrapped and edited, and never another's."""

from collections.abc import Callable
from datetime import date

import pytest

from crm.intake.known import Draft, Known, Row, identities_of
from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMail
from db.schema import Raw
from nlp.reader import Reader
from tests.mails import mail
from tests.unit.crm.sets import quoted_letters as letters

_SUBJECT = "Servicekontor"
_TODAY = date(2021, 6, 9)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def _row_of_quote(received: str, to: str, quoted: str, reader: Reader) -> Row | None:
    """The row that a quote is given where the mailbox holds one received letter."""
    sender = f"{letters.SENDER} <{letters.ADDRESS}>"
    raws = (
        mail(received, sender=sender, to=to, subject=_SUBJECT, at="2021-04-12 10:37", message_id="<a@x.example>"),
        mail(quoted, sender="Malte Hedrén <malte.hedren@ange.se>", subject=f"VB: {_SUBJECT}", message_id="<b@x.example>"),
    )  # fmt: skip
    context = ReadingContext(today=_TODAY)
    mails = [(Raw(id=number), read_mail(raw, reader, context)) for number, raw in enumerate(raws, 1)]
    return _known(mails).same(mails[1][1].messages[1].chain, identities_of(mails)[2, 1])[0]


def _known(mails: list[tuple[Raw, ReadMail]]) -> Known:
    chain, identity = mails[0][1].messages[0].chain, identities_of(mails)[1, 0]
    row = Draft(*identity[:2], 1, _TODAY, sent_at=chain.date, body=chain.body, subject=chain.subject)
    row.head_key = identity.head
    known = Known()
    known.add(row, chain.sender, chain.to)
    return known


@pytest.mark.parametrize(("letter", "header", "altered"), letters.QUOTES)
def test_a_quote_is_its_letter(
    letter: int, header: str, altered: Callable[[str], str], reader: Reader
) -> None:
    words = letters.LETTERS[letter]
    quoted = letters.quote(altered(words), header, letters.BO, _SUBJECT)
    assert _row_of_quote(words, letters.BO, quoted, reader) is not None


@pytest.mark.parametrize(("received", "to", "other", "others_to", "header"), letters.STRANGERS)
def test_a_letter_to_somebody_else_is_another(
    received: str, to: str, other: str, others_to: str, header: str, reader: Reader
) -> None:
    quoted = letters.quote(other, header, others_to, _SUBJECT)
    assert _row_of_quote(received, to, quoted, reader) is None
