"""People: the names of mailboxes, and names in running text. All of them are invented."""

import unicodedata
from datetime import date

import pytest

from nlp.model import Letter, Party
from nlp.people.finder import find_people
from nlp.people.letters import find_people_of
from nlp.people.mailboxes import given_first

MAILBOXES = [
    ("Sandell Berit", "berit.sandell@ange.se", "Berit Sandell"),
    ("Berit Sandell", "berit.sandell@ange.se", "Berit Sandell"),
    ("Sandell, Berit", None, "Berit Sandell"),
    ("Sandell, Berit (KLF)", "berit.sandell@x.example", "Berit Sandell"),
    ("Sandell Berit - KLF", None, "Berit Sandell"),
    ("Berit Sandell (Kommunledningskontoret)", None, "Berit Sandell"),
    ("Berit Sandell | Vara kommun", None, "Berit Sandell"),
    ("Berit Sandell / Tekniska", None, "Berit Sandell"),
    ("Berit Sandell, IT-chef", None, "Berit Sandell"),
    ("Berit Sandell, Ånge kommun", None, "Berit Sandell"),
    ("Berit Sandell via Teams", None, "Berit Sandell"),
    ("SANDELL BERIT", "berit.sandell@x.example", "Berit Sandell"),
    ("Per-Olov Sandell", None, "Per-Olov Sandell"),
    ("Sandell Per-Olov", None, "Per-Olov Sandell"),
    ("Anna-Stava Lövdal", None, "Anna-Stava Lövdal"),
    ("Sandell-Wik Berit", None, "Berit Sandell-Wik"),
    ("berit sandell", "berit.sandell@x.example", "Berit Sandell"),
    ('"Sandell Berit"', None, "Berit Sandell"),
    ("'Berit Sandell'", None, "Berit Sandell"),
    ("Åström-Wik Malte", "malte.astrom-wik@x.example", "Malte Åström-Wik"),
    ("Malte Åström-Wik", "malte.astrom-wik@x.example", "Malte Åström-Wik"),
    ("Holm Eva-Lena", "eva-lena.holm@x.example", "Eva-Lena Holm"),
    ("Holm Anna Karin", "annakarin.holm@x.example", "Anna Karin Holm"),
    ("Nilsson Berg Elsa", "elsa.nilssonberg@x.example", "Elsa Nilsson Berg"),
    ("von Bergen Carl", "carl.vonbergen@x.example", "Carl von Bergen"),
    ("von Bergen, Carl", None, "Carl von Bergen"),
    ("Carl af Hult", "carl.afhult@x.example", "Carl af Hult"),
    ("Maria de la Cruz", None, "Maria de la Cruz"),
    ("Berg Nora", "nora.berg@x.example", "Nora Berg"),
    ("Nora Berg", None, "Nora Berg"),
    ("Lund Erik", None, "Erik Lund"),
    ("Xhaferi Blerim", "blerim.xhaferi@x.example", "Blerim Xhaferi"),
    ("Qwist Zebulon", "zebulon.qwist@x.example", "Zebulon Qwist"),
    ("Pham Thi Lan", "lan.pham@x.example", "Lan Pham Thi"),
    ("Xin Zhao", "xzhao@x.example", "Xin Zhao"),
    ("Al-Hassan Omar", "omar.al-hassan@x.example", "Omar Al-Hassan"),
    ("Dr. Zlatko Prpic", "z.prpic@x.example", "Zlatko Prpic"),
    ("Sandell B", None, "B Sandell"),
    ("Ek Anna", "anna.ek2@x.example", "Anna Ek"),
    ("Björn Å. Lind", "bjorn.lind@x.example", "Björn Å. Lind"),
    ("Ida O'Hara", "ida.ohara@x.example", "Ida O'Hara"),
    ("Berit", "berit@x.example", "Berit"),
    ("Jean-Pierre Moreau", None, "Jean-Pierre Moreau"),
    ("Søren Bjerg", "soren.bjerg@x.example", "Søren Bjerg"),
    (unicodedata.normalize("NFD", "Sjölén Åsa"), "asa.sjolen@x.example", "Åsa Sjölén"),
    ("SANDELL Berit", "berit.sandell@x.example", "Berit Sandell"),
    ("Berit SANDELL", None, "Berit Sandell"),
    ("Sandell Berit KLF", None, "Berit Sandell"),
    ("Berit Sandell (via Google Drive)", "berit.sandell@x.example", "Berit Sandell"),
    ("Berit Sandell [Norra enheten]", None, "Berit Sandell"),
    ("Enhetschef Berit Sandell", "berit.sandell@x.example", "Berit Sandell"),
    ("Registrator Berit Sandell", "berit.sandell@x.example", "Berit Sandell"),
    ("Berit Sandell Ånge kommun", "berit.sandell@ange.se", "Berit Sandell"),
    ("Berit Sandell Sala", "berit.sandell@sala.se", "Berit Sandell"),
    ("Berit Ek Holm Trafikverket", "berit.ekholm@trafikverket.se", "Berit Ek Holm"),
    ("Berit 'Bibban' Sandell", None, "Berit Sandell"),
    ("berit.sandell", "berit.sandell@x.example", "Berit Sandell"),
    ("Sandell, Berit - Norra enheten", None, "Berit Sandell"),
    ("Holm Ek, Zebulon", None, "Zebulon Holm Ek"),
    ("Farah, Zebulona", None, "Zebulona Farah"),
    ("Zebulon Farah", None, "Zebulon Farah"),
    ("Zebulon Farah", "zebulon.farah@x.example", "Zebulon Farah"),
    ("Qwist Zebulon", "zeqw12@x.example", "Zebulon Qwist"),
    ("Qwist Zebulon", "zqwist@x.example", "Zebulon Qwist"),
    ("Ekström Zebulon", None, "Zebulon Ekström"),
    ("von der Heide Zebulon", None, "Zebulon von der Heide"),
    ("O'HARA IDA", None, "Ida O'Hara"),
    ("Ange (Funktionsadress för ange@ange.se)", "ange@ange.se", None),
    ("Stöd Etablering", "etableringsstod@x.example", None),
    ("Nätverk Lokaler", "natverk-lokaler@x.example", None),
    ("Vaktmästeriet Rådhuset", "vaktmastare.radhuset@x.example", None),
    ("Postlista Socialnämnden", "postlista.socialnamnden@x.example", None),
    ("Kommunstyrelsen", "ks@x.example", None),
    ("Anna Lönnqvist", "anna.lonnqvist@x.example", "Anna Lönnqvist"),
    ("Grimstad Per", None, "Per Grimstad"),
    ("Registrator", "registrator@x.example", None),
    ("Registrator Vara kommun", None, None),
    ("Ånge kommun", "info@ange.se", None),
    ("Statens servicecenter", None, None),
    ("Teknisk Support", None, None),
    ("IT Support", None, None),
    ("Region Uppsala", None, None),
    ("Team Lokaler", None, None),
    ("No Reply", "no-reply@x.example", None),
    ("Mail Delivery Subsystem", "mailer-daemon@x.example", None),
    ("Microsoft Outlook", None, None),
    ("Konferensrum Björken", None, None),
    ("Ekonomi Växjö", None, None),
    ("Länsstyrelsen i Kalmar län", None, None),
    ("Arbetsförmedlingen", None, None),
    ("Bygglov Sala", "bygglov@x.example", None),
    ("anna.ek@x.example", "anna.ek@x.example", None),
    ("Sjöbo Fastighets AB", None, None),
    ("", "anna.ek@x.example", None),
    ("   ", None, None),
    ("12345", None, None),
]


