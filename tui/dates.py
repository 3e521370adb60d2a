"""Days, windows, clock times and numbers as people here read them; no locale of the system is asked."""

from datetime import date, datetime, time
from typing import Final

from tui.i18n import Language, language

_WEEKDAYS: Final[dict[Language, tuple[str, ...]]] = {
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "sv": {"week": "v.", "by": "senast", "from": "från", "about": "ungefär", "clock": "kl. "},
    "en": {"week": "w.", "by": "by", "from": "from", "about": "about", "clock": ""},
}
_THIN: Final = "\u202f"
_DASH: Final = "–"


def day(d: date, *, weekday: bool = True, week: bool = True) -> str:
    """`tors 21 okt 2021 (v. 42)`."""
    said = f"{_month_day(d)} {d.year}"
    if weekday:
        said = f"{_WEEKDAYS[language()][d.weekday()]} {said}"
    return f"{said} ({_weeks(d, d)})" if week else said


def month(number: int) -> str:
    """The short name of a month, 1 to 12."""
    return _MONTHS[language()][number - 1]


def window(start: date | None, end: date | None, *, approximate: bool = False) -> str:
    """A closed window in words: `21–31 okt 2021 (v. 42–43)`, `senast …`, `från …`; "" for none."""
    words = _WORDS[language()]
    if start is None and end is None:
        return ""
    if start is None or end is None or start == end:
        said = _one_sided(start, end)
    else:
        said = f"{_span(start, end)} ({_weeks(start, end)})"
    return f"{words['about']} {said}" if approximate else said


def column(start: date | None, end: date | None, *, approximate: bool = False) -> str:
    """A window for a narrow column, in ISO days of at most 12 cells: its last day, or `2021-10-21–` without one.

    `~` stands before an approximate one.
    """
    if start is None and end is None:
        return ""
    said = end.isoformat() if end else f"{start}{_DASH}"
    return f"~{said}" if approximate else said


def clock(t: time) -> str:
    """In running text: `kl. 13.42`."""
    if language() == "sv":
        return f"{_WORDS['sv']['clock']}{t.hour}.{t.minute:02d}"
    return clock_column(t)


def clock_column(t: time) -> str:
    """In a column: `13:42`."""
    return f"{t.hour:02d}:{t.minute:02d}"


def hours(start: time | None, end: time | None) -> str:
    """A meeting's clock times: `kl. 13.00–14.30`; "" for none."""
    if start is None:
        return ""
    if end is None:
        return clock(start)
    last = f"{end.hour}.{end.minute:02d}" if language() == "sv" else clock_column(end)
    return f"{clock(start)}{_DASH}{last}"


def moment(at: datetime) -> str:
    """A day and its clock time in running text: `tors 21 okt 2021 kl. 13.42`."""
    return f"{day(at.date(), week=False)} {clock(at.timetz())}"


def moment_column(at: datetime) -> str:
    """`2021-10-21 13:42`."""
    return f"{at.date().isoformat()} {clock_column(at.timetz())}"


def number(n: int) -> str:
    """`1 234` with a narrow no-break space; `1,234` in English."""
    return f"{n:,}".replace(",", _THIN) if language() == "sv" else f"{n:,}"


def number_up_to(n: int, most: int) -> str:
    """`10 000+` for what is more than `most`."""
    return f"{number(most)}+" if n > most else number(n)


def percent(share: float) -> str:
    """`12,5 %` of a share from 0 to 1."""
    said = f"{share * 100:.1f}".removesuffix(".0")
    return said.replace(".", ",") + f"{_THIN}%" if language() == "sv" else f"{said}%"


def _one_sided(start: date | None, end: date | None) -> str:
    words = _WORDS[language()]
    if start is None and end is not None:
        return f"{words['by']} {day(end)}"
    if start is not None and end is None:
        return f"{words['from']} {day(start)}"
    return day(start or date.min)


def _span(start: date, end: date) -> str:
    """Two days with what they share said once: `21–31 okt 2021`, `28 sep–3 okt 2021`."""
    if start.year != end.year:
        return f"{_month_day(start)} {start.year}{_DASH}{_month_day(end)} {end.year}"
    if start.month != end.month:
        return f"{_month_day(start)}{_DASH}{_month_day(end)} {end.year}"
    return f"{start.day}{_DASH}{_month_day(end)} {end.year}"


def _month_day(d: date) -> str:
    return f"{d.day} {_MONTHS[language()][d.month - 1]}"


def _weeks(start: date, end: date) -> str:
    """ISO weeks: `v. 42`, `v. 42–43`, over a turn of the year `v. 52 2021–v. 1 2022`."""
    word = _WORDS[language()]["week"]
    first, last = start.isocalendar(), end.isocalendar()
    if first[:2] == last[:2]:
        return f"{word} {first.week}"
    if first.year == last.year:
        return f"{word} {first.week}{_DASH}{last.week}"
    return f"{word} {first.week} {first.year}{_DASH}{word} {last.week} {last.year}"
