"""A report as a page: plain tables that can be pasted into a letter, and a timeline drawn in black and white."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from crm.office_steps import STEPS
from crm.report.model import Figures
from tui import dates, words
from tui.i18n import _, language
from tui.report import tables, timeline
from tui.text import clean_line

if TYPE_CHECKING:
    from jinja2 import Environment

_LEFT: Final = 150
_WIDTH: Final = 1000
_LINE: Final = 22
_TOP: Final = 24
_LEGEND: Final = 44
# Lines of an 8 by 8 tile for each step, so that it is told without colour.
_TILES: Final = (
    "M0 4h8",
    "M0 8L8 0",
    "M4 0v8",
    "M0 0L8 8",
    "M0 4h8M4 0v8",
    "M0 2h8M0 6h8",
    "M0 0L8 8M0 8L8 0",
    "M0 1h8M0 3h8M0 5h8M0 7h8",
)


@dataclass(frozen=True, slots=True)
class Box:
    """A bar as it is drawn, `said` aloud by a screen reader; `line`: a line below it says that it has begun."""

    x: float
    y: float
    width: float
    pattern: int
    said: str
    line: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The timeline: sizes, lines of offices, boxes, ticks and the steps that it explains."""

    width: int
    height: int
    bottom: int
    offices: tuple[tuple[str, float], ...]
    boxes: tuple[Box, ...]
    ticks: tuple[tuple[str, float], ...]
    today: float | None
    legend: tuple[tuple[int, str, float, float], ...]


def as_page(shown: Figures) -> str:
    """The page, complete in itself: it asks nothing of any other address."""
    template = _environment().get_template("report.html.j2")
    return template.render(
        language=language(),
        title=tables.title(shown),
        about=tables.about(shown),
        tables=tables.tables(shown),
        text=tables.text,
        numeric={"count", "number"},
        drawing=drawing(shown),
        tiles=_TILES,
        said={
            "timeline": _("Timeline: when each step was, or is planned to be"),
            "begun": _("A thick line below a bar: the step has begun or is done."),
            "as_of": dates.day(shown.as_of, week=False),
            "no_timeline": _("No step has a date."),
            "same": _("The table of steps says the same in numbers."),
        },
    )


@lru_cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("tui", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def drawing(shown: Figures) -> Drawing | None:
    """Where everything of the timeline stands; None where there is nothing to draw."""
    rows = timeline.rows(shown)
    if not rows:
        return None
    first, last = timeline.span(rows)
    bottom = _TOP + _LINE * len(rows)

    def x(day: date) -> float:
        return round(_LEFT + (_WIDTH - _LEFT) * (day - first).days / ((last - first).days + 1), 1)

    boxes = tuple(_box(row, bar, x, _TOP + _LINE * at) for at, row in enumerate(rows) for bar in row.bars)
    return Drawing(
        width=_WIDTH,
        height=bottom + _LEGEND + 20,
        bottom=bottom,
        offices=tuple((clean_line(row.office.name), _TOP + _LINE * at) for at, row in enumerate(rows)),
        boxes=boxes,
        ticks=tuple((day.isoformat()[:7], x(day)) for day in timeline.quarters(first, last)),
        today=x(shown.as_of) if first <= shown.as_of <= last else None,
        legend=_legend(rows, bottom),
    )


def _box(row: timeline.Row, bar: timeline.Bar, x: Any, y: float) -> Box:
    step = words.said(words.STEPS, bar.step)
    said = f"{clean_line(row.office.name)}: {step}, {dates.window(bar.start, bar.end)}"
    after = date.fromordinal(bar.end.toordinal() + 1)
    return Box(x(bar.start), y + 4, max(x(after) - x(bar.start), 3), STEPS.index(bar.step), said, bar.actual)


def _legend(rows: list[timeline.Row], bottom: int) -> tuple[tuple[int, str, float, float], ...]:
    """The steps that are drawn, four in a line."""
    drawn = {bar.step for row in rows for bar in row.bars}
    shown = [at for at, step in enumerate(STEPS) if step in drawn]
    return tuple(
        (at, words.said(words.STEPS, STEPS[at]), _LEFT + 210 * (place % 4), bottom + 18 + 22 * (place // 4))
        for place, at in enumerate(shown)
    )
