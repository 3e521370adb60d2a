"""Word, Excel, PowerPoint and OpenDocument files as their programs write them, each part by hand."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
Parts = Mapping[str, str | bytes]


def package(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A .rels part: id → (kind, target)."""
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{_R}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of a Word paragraph."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A Word table."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(
    body: str, others: Parts | None = None, related: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """A Word document: `body` is what stands in `w:body`, `others` are parts beside it."""
    root = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="{_MC}"'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": relations(related or {}),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {root}><w:body>{body}</w:body></w:document>',
    }
    return package({**parts, **(others or {})})


def word_part(tag: str, content: str) -> str:
    """A header, footer or notes part."""
    return f'<w:{tag} xmlns:w="{_W}" xmlns:r="{_R}">{content}</w:{tag}>'


def xlsx(
    sheets: Mapping[str, str],
    strings: tuple[str, ...] = (),
    styles: str = "",
    states: Mapping[str, str] | None = None,
    properties: str = "",
    others: Parts | None = None,
) -> bytes:
    """A workbook: sheet name → what stands in its `sheetData`."""
    named = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" state="{(states or {}).get(name, "visible")}" r:id="rId{at}"/>'
        for at, name in named
    )
    targets = {f"rId{at}": ("worksheet", f"worksheets/sheet{at}.xml") for at, _ in named}
    related = {**targets, "rIdS": ("sharedStrings", "sharedStrings.xml"), "rIdT": ("styles", "styles.xml")}
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}">{properties}<sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(related),
            "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{items}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_S}">{styles}</styleSheet>',
            **{
                f"xl/worksheets/sheet{at}.xml": f'<worksheet xmlns="{_S}"><sheetData>{sheets[name]}</sheetData></worksheet>'
                for at, name in named
            },
            **(others or {}),
        }
    )


def row(*cells: str) -> str:
    """A row of inline texts."""
    inside = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in cells)
    return f"<row>{inside}</row>"


def pptx(*slides: str) -> bytes:
    """Slides: what stands in each one's text body."""
    named = list(enumerate(slides, 1))
    ids = "".join(f'<p:sldId id="{255 + at}" r:id="rId{at}"/>' for at, _ in named)
    shell = (
        f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="{_A}" xmlns:r="{_R}"'
    )
    return package(
        {
            "_rels/.rels": relations({"rId1": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": f"<p:presentation {shell}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(
                {f"rId{at}": ("slide", f"slides/slide{at}.xml") for at, _ in named}
            ),
            **{
                f"ppt/slides/slide{at}.xml": f"<p:sld {shell}><p:txBody>{content}</p:txBody></p:sld>"
                for at, content in named
            },
        }
    )


def odf(body: str, kind: str = "text", others: Parts | None = None) -> bytes:
    """An OpenDocument: `body` stands in office:text, office:spreadsheet or office:presentation."""
    content = (
        f"<office:document-content {_ODF}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
        for name, part in (others or {}).items():
            archive.writestr(name, part)
    return made.getvalue()


def odf_styles(regions: str) -> str:
    """A styles.xml whose page style has these headers and footers."""
    return (
        f"<office:document-styles {_ODF}><office:master-styles><style:master-page>{regions}"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
