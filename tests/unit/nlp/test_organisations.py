"""Organisations by name and by mail domain."""

import pytest

from nlp.organisations import find_organisations, municipal_name, organisation_of_domain


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("ange.se", "Ånge kommun"),
        ("skola.ange.se", "Ånge kommun"),
        ("statenssc.se", "Statens servicecenter"),
        ("mail.statenssc.se", "Statens servicecenter"),
        ("Stockholm.SE", "Stockholms stad"),
        ("malmo.se", "Malmö stad"),
        ("falun.se", "Falu kommun"),
        ("gotland.se", "Region Gotland"),
        ("habokommun.se", "Habo kommun"),
        ("msb.se", "Myndigheten för samhällsskydd och beredskap"),
        ("x.example", None),
        ("notange.se", None),
        ("", None),
    ],
)
def test_who_is_behind_a_domain(domain: str, expected: str | None) -> None:
    assert organisation_of_domain(domain) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stenungsund", "Stenungsunds kommun"),
        ("Västerås", "Västerås stad"),
        ("Växjö", "Växjö kommun"),
        ("Vara", "Vara kommun"),
        ("Göteborg", "Göteborgs stad"),
    ],
)
def test_what_a_municipality_calls_itself(name: str, expected: str) -> None:
    assert municipal_name(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Statens servicecenters lokaler", [("Statens servicecenters", "Statens servicecenter")]),
        (
            "Skatteverket och MSB svarar",
            [("Skatteverket", "Skatteverket"), ("MSB", "Myndigheten för samhällsskydd och beredskap")],
        ),
        ("Post- och telestyrelsen", [("Post- och telestyrelsen", "Post- och telestyrelsen")]),
        ("Vara kommun hyr ut", [("Vara kommun", "Vara kommun")]),
        ("kontoret i Vara kommun", []),
        ("Ånge Fastighets AB", [("Ånge Fastighets AB", "Ånge Fastighets AB")]),
        ("Länsstyrelsen i Kalmar län", [("Länsstyrelsen i Kalmar län", "Länsstyrelsen i Kalmar län")]),
        ("Region Västernorrland", [("Region Västernorrland", "Region Västernorrland")]),
        ("Kultur- och fritidsnämnden", [("Kultur- och fritidsnämnden", "Kultur- och fritidsnämnden")]),
        ("servicekontoret och kontoret", []),
        ("skatteverket.example", []),
    ],
)
def test_organisations_in_sentences(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.text, one.value) for one in find_organisations(text)] == expected


@pytest.mark.parametrize("text", ["Region " * 4000, "Axx AB " * 3000, "Statens " * 4000, "&" * 20_000])
def test_hostile_text_is_read(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_organisations(text))
