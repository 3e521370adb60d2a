"""Recipient lists as people paste them."""

import pytest

from ingest.mailboxes import parse_mailbox, parse_mailboxes
from ingest.model import Mailbox

LISTS = {
    "Anna Ek <A.Ek@Ange.example>; Bo Lind <b@x.example>": [
        "Anna Ek|a.ek@ange.example",
        "Bo Lind|b@x.example",
    ],
    "Anna Ek <a@x.example>, Bo Lind <b@x.example>": ["Anna Ek|a@x.example", "Bo Lind|b@x.example"],
    "Anna Ek [mailto:A@x.example]": ["Anna Ek|a@x.example"],
    "Anna Ek <mailto:a@x.example>": ["Anna Ek|a@x.example"],
    "Anna Ek <a@x.example<mailto:a@x.example>>": ["Anna Ek|a@x.example"],
    "a@x.example<mailto:a@x.example>": ["|a@x.example"],
    "[a@x.example](mailto:a@x.example)": ["|a@x.example"],
    "Anna Ek <[a@x.example](mailto:a@x.example)>": ["Anna Ek|a@x.example"],
    "[Anna Ek](mailto:a@x.example), Bo": ["Anna Ek|a@x.example", "Bo|"],
    "Anna Ek \\<a@x.example\\>": ["Anna Ek|a@x.example"],
    "Kommun (Funktionsadress för k@x.example) <k@x.example>": [
        "Kommun (Funktionsadress för k@x.example)|k@x.example"
    ],
    "Postlista Alla <p@x.example>  \nEk Anna <a@x.example>  ": [
        "Postlista Alla|p@x.example",
        "Ek Anna|a@x.example",
    ],
    "Ek, Anna <a@x.example>, Lind, Bo <b@x.example>": ["Ek, Anna|a@x.example", "Lind, Bo|b@x.example"],
    "Ek, Anna; Lind, Bo": ["Ek, Anna|", "Lind, Bo|"],
    "Ek, Anna": ["Ek, Anna|"],
    '"Ek, Anna" <a@x.example>, Bo <b@x.example>': ["Ek, Anna|a@x.example", "Bo|b@x.example"],
    "Ek, Anna (Stab, Umeå) <a@x.example>, Bo <b@x.example>": [
        "Ek, Anna (Stab, Umeå)|a@x.example",
        "Bo|b@x.example",
    ],
    "Anna Ek, Bo Lind, Cilla Al": ["Anna Ek|", "Bo Lind|", "Cilla Al|"],
    "Anna Ek\nBo Lind": ["Anna Ek|", "Bo Lind|"],
    "Anna Ek;\nBo Lind;": ["Anna Ek|", "Bo Lind|"],
    "Registrator\nAnna Ek": ["Registrator|", "Anna Ek|"],
    "Sandström\nMats <m@x.example>": ["Sandström Mats|m@x.example"],
    "Anna Ek\n<a@x.example>": ["Anna Ek|a@x.example"],
    "Bo Lind, Anna Ek <a@x.example>": ["Bo Lind|", "Anna Ek|a@x.example"],
    "'Anna Ek' <a@x.example>; 'b@x.example'": ["Anna Ek|a@x.example", "|b@x.example"],
    "Anna Ek (a@x.example)": ["Anna Ek|a@x.example"],
    "Anna Ek (<a@x.example>)": ["Anna Ek|a@x.example"],
    "a@x.example (Anna Ek)": ["Anna Ek|a@x.example"],
    "Anna Ek a@x.example": ["Anna Ek|a@x.example"],
    "a@x.example;b@x.example,c@x.example": ["|a@x.example", "|b@x.example", "|c@x.example"],
    "Anna Ek/Org/SE@ORG": ["Anna Ek/Org/SE@ORG|"],
    "Anna Ek </O=EX/CN=AEK>": ["Anna Ek|"],
    "Anna Ek &lt;a@x.example&gt;; Bo": ["Anna Ek|a@x.example", "Bo|"],
    "**Anna Ek** <a@x.example>": ["Anna Ek|a@x.example"],
    "Anna Ek <a@x.example> Bo Lind <b@x.example>": ["Anna Ek|a@x.example", "Bo Lind|b@x.example"],
    "Undisclosed recipients:;": [],
    "": [],
    " ;;, \n <<>> ": [],
    "Anna Ek, Ånge kommun <a@x.example>, Bo <b@x.example>": [
        "Anna Ek, Ånge kommun|a@x.example",
        "Bo|b@x.example",
    ],
    "Anna Ek, Bo Lind <b@x.example>": ["Anna Ek|", "Bo Lind|b@x.example"],
    "Eva <e@x.example>, Per von\nEssen <p@x.example>": ["Eva|e@x.example", "Per von Essen|p@x.example"],
    "Anna Ek (a@x.example(mailto:a@x.example))": ["Anna Ek|a@x.example"],
    "Anna (Ånge) (a@x.example)": ["Anna (Ånge)|a@x.example"],
}


def _party(text: str) -> Mailbox:
    name, _, address = text.partition("|")
    return Mailbox(name or None, address or None)


@pytest.mark.parametrize(("text", "parties"), LISTS.items(), ids=LISTS)
def test_each_party_once_in_order(text: str, parties: list[str]) -> None:
    assert list(parse_mailboxes(text)) == [_party(party) for party in parties]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "a.ek@x.example [mailto:a.ek@x.example] För Registrator",
            "a.ek@x.example För Registrator|a.ek@x.example",
        ),
        (
            "Anna Ek <a@x.example> on behalf of Bo Lind <b@x.example>",
            "Anna Ek on behalf of Bo Lind|a@x.example",
        ),
        ("Anna Ek för Registrator", "Anna Ek för Registrator|"),
        ("Ek, Anna <a@x.example>", "Ek, Anna|a@x.example"),
        ('"Anna Ek" <a@x.example>', "Anna Ek|a@x.example"),
        ("A@x.example", "|a@x.example"),
    ],
)
def test_a_sender_is_one_party_with_its_name_as_written(text: str, party: str) -> None:
    assert parse_mailbox(text) == _party(party)


@pytest.mark.parametrize("text", ["", "<<<", " ; "])
def test_no_sender_is_none(text: str) -> None:
    assert parse_mailbox(text) is None


def test_eight_hundred_recipients_over_as_many_lines() -> None:
    text = ";\n".join(f"Person{number} Ek <p{number}@x.example>" for number in range(800))
    assert [party.address for party in parse_mailboxes(text)] == [
        f"p{number}@x.example" for number in range(800)
    ]


@pytest.mark.parametrize(
    "piece", ["<", "Från: <<", '"', '"a', "[", "(", "@", "a@", "<mailto:", "[a", " ", ",\n"]
)
def test_a_hundred_thousand_of_anything_gives_at_most_a_party(piece: str) -> None:
    assert len(parse_mailboxes(piece * (100_000 // len(piece)))) <= 1
