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
