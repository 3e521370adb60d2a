"""Header blocks in languages that no table has, by their shape alone, and forms that merely have it."""

import pytest

from ingest.chain import unfold
from ingest.model import ChainMessage, Mailbox, ParsedMail

PETRA = Mailbox("Petra Hall", "petra@ssc.example")


def _read(text: str) -> tuple[ChainMessage, ...]:
    return unfold(ParsedMail("ok", text=text))


@pytest.mark.parametrize(
    ("labels", "date"),
    [
        (("Mula sa", "Ipinadala", "Para kay", "Paksa"), "Miyerkules, Setyembre 14, 2022 10:02"),
        (("Ka", "La diray", "Ku", "Mawduuc"), "Arbaco, 14 September 2022 10:02"),
        (("Lakaq", "Kachasqa", "Kaypaq", "Imamanta"), "14/09/2022 10:02"),
    ],
)
def test_four_labels_of_no_table_are_a_header(labels: tuple[str, ...], date: str) -> None:
    values = ("Ana Cruz <ana@x.example>", date, "Petra Hall <petra@ssc.example>", "Upa")
    block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    outer, inner = _read(f"Hej\n\n{block}\n\nOrd")
    assert (outer.body, inner.body, inner.subject, inner.to) == ("Hej", "Ord", "Upa", (PETRA,))
    assert inner.date is not None
    assert inner.date.isoformat() == "2022-09-14T10:02:00+02:00"


@pytest.mark.parametrize(
    "labels",
    [
        ("Beställare", "Datum", "Mottagare", "Ärende"),
        ("Requester", "Created", "Assignee", "Ticket"),
        ("Ordförande", "Tid", "Sekreterare", "Plats"),
        ("Bokad av", "Datum", "Kontakt", "Lokal"),
    ],
)
def test_a_form_is_no_header(labels: tuple[str, ...]) -> None:
    values = ("Ana Cruz <ana@x.example>", "2022-09-14 10:02", "Petra Hall <petra@ssc.example>", "Upa")
    block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    assert len(_read(f"Hej\n\n{block}\n\nOrd")) == 1


def test_a_label_in_the_midst_of_prose_is_none() -> None:
    text = "Hej\nX: Ana <ana@x.example>\nY: 2022-09-14 10:02\nZ: Bo <bo@x.example>\nW: Upa\n\nOrd"
    assert len(_read(text)) == 1


def test_columns_need_who_when_and_whom() -> None:
    table = (
        "         Hyra 2022-09-14 10:02                     Till\n                              Storgatan\n"
    )
    assert len(_read(f"Hej\n\n{table}\nOrd")) == 1
