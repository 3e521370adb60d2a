"""Attached mails, limits and places: what holds for chains of any program."""

import pytest

from ingest.chain import unfold
from ingest.chain.tree import MAX_DEPTH, MAX_LINES, MAX_MESSAGES
from ingest.model import Mailbox, ParsedMail

BLOCK = "Från: Anna Ek <anna@ange.example>\nSkickat: den 8 juni 2021 09:14\nTill: Bo Lind\nÄmne: Lokal\n\n"
ATTRIBUTION = "Den 8 juni 2021 kl. 09:14 skrev Anna Ek <anna@ange.example>:\n"


def test_an_attached_mail_comes_after_the_text_with_its_own_chain() -> None:
    inmost = ParsedMail("ok", subject="Inre", text="Inre ord", part="2.1.2")
    attached = ParsedMail(
        "ok",
        sender=Mailbox("Bo", "bo@x.example"),
        subject="VB: Lokal",
        text=f"Bilagd.\n\n{BLOCK}Hej",
        part="2.1",
        attached=(inmost,),
    )
    last = ParsedMail("ok", subject="Sist", text="Sist", part="3")
    mail = ParsedMail(
        "ok", subject="SV: Lokal", text=f"Se här.\n\n{ATTRIBUTION}> Tack", part="1", attached=(attached, last)
    )
    found = unfold(mail)
    assert [(m.kind, m.parent, m.body, m.part) for m in found] == [
        ("received", None, "Se här.", "1"),
        ("quoted", 0, "Tack", "1"),
        ("attached", 0, "Bilagd.", "2.1"),
        ("forwarded", 2, "Hej", "2.1"),
        ("attached", 2, "Inre ord", "2.1.2"),
        ("attached", 0, "Sist", "3"),
    ]
    assert [message.index for message in found] == list(range(6))


def test_the_received_message_keeps_what_its_headers_said() -> None:
    mail = ParsedMail(
        "ok", sender=Mailbox("Bo", "bo@x.example"), to=(Mailbox("Anna", "a@x.example"),), subject="Lokal", message_id="<1@x.example>",
        in_reply_to=("<0@x.example>",), references=("<0@x.example>",), automatic=True, text="Hej",
    )  # fmt: skip
    (only,) = unfold(mail)
    assert (only.sender, only.to, only.subject, only.message_id) == (
        mail.sender,
        mail.to,
        mail.subject,
        mail.message_id,
    )
    assert (only.in_reply_to, only.references, only.automatic) == (mail.in_reply_to, mail.references, True)


def test_an_outer_date_before_an_inner_one_stays_and_order_is_by_nesting() -> None:
    later = BLOCK.replace("8 juni", "9 juni").replace("Anna Ek", "Bo Lind")
    _, first, second = unfold(ParsedMail("ok", text=f"{BLOCK}Ett.\n\n{later}Två."))
    assert first.date is not None
    assert second.date is not None
    assert first.date < second.date
    assert (first.parent, second.parent) == (0, 1)
    assert (first.date_contradicts, second.date_contradicts) == (True, False)


def test_places_cover_marker_header_and_quotes() -> None:
    text = f"Hej.\n\n-----Ursprungligt meddelande-----\n{BLOCK}Ett.\n\n{ATTRIBUTION}> Två."
    _, first, second = unfold(ParsedMail("ok", text=text))
    assert text[first.start : first.end] == text[text.index("-----") :]
    assert text[second.start : second.end] == f"{ATTRIBUTION}> Två."


