"""What speaks for and against a date being the publication date: where it stands and what stands beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from provcheck.describe.dates import labels
from provcheck.describe.dates.scene import CLAUSE, SENTENCE, byline_beside

if TYPE_CHECKING:
    from provcheck.describe.dates.scan import Expression
    from provcheck.describe.dates.scene import Row, Scene

OLD = 1990
"""Dates before this year stand on pages as history far more often than as publication."""

NEAR, NEIGHBOURS = 8, 24
"""Dates so many lines away are beside it, as in a list of teasers; so many of them are looked at on each side."""

CROWD = 4
"""So many dates beside one are a list."""

BARE = 4
"""Up to so many characters beside its days a line says nothing more."""

PAGED = 6
"""From so many filled lines above the article on they are those of a page."""

ABOVE, BELOW = 2, 6
"""So many filled lines above the title a stamp may stand, and below it."""

_HEAD = 24
_TOP = 5


def features(scene: Scene, index: int) -> dict[str, float]:
    """The features of one date, by name; those that are not there count as 0. ``date_weights.json`` has the weights."""
    e, row = scene.found[index], scene.rows[index]
    fact = scene.facts[row]
    out: dict[str, float] = {"bias": 1.0}
    label, distance = scene.labels[index]
    if label:
        out[f"label_{label}"] = 1.0
        out["label_far"] = float(label != "elsewhere" and distance > 3)
    _writing(e, out)
    _line(scene, index, fact, out)
    _place(scene, index, out)
    _others(scene, index, out)
    if scene.headline and scene.first > PAGED and "rest_long" not in out:
        _headline(scene, index, out)
    if fact.stamp and (not scene.first or scene.ranks[index] <= scene.last):
        _first(scene, index, out)
    _together(scene, index, fact, out)
    return out


def _writing(e: Expression, out: dict[str, float]) -> None:
    out["time"] = float(e.time is not None)
    out["zone"] = float(e.zone is not None)
    out["short_year"] = float(e.kind == "short")
    out["old_year"] = float(bool(e.days) and e.days[0].year < OLD)
    if e.weekday:
        out["weekday"] = 1.0
        out["weekday_no_time"] = float(e.time is None)
        out["weekday_wrong"] = float(bool(e.days) and all(day.isoweekday() != e.weekday for day in e.days))


def _line(scene: Scene, index: int, fact: Row, out: dict[str, float]) -> None:
    rest, e, start = _rest(scene, index, fact), scene.found[index], scene.starts[scene.rows[index]]
    size = "none" if rest <= BARE else "short" if rest <= CLAUSE else "middle" if rest <= SENTENCE else "long"
    out[f"rest_{size}"] = 1.0
    out["others_in_line"] = float(min(3, fact.days - 1))
    left = e.left - start
    if rest > SENTENCE:
        out["long_at_start"] = float(left <= 60)
        out["dateline"] = float(left > 3 and labels.is_dateline(scene.text, start, e))
        out["long_opens"] = float(left <= 3)
        out["long_opens_time"] = float(left <= 3 and e.time is not None)
        out["long_at_end"] = float(len(scene.lines[scene.rows[index]]) - (e.right - start) <= 3)
        return
    out["byline"] = float(fact.byline)
    out["reading_time"] = float(fact.reading)
    out["copyright"] = float(fact.copyright)
    out["post"] = float(fact.post)
    out["caption"] = float(fact.caption)
    out["duration"] = float(fact.duration)


def _rest(scene: Scene, index: int, fact: Row) -> int:
    """The characters beside the dates of the line; a short sentence without a label is prose as a long one is."""
    return max(fact.rest, SENTENCE + 1) if fact.sentence and not scene.labels[index][0] else fact.rest


def _place(scene: Scene, index: int, out: dict[str, float]) -> None:
    rank, first, last = scene.ranks[index], scene.first, scene.last
    out["top_of_page"] = float(rank <= _TOP)
    if not first:
        out["no_body"] = 1.0
    elif rank < first:
        gap = first - rank
        out["above_3" if gap <= 3 else "above_8" if gap <= 8 else "above_20" if gap <= 20 else "above_far"] = 1.0
        out["masthead"] = float(rank <= _TOP and gap > 20)
    elif rank <= last:
        gap = rank - first
        out["inside_0" if gap == 0 else "inside_3" if gap <= 3 else "inside_8" if gap <= 8 else "inside_far"] = 1.0
    else:
        gap = rank - last
        out["below_3" if gap <= 3 else "below_12" if gap <= 12 else "below_far"] = 1.0


def _headline(scene: Scene, index: int, out: dict[str, float]) -> None:
    """How many filled lines lie between the title and a date that is no prose, and whether others stand below it."""
    gap = scene.ranks[index] - scene.headline
    if gap < 0:
        out["before_title" if gap >= -ABOVE else "far_before_title"] = 1.0
        return
    out["title_1" if gap <= 1 else "title_2" if gap == 2 else "title_near" if gap <= BELOW else "after_title"] = 1.0
    # Behind the article a lone date is a comment's or a teaser's.
    if not scene.first or scene.ranks[index] <= scene.last:
        below = [place for place in scene.stamps if scene.ranks[place] > scene.headline]
        out["first_below"] = float(below[:1] == [index])
        out["only_below"] = float(len(below) == 1 and gap > 0)


def _others(scene: Scene, index: int, out: dict[str, float]) -> None:
    days = scene.found[index].days
    out["others_near"] = _near(scene, index) / CROWD
    out["same_day_again"] = float(scene.counts[days] > 1)
    out["only_day"] = float(len(scene.counts) == 1)
    out["many_days"] = float(len(scene.counts) > 5)
    out["latest"] = float(bool(days) and scene.latest in days)


def _near(scene: Scene, index: int) -> float:
    """How many dates of another day stand on other lines within reach; more than `CROWD` are no more than that."""
    row, days, ranks = scene.rows[index], scene.found[index].days, scene.ranks
    first = bisect_left(ranks, ranks[index] - NEAR, max(0, index - NEIGHBOURS), index)
    last = bisect_right(ranks, ranks[index] + NEAR, index, min(len(ranks), index + NEIGHBOURS))
    count = 0
    for place in range(first, last):
        if scene.rows[place] != row and scene.found[place].days != days:
            count += 1
            if count == CROWD:
                break
    return float(count)


def _first(scene: Scene, index: int, out: dict[str, float]) -> None:
    """Whether the date is the first stamp of the page, and the one nearest to where the article begins.

    Not asked of dates below the article: a lone date there is a teaser's or a comment's as often as a credit's.
    """
    out["first_date"] = float(index == scene.stamps[0])
    gap = scene.ranks[index] - scene.first
    if scene.first and -_HEAD <= gap <= _HEAD // 2:
        nearest = min(abs(scene.ranks[place] - scene.first) for place in scene.stamps)
        out["nearest_to_body"] = float(abs(gap) == nearest)


def _together(scene: Scene, index: int, fact: Row, out: dict[str, float]) -> None:
    """What counts only together: a stamp at the article, a label that opens its line, a date before its update."""
    e, row, label = scene.found[index], scene.rows[index], scene.labels[index][0]
    prose = _rest(scene, index, fact) > SENTENCE
    at_body = any(name in out for name in ("above_3", "above_8", "inside_0", "inside_3"))
    out["time_on_short"] = float(e.time is not None and not prose)
    out["stamp_at_body"] = float(e.time is not None and not prose and at_body)
    out["label_in_prose"] = float(bool(label) and prose)
    out["byline_near"] = float(not prose and at_body and byline_beside(scene, row))
    if label == "published" and not prose:
        left = scene.text[max(scene.starts[row], e.left - 2 * labels.LOOK) : e.left]
        out["label_opens"] = float(labels.opens_line(left))
        out["published_at_body"] = float(at_body)
        out["published_in"] = float(labels.names_an_issue(left))
    if label == "updated":
        out["update_of_other"] = float(updates(scene, index - 1, index))
    elif not prose:
        out["before_update"] = float(updates(scene, index, index + 1))


def updates(scene: Scene, first: int, second: int) -> bool:
    """Whether the second date stands within two lines of the first, above or below it, and is its update."""
    if not (0 <= first < len(scene.found) and 0 <= second < len(scene.found)):
        return False
    before, after = scene.found[first].days, scene.found[second].days
    return (
        scene.labels[second][0] == "updated"
        and scene.labels[first][0] != "updated"
        and abs(scene.ranks[second] - scene.ranks[first]) <= 2
        and bool(before and after)
        and max(after) >= min(before)
    )