@pytest.mark.parametrize(("name", "address", "expected"), MAILBOXES)
def test_given_name_first(name: str, address: str | None, expected: str | None) -> None:
    assert given_first(name, address) == expected


KNOWN = ("Berit Sandell", "Malte Åström-Wik")

SENTENCES = [
    ("Hej Berit,", ["Berit Sandell"]),
    ("Tack för Berits förslag.", ["Berit Sandell"]),
    ("Vi följer Sandells plan.", ["Berit Sandell"]),
    ("Berit Sandells mejl kom fram.", ["Berit Sandell"]),
    ("Malte Åström Wik skriver i veckan.", ["Malte Åström-Wik"]),
    ("Jag träffade Elsa Holmgren i går.", ["Elsa Holmgren"]),
    ("Elsa Holmgrens lokal är ledig.", ["Elsa Holmgren"]),
    ("Stina Fors kommer.", ["Stina Fors"]),
    ("Anna-Karin Lindvall och Bo Hed deltar.", ["Anna-Karin Lindvall", "Bo Hed"]),
    ("Lars-Göran K. Holm", ["Lars-Göran K. Holm"]),
    ("Carl af Hult har skrivit under.", ["Carl af Hult"]),
    ("Maj Lindberg tar över i maj 2021.", ["Maj Lindberg"]),
    ("Jan Eriksson är ledig i jan.", ["Jan Eriksson"]),
    ("Karin Berg arbetar i Berg.", ["Karin Berg"]),
    ("generaldirektör Zorica Petrovska", ["Zorica Petrovska"]),
    ("Kommunchef Xu Weng hälsar.", ["Xu Weng"]),
    ("Vår kontaktperson Blerim Xhaferi svarar.", ["Blerim Xhaferi"]),
    ("Qendrim Zogu, projektledare, leder arbetet.", ["Qendrim Zogu"]),
    ("säger Åsa Modin, enhetschef på Boverket.", ["Åsa Modin"]),
    ("Mehdi Tehrani (projektledare)", ["Mehdi Tehrani"]),
    ("Kontakta Ulla Rask på 010-123 45 67.", ["Ulla Rask"]),
    ("Närvarande: Per Ask, Ulla Rask och Omar Haddad", ["Per Ask", "Ulla Rask", "Omar Haddad"]),
    ("Mötet leds av Aram Petrosyan från Vara kommun.", ["Aram Petrosyan"]),
    ("Avtalet är signerat av J. P. Rosenvinge.", ["J. P. Rosenvinge"]),
    ("Enligt C.-J. Oxenstråle räcker ytan.", ["C.-J. Oxenstråle"]),
    ("K-G Ståhlnacke äger lokalen.", ["K-G Ståhlnacke"]),
    ("Hyresvärden är G. Wrangensten.", ["G. Wrangensten"]),
    ("Till: Ryberg, Sanna; Flink, Roger", ["Sanna Ryberg", "Roger Flink"]),
    ("Hälsningar\nVERONICA TUVESSON\nenhetschef", ["Veronica Tuvesson"]),
    ("Frågan ställdes av Sóley Ragnarsdóttir i går.", ["Sóley Ragnarsdóttir"]),
    ("Se bilaga B. Lindgården är uthyrd.", []),
    ("Vi tar plan B. Lundberg väntar.", []),
    ("Enligt U.S. Army krävs tillstånd.", []),
    ("OBS NYA TIDER\nMÖTE TISDAG", []),
    ("Samtalet från Anna Lindhs Minnesfond gällde hyran.", []),
    ("Vi ses i Ulla Winbladhs Park.", []),
    ("Maria Servicecenter", []),
    ("Ange gärna en tid.", []),
    ("I maj 2021 öppnar Boden.", []),
    ("Karl Johans gata 3", []),
    ("Erik Dahlbergsgatan 12", []),
    ("Sven Olsson Bygg AB lämnar anbud.", []),
    ("Statens servicecenter i Kalmar", []),
    ("Ånge kommun och Åre kommun", []),
    ("Hej Annika!", []),
    ("Vi ses i Sandell.", []),
    ("Med vänlig hälsning", []),
    ("Per Kommun ska det finnas en lokal.", []),
    ("Anna Tack för mejlet.", []),
    ("Linköpings Universitet", []),
    ("Uppdraget Ska Redovisas, projektet fortsätter.", []),
    ("Skriv till Elsa.Holmgren@x.example", []),
    ("Mars Måndag", []),
    ("Stig Uppför Trappan kommunen", ["Stig Uppför Trappan"]),
    ("Servicekontoret Växjö, kontaktperson saknas.", []),
    ("Kontakta Fredag", []),
    ("Besiktas av Adrian Göransson Certifierad besiktningsman.", ["Adrian Göransson"]),
    ("Anna Ek Biträdande rektor", ["Anna Ek"]),
    ("COO Henrik Ax:son Mörner deltar", ["Henrik Ax:son Mörner"]),
    ("Kallade: Bo Lind, Cissi Ö. Lundmark samt en vakant", ["Bo Lind", "Cissi Ö. Lundmark"]),
    ("Svaret gavs av K. Lundberg.", ["K. Lundberg"]),
    ("MVH Bitte Lagergren Assistent", ["Bitte Lagergren"]),
    ("Mvh Team Norr", []),
    ("Vi äter hos fru Anderssons bageri", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_people_in_sentences(text: str, expected: list[str]) -> None:
    found = find_people(text, known=KNOWN)
    assert [one.name for one in found] == expected
    assert all(text[one.start : one.end] == one.text for one in found)


def test_what_stands_beside_a_name_goes_with_it() -> None:
    text = "Kontakta Ulla Rask, programsamordnare för nya kontor (010-456 04 16, [ulla.rask@x.example](mailto:ulla.rask@x.example)) eller mig."
    (person,) = find_people(text)
    assert person.title == "programsamordnare för nya kontor"
    assert person.phones == ("+46104560416",)
    assert person.addresses == ("ulla.rask@x.example",)


def test_the_organisation_of_a_title() -> None:
    (person,) = find_people("säger Åsa Modin, generaldirektör på Statens servicecenter.")
    assert (person.title, person.organisation) == ("generaldirektör", "Statens servicecenter")


def test_a_phone_belongs_to_the_nearest_person_before_it() -> None:
    first, second = find_people("Ring Ulla Rask på 010-456 04 16 eller Per Ask på 010-456 04 17.")
    assert (first.phones, second.phones) == (("+46104560416",), ("+46104560417",))


def test_a_given_name_that_two_bear_names_nobody() -> None:
    assert find_people("Hej Anna,", known=("Anna Ek", "Anna Holm")) == []


def test_spans_keep_the_genitive_and_decomposed_letters() -> None:
    text = unicodedata.normalize("NFD", "Åsa Modins förslag")
    (person,) = find_people(text)
    assert person.name == "Åsa Modin"
    assert text[person.start : person.end] == person.text
    assert person.text.endswith("s")


def _letter(body: str, signature: str) -> Letter:
    sender = Party("Sandell Berit", "berit.sandell@statenssc.se")
    return Letter(body, date(2022, 3, 1), signature_start=body.index(signature), sender=sender)


def test_a_given_name_in_the_signature_is_the_sender() -> None:
    letter = _letter("Vi hörs.\n\nMVH Berit", "MVH")
    (person,) = find_people_of(letter, letter.body)
    assert (person.name, person.text, person.rule) == ("Berit Sandell", "Berit", "person.signature")


def test_the_signature_adds_title_and_phone() -> None:
    letter = _letter("Hej!\n\nBerit Sandell\nDivisionschef\nMobil: 070-174 06 05", "Berit")
    (person,) = find_people_of(letter, letter.body)
    assert (person.title, person.phones) == ("Divisionschef", ("+46701740605",))


@pytest.mark.parametrize(
    "text", ["Anna " * 4000, "Anna Ek, " * 2000, "Aa " * 5000, "kontakta " * 2000, "chef" * 4000]
)
def test_hostile_text_is_read(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_people(text, known=KNOWN))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fartyget Astrid Holm lade till, sa kapten Rune Falk.", ["Rune Falk"]),
        ("Vi bor på hotell Anna Karin och träffar Lars Ek.", ["Lars Ek"]),
        ("I Maria Röhls park står statyn Anna Maria.", []),
        ("Skolan leds av Anna Ek. Kyrkan Sankt Olof är stängd.", ["Anna Ek"]),
        ("Prata med Kalle Ek i receptionen eller Eva Lind i kassan.", ["Kalle Ek", "Eva Lind"]),
        ("Gården ägs av Nils Holm och Karl Holms stiftelse.", ["Nils Holm"]),
        ("Vår kontakt på skolan är Britta Lund.", ["Britta Lund"]),
        ("Anna Ek Bygg AB river huset. Anna Ek är ansvarig.", ["Anna Ek"]),
        ("Beslutet fattades av Anna Ek i Gustav Adolfs församling.", ["Anna Ek"]),
        ("Ring Mats Fors på Ulla Fors bageri.", ["Mats Fors"]),
        ("Förskolan Elsa, Erik Dahlbergs gata och Gösta Bergs plats.", []),
        ("Kören Carl Nielsen sjunger under ledning av Ida Moberg.", ["Ida Moberg"]),
        ("Konstnären Hilma Kvist ställer ut i galleri Anna Ek.", ["Hilma Kvist"]),
        ("Projektledare är Sten Åberg, kvarteret Sten Sture byggs 2025.", ["Sten Åberg"]),
        ("Vi ses i Karin Boye kl. 9, i Anna Eks ställe kommer Bo Ek.", ["Anna Ek", "Bo Ek"]),
        ("Vår jurist heter Zdenka Horáková.", ["Zdenka Horáková"]),
        ("Vernissage i villan, sedan Hugo Villa och Erik Säteri.", []),
        ("Kyrkoherden, kontraktsprost Adolf Fredrik, möter Bo Ek.", ["Bo Ek"]),
        ("Rummen heter Selma Lager och Astrid.", []),
        ("Mina Sidor är stängt, ring Mina Sand.", ["Mina Sand"]),
        ("Sektionschef Stöd Väst", []),
        ("Vi bor på hotel Eva Lund eller bio Karin Ek.", []),
    ],
)
def test_what_bears_a_name_is_nobody(text: str, names: list[str]) -> None:
    assert [person.name for person in find_people(text)] == names
