"""The parts that dates are read with: calendars, expressions, order, outside evidence, labels, the article's place."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.config import Settings
from provcheck.describe.dates import body, calendars, labels, lexicon, outside, rank, scan, settle, shape
from provcheck.describe.dates.scan import expressions

PROSE = "A sentence that is long enough to be read as a line of prose in any article of any paper."


@pytest.mark.parametrize(
    ("year", "start"),
    [(1354, "1975-03-21"), (1375, "1996-03-20"), (1376, "1997-03-21"), (1379, "2000-03-20"), (1399, "2020-03-20"),
     (1403, "2024-03-20"), (1404, "2025-03-21"), (1405, "2026-03-21"), (1408, "2029-03-20"), (1409, "2030-03-21")],
)  # fmt: skip
def test_iranian_new_year(year: int, start: str) -> None:
    """The first day of the year, as the calendar office of Iran published or computed it."""
    assert calendars.jalali(year, 1, 1) == dt.date.fromisoformat(start)


def test_iranian_leap_day() -> None:
    """The 30th of Esfand exists in leap years only."""
    assert calendars.jalali(1403, 12, 30) == dt.date(2025, 3, 20)
    assert calendars.jalali(1404, 12, 30) is None


@pytest.mark.parametrize(
    ("year", "start"),
    [(2000, "1943-04-14"), (2057, "2000-04-13"), (2075, "2018-04-14"), (2080, "2023-04-14"), (2081, "2024-04-13"),
     (2082, "2025-04-14")],
)  # fmt: skip
def test_new_year_of_nepal(year: int, start: str) -> None:
    """The first day of the year, as it was kept."""
    assert calendars.bikram_sambat(year, 1, 1) == dt.date.fromisoformat(start)


@pytest.mark.parametrize("date", [(2081, 3, 32), (2062, 1, 1), (1999, 1, 1), (2083, 1, 1), (2081, 0, 1), (2081, 13, 1)])
def test_no_day_of_nepal(date: tuple[int, int, int]) -> None:
    """There is no such day, or the months of the year are not certain."""
    assert calendars.bikram_sambat(*date) is None


@pytest.mark.parametrize("calendar", ["jalali", "ethiopian", "bikram_sambat"])
@given(data=st.data())
def test_days_of_other_calendars_follow_each_other(calendar: calendars.Calendar, data: st.DataObject) -> None:
    """Every day has one day before it: the same month's, the month's before, or the year's before."""
    years = {"jalali": (1300, 1450), "ethiopian": (1900, 2050), "bikram_sambat": (2064, 2082)}[calendar]
    year, month = data.draw(st.integers(*years)), data.draw(st.integers(1, 13))
    number = data.draw(st.integers(1, calendars.LONGEST_MONTH))
    day = calendars.converted(calendar, year, month, number)
    if day is None:
        return
    ends = ((y, m, n) for y, m in ((year, month - 1), (year - 1, 13), (year - 1, 12)) for n in range(32, 0, -1))
    before = (year, month, number - 1) if number > 1 else next(d for d in ends if calendars.converted(calendar, *d))
    assert calendars.converted(calendar, *before) == day - dt.timedelta(1)


@pytest.mark.parametrize(
    ("date", "day"),
    [((2000, 13, 5), "2008-09-10"), ((2011, 13, 6), "2019-09-11"), ((2012, 1, 1), "2019-09-12"),
     ((2017, 1, 1), "2024-09-11")],
)  # fmt: skip
def test_ethiopian_new_year(date: tuple[int, int, int], day: str) -> None:
    """The days around the new year; a year before a western leap year begins a day later."""
    assert calendars.ethiopian(*date) == dt.date.fromisoformat(day)


@given(st.text())
def test_western_digits_keep_the_length(text: str) -> None:
    """Spans found in the translated text are spans of the text."""
    assert len(calendars.western_digits(text)) == len(text)


@given(st.dates(dt.date(1600, 1, 1), dt.date(2199, 12, 31)))
def test_iso_is_read_back(day: dt.date) -> None:
    """Every ISO date of the years in question is read as itself."""
    assert [e.days for e in expressions(day.isoformat(), "en")] == [(day,)]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(sorted(lexicon.months().by_language)))
def test_named_months_are_read_back(day: dt.date, language: str) -> None:
    """Day, name of the month and year are read in every language, by its first name of the month."""
    names = [name for name, number in lexicon.months().by_language[language].items() if number == day.month]
    name = max(names, key=len)
    found = expressions(f"x: {day.day} {name} {day.year}.", language)
    assert [e.days for e in found] == [(day,)]