def test_a_message_id_in_a_block_is_kept() -> None:
    _, inner = unfold(ParsedMail("ok", text=BLOCK.replace("\n\n", "\nMessage-ID: <7@x.example>\n\n") + "Hej"))
    assert inner.message_id == "<7@x.example>"


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("VB: Lokal", "forwarded"), ("Vb: Lokal", "forwarded"), ("FW: Lokal", "forwarded"), ("Fwd: Lokal", "forwarded"),
        ("[Fwd: Lokal]", "forwarded"), ("Vidarebefordrat: Lokal", "forwarded"), ("VL: Lokal", "forwarded"), ("WG: Lokal", "forwarded"),
        ("TR: Lokal", "forwarded"), ("VB[2]: Lokal", "forwarded"), ("SV: VB: Lokal", "quoted"), ("Re: Fwd: Lokal", "quoted"),
        ("SV: Lokal", "quoted"), ("Lokal VB: ny", "quoted"), (None, "quoted"), ("", "quoted"),
    ],
)  # fmt: skip
def test_the_subject_around_says_whether_it_was_forwarded(subject: str | None, kind: str) -> None:
    _, inner = unfold(ParsedMail("ok", subject=subject, text=f"Hej\n\n{BLOCK}Hej"))
    assert inner.kind == kind


def test_vs_is_a_forward_in_norway_and_a_reply_in_finland() -> None:
    norwegian = "Fra: A <a@x.example>\nSendt: 8. juni 2021 09:14\nTil: B\nEmne: Lokal\n\nHei"
    finnish = (
        "Lähettäjä: A <a@x.example>\nLähetetty: 8. kesäkuuta 2021 9.14\nVastaanottaja: B\nAihe: Lokal\n\nHei"
    )
    answered = "ti 8. kesäk. 2021 klo 9.14 A <a@x.example> kirjoitti:\n\n> Hei"
    found = [
        unfold(ParsedMail("ok", subject="VS: Lokal", text=text))[1].kind
        for text in (norwegian, finnish, answered)
    ]
    assert found == ["forwarded", "quoted", "quoted"]


@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------",
        "Vidarebefordrat brev:",
        "-------- Weitergeleitete Nachricht --------",
    ],
)
def test_a_marker_says_forwarded_whatever_the_subject(marker: str) -> None:
    outer, inner = unfold(ParsedMail("ok", subject="SV: Lokal", text=f"Se här.\n\n{marker}\n\n{BLOCK}Hej"))
    assert (outer.body, inner.kind) == ("Se här.", "forwarded")


def test_a_marker_without_header_begins_a_message_of_nobody() -> None:
    outer, inner = unfold(ParsedMail("ok", text="Tack\n\n-----Ursprungligt meddelande-----\nHej Bo"))
    assert (outer.body, inner.body, inner.sender) == ("Tack", "Hej Bo", None)


@pytest.mark.parametrize(
    "text",
    [
        "Från: Anna Ek <anna@ange.example> Skickat: den 8 juni 2021 09:14 Till: Bo Lind Ämne: Lokal\n\nHej",
        "| Från: | Anna Ek <anna@ange.example> |\n| Skickat: | den 8 juni 2021 09:14 |\n| Till: | Bo Lind |\n| Ämne: | Lokal |\n\nHej",
        "    " + BLOCK.replace("\n", "\n    ") + "Hej",
        BLOCK.replace(": ", ":\u00a0") + "Hej",
        BLOCK.upper().replace("@ANGE.EXAMPLE", "@ange.example").replace("ANNA EK", "Anna Ek").replace("BO LIND", "Bo Lind").replace("LOKAL", "Lokal")
        + "Hej",
    ],
    ids=["one line", "table", "indented", "no-break spaces", "capitals"],
)  # fmt: skip
def test_unusual_layouts(text: str) -> None:
    _, inner = unfold(ParsedMail("ok", text=text))
    assert (inner.sender, inner.to, inner.subject) == (
        Mailbox("Anna Ek", "anna@ange.example"),
        (Mailbox("Bo Lind", None),),
        "Lokal",
    )
    assert inner.date is not None
    assert inner.body == "Hej"


def test_an_attribution_torn_out_of_its_quote() -> None:
    text = "> Den 8 juni 2021 kl. 09:14 skrev Anna Ek <\nanna@ange.example>:\n>\n>> Hej\n"
    outer, inner = unfold(ParsedMail("ok", text=text))
    assert (outer.body, inner.sender, inner.body) == ("", Mailbox("Anna Ek", "anna@ange.example"), "Hej")


