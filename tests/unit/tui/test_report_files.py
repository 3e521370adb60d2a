"""A report as a sheet and as a page: read back, hostile words inert, the same bytes for the same figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree, html
from openpyxl import load_workbook

from crm.office_steps import STEPS
from crm.report.figures import phase_figure
from crm.report.model import (
    AnswerFigure,
    ChangeFigure,
    Compared,
    Figures,
    OfficeFigure,
    PlanFigure,
    PromiseCount,
    PromiseFigure,
    StepFigure,
)
from tui.i18n import set_language
from tui.report import sheet, timeline
from tui.report.page import as_page
from tui.report.sheet import as_sheet, stacked

DAY = date(2021, 10, 31)
HOSTILE = '=HYPERLINK("http://x.example";"a")\x1b]52;c;x\x07<script>alert(1)</script>\u202e'


def step(kind: str, **days: Any) -> StepFigure:
    none: dict[str, Any] = dict.fromkeys(("planned_start", "planned_end", "actual_start", "actual_end"))
    return StepFigure(**{"step": kind, **none, "needed": True, "days_late": None, **days})


def office(**changed: Any) -> OfficeFigure:
    known: dict[str, dict[str, Any]] = {
        "behovsanalys": {"planned_start": date(2021, 5, 1), "planned_end": date(2021, 6, 30),
                         "actual_start": date(2021, 5, 10), "actual_end": date(2021, 7, 5)},
        "lokalval": {"planned_end": date(2021, 10, 1), "days_late": 30},
        "ombyggnation": {"needed": False},
    }  # fmt: skip
    values: dict[str, Any] = {
        "id": "k1", "municipality": "Ånge", "code": "2260", "place": None, "phase": 2, "vulnerable_area": "none",
        "step": "lokalval", "in_use": False, "assessment": "risk", "deviation": HOSTILE, "reason": "@bygglov",
        "measure": None, "steps": tuple(step(kind, **known.get(kind, {})) for kind in STEPS), "letters_in": 3,
        "letters_out": 2, "letters_others": 0, "last_in": date(2021, 10, 4), "last_out": None,
        "last_contact": date(2021, 10, 4), "ours": PromiseCount(1, 1, 0, 1), "theirs": PromiseCount(),
    }  # fmt: skip
    return OfficeFigure(**values | changed)


def figures(*offices: OfficeFigure) -> Figures:
    total = phase_figure(None, offices)
    promise = PromiseFigure(
        "f7", "k1", "Ånge", "ours", "commitment", date(2021, 9, 1), None, date(2021, 10, 15), True, "broken", False,
        HOSTILE,
    )  # fmt: skip
    return Figures(
        as_of=DAY,
        mail_since=date(2021, 6, 1),
        plan=PlanFigure("p", date(2021, 9, 29), "Plan & mer", "källa"),
        compared=Compared("r1", date(2021, 9, 30), "7"),
        total=total,
        phases=(phase_figure(2, offices),) if offices else (),
        offices=offices,
        promises=(promise,) if offices else (),
        unplaced_ours=PromiseCount(),
        unplaced_theirs=PromiseCount(),
        marked=1,
        changes=(ChangeFigure("k1", "Ånge", "step.lokalval.planned", None, "../2021-10-01"),)
        if offices
        else (),
        answers=(AnswerFigure("k1", "Ånge", 2, 4.5, 7, 0, None),) if offices else (),
    )


def found(page: str) -> Callable[[str], list[Any]]:
    return _asked(html.fromstring(page))


def _asked(tree: Any) -> Callable[[str], list[Any]]:
    def ask(path: str) -> list[Any]:
        rows: list[Any] = tree.xpath(path)
        return rows

    return ask


@pytest.fixture(params=["sv", "en"])
def shown(request: pytest.FixtureRequest) -> Any:
    set_language(request.param)
    yield figures(office(), office(id="k2", municipality="Åre", place="Järpen", phase=None, assessment=None))
    set_language("sv")


def test_every_table_is_a_sheet_with_real_days_and_numbers(shown: Figures) -> None:
    book = load_workbook(BytesIO(as_sheet(shown)))
    overview, offices, steps, promises, changes, answers, chart = book.worksheets
    assert [offices[f"{at}2"].value for at in "ABJK"] == ["Ånge", 2, 3, 2]
    assert offices["M2"].value == datetime.combine(date(2021, 10, 4), time())
    assert offices["M2"].number_format == "yyyy-mm-dd"
    assert steps["D2"].value == datetime.combine(date(2021, 5, 1), time())
    assert (answers["C2"].value, answers["D2"].value) == (4.5, 7)
    assert all(one.freeze_panes for one in (overview, offices, steps, promises, changes, answers))
    assert all(one.page_setup.orientation == "landscape" for one in book.worksheets)
    assert offices.print_title_rows == "$1:$1"
    assert len(chart._charts) == 1


def test_no_cell_is_a_formula_and_no_word_obeys(shown: Figures) -> None:
    content = as_sheet(shown)
    book = load_workbook(BytesIO(content))
    cells = [
        cell for one in book.worksheets for row in one.iter_rows() for cell in row if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert any(text.startswith("=HYPERLINK") for text in texts)
    assert not [text for text in texts if set(text) & set("\x1b\x07\u202e")]
    with ZipFile(BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if b"<f>" in packed.read(name) and "sheet" in name]


def test_the_same_figures_are_the_same_bytes(shown: Figures) -> None:
    assert as_sheet(shown) == as_sheet(shown)
    assert as_page(shown) == as_page(shown)


def test_each_step_of_the_chart_has_a_hatching_of_its_own(shown: Figures) -> None:
    assert len(set(sheet.PATTERNS)) == len(STEPS)
    with ZipFile(BytesIO(as_sheet(shown))) as packed:
        drawn = _asked(etree.fromstring(packed.read("xl/charts/chart1.xml")))
    patterns = drawn("//*[local-name()='pattFill']/@prst")
    assert len(set(patterns)) == len(patterns) == len(STEPS)


def test_a_stacked_bar_counts_days_by_turns() -> None:
    (row,) = timeline.rows(figures(office()))
    days = stacked(row)
    assert days[:2] == [(date(2021, 5, 10) - date(1899, 12, 30)).days, 57]
    assert sum(days) == (date(2021, 10, 2) - date(1899, 12, 30)).days


def test_the_page_is_well_formed_and_asks_nothing_of_anybody(shown: Figures) -> None:
    page = as_page(shown)
    tree = found(page)
    assert not tree("//script | //link | //img | //iframe | //@src | //@href | //@onload")
    assert len(tree("//table[caption]")) == len(tree("//table")) == 7
    assert not tree("//thead//th[not(@scope='col')] | //tbody//th[not(@scope='row')]")
    assert tree("//html/@lang")[0] in {"sv", "en"}
    assert tree("//svg/@role") == ["img"]
    assert "&lt;script&gt;" in page
    assert not set(page) & set("\x1b\x07\u202e")


def test_the_timeline_stands_inside_its_picture_and_names_what_it_shows(shown: Figures) -> None:
    tree = found(as_page(shown))
    boxes = tree("//svg//g/rect")
    assert len(boxes) == len([bar for row in timeline.rows(shown) for bar in row.bars])
    assert all(
        150 <= float(one.get("x")) <= float(one.get("x")) + float(one.get("width")) <= 1001 for one in boxes
    )
    assert all(one.get("fill").startswith("url(#step-") for one in boxes)
    assert any("Åre Järpen" in text for text in tree("//svg//g/title/text()"))


def test_a_report_with_nothing_in_it_says_so() -> None:
    empty = replace(figures(), plan=None, compared=None, mail_since=None)
    page, book = as_page(empty), load_workbook(BytesIO(as_sheet(empty)))
    assert "Inget åtagande är öppet eller ej infriat." in page
    assert "<svg" not in page
    assert book.worksheets[-1]["A1"].value == "Inget delmoment har något datum."
