"""The table of labels: every language in it is read, and nothing in it contradicts itself."""

import tomllib
from importlib.resources import files

import pytest

from ingest.chain import unfold
from ingest.chain.labels import is_forward, marker_of, roles_of, table
from ingest.model import Mailbox, ParsedMail

DATA: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("ingest.chain").joinpath("labels.toml").read_text("utf-8")
)
ANNA = Mailbox("Anna Ek", "anna@ange.example")
WITH_MONTHS = [code for code, language in DATA.items() if "months" in language]


def _months(code: str) -> list[str]:
    return [
        forms.split("/")[-1 if len(forms.split("/")) == 2 else min(1, forms.count("/"))]
        for forms in DATA[code]["months"]
    ]


@pytest.mark.parametrize("code", DATA)
@pytest.mark.parametrize("dated", ["sent", "date"])
def test_a_block_of_every_language(code: str, dated: str) -> None:
    language = DATA[code]
    labels = [language[name][0].capitalize() for name in ("sender", dated, "to", "cc", "subject")]
    values = [
        "Anna Ek <anna@ange.example>",
        "2021-06-08 09:14",
        "Bo Lind <bo@x.example>",
        "Cilla <c@x.example>",
        "Lokal",
    ]
    block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    outer, inner = unfold(ParsedMail("ok", text=f"Hej\n\n{block}\n\nOrd"))
    assert (outer.body, inner.body, inner.sender, inner.subject) == ("Hej", "Ord", ANNA, "Lokal")
    assert (inner.to, inner.cc) == ((Mailbox("Bo Lind", "bo@x.example"),), (Mailbox("Cilla", "c@x.example"),))
    assert inner.date is not None


@pytest.mark.parametrize("code", WITH_MONTHS)
@pytest.mark.parametrize("number", range(12))
def test_every_month_of_every_language(code: str, number: int) -> None:
    sender, date, to, subject = (DATA[code][name][0] for name in ("sender", "date", "to", "subject"))
    moment = f"8. {_months(code)[number]} 2021 09:14"
    block = f"{sender}: {ANNA.name} <{ANNA.address}>\n{date}: {moment}\n{to}: Bo\n{subject}: x\n\nHej"
    _, inner = unfold(ParsedMail("ok", text=block))
    assert inner.date is not None
    assert (inner.date.month, inner.date.day) == (number + 1, 8)


@pytest.mark.parametrize(("code", "verb"), [(code, verb) for code in DATA for verb in DATA[code]["wrote"]])
def test_every_verb_of_an_attribution(code: str, verb: str) -> None:
    del code
    outer, inner = unfold(
        ParsedMail("ok", text=f"Hej\n\n2021-06-08 09:14, Anna Ek <anna@ange.example> {verb}:\n\n> Ord")
    )
    assert (outer.body, inner.sender, inner.body) == ("Hej", ANNA, "Ord")
    assert inner.date is not None


@pytest.mark.parametrize("kind", ["forwarded", "original"])
def test_every_marker_says_what_it_is(kind: str) -> None:
    spelled = [marker for language in DATA.values() for marker in language.get(kind, [])]
    assert {marker_of(f"-------- {marker.capitalize()} --------") for marker in spelled} == {kind}
    assert {marker_of(f"{marker.title()}:") for marker in spelled} == {kind}


def test_every_prefix_of_a_forward() -> None:
    prefixes = [(code, prefix) for code, language in DATA.items() for prefix in language.get("forward", [])]
    assert all(is_forward(f"{prefix.upper()}: Lokal", frozenset({code})) for code, prefix in prefixes)


@pytest.mark.parametrize(
    "line",
    [
        "Fr?n: Anna",
        "FrÃ¥n: Anna",
        "Fr\ufffdn: Anna",
        "Fra\u030an: Anna",
        "FRÅN : Anna",
        "**Från:** Anna",
        "*Från*: Anna",
    ],
)
def test_a_label_is_known_under_markup_and_damage(line: str) -> None:
    found = roles_of(line)
    assert found is not None
    assert (set(found[0]), found[1]) == ({"sender"}, "Anna")


@pytest.mark.parametrize(
    "line", ["", ":", "Re: Lokal", "Obs: viktigt", "https://x.example", "Kl. 9: möte", "Från Anna"]
)
def test_other_lines_have_no_label(line: str) -> None:
    assert roles_of(line) is None


def test_a_label_has_one_meaning_in_a_language() -> None:
    shared = {
        label: roles
        for label, roles in table().roles.items()
        if len(frozenset.intersection(*roles.values())) and len(roles) > 1
    }
    assert shared == {}
