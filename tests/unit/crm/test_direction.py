"""Which way a message goes, and who owes."""

import pytest

from crm.direction import Own, direction, owes

OURS = Own.of(["statenssc.se", "brevlada@annan.example"])


@pytest.mark.parametrize(
    ("sender", "recipients", "way"),
    [
        ("anna@statenssc.se", ["bo@ange.se"], "out"),
        ("bo@ange.se", ["anna@statenssc.se"], "in"),
        ("anna@statenssc.se", ["cia@statenssc.se"], "internal"),
        ("anna@statenssc.se", ["cia@statenssc.se", "bo@ange.se"], "out"),
        ("bo@ange.se", ["dan@ange.se"], "others"),
        ("anna@statenssc.se", [], "out"),
        (None, [None], "others"),
        ("anna@post.statenssc.se", ["bo@ange.se"], "out"),
        ("bo@ange.se", ["brevlada@annan.example"], "in"),
        ("bo@falskstatenssc.se", ["dan@ange.se"], "others"),
    ],
)
def test_direction(sender: str | None, recipients: list[str | None], way: str) -> None:
    assert direction(OURS, sender, recipients) == way


@pytest.mark.parametrize(
    ("obligor", "way", "who"),
    [
        ("sender", "out", "us"),
        ("sender", "in", "them"),
        ("recipient", "out", "them"),
        ("recipient", "in", "us"),
        ("sender", "others", "others"),
        ("both", "in", "us"),
        ("both", "others", "others"),
        ("third_party", "in", "them"),
        ("recipient", "internal", "us"),
        ("unknown", "in", "others"),
    ],
)
def test_owes(obligor: str, way: str, who: str) -> None:
    assert owes(obligor, way) == who  # type: ignore[arg-type]


def test_a_third_party_that_is_us_owes_as_we_do() -> None:
    assert owes("third_party", "others", obligor_is_ours=True) == "us"


def test_a_copy_to_us_asks_nothing_of_us() -> None:
    assert owes("recipient", "in", asks_us=False) == "others"
    assert owes("sender", "in", asks_us=False) == "them"
