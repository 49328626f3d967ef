"""Headings of print: lines that give a paper, a day and a page, and what only looks like one."""

from __future__ import annotations

import time

import pytest

from provcheck.describe.heading import furniture, heading, papers


@pytest.mark.parametrize(
    ("line", "language", "name"),
    [
        ("De Standaard - 03 Feb. 2010", "nl", "De Standaard"),
        ("DIE ZEIT Nr. 53/1998, 24. Dezember 1998", "de", "DIE ZEIT"),
        ("Süddeutsche Zeitung vom 12.08.2019, Nr. 185, S. 11", "de", "Süddeutsche Zeitung"),
        ("la Repubblica, 2 agosto 2020", "it", "la Repubblica"),
        ("《人民日报》（2013年05月21日 13版）", "zh", "人民日报"),
        ('16.01.2019, в. "Капитал"', "bg", "Капитал"),
        ("Vossische Zeitung      Nr. 327   Dienstag, 14. Juli 1931", "de", "Vossische Zeitung"),
        ("São Paulo, segunda-feira, 01 de março de 2010", "pt", ""),
        ("Quimper, mercredi 23 mars 2016, p. 8", "fr", ""),
        ("October 31, 1998", "en", ""),
    ],
)
def test_headings(line: str, language: str, name: str) -> None:
    """The name is the paper's, and a town or a day alone has none."""
    found = heading(line, language)
    assert found is not None
    assert line[found.start : found.end] == name


@pytest.mark.parametrize(
    "line",
    [
        "", "Harbour Herald", "The flood of 12 March 2024", "Time: 12 May 2024", "Today, 12 May 2024",
        "News vom 23.01.2020", "Corona am 12. März 2020", "Liveblog vom 3.4.2021", "Stand: 12.05.2024",
        "The Sun, 12 May 2024: what we know", "Opinion | 12 May 2024", "News Desk, 12 May 2024",
        "Reuters, 12 May 2024", "From The Guardian: What happened to the Odeon? (2 February 2022)",
        "The Guardian, 12 May 2024, and The Times, 13 May 2024",
    ],
)  # fmt: skip
def test_no_headings(line: str) -> None:
    """A word that papers are called by, a label or a sentence beside a day makes no heading."""
    assert heading(line, "de" if "März" in line or "vom" in line else "en") is None


def test_a_review_of_the_press_has_no_publisher() -> None:
    """Where different papers have headings, none is the publisher."""
    lines = ["Le Monde, 3 mars 2021", "Un pont.", "Le Figaro, 4 mars 2021"]
    assert list(papers(lines, (0,), "fr")) == []
    assert [row for row, _ in papers(lines[:2], (0,), "fr")] == [0]


def test_a_text_is_not_all_furniture() -> None:
    """What would leave no line for a headline is left alone."""
    assert furniture(["PRESS RELEASE", "12 March 2024"], (0, 1), "en") == []


@pytest.mark.parametrize("unit", ["1, ", "a1 ", "Nr. 1 ", "12 May 2024, ", "/ab", "AB12 ", "(«", "  .", "日 "])
def test_hostile_lines_take_little_time(unit: str) -> None:
    """However long a line, and whatever it repeats."""
    begin = time.process_time()
    for size in (1, 20, 40, 100_000):
        line = unit * size
        heading(line, "en")
        furniture([line, line, "Bridge closes"], (0, 1, 2), "en")
    assert time.process_time() - begin < 1
