"""Word documents, part by part as Word writes them."""

import pytest

from ingest.documents import Bounds, extract
from ingest.limits import Limits
from tests.documents.office import docx, package, paragraph, run, table, word_part

PROMISE = "Vi återkommer i slutet av oktober 2021."


def text_of(data: bytes, limits: Limits | None = None) -> str | None:
    found = extract(data, "application/octet-stream", "brev.docx", Bounds.of(limits or Limits()))
    assert found is not None
    return found.text


def problem_of(data: bytes, limits: Limits | None = None) -> str:
    found = extract(data, "application/octet-stream", "brev.docx", Bounds.of(limits or Limits()))
    assert found is not None
    ((code, _),) = found.problems
    return code


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    assert text_of(docx(paragraph("Hej!") + paragraph("") + paragraph(PROMISE))) == f"Hej!\n\n{PROMISE}"


def test_a_row_is_a_line_and_cells_are_parted_by_tabs() -> None:
    made = docx(table(("Delmoment", "Klart"), ("Ritning", "2021-09-01"), ("", "Ånge")) + paragraph("Slut"))
    assert text_of(made) == "Delmoment\tKlart\nRitning\t2021-09-01\n\nÅnge\n\nSlut"


def test_a_page_laid_out_by_a_table_keeps_its_paragraphs() -> None:
    long = "Kommunen har gått igenom underlaget om lokalen och återkommer när det är klart. " * 3
    cell = f"<w:tc>{paragraph(long)}{paragraph(PROMISE)}</w:tc>"
    made = docx(f"<w:tbl><w:tr><w:tc>{paragraph('Ånge kommun')}</w:tc>{cell}</w:tr></w:tbl>")
    assert text_of(made) == f"Ånge kommun\n\n{long.strip()}\n\n{PROMISE}"


def test_several_short_paragraphs_of_a_cell_stand_in_its_row() -> None:
    cell = f"<w:tc>{paragraph('Datum')}{paragraph('2021-06-07')}</w:tc>"
    made = docx(f"<w:tbl><w:tr><w:tc>{paragraph('Ånge kommun')}</w:tc>{cell}</w:tr></w:tbl>")
    assert text_of(made) == "Ånge kommun\tDatum 2021-06-07"


def test_header_comes_first_and_footer_last_each_once() -> None:
    section = "".join(
        f'<w:{kind}Reference w:type="{which}" r:id="{kind}{which}"/>'
        for kind in ("header", "footer")
        for which in ("default", "first")
    )
    related = {
        "headerdefault": ("header", "header1.xml"),
        "headerfirst": ("header", "/word/header2.xml"),
        "footerdefault": ("footer", "footer1.xml"),
        "footerfirst": ("footer", "footer2.xml"),
    }
    others = {
        "word/header1.xml": word_part("hdr", paragraph("Sida 2")),
        "word/header2.xml": word_part("hdr", paragraph("Datum 2021-06-07")),
        "word/footer1.xml": word_part("ftr", paragraph("Torggatan 10")),
        "word/footer2.xml": word_part("ftr", paragraph("Torggatan 10")),
    }
    made = docx(paragraph(PROMISE) + f"<w:sectPr>{section}</w:sectPr>", others, related)
    assert text_of(made) == f"Datum 2021-06-07\n\nSida 2\n\n{PROMISE}\n\nTorggatan 10"


def test_footnotes_follow_the_body() -> None:
    notes = word_part("footnotes", f'<w:footnote w:id="1">{paragraph("Se avtalet.")}</w:footnote>')
    made = docx(paragraph(PROMISE), {"word/footnotes.xml": notes}, {"rId9": ("footnotes", "footnotes.xml")})
    assert text_of(made) == f"{PROMISE}\n\nSe avtalet."


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = (
        f"<w:p>{run('Vi återkommer ')}<w:del>{run('aldrig')}</w:del><w:ins>{run('i maj')}</w:ins>"
        f"<w:moveFrom>{run(' bort')}</w:moveFrom><w:moveTo>{run(' 2021')}</w:moveTo>.</w:p>"
    )
    assert text_of(docx(changed)) == "Vi återkommer i maj 2021"