@pytest.mark.parametrize(
    ("text", "language", "days", "clock"),
    [
        ("06-Jan-2026", "en", ["2026-01-06"], None),
        ("Jan. 6, 2026 at 9:05 a.m.", "en", ["2026-01-06"], "09:05"),
        ("12:20am Jan 6, 2026", "en", ["2026-01-06"], "00:20"),
        ("6th of January, 2026", "en", ["2026-01-06"], None),
        ("Mittwoch, den 7. Januar 2026", "de", ["2026-01-07"], None),
        ("1er janvier 2026", "fr", ["2026-01-01"], None),
        ("6 de janeiro de 2026, 14h05", "pt", ["2026-01-06"], "14:05"),
        ("6 de gener del 2026", "ca", ["2026-01-06"], None),
        ("2026년 1월 6일 오후 3:04", "ko", ["2026-01-06"], "15:04"),
        ("26-01-06 13:00", "ko", ["2026-01-06"], "13:00"),
        ("05/04/2026", "en", ["2026-04-05", "2026-05-04"], None),
        ("05/04/2026", "fr", ["2026-04-05"], None),
        ("5.4.2026", "en", ["2026-04-05"], None),
        ("13/04/2026", "en", ["2026-04-13"], None),
        ("31.02.2026", "de", [], None),
        ("11 listopada 2025", "pl", ["2025-11-11"], None),
        ("11 listopada 2025", "hr", ["2025-10-11"], None),
        ("2026ko urtarrilaren 6a", "eu", ["2026-01-06"], None),
        ("6 Jan '26", "en", ["2026-01-06"], None),
        ("6-JAN-99 09:05", "en", ["1999-01-06"], "09:05"),
        ("6 ม.ค. 69 09:05 น.", "th", ["2026-01-06"], "09:05"),
        ("06/01/2569", "th", ["2026-01-06"], None),
        ("06/01/69", "th", ["2026-01-06"], None),
        ("06/01/26", "th", ["2026-01-06"], None),
        ("05/04/2026", "tl", ["2026-04-05", "2026-05-04"], None),
        ("01-06-2026", "zh", ["2026-06-01", "2026-01-06"], None),
        ("၆ ဇန်နဝါရီ ၂၀၂၆", "my", ["2026-01-06"], None),
        ("6 ΙΑΝΟΥΑΡΙΟΥ 2026", "el", ["2026-01-06"], None),
        ("2026-yil 6-yanvar", "uz", ["2026-01-06"], None),
    ],
)
def test_expression(text: str, language: str, days: list[str], clock: str | None) -> None:
    """One date as it is written, its days in the order day first, and the time beside it."""
    (found,) = expressions(text, language)
    assert [day.isoformat() for day in found.days] == days
    assert found.time == clock


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "in 2026, 5 people",
        "6 January",
        "1.2.3.2026.4",
        "12:30:45",
        "2026/13",
        "May 2026",
        "ISBN 2026123456",
        "the class of '26",
        "May '26",
        "6'26",
        "A-May-26",
        "6 rooms '26",
        "3-May-2",
    ],
)
def test_no_expression(text: str) -> None:
    """Numbers that are no dates."""
    assert expressions(text, "en") == []


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-01-06 10:00 CET", "+01:00"),
        ("2026-01-06 10:00 GMT-3", "-03:00"),
        ("2026-01-06T10:00:00.123+0530", "+05:30"),
        ("2026-01-06 10:00 IST", None),
        ("2026-01-06 10:00 UTC", "+00:00"),
    ],
)
def test_zone(text: str, zone: str | None) -> None:
    """Only zones that mean one offset are read: IST is India, Ireland or Israel."""
    assert expressions(text, "en")[0].zone == zone


@pytest.mark.parametrize("text", ["31.10.2025 Die Brücke", "6 janvier 2026 Mar de nuages", "6.1.2026 Son gol"])
def test_words_are_no_weekdays(text: str) -> None:
    """A word behind a date that is short for a weekday somewhere is none."""
    assert expressions(text, "de")[0].weekday is None if "Die" in text else expressions(text, "fr")[0].weekday is None


def test_order_stays_open() -> None:
    """Without evidence both days remain."""
    found = expressions("05/04/2026", "en")
    assert len(settle.settle(found[0], "05/04/2026", found, Settings())) == 2


def test_order_by_the_day_of_the_check() -> None:
    """A day in the future is not meant where the other is past."""
    found = expressions("05/04/2026", "en")
    options = Settings(as_of=dt.date(2026, 4, 10))
    assert settle.settle(found[0], "05/04/2026", found, options) == (dt.date(2026, 4, 5),)


