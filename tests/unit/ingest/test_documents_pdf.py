"""PDFs: lines, paragraphs, cells, broken words, running heads, passwords, pictures."""

import pytest

from ingest.documents import Bounds, Document, extract
from ingest.documents.tidy import join_hyphenated, tidy
from ingest.limits import Limits
from tests.documents.pdf import Line, letter, pdf, scanned, shapes_only


def found(data: bytes, limits: Limits | None = None) -> Document:
    document = extract(data, "application/pdf", "brev.pdf", Bounds.of(limits or Limits()))
    assert document is not None
    return document


LETTER = letter(
    ["Hej! Vi har tagit emot brevet om lokalen i", "Ånge och går igenom det."],
    ["Vi återkommer i slutet av oktober 2021."],
)
WORDS = "Hej! Vi har tagit emot brevet om lokalen i\nÅnge och går igenom det.\n\nVi återkommer i slutet av oktober 2021."


@pytest.mark.parametrize("compressed", [False, True])
def test_lines_and_paragraphs(*, compressed: bool) -> None:
    assert found(pdf(LETTER, compressed=compressed)) == Document(WORDS)


def test_an_empty_password_is_tried() -> None:
    assert found(pdf(LETTER, password="")).text == WORDS


def test_a_password_is_said() -> None:
    assert found(pdf(LETTER, password="hemligt")) == Document(None, (("document-encrypted", ""),))


def test_wide_gaps_part_cells() -> None:
    rows: list[Line] = [
        (x, 700 - 14 * at, text)
        for at, cells in enumerate([("Delmoment", "Klart"), ("Ritning", "2021-09-01")])
        for x, text in zip((72, 300), cells, strict=True)
    ]
    # A word processor puts a blank into the gap; so does PDFium.
    assert found(pdf(rows)).text == "Delmoment\tKlart\nRitning\t2021-09-01"


def test_words_that_a_line_end_broke_are_whole() -> None:
    lines = [
        "Vi har talat med kommunfullmäk-",
        "tige om bygg-",
        "och miljönämnden, IT-",
        "systemet och e-",
        "posten.",
    ]
    assert found(pdf(letter(lines))).text == (
        "Vi har talat med kommunfullmäktige om bygg- och miljönämnden, IT-systemet och e-posten."
    )


def test_a_running_head_stands_once_and_a_running_foot_at_the_end() -> None:
    pages = [
        [
            (72.0, 800.0, "Ånge kommun"),
            (72.0, 700.0, "Första sidan slutar mitt i" if at == 1 else "en mening."),
            (72.0, 40.0, f"Torggatan 10, sida {at} (2)"),
        ]
        for at in (1, 2)
    ]
    assert found(pdf(*pages)).text == (
        "Ånge kommun\n\nFörsta sidan slutar mitt i\nen mening.\n\nTorggatan 10, sida 1 (2)"
    )


def test_rows_that_differ_by_their_figures_alone_are_all_kept() -> None:
    pages = [[(72.0, 800.0, f"2021-0{at}-01 hyra"), (72.0, 780.0, "Ånge")] for at in (1, 2, 3)]
    assert (found(pdf(*pages)).text or "").count("hyra") == 3


def test_a_heading_of_another_size_stands_by_itself() -> None:
    made = pdf([(72, 700, "Lokal")]).replace(
        b"(Lokal) Tj", b"(Lokal) Tj /F 20 Tf 1 0 0 1 72 672 Tm (Rubrik) Tj"
    )
    assert found(_relength(made)).text == "Lokal\n\nRubrik"


def _relength(made: bytes) -> bytes:
    """A PDF whose stream has grown: PDFium finds the objects again by itself."""
    return made.replace(b"/Length 4", b"/Length 9", 1)


def test_a_scanned_letter_has_no_text_layer() -> None:
    assert found(scanned()) == Document(None, (("document-no-text", "its pages are pictures"),))


def test_a_scanned_page_among_others_is_said() -> None:
    assert found(scanned(LETTER)) == Document(WORDS, (("document-no-text", "page 2: a picture"),))


def test_letters_that_are_shapes_alone_are_no_text() -> None:
    assert found(shapes_only("Vi återkommer")).problems[0][0] == "document-no-text"


def test_pages_beyond_the_limit_are_said_and_those_before_read() -> None:
    read = found(pdf(LETTER, [(72, 700, "nej")]), Limits(document_pages=1))
    assert read == Document(WORDS, (("limit-document-pages", "2 pages, 1 read"),))


def test_text_beyond_the_limit_is_said() -> None:
    assert found(pdf(LETTER), Limits(document_text=10)).problems[0][0] == "limit-document-text"


def test_time_that_is_over_is_said() -> None:
    assert found(pdf(LETTER), Limits(document_seconds=-1)).problems[0][0] == "limit-document-seconds"


def test_a_document_that_is_cut_off_is_damaged() -> None:
    assert found(pdf(LETTER)[:600]).problems[0][0] == "document-broken"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("kommun-\nfullmäktige", "kommunfullmäktige"),
        ("kommun\ufffe\nfullmäktige", "kommunfullmäktige"),
        ("kommun\u00ad\nFullmäktige", "kommunFullmäktige"),
        ("bygg-\noch miljönämnden", "bygg- och miljönämnden"),
        ("SSC-\nnumret", "SSC-numret"),
        ("Norr-\nÅnge", "Norr-Ånge"),
        ("den 2021-\n10-15", "den 2021-10-15"),
        ("den 2021-10-\n15", "den 2021-10-15"),
        ("www.exempel-\nsida.example", "www.exempel-sida.example"),
        ("sida 3 -\nfyra", "sida 3 -\nfyra"),
        ("12-\n13", "12-\n13"),
    ],
)
def test_hyphens_at_a_lines_end(broken: str, whole: str) -> None:
    assert join_hyphenated(broken) == whole


@pytest.mark.parametrize(
    "text", ["a" * 200_000, " " * 200_000 + "x", "a-" * 100_000, "-\n" * 100_000, "1.\t" * 50_000]
)
def test_tidying_takes_nothing_but_blanks_of_long_lines(text: str) -> None:
    assert "".join(tidy(join_hyphenated(text)).split()).replace("-", "") == "".join(text.split()).replace(
        "-", ""
    )


def test_bullets_of_symbol_fonts_are_list_items() -> None:
    assert tidy("\uf0b7\tett\n\uf0b7 två\n•\ttre\n1.\tfyra\na\tb") == "- ett\n- två\n• tre\n1. fyra\na\tb"


def test_nothing_invisible_is_kept() -> None:
    assert tidy("a\x00b\u200bc\ufeffd\x0be\u2028f\r\ng\ud800") == "abcd\ne\nf\ng\ufffd"
