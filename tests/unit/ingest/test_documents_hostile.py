"""Bombs, entities and cut files: bounded, and said."""

import io
import zipfile

import pytest

from ingest.documents import Bounds, Document, extract
from ingest.limits import Limits
from tests.documents.office import docx, odf, package, paragraph, row, table, xlsx
from tests.documents.pdf import letter, pdf


def stored(data: bytes) -> bytes:
    """The same parts, not packed: a cut is in the middle of something."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return package({name: archive.read(name) for name in archive.namelist()}, zipfile.ZIP_STORED)


WORD = '<w:document xmlns:w="w"><w:body>%s</w:body></w:document>'
SAMPLES = {
    "docx": stored(docx(table(("Kommun", "Klart"), ("Ånge", "maj")) + paragraph("Vi återkommer. ") * 500)),
    "xlsx": stored(xlsx({"Kontor": row("Ånge", "Vi återkommer.") * 500}, ("Ånge",))),
    "odt": odf("<text:p>Vi återkommer till Ånge.</text:p>" * 500),
    "pdf": pdf(*[letter(["Vi återkommer till Ånge.", "Snart."]) for _ in range(20)]),
}


def read(data: bytes, limits: Limits | None = None) -> Document:
    found = extract(data, "application/octet-stream", "x.docx", Bounds.of(limits or Limits()))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "entity", ['"hemligt"', 'SYSTEM "file:///etc/hostname"', 'SYSTEM "http://127.0.0.1/"']
)
def test_entities_are_refused_whatever_they_are(entity: str) -> None:
    inside = f"<!DOCTYPE a [<!ENTITY b {entity}>]>" + WORD % "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    for text in (inside.encode(), inside.encode("utf-16")):
        assert read(package({"word/document.xml": text})).problems == (
            ("document-broken", "it declares XML entities"),
        )


def test_a_billion_laughs_are_refused() -> None:
    nested = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY a0 "lol">{nested}]>' + WORD % "&a9;"
    assert read(package({"word/document.xml": bomb})).text is None


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = package({"word/document.xml": b"<a>" + bytes(3_000_000)})
    assert read(bomb, Limits(document_unpacked=1_000_000)).problems[0][0] == "limit-document-unpacked"


def test_a_directory_that_lies_about_sizes_is_caught_while_unpacking() -> None:
    honest = package({"word/document.xml": WORD % paragraph("a" * 100_000)})
    found = read(honest.replace(_size(honest), (10).to_bytes(4, "little")))
    assert found.problems[0][0] == "document-broken"


def _size(data: bytes) -> bytes:
    """The unpacked size of the only part, as the directory spells it (APPNOTE 4.3.12)."""
    at = data.rindex(b"PK\x01\x02")
    return data[at + 24 : at + 28]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    assert (
        read(package({"word/document.xml": WORD % paragraph("a")}, method)).problems[0][0]
        == "document-broken"
    )


def test_external_parts_are_never_followed() -> None:
    rels = '<Relationships><Relationship Id="r" Type="x/header" TargetMode="External" Target="http://x.example/"/></Relationships>'
    made = docx(
        paragraph("Hej") + '<w:sectPr><w:headerReference r:id="r"/></w:sectPr>',
        {"word/_rels/document.xml.rels": rels},
    )
    assert read(made).text == "Hej"


@pytest.mark.parametrize(
    "body", ["<w:p>" * 5_000, "<w:tbl><w:tr><w:tc>" * 80, "<w:p><w:r><w:txbxContent>" * 80]
)
def test_depth_ends_the_reading_and_nothing_else(body: str) -> None:
    assert read(docx(body)).problems[0][0] == "document-broken"


def test_a_cell_at_the_far_end_of_a_sheet_makes_no_room_before_it() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="999999999999" t="inlineStr"><is><t>Ånge</t></is></c></row>'
    assert read(xlsx({"Blad1": far})) == Document("Ånge")


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_a_file_that_is_cut_off_anywhere_is_said(kind: str) -> None:
    whole = SAMPLES[kind]
    for end in range(1_000, len(whole) - 1, 1_000):
        found = read(whole[:end])
        assert found.problems, end


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_the_whole_file_is_read_without_a_problem(kind: str) -> None:
    found = read(SAMPLES[kind])
    assert not found.problems
    assert "Ånge" in (found.text or "")