@pytest.mark.parametrize(
    ("path", "day"),
    [("/2026/01/06/x", "2026-01-06"), ("a-20260106.html", "2026-01-06"), ("/2026/01/x", None),
     ("/2026/01/06/2025-01-01", None), ("id-120260106", None), ("/2026/13/45/", None)],
)  # fmt: skip
def test_day_in_path(path: str, day: str | None) -> None:
    """A path gives a day if it holds exactly one."""
    found = outside.in_path(path)
    assert (found.isoformat() if found else None) == day


@given(st.text(max_size=40))
def test_declared_never_raises(value: str) -> None:
    """Any declared value gives at most two days."""
    assert len(outside.declared(value, "en")[0]) <= 2
    outside.looks_like_a_date(value)


@pytest.mark.parametrize(
    ("text", "label"),
    [("Published in Valley Post,", "published"), ("Zuletzt aktualisiert am", "updated"), ("Mis à jour le", "updated"),
     ("更新日：", "updated"), ("公開日：", "published"), ("until", "elsewhere"), ("By Jane Doe", None), ("", None)],
)  # fmt: skip
def test_label(text: str, label: str | None) -> None:
    """What the words left of a date say."""
    assert labels.label_in(text)[0] == label


FOREIGN = [chr(zero + digit) for zero in calendars.ZEROS for digit in range(10)]
SIGNS = st.sampled_from([*FOREIGN, *"09./-'’`", "／", "．", "，", "é", "ế", "क", "½", "\U0001d7d8", "\ud800"])


@given(st.lists(st.one_of(SIGNS, st.text(max_size=3))).map("".join))
def test_shape(text: str) -> None:
    """A shape has a byte for each character: what is a digit, and of which script, and what is a sign of dates."""
    signs = dict(zip("./-'’", "./-'`", strict=True))
    digits = {**dict.fromkeys("0123456789", "0"), **dict.fromkeys(FOREIGN, "1")}
    assert shape.of(text).decode() == "".join({**signs, **digits}.get(char, " ") for char in text)


@given(st.lists(SIGNS).map("".join))
def test_western_digits(text: str) -> None:
    """Digits of other scripts are translated, and the wide signs beside them."""
    digits = "".join(str(FOREIGN.index(char) % 10) if char in FOREIGN else char for char in text)
    assert calendars.western_digits(text) == digits.translate(str.maketrans("／．：－", "/.:-"))


PARTS = st.sampled_from(["06", "-Jan", "-", "6", " ", "26", "'", "’", "--", "1", "٢", "é", "-Januaryxx", "-Decembers"])


@given(st.lists(PARTS).map("".join))
def test_clipped_years_are_found_by_shape(text: str) -> None:
    """Years of two digits are found as patterns on the text itself find them."""
    western = text.replace("٢", "2")
    patterns = [rf"{mark}[0-9]{{2}}(?![0-9'’-])" for mark in ("'", "’", r"-[^\W\d_]{3,9}-")]
    plain = [match.end() - 2 for pattern in patterns for match in re.finditer(pattern, western)]
    assert list(scan._clipped(western, shape.of(western), "en")) == plain


@given(
    st.lists(st.sampled_from(["", "Menu", PROSE, PROSE[:40]]), max_size=12), st.lists(st.sampled_from(["other", None]))
)
def test_body_among_the_lines_that_are_not_blank(lines: list[str], kinds: list[str | None]) -> None:
    """The article is the same whether the caller says which lines are not blank or not."""
    filled = [index for index, line in enumerate(lines) if line]
    assert body.find(lines, kinds, filled) == body.find(lines, kinds)


def test_body_is_the_longest_prose() -> None:
    """Menus and teasers are not the article; a line of boilerplate is not prose."""
    lines = ["Home", "News", PROSE, "", PROSE, PROSE, "More", "Contact", "Imprint", PROSE]
    assert body.find(lines) == body.Body(2, 5)
    assert body.find(lines, ["other"] * 3 + [None] * 7) == body.Body(4, 5)
    assert body.find(["Home", "News"]) == body.Body()


def test_tables_are_sound() -> None:
    """Every language has twelve months or none, every weight a finite number."""
    for names in lexicon.months().by_language.values():
        assert set(names.values()) == set(range(1, 13))
    for days in lexicon.weekdays().by_language.values():
        assert set(days.values()) == set(range(1, 8))
    assert all(abs(weight) < 10 for weight in rank.model().weights.values())
    assert 0.5 <= rank.model().threshold < 1