def test_an_answer_that_nobody_announces_is_around_the_quote_that_it_answers() -> None:
    outer, answer, question = unfold(ParsedMail("ok", text=f"> {ATTRIBUTION}>> Kan ni?\n> Ja.\n\nBra."))
    assert (outer.body, answer.body, answer.sender) == ("Bra.", "Ja.", None)
    assert (question.body, question.parent, question.sender) == (
        "Kan ni?",
        1,
        Mailbox("Anna Ek", "anna@ange.example"),
    )


def test_two_people_answered_one_after_the_other() -> None:
    second = ATTRIBUTION.replace("Anna", "Bo").replace("anna", "bo")
    outer, *inner = unfold(
        ParsedMail("ok", text=f"Svar.\n\n{ATTRIBUTION}> Hej\n\nMitten.\n\n{second}> Hallå\n\nSlut.")
    )
    assert outer.body == "Svar.\n\nMitten.\n\nSlut."
    assert [(message.parent, message.body) for message in inner] == [(0, "Hej"), (0, "Hallå")]


def test_ten_thousand_header_blocks_stop_at_the_limit_and_lose_no_word() -> None:
    found = unfold(ParsedMail("ok", text=f"{BLOCK}Hej\n\n" * 10_000))
    assert len(found) == MAX_DEPTH + 1
    assert sum(message.body.count("Hej") for message in found) == 10_000


def test_a_thousand_messages_are_the_most_that_are_told_apart() -> None:
    found = unfold(ParsedMail("ok", text=f"{ATTRIBUTION}> Hej\n\n" * 3_000))
    assert len(found) == MAX_MESSAGES
    assert sum(message.body.count("Hej") for message in found) == 3_000


@pytest.mark.parametrize(
    "piece",
    [
        "Från: <<",
        "Från: <<\n",
        ">",
        "> ",
        ">\n",
        "a:\n",
        "\n",
        "---\n",
        "skrev ",
        "Till: x\nKopia: y\n",
        "*",
        ">>> a >>>\n",
    ],
)
def test_a_hundred_thousand_of_anything_is_one_message(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    (only,) = unfold(ParsedMail("ok", text=text))
    assert (only.start, only.end) == (0, len(text))


def test_what_stands_below_twenty_thousand_lines_is_words() -> None:
    below = f"rad\n> citat\n{BLOCK}Hej"
    outer, quoted = unfold(ParsedMail("ok", text="rad\n> citat\n" * (MAX_LINES // 2) + below))
    assert outer.body.count("rad") == MAX_LINES // 2
    assert quoted.body.endswith(below)
    assert quoted.sender is None


@pytest.mark.parametrize(
    ("to", "sender"),
    [
        ((Mailbox("Bo Lind", "bo@x.example"),), Mailbox("Bo Lind", "bo@x.example")),
        ((Mailbox("Bo Lind", "bo@x.example"), Mailbox("Ida", "ida@x.example")), None),
    ],
    ids=["one reader", "several"],
)
def test_you_who_wrote_are_whom_the_letter_is_to(to: tuple[Mailbox, ...], sender: Mailbox | None) -> None:
    text = "Hej,\n\nTuesday, June 8, 2021, 9:14:00 AM, you wrote:\n\n> Var är nyckeln?\n\nI lådan."
    outer, inner = unfold(ParsedMail("ok", to=to, text=text))
    assert (outer.body, inner.body, inner.sender) == ("Hej,\n\nI lådan.", "Var är nyckeln?", sender)


def test_eight_hundred_recipients() -> None:
    parties = ";\n".join(f"Person{number} Ek <p{number}@x.example>" for number in range(800))
    _, inner = unfold(ParsedMail("ok", text=BLOCK.replace("Bo Lind", parties) + "Hej"))
    assert (len(inner.to), inner.subject, inner.body) == (800, "Lokal", "Hej")
