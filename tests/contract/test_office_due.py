"""What is owed on an office's page: open ones are counted and come first, and of very many the most pressing are shown."""

from datetime import date, timedelta

from sqlalchemy import insert, select

from crm import office_due
from crm.offices import show_office
from db.schema import FollowUp, Office
from db.store import Store

DAY = date(2021, 10, 18)


def owed(store: Store, *rows: tuple[str, str, int | None]) -> None:
    """Follow-ups of Ånge: side, state, last day in so many days."""
    with store.write() as session:
        office = session.scalar(select(Office.id).where(Office.municipality_code == "2260"))
        given = [
            {
                "kind": "request", "obligor": "sender", "text": f"nummer {number}", "since": DAY, "office_id": office,
                "owes": side, "state": state, "due_end": None if days is None else DAY + timedelta(days),
            }
            for number, (side, state, days) in enumerate(rows)
        ]  # fmt: skip
        session.execute(insert(FollowUp), given)


def test_what_was_kept_stands_below_and_is_not_counted(filled: Store) -> None:
    owed(
        filled,
        ("us", "kept", -9),
        ("us", "accepted", None),
        ("us", "proposed", 4),
        ("us", "done", 1),
        ("them", "accepted", 2),
    )
    with filled.read() as session:
        view = show_office(session, "Ånge", DAY)
    assert [row.text for row in view.we_owe] == ["nummer 2", "nummer 1", "nummer 0"]
    assert (view.open["us"], view.open["them"], view.open.get("others", 0)) == (2, 1, 0)


def test_of_very_many_a_page_is_shown_and_all_are_counted(filled: Store) -> None:
    many = office_due.SHOWN + 7
    owed(filled, *(("them", "accepted", many - number) for number in range(many)))
    with filled.read() as session:
        view = show_office(session, "Ånge", DAY)
    assert len(view.they_owe) == office_due.SHOWN
    assert view.they_owe[0].text == f"nummer {many - 1}"
    assert view.open["them"] == many
