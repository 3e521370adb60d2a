"""Many parts of a mail taken out at once are what each is by itself, in attached mails as well."""

from email.message import EmailMessage

from ingest.mime import content, contents


def _mail(*documents: tuple[str, bytes], carries: EmailMessage | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Bo Ekdahl <bo.ekdahl@ange.se>"
    made["Subject"] = "Handlingar"
    made.set_content("Se bilagorna.")
    for name, data in documents:
        made.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    if carries is not None:
        made.add_attachment(carries)
    return made


INNER = _mail(("inre.pdf", b"%PDF inre"))
RAW = _mail(("a.pdf", b"%PDF a"), ("b.pdf", b"%PDF b"), carries=INNER).as_bytes()


def test_parts_and_parts_of_attached_mails() -> None:
    found = dict(contents(RAW, ["2", "3", "4.2", "9", "4.9"]))
    assert found == {"2": b"%PDF a", "3": b"%PDF b", "4.2": b"%PDF inre"}
    assert all(content(RAW, path) == data for path, data in found.items())


def test_nothing_asked_for_is_nothing() -> None:
    assert list(contents(RAW, [])) == []
    assert list(contents(b"\0\1\2", ["1.1.1"])) == []
