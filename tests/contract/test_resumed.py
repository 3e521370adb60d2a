"""Answers that lost their headers and quote nothing stand with what they answer, and with nothing else."""

import pytest
from sqlalchemy import select

from db.schema import Message
from db.store import Store
from tests.intake import Take
from tests.mails import ANNA, BO, CIA, mail

ASKED = mail("Kan ni visa lokalen?", subject="Lokalen på Storgatan", message_id="<ask@x.example>")


def answer(
    sender: str = BO,
    to: str = ANNA,
    subject: str = "SV: Lokalen på Storgatan",
    at: str = "2021-06-09 10:00",
    name: str = "<answer@x.example>",
    headers: dict[str, str] | None = None,
) -> bytes:
    return mail("Ja.", sender=sender, to=to, subject=subject, at=at, message_id=name, headers=headers)


def threads(store: Store) -> dict[str, int | None]:
    with store.read() as session:
        return {
            name or "": thread
            for name, thread in session.execute(select(Message.message_id, Message.thread_id))
        }


@pytest.mark.parametrize("batches", ["together", "answer last", "answer first"])
@pytest.mark.parametrize("headers", [None, {"References": "null"}])
def test_an_answer_stands_with_what_it_answers(
    filled: Store, take: Take, batches: str, headers: dict[str, str] | None
) -> None:
    late = answer(headers=headers)
    order = {"together": [[late, ASKED]], "answer last": [[ASKED], [late]], "answer first": [[late], [ASKED]]}
    for batch in order[batches]:
        take(*batch)
    found = threads(filled)
    assert found["<ask@x.example>"] == found["<answer@x.example>"]
    with filled.read() as session:
        asked = select(Message.reply_to_id).where(Message.message_id == "<answer@x.example>")
        name = select(Message.message_id).where(Message.id == session.scalar(asked))
        assert session.scalar(name) == "<ask@x.example>"


@pytest.mark.parametrize(
    "other",
    [
        answer(subject="Lokalen på Storgatan"),
        answer(subject="VB: Lokalen på Storgatan"),
        answer(subject="SV: Lokalen på Torggatan"),
        answer(sender=CIA),
        answer(to=CIA),
        answer(at="2021-06-30 10:00"),
        answer(at="2021-06-06 10:00"),
        answer(headers={"In-Reply-To": "<else@x.example>"}),
        answer(headers={"Auto-Submitted": "auto-replied"}),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_does_not_fit_in_all_is_another_matter(
    filled: Store, take: Take, other: bytes, *, first: bool
) -> None:
    for one in (ASKED, other) if first else (other, ASKED):
        take(one)
    found = threads(filled)
    assert found["<ask@x.example>"] != found["<answer@x.example>"]


def test_a_subject_of_one_word_says_nothing(filled: Store, take: Take) -> None:
    take(
        mail("Kan ni?", subject="Servicekontor", message_id="<ask@x.example>"),
        answer(subject="SV: Servicekontor"),
    )
    found = threads(filled)
    assert found["<ask@x.example>"] != found["<answer@x.example>"]


def test_of_several_the_newest_is_answered(filled: Store, take: Take) -> None:
    again = mail(
        "Kan ni nu?", subject="Lokalen på Storgatan", at="2021-06-08 09:00", message_id="<again@x.example>"
    )
    take(ASKED, again, answer())
    found = threads(filled)
    assert found["<again@x.example>"] == found["<answer@x.example>"] != found["<ask@x.example>"]
