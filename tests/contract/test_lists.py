"""What mail headers say to be a mailing list is one, whatever it is called."""

from sqlalchemy import select

from db.schema import Address, Organisation
from db.store import Store
from tests.intake import Take
from tests.mails import mail


def test_a_list_that_headers_name_is_a_list(filled: Store, take: Take) -> None:
    listed = "Malin Holm <malin.holm@listor.ange.se>"
    take(mail("Ett.", to="malin.nytt@listor.ange.se", message_id="<1@x.example>"))
    headers = {"List-Post": "<mailto:malin.holm@listor.ange.se>", "Precedence": "list"}
    take(mail("Två.", to=listed, message_id="<2@x.example>", headers=headers))
    take(
        mail(
            "Tre.", to="malin.nytt@listor.ange.se", message_id="<3@x.example>", headers={"Precedence": "list"}
        )
    )
    with filled.read() as session:
        asked = select(Address.address, Address.kind, Address.person_id).where(Address.address.like("malin%"))
        assert sorted(map(tuple, session.execute(asked.order_by(Address.address)))) == [
            ("malin.holm@listor.ange.se", "list", None),
            ("malin.nytt@listor.ange.se", "list", None),
        ]
        house = select(Organisation.name).join(Address, Address.organisation_id == Organisation.id)
        assert set(session.scalars(house.where(Address.kind == "list"))) == {"Ånge kommun"}