@pytest.mark.parametrize(
    "hidden",
    [
        run("dolt", "<w:vanish/>"),
        "<w:r><w:instrText>MERGEFIELD Namn</w:instrText></w:r>",
        "<mc:AlternateContent><mc:Fallback>" + run("igen") + "</mc:Fallback></mc:AlternateContent>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("Klicka här")
        + "</w:sdtContent></w:sdt>",
        '<w:commentReference w:id="1"/>',
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    assert text_of(docx(f"<w:p>{run('Före ')}{hidden}{run('efter')}</w:p>")) == "Före efter"


def test_a_run_that_is_told_not_to_be_hidden_is_read() -> None:
    shown = run("synligt", "<w:vanish w:val='false'/>")
    assert text_of(docx(f"<w:p>{shown}</w:p>")) == "synligt"


def test_signs_that_are_elements() -> None:
    signs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>e</w:t><w:noBreakHyphen/><w:t>post</w:t><w:softHyphen/></w:r>"
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Arial" w:char="00A7"/></w:r>'
    assert text_of(docx(f"<w:p>{signs}{symbol}</w:p>")) == "a\tb\ne-post§"


def test_tab_stops_of_a_paragraph_are_no_tabs() -> None:
    assert text_of(docx(paragraph("Hej", "<w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs>"))) == "Hej"


def test_lists_by_number_and_by_style() -> None:
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr>"
    bullets = "<w:pStyle w:val='Lista'/>"
    none = bullets + "<w:numPr><w:numId w:val='0'/></w:numPr>"
    heading = "<w:pStyle w:val='Rubrik1'/>"
    styles = word_part(
        "styles",
        '<w:style w:styleId="Lista"><w:pPr><w:numPr/></w:pPr></w:style>'
        '<w:style w:styleId="Rubrik1"><w:pPr><w:numPr/><w:outlineLvl w:val="0"/></w:pPr></w:style>',
    )
    body = "".join(
        paragraph(text, properties)
        for text, properties in (("ett", numbered), ("två", bullets), ("tre", none), ("fyra", heading))
    )
    made = docx(body, {"word/styles.xml": styles}, {"rId1": ("styles", "styles.xml")})
    assert text_of(made) == "- ett\n- två\n\ntre\n\nfyra"


def test_a_text_box_follows_its_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('I rutan')}</w:txbxContent></w:pict></w:r>"
    assert text_of(docx(f"<w:p>{run('Före')}{box}{run(' efter')}</w:p>")) == "Före efter\n\nI rutan"


def test_links_and_content_controls_are_words() -> None:
    inside = (
        f"<w:hyperlink>{run('länk')}</w:hyperlink><w:sdt><w:sdtContent>{run(' fält')}</w:sdtContent></w:sdt>"
    )
    assert text_of(docx(f"<w:p>{inside}</w:p>")) == "länk fält"


def test_strict_and_backslashed_names() -> None:
    strict = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>%s</w:body></w:document>'
    assert text_of(package({"word\\document.xml": strict % paragraph("Hej")})) == "Hej"


def test_letters_in_one_form_without_ligatures_and_soft_hyphens() -> None:
    assert (
        text_of(docx(paragraph("o\ufb03ciell A\u030ange kom\u00admun 23\xa0februari")))
        == "officiell Ånge kommun 23\xa0februari"
    )


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(document_text=10), "limit-document-text"),
        (Limits(document_elements=20), "limit-document-elements"),
        (Limits(document_unpacked=400), "limit-document-unpacked"),
        (Limits(document_entries=2), "limit-document-entries"),
        (Limits(document_size=100), "limit-document-size"),
    ],
)
def test_each_limit_names_itself(limits: Limits, code: str) -> None:
    assert problem_of(docx(paragraph(PROMISE) * 100), limits) == code


def test_what_came_before_a_limit_is_read() -> None:
    assert text_of(docx(paragraph("Ett") + paragraph("två")), Limits(document_text=5)) == "Ett\n\ntv"


def test_what_came_before_the_damage_is_read() -> None:
    broken = docx(paragraph(PROMISE) + "<w:p><w:r>")
    assert text_of(broken) == PROMISE
    assert problem_of(broken) == "document-broken"


def test_a_damaged_list_of_parts_leaves_the_document() -> None:
    made = docx(paragraph(PROMISE), {"word/_rels/document.xml.rels": "<Relationships><Rel"})
    assert text_of(made) == PROMISE


def test_a_password_is_said() -> None:
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + "EncryptedPackage".encode("utf-16-le")
    assert problem_of(protected) == "document-encrypted"


def test_pictures_alone_are_said() -> None:
    assert problem_of(docx("<w:p><w:r><w:drawing/></w:r></w:p>")) == "document-no-text"
