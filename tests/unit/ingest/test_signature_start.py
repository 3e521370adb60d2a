"""Where a message's signature begins."""

import pytest

from ingest.chain import signature_start

WORDS = "Hej Bo,\n\nlokalen är ledig från maj och vi ser fram emot besöket.\n\n"
SIGNATURES = {
    "greeting and name": "Med vänlig hälsning\nAnna Ek",
    "greeting with comma": "Med vänliga hälsningar,\n\nAnna Ek\nEnhetschef",
    "short greeting": "Mvh Anna",
    "dotted greeting": "M.v.h.\nAnna",
    "slash greeting": "Med vänlig hälsning / Kind regards\nAnna Ek",
    "kindly": "Vänligen\nAnna Ek",
    "greetings from": "Hälsningar från Ånge\nAnna",
    "warm": "Varma hälsningar,\nAnna",
    "english": "Best regards,\nAnna Ek\nHead of Unit",
    "norwegian": "Med vennlig hilsen\nAnna Ek",
    "finnish": "Ystävällisin terveisin\nAnna Ek",
    "german": "Mit freundlichen Grüßen\nAnna Ek",
    "delimiter": "-- \nAnna Ek\nÅnge kommun",
    "delimiter cut": "--\nAnna Ek",
    "bold greeting": "**Med vänlig hälsning**\n**Anna Ek**",
    "contact block": "Anna Ek\nEnhetschef\nÅnge kommun\nMobil: 070-174 06 05\nanna.ek@ange.example",
    "contact block with logotype": "[cid:image001.png@01D75C]\n\nAnna Ek  \nEnhetschef  \nÅnge kommun  \nTelefon: 031-390 06 05\nBesöksadress: Torggatan 10",
    "contact block with gaps": "Anna Ek\nEnhetschef\n\nÅnge kommun\n841 81 Ånge\n\nTel: 031-390 06 05\nwww.ange.example",
    "bars": "Anna Ek | Enhetschef | Ånge kommun\nTel 031-390 06 05 | www.ange.example",
    "title beside the name": "Anna Ek, enhetschef\nÅnge kommun\nTel 031-390 06 05",
    "post address alone": "Anna Ek\nHandläggare\nÅnge kommun\nBox 396\n801 05 Gävle",
    "greeting with organisation": "Mvh, Anna Ek, Ånge kommun",
    "greeting from all of us": "Med vänlig hälsning från oss på Ånge kommun\nAnna",
    "greeting over block": "Med vänlig hälsning\n\nAnna Ek\nEnhetschef\n\nTel: 031-390 06 05",
    "phone": "Skickat från min iPhone",
    "phone turkish": "iPhone'umdan gönderildi",
    "phone finnish": "Lähetetty Outlook for iOSista",
    "phone english": "Sent from my Samsung Galaxy smartphone.",
    "outlook": "Hämta Outlook för Android<https://aka.example/x>",
    "greeting then phone": "Mvh\nAnna\n\nSkickat från min iPhone",
    "slash name": "/Anna",
    "double slash": "// Anna Ek, Ånge",
    "slashes around": "//Anna Ek//",
    "disclaimer": "Detta meddelande är avsett för mottagaren. Om du fått det av misstag ber vi dig att radera det och meddela avsändaren omgående.",
    "greeting then disclaimer": "Mvh\nAnna Ek\n\nNär du skickar e-post till oss behandlar vi dina personuppgifter. Läs mer på vår webbplats om hur det går till och vilka rättigheter du har.",
}


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
def test_it_begins_after_the_letters_own_words(signature: str) -> None:
    body = WORDS + signature
    start = signature_start(body)
    assert start is not None
    assert body[start:] == signature


@pytest.mark.parametrize("name", ["Anna Ek", "Ek Anna", "Ek, Anna (KS)", "Anna"])
def test_the_senders_name_alone_at_the_end_is_a_signature(name: str) -> None:
    assert signature_start(f"{WORDS}Anna", name) == len(WORDS)


@pytest.mark.parametrize("device", ["Skickat från min iPhone", "Hämta Outlook för iOS"])
def test_a_name_above_the_line_of_a_phone_belongs_to_it(device: str) -> None:
    assert signature_start(f"{WORDS}Anna\n\n{device}", "Anna Ek") == len(WORDS)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Hej",
        "Vi ses den 8 juni.",
        "Hej,\n\nmöt mig på Storgatan 1.\n\nRing 070-174 06 05 när du är framme.",
        "Hälsningar är bra men svar är bättre.\n\nKan du svara?",
        "Vänligen återkom senast fredag.",
        "Vänligen bekräfta:\n- tid\n- plats",
        "Hej,\n\nKontakter:\nAnna Ek\n070-174 06 05\nBo Lind\n070-174 06 06",
        "Hej.\n\nMvh\nAnna\n\nPS. Skicka nyckeln senast fredag.",
        "Hälsningar\n\nVi återkommer till er i slutet av oktober.",
        "Best practice är att fråga.\n\nHör av dig.",
        "Mvh nämndes i brevet och sedan kom en mycket lång redogörelse för allt som hänt sedan i våras, mening efter mening, utan slut.",
    ],
)
def test_words_without_signature_have_none(body: str) -> None:
    assert signature_start(body, "Anna Ek") is None


@pytest.mark.parametrize(
    "banner",
    [
        "CAUTION: This email originated from outside.\nDo not click links.",
        "Var försiktig: detta mejl kommer utifrån.",
        "Skickat från min iPhone",
    ],
)
def test_a_banner_above_the_letter_is_not_its_end(banner: str) -> None:
    letter = f"{banner}\n\nHej Bo,\n\nlokalen är klar.\n\n"
    assert signature_start(letter, "Anna Ek") is None
    assert signature_start(f"{letter}Mvh\nAnna", "Anna Ek") == len(letter)


def test_a_greeting_within_the_letter_is_not_its_end() -> None:
    letter = (
        "Mvh\n\n"
        "Här följer en lång redogörelse för lokalen, som är stor och ljus och ligger mitt i centrum nära stationen, och dess hyra.\n\n"
    )
    assert signature_start(f"{letter}Med vänlig hälsning\nAnna") == len(letter)


@pytest.mark.parametrize(
    "piece", ["Mvh\n", "a", " ", "+1 ", "070-", "cid:", "Mobil: 1\n", "-- \n", "@", "[", "/A "]
)
def test_a_hundred_thousand_of_anything_ends(piece: str) -> None:
    body = piece * (100_000 // len(piece))
    start = signature_start(body)
    assert start is None or 0 <= start < len(body)
