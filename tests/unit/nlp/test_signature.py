"""Signatures as people write them; everybody here is invented."""

import pytest

from nlp.signature import read_signature

BLOCKS = [
    (
        "Med vänlig hälsning\n\nUlla Rask\nVerksamhetsutvecklare\nStatens servicecenter",
        "Ulla Rask",
        "Verksamhetsutvecklare",
    ),
    ("Med vänlig hälsning, Ulla Rask, kommunchef", "Ulla Rask", "kommunchef"),
    ("Med vänliga hälsningar Ulla Rask\nEnhetschef", "Ulla Rask", "Enhetschef"),
    ("Ulla Rask | Lokalstrateg | Ånge kommun | 0691-67 01 01", "Ulla Rask", "Lokalstrateg"),
    ("MVH Ulla", "Ulla", None),
    ("Mvh\nUlla", "Ulla", None),
    ("/Ulla", "Ulla", None),
    ("//Ulla Rask", "Ulla Rask", None),
    ("-- \nPer Ask\nDivisionschef Medborgarservice", "Per Ask", "Divisionschef Medborgarservice"),
    (
        "Vänliga hälsningar\nRask Ulla\nFastighetsförvaltare\nulla.rask@ange.se",
        "Ulla Rask",
        "Fastighetsförvaltare",
    ),
    ("Bästa hälsningar\n**Zorica Petrovska**\n*Projektledare*", "Zorica Petrovska", "Projektledare"),
    ("ULLA RASK\nKommundirektör", "Ulla Rask", "Kommundirektör"),
    ("Hälsningar\nKommunstyrelsen", None, None),
    ("Med vänlig hälsning\nRegistrator\nÅnge kommun", None, None),
    ("Vänligen\nElsa Holmgren\nbitr. enhetschef", "Elsa Holmgren", "bitr. enhetschef"),
    ("Hälsar\nBo Hed", "Bo Hed", None),
    ("Kind regards,\nPer Ask\nProject manager", "Per Ask", "Project manager"),
    ("Tack på förhand!\nOmar Haddad", "Omar Haddad", None),
    ("Anna-Karin Lindvall\nHandläggare\nTel: 010-456 04 16", "Anna-Karin Lindvall", "Handläggare"),
    ("Vi hörs!\n\nMed vänlig hälsning\nUlla Rask\nSkickat från min iPhone", "Ulla Rask", None),
    ("www.statenssc.se\n010-456 04 16", None, None),
    ("Ulla Rask\nVerksamhetsutvecklare\nÅnge kommun", "Ulla Rask", "Verksamhetsutvecklare"),
    ("Per-Olov Hed\nKommunchef", "Per-Olov Hed", "Kommunchef"),
    ("Ulla Rask (hon/henne)\nLokalstrateg", "Ulla Rask", "Lokalstrateg"),
    ("Ulla Rask – Lokalstrateg\nÅnge kommun", "Ulla Rask", "Lokalstrateg"),
    ("Bästa hälsningar från Ulla Rask", "Ulla Rask", None),
    ("Mvh\nUlla Rask\tkommunchef\nTfn\t0691-67 01 01", "Ulla Rask", "kommunchef"),
    ("Vänliga hälsningar / Kind regards\nUlla Rask\nEnhetschef / Head of Unit", "Ulla Rask", "Enhetschef"),
    ("Hälsningar\nUlla Rask\nKey Account Manager", "Ulla Rask", "Key Account Manager"),
    ("Hälsningar\nUlla Rask\nSenior Adviser\nSkatteverket", "Ulla Rask", "Senior Adviser"),
    ("", None, None),
]


@pytest.mark.parametrize(("block", "name", "title"), BLOCKS)
def test_name_and_title(block: str, name: str | None, title: str | None) -> None:
    signature = read_signature(block)
    assert (signature.name if signature else None, signature.title if signature else None) == (name, title)


def test_everything_that_a_full_signature_says() -> None:
    block = (
        "Med vänlig hälsning\n\nPer Ask\nDivisionschef\nTekniska förvaltningen\nStatens servicecenter\nMobil: +46(0)72 451 45 29\n"
        "Postadress: Box 11135, 100 62 Stockholm\nper.ask@statenssc.se\nwww.statenssc.se"
    )
    signature = read_signature(block)
    assert signature is not None
    assert block[signature.start : signature.end] == "Per Ask"
    assert signature.unit == "Tekniska förvaltningen"
    assert signature.organisation == "Statens servicecenter"
    assert signature.phones == ("+46724514529",)
    assert signature.addresses == ("per.ask@statenssc.se",)
    assert signature.postal == ("Box 11135, 100 62 Stockholm",)
    assert signature.web == ("www.statenssc.se",)


def test_the_organisation_of_the_mail_domain() -> None:
    signature = read_signature("Ulla Rask\nulla.rask@ange.se")
    assert signature is not None
    assert signature.organisation == "Ånge kommun"


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("Tfn 0690-25 01 22, vx 0690-250 100", ("+46690250122",)),
        ("0690-25 01 22 (direkt) | 0690-250 100 (vx)", ("+46690250122",)),
        ("Växel: 0690-250 100\nMobil 070-123 45 67", ("+46701234567",)),
        ("Fax 0690-250 100", ()),
        ("Telefon: 0771-921 921", ()),
        ("Kontaktcenter: +46 690 25 01 00", ()),
        ("D: +46(0)8-410 455 66", ("+46841045566",)),
    ],
)
def test_the_numbers_of_the_house_are_nobodys(line: str, own: tuple[str, ...]) -> None:
    signature = read_signature(f"Mvh\nUlla Rask\nEnhetschef\n{line}")
    assert signature is not None
    assert signature.phones == own


@pytest.mark.parametrize(
    ("block", "sender", "name"),
    [
        ("Hälsningar\nXhaferi Blerond\nkock", "Blerond Xhaferi", "Blerond Xhaferi"),
        ("Mvh\nBlerond", "Blerond Xhaferi", "Blerond Xhaferi"),
        ("Mvh\nBlerönd Xhaferi", "Blerond Xhaferi", "Blerönd Xhaferi"),
        ("Mvh\nUlla Rask", "Blerond Xhaferi", "Ulla Rask"),
    ],
)
def test_a_sender_is_known_whatever_the_lists_hold(block: str, sender: str, name: str) -> None:
    signature = read_signature(block, sender)
    assert signature is not None
    assert signature.name == name


@pytest.mark.parametrize(
    ("lines", "house"),
    [
        ("Projektledare\nHedlunds Bygg & Måleri\nurban@hedlundsbygg.example", "Hedlunds Bygg & Måleri"),
        ("Konsult\nNordisk Inredning\nwww.nordiskinredning.example", "Nordisk Inredning"),
        ("Konsult\nLokalfrågor\nurban@kack.example", None),
        ("Fastighetschef\nÅnge kommun\nurban.kack@ange.se", "Ånge kommun"),
    ],
)
def test_a_company_that_its_own_domain_spells(lines: str, house: str | None) -> None:
    signature = read_signature(f"Mvh\nUrban Käck\n{lines}")
    assert signature is not None
    assert signature.organisation == house
