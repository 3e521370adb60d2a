"""Workbooks, slides and OpenDocuments."""

import pytest

from ingest.documents import Bounds, Document, extract
from ingest.documents.xlsx import number
from ingest.limits import Limits
from tests.documents.office import odf, odf_styles, package, pptx, relations, row, xlsx


def found(data: bytes, limits: Limits | None = None) -> Document:
    document = extract(data, "application/octet-stream", None, Bounds.of(limits or Limits()))
    assert document is not None
    return document


def cells(*made: str) -> str:
    return f"<row>{''.join(made)}</row>"


def test_sheets_by_name_and_rows_by_line() -> None:
    made = xlsx({"Kontor": row("Kommun", "Klart") + row("Ånge", "", "maj"), "Två": row("Vi återkommer.")})
    assert found(made).text == "Kontor\n\nKommun\tKlart\nÅnge\tmaj\n\nTvå\n\nVi återkommer."


def test_an_only_sheet_with_the_name_that_excel_gave_it_has_no_heading() -> None:
    assert found(xlsx({"Blad1": row("Ånge")})).text == "Ånge"


def test_hidden_sheets_are_left_out() -> None:
    made = xlsx({"Blad1": row("syns"), "Dold": row("syns inte")}, states={"Dold": "veryHidden"})
    assert found(made).text == "syns"


def test_values_as_the_cell_shows_them() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd;@"/>'
        '<numFmt numFmtId="171" formatCode="#,##0\\ &quot;dkr&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/>'
        '<xf numFmtId="20"/><xf numFmtId="9"/><xf numFmtId="171"/></cellXfs>'
    )
    made = xlsx(
        {
            "Blad1": cells(
                '<c t="s"><v>1</v></c>',
                "<c><v>1234.5</v></c>",
                '<c s="1"><v>44490</v></c>',
                '<c s="2"><v>44490</v></c>',
                '<c s="3"><v>44490.5625</v></c>',
                '<c s="4"><v>0.5625</v></c>',
                '<c s="5"><v>0.25</v></c>',
                '<c s="6"><v>12</v></c>',
                '<c t="b"><v>1</v></c>',
                '<c t="str"><f>A1&amp;"x"</f><v>Ångex</v></c>',
                '<c t="e"><v>#REF!</v></c>',
                '<c t="s"><v>9</v></c>',
            )
        },
        ("inget", "Ånge"),
        styles,
    )
    assert found(made).text == (
        "Ånge\t1234.5\t2021-10-21\t2021-10-21\t2021-10-21 13:30\t13:30\t25 %\t12\tSANT\tÅngex"
    )


def test_days_that_count_from_1904() -> None:
    made = xlsx(
        {"Blad1": cells('<c s="0"><v>43028</v></c>')},
        styles='<cellXfs><xf numFmtId="14"/></cellXfs>',
        properties='<workbookPr date1904="1"/>',
    )
    assert found(made).text == "2021-10-21"


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (0.1 + 0.2, "", "0.3"),
        (1.0, "day", "1900-01-01"),
        (59.0, "day", "1900-02-28"),
        (61.0, "day", "1900-03-01"),
        (-1.0, "day", "-1"),
        (1e308, "moment", "1e+308"),
        (44490.0, "moment", "2021-10-21"),
    ],
)
def test_numbers(value: float, kind: str, shown: str) -> None:
    assert number(value, kind) == shown


def test_rows_and_sheets_beyond_the_limits_are_said() -> None:
    many = found(xlsx({"Blad1": row("a") * 5}), Limits(document_rows=3))
    assert (many.text, many.problems[0][0]) == ("a\n\na\n\na", "limit-document-rows")
    sheets = found(xlsx({name: row(name) for name in "abc"}), Limits(document_sheets=1))
    assert sheets.problems == (("limit-document-sheets", "3 sheets, 1 read"),)


def test_a_text_box_follows_the_rows_of_its_sheet() -> None:
    shell = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    drawing = f"<a:wsDr {shell}><a:p><a:r><a:t>I rutan</a:t></a:r></a:p></a:wsDr>"
    made = xlsx(
        {"Blad1": row("Ånge")},
        others={
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                {"rId1": ("drawing", "../drawings/drawing1.xml")}
            ),
            "xl/drawings/drawing1.xml": drawing,
        },
    )
    assert found(made).text == "Ånge\n\nI rutan"


def test_a_title_beyond_the_limit_takes_nothing_away() -> None:
    read = found(xlsx({"Kontor": row("Ånge"), "Två": row("x")}), Limits(document_text=8))
    assert (read.text, read.problems[0][0]) == ("Kontor\n\nÅn", "limit-document-text")


def test_slides_in_their_order() -> None:
    first = "<a:p><a:r><a:t>Vi öppnar</a:t></a:r><a:br/><a:r><a:t>i Ånge</a:t></a:r></a:p>"
    second = "<a:tbl><a:tr>" + "".join(
        f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in ("a", "b")
    )
    assert found(pptx(first, second + "</a:tr></a:tbl>")).text == "Vi öppnar\ni Ånge\n\na\tb"


def test_slides_beyond_the_limit_are_said() -> None:
    slide = "<a:p><a:r><a:t>x</a:t></a:r></a:p>"
    assert found(pptx(slide, slide), Limits(document_pages=1)).problems == (
        ("limit-document-pages", "2 slides, 1 read"),
    )


def test_an_open_document() -> None:
    body = (
        "<text:tracked-changes><text:deletion><text:p>bort</text:p></text:deletion></text:tracked-changes>"
        "<text:h>Lokal</text:h>"
        "<text:p>Vi  återkommer\n<text:span>i maj</text:span><text:s text:c='2'/>2021.<text:line-break/>Hej"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Se avtalet.</text:p>"
        "</text:note-body></text:note><office:annotation><text:p>nej</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>ett</text:p></text:list-item><text:list-item><text:p>två</text:p>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='16384'/>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>x<draw:text-box><text:p>rutan</text:p></draw:text-box></text:p>"
        "<text:section text:display='none'><text:p>dolt</text:p></text:section>"
    )
    styles = odf_styles(
        "<style:header><text:p>Datum 2021-06-07</text:p></style:header>"
        "<style:footer><text:p>Torggatan<text:tab/>10</text:p></style:footer>"
    )
    assert found(odf(body, others={"styles.xml": styles})).text == (
        "Datum 2021-06-07\n\nLokal\n\nVi återkommer i maj  2021.\nHej\n\n- ett\n- två\n\na\tb\n\nx\n\nrutan\n\n"
        "Se avtalet.\n\nTorggatan\t10"
    )


def test_an_open_sheet_has_its_sheets_names() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    table = f'<table:table table:name="Kontor"><table:table-row>{cell.format("Ånge")}{cell.format("maj")}'
    assert found(odf(table + "</table:table-row></table:table>", "spreadsheet")).text == "Kontor\n\nÅnge\tmaj"


def test_an_encrypted_open_document_is_said() -> None:
    made = package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": b"\x12\x34",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
        }
    )
    assert found(made).problems == (("document-encrypted", ""),)
