"""Dates: formatted days come back, spelling is no matter, nothing hostile raises or breaks a span."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nlp.dates import find_dates, find_vague, parse_when
from nlp.dates.calendar import add_working_days, is_working_day, working_days_between
from nlp.sentences import sentences

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
WEEKDAYS = "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen".split()
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
pieces = st.sampled_from(
    "den 4 maj|v. 42|senast|i slutet av|torsdag|2021-10-25|kl. 10|och|eller|,|.|\n|\n\n|från|till|–|efter|veckan|före|om två veckor|i vår"
    "|kvartal 3|påsk|9/3|inte|31 juni|\xa0|dagen därpå|inom|årsskiftet|2022/2023|nästa|första|(|)".split("|")
)
texts = st.one_of(st.text(max_size=200), st.lists(pieces, max_size=25).map(" ".join))


@given(days, st.sampled_from(["iso", "long", "weekday", "slash", "basic", "dotted"]), days)
def test_a_written_day_comes_back(day: date, form: str, reference: date) -> None:
    written = {
        "iso": day.isoformat(),
        "long": f"den {day.day} {MONTHS[day.month - 1]} {day.year}",
        "weekday": f"{WEEKDAYS[day.weekday()]} den {day.day} {MONTHS[day.month - 1]} {day.year}",
        "slash": f"{day.day}/{day.month} {day.year}",
        "basic": f"{day:%Y%m%d}",
        "dotted": f"{day.day}.{day.month}.{day.year}",
    }[form]
    (found,) = find_dates(f"Vi ses {written} hos er.", reference)
    assert (found.text, found.value_start, found.value_end) == (written, day, day)


@given(
    days,
    st.sampled_from(["", " "]),
    st.sampled_from([" ", "  ", "\xa0", "\n", "\u202f "]),
    st.sampled_from("-–—"),
)
def test_spelling_is_no_matter(day: date, dot: str, blank: str, dash: str) -> None:
    last = day + timedelta(days=3)
    month = MONTHS[last.month - 1]
    plain = f"Vi ses den {day.day}-{last.day} {month} {last.year} hos er."
    odd = plain.replace("-", f"{dot}{dash}{dot}").replace(" ", blank).upper()
    (one,), (other,) = find_dates(plain, day), find_dates(odd, day)
    assert (one.value_start, one.value_end) == (other.value_start, other.value_end)


@given(days, st.sampled_from(["årets", "månadens"]))
def test_the_last_day_ends_the_period(reference: date, period: str) -> None:
    (found,) = find_dates(f"Det sker {period} sista dag.", reference)
    after = found.value_end + timedelta(days=1)
    assert after.day == 1
    assert reference <= found.value_start
    assert period == "månadens" or after.month == 1


@given(days, st.integers(1, 200), st.sampled_from(["dagar", "veckor", "månader", "år"]))
def test_ahead_and_ago_are_mirrored(reference: date, n: int, unit: str) -> None:
    (ahead,) = find_dates(f"om {n} {unit}", reference)
    (ago,) = find_dates(f"för {n} {unit} sedan", reference)
    there, back = ahead.value_start - reference, reference - ago.value_start
    assert abs(there - back) <= timedelta(days=4)
    assert there >= timedelta(days=n)


@given(days)
def test_a_day_without_a_year_is_today_or_to_come(reference: date) -> None:
    (found,) = find_dates("Vi ses den 7 juni.", reference)
    assert reference <= found.value_start <= reference + timedelta(days=366)


@given(days)
def test_the_past_has_begun(reference: date) -> None:
    (found,) = find_dates("Vi skrev till er den 7 juni.", reference)
    assert reference - timedelta(days=366) <= found.value_start <= reference


@given(days, st.integers(1, 52))
def test_a_week_runs_from_monday_to_sunday(reference: date, week: int) -> None:
    (found,) = find_dates(f"Det sker vecka {week}.", reference)
    assert found.value_start.isocalendar()[1:] == (week, 1)
    assert found.value_end == found.value_start + timedelta(days=6)
    assert found.value_end >= reference


@given(texts, days)
def test_spans_are_in_order_and_true(text: str, reference: date) -> None:
    found = find_dates(text, reference)
    assert all(text[m.start : m.end] == m.text and m.text for m in found)
    assert all(m.value_start <= m.value_end for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)


@given(texts, days)
def test_blanks_and_case_are_no_matter(text: str, reference: date) -> None:
    spoken = " ".join(text.split()).lower()
    plain = [(m.start, m.end, m.value_start, m.value_end) for m in find_dates(spoken, reference)]
    odd = find_dates(spoken.replace(" ", "\xa0").replace("-", "–"), reference)
    assert [(m.start, m.end, m.value_start, m.value_end) for m in odd] == plain


@given(texts, days)
def test_anything_typed_is_a_time_or_none(text: str, reference: date) -> None:
    found = parse_when(text, reference)
    assert found is None or found.value_start <= found.value_end
    assert all(start < end for start, end in find_vague(text))


@given(days, st.integers(-40, 40).filter(bool))
def test_working_days_add_up(day: date, n: int) -> None:
    end = add_working_days(day, n)
    assert is_working_day(end)
    if is_working_day(day):
        assert working_days_between(day, end) == n


@given(texts)
def test_sentences_never_overlap_and_lose_no_word(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
