import pytest

from ingest.folders import Choice, Folder, choose, find_sent


def folders(*names: str, delimiter: str = "/") -> list[Folder]:
    return [Folder(name, (), delimiter) for name in names]


@pytest.mark.parametrize(
    ("names", "sent"),
    [
        (["INBOX", "Skickat"], "Skickat"),
        (["INBOX", "Skickade objekt", "Borttaget"], "Skickade objekt"),
        (["INBOX", "Sent Items"], "Sent Items"),
        (["INBOX", "SENT"], "SENT"),
        (["INBOX", "[Gmail]/Skickat mail"], "[Gmail]/Skickat mail"),
        (["INBOX", "INBOX/Skickat"], "INBOX/Skickat"),
        # Both: what the person's own language calls it; then the one that is not deeper down.
        (["Sent", "Skickat"], "Skickat"),
        (["INBOX/Sent", "Sent"], "Sent"),
        (["INBOX", "Arkiv/Skickat"], None),
        (["INBOX", "Skickat till nämnden"], None),
        ([], None),
    ],
)
def test_sent_by_name(names: list[str], sent: str | None) -> None:
    assert find_sent(folders(*names)) == sent


def test_sent_below_the_inbox_of_cyrus_and_courier() -> None:
    assert find_sent(folders("INBOX", "INBOX.Sent", delimiter=".")) == "INBOX.Sent"


def test_the_servers_mark_goes_before_a_name() -> None:
    marked = Folder("Utgående", ("\\HasNoChildren", "\\Sent"), "/")
    assert find_sent([*folders("Skickat"), marked]) == "Utgående"


def test_a_marked_folder_that_cannot_be_opened() -> None:
    assert find_sent([Folder("X", ("\\sent", "\\NOSELECT"), "/"), *folders("Sent")]) == "Sent"


BOX = [
    *folders("INBOX", "Skickat", "Ärenden", "Ärenden/Ånge", "Ärenden/Östhammar", "Utkast"),
    Folder("Allt", ("\\All",), "/"),
    Folder("Mapp", ("\\Noselect",), "/"),
]


@pytest.mark.parametrize(
    ("patterns", "exclude", "chosen", "missing"),
    [
        ((), (), ("INBOX", "Skickat"), ()),
        ((), ("skickat",), ("INBOX",), ()),
        (("inbox",), (), ("INBOX",), ()),
        (("INBOX", "Arkiv"), (), ("INBOX",), ("Arkiv",)),
        (("INBOX", "Arkiv*"), (), ("INBOX",), ()),
        (("ÄRENDEN*",), (), ("Ärenden", "Ärenden/Ånge", "Ärenden/Östhammar"), ()),
        (("Ärenden/*",), ("*Ånge",), ("Ärenden/Östhammar",), ()),
        (("*",), ("Utkast",), ("INBOX", "Skickat", "Ärenden", "Ärenden/Ånge", "Ärenden/Östhammar"), ()),
        (("Allt",), (), ("Allt",), ()),
        (("Mapp",), (), (), ("Mapp",)),
        (("Arkiv",), ("Arkiv",), (), ()),
        (("Utka?t", "[A-Z]*"), (), (), ("Utka?t",)),
    ],
)
def test_choose(
    patterns: tuple[str, ...], exclude: tuple[str, ...], chosen: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    assert choose(BOX, patterns, exclude) == Choice(chosen, missing, "Skickat")


def test_a_mailbox_without_an_inbox() -> None:
    assert choose(folders("Skickat")) == Choice(("Skickat",), ("INBOX",), "Skickat")


def test_names_that_differ_in_case_alone_are_two() -> None:
    assert choose(folders("INBOX", "ärende", "Ärende"), ["Ärende"]).chosen == ("Ärende",)


def test_many_stars_are_harmless() -> None:
    assert choose(folders("a" * 5000), ["*a" * 50 + "b*"]).chosen == ()
