"""What speaks for and against a date being the publication date: where it stands and what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provcheck.describe.dates import body, calendars, lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.describe.dates.lexicon import Label
    from provcheck.describe.dates.scan import Expression

_LOOK = 60
"""Characters left of a date in which a word is looked for that says what it is."""

# words, split also where a capital follows a small letter, because pages are glued ("08:01Mis à jour")
_WORDS = re.compile(r"[^\W\d_]?[^\WA-ZÀ-ÞА-Я\d_]+(?:[^\s\d!-/:-@\[-`{-~A-ZÀ-ÞА-Я，：、（）]+)?|[^\W\d_]+")
# someone wrote it: the words for "by" at the start of a line or after a bar
_BYLINE = re.compile(
    r"(?:^|[|•·–—-]\s?)(?:by|von|par|por|di|da|door|av|af|tekst|text|autor|auteur|author|yazan|oleh|przez|автор|от|од|"
    r"من|بقلم|द्वारा|文|記者|기자)\b|記者|기자|记者", re.IGNORECASE,
)  # fmt: skip
# how long reading takes: a number and minutes, next to the word for reading
_READING = re.compile(
    r"lese(?:zeit|dauer)|min(?:ute)?s?\.? (?:read|lesezeit)|minute read|lecture|lectura|lettura|leitura|leestijd|"
    r"lästid|læsetid|lesetid|okuma|czytania|чтени|읽|dk okuma", re.IGNORECASE,
)  # fmt: skip
# a line about a broadcast, picture, source, event or law opens with its word
_OTHER_THING = re.compile(
    r"(?:sendung|quelle|foto|bild|video|az|urteil|termin|sendetermin|beginn|source|photo|image|event|court|version|datum der|"
    r"fuente|fonte|foto|kuva|bron|zdroj|źródło|zdjęcie|kaynak|fotoğraf|источник|фото|джерело)\b", re.IGNORECASE,
)  # fmt: skip
# a post of somebody, quoted with its handle, or a picture service
_POST = re.compile(r"\(@\w|@\w+\)|twitter\.com|instagram|\bpic\.")
# how long a film runs
_DURATION = re.compile(r"[0-9]:[0-9]{2} ?(?:min|std|h\b|sek)")
# the word for publishing, "in", and a name that ends at the date
_ISSUE = re.compile(r"\b(?:published|appeared|erschienen|publié|paru|publicado|pubblicato|gepubliceerd) (?:in|dans|en|su|em) \S")
OLD = 1990
"""Dates before this year stand on pages as history far more often than as publication."""

_CLAUSE = 25
_SENTENCE = 80
_STAMP = 160
_NEAR = 24


@dataclass(frozen=True, slots=True)
class Scene:
    """The lines of a document, the article among them, and the dates found."""

    starts: Sequence[int]
    lines: Sequence[str]
    body: body.Body
    ranks: Sequence[int]
    found: Sequence[Expression]
    rows: Sequence[int]
    text: str
    stamps: Sequence[int]

    @classmethod
    def of(cls, text: str, starts: Sequence[int], lines: Sequence[str], found: Sequence[Expression],
           kinds: Sequence[object] = ()) -> Scene:  # fmt: skip
        """The scene of a text; `ranks` counts the lines that are not blank up to each line."""
        ranks, count = [], 0
        for line in lines:
            count += bool(line) and not line.isspace()
            ranks.append(count)
        rows = [bisect_right(starts, e.start) - 1 for e in found]
        stamps = [place for place, e in enumerate(found) if _is_stamp(e, lines[rows[place]])]
        return cls(starts, lines, body.find(lines, kinds), ranks, found, rows, text, stamps)


def features(scene: Scene, index: int) -> dict[str, float]:
    """The features of one date, by name; those that are not there are 0. Their weights stand in ``date_weights.json``."""
    e, row = scene.found[index], scene.rows[index]
    line = scene.lines[row]
    start = scene.starts[row]
    out: dict[str, float] = {"bias": 1.0}
    label, distance = label_of(scene, index)
    if label:
        out[f"label_{label}"] = 1.0
        if label != "elsewhere":
            out["label_far"] = float(distance > 3)
    _writing(e, out)
    _line(scene, index, line, start, out)
    _place(scene, row, out)
    _others(scene, index, out)
    _first(scene, index, out)
    _together(scene, index, label, out)
    return out


def _together(scene: Scene, index: int, label: Label | None, out: dict[str, float]) -> None:
    """What counts only together: a stamp at the article, a label that opens its line, a date before its update."""
    e, row = scene.found[index], scene.rows[index]
    prose = bool(out.get("rest_long"))
    at_body = any(out.get(name) for name in ("above_3", "above_8", "inside_0", "inside_3"))
    out["time_on_short"] = float(bool(out.get("time")) and not prose)
    out["stamp_at_body"] = float(bool(out.get("time")) and not prose and at_body)
    out["label_in_prose"] = float(bool(label) and prose)
    out["byline_near"] = float(not prose and at_body and _byline_beside(scene, row))
    out["old_year"] = float(bool(e.days) and e.days[0].year < OLD)
    if label == "published" and not prose:
        out["label_opens"] = float(opens_line(scene, index))
        out["published_at_body"] = float(at_body)
        out["published_in"] = float(names_an_issue(scene, index))
    if label == "updated":
        out["update_of_other"] = float(_near_other(scene, index, -1))
    elif not prose:
        out["before_update"] = float(_near_other(scene, index, 1))


def _near_other(scene: Scene, index: int, step: int) -> bool:
    """Whether the date before (step -1) or after (1) stands within two lines, and the later one is its update."""
    other = index + step
    if not 0 <= other < len(scene.found):
        return False
    gap = abs(scene.ranks[scene.rows[other]] - scene.ranks[scene.rows[index]])
    first, second = (other, index) if step < 0 else (index, other)
    if gap > 2 or not scene.found[first].days or not scene.found[second].days:
        return False
    labels = label_of(scene, first)[0], label_of(scene, second)[0]
    return labels[1] == "updated" and labels[0] != "updated" and max(scene.found[second].days) >= min(scene.found[first].days)


def _byline_beside(scene: Scene, row: int) -> bool:
    """Whether the line above or below says who wrote it."""
    lines = scene.lines
    above = next((lines[r] for r in range(row - 1, max(-1, row - 4), -1) if lines[r].strip()), "")
    below = next((lines[r] for r in range(row + 1, min(len(lines), row + 4)) if lines[r].strip()), "")
    return any(len(line) <= _SENTENCE and _BYLINE.match(line.lstrip(" •*|-")) for line in (above, below))


def opens_line(scene: Scene, index: int) -> bool:
    """Whether the first words of the date's line are a label for a publication, such as "Published"."""
    row = scene.rows[index]
    left = scene.text[scene.starts[row] : scene.found[index].left].lstrip(" \t\u3000•*|-–—[(>")
    if len(left) > _LOOK:
        return False
    words = [calendars.folded(word) for word in _WORDS.findall(left)[:3]]
    table = lexicon.labels()
    if any(table.get(" ".join(words[:size])) == "published" for size in (3, 2, 1)):
        return True
    return any(left.startswith(phrase) and kind == "published" for phrase, kind in lexicon.unspaced_labels())


def _writing(e: Expression, out: dict[str, float]) -> None:
    out["time"] = float(e.time is not None)
    out["zone"] = float(e.zone is not None)
    if e.weekday:
        out["weekday"] = 1.0
        out["weekday_no_time"] = float(e.time is None)
        if e.days and all(day.isoweekday() != e.weekday for day in e.days):
            out["weekday_wrong"] = 1.0
    if e.kind == "short":
        out["short_year"] = 1.0


def _line(scene: Scene, index: int, line: str, start: int, out: dict[str, float]) -> None:
    rest = len(line.strip())
    row = scene.rows[index]
    others = 0
    for place, e in enumerate(scene.found):
        if scene.rows[place] == row:
            rest -= e.right - e.left
            others += place != index and e.days != scene.found[index].days
    out["rest_none" if rest <= 4 else "rest_short" if rest <= _CLAUSE else "rest_middle" if rest <= _SENTENCE
        else "rest_long"] = 1.0  # fmt: skip
    out["others_in_line"] = float(min(3, others))
    left = scene.found[index].left - start
    if rest > _SENTENCE:
        out["long_at_start"] = float(left <= 60)
        out["long_opens"] = float(left <= 3)
        out["long_opens_time"] = float(left <= 3 and scene.found[index].time is not None)
        out["long_at_end"] = float(len(line.rstrip()) - (scene.found[index].right - start) <= 3)
        return
    out["byline"] = float(bool(_BYLINE.search(line)))
    out["reading_time"] = float(bool(_READING.search(line)))
    out["post"] = float(bool(_POST.search(line)))
    out["duration"] = float(bool(_DURATION.search(line)))
    out["copyright"] = float("©" in line or "(c)" in line.lower())
    out["sentence_end"] = float(line.rstrip().endswith((".", "!", "?", "。")) and rest > _CLAUSE)


def _place(scene: Scene, row: int, out: dict[str, float]) -> None:
    ranks, (first, last) = scene.ranks, scene.body
    if ranks[row] <= 5:
        out["top_of_page"] = 1.0
    if first < 0:
        out["no_body"] = 1.0
        return
    if row < first:
        gap = ranks[first] - ranks[row]
        out["above_3" if gap <= 3 else "above_8" if gap <= 8 else "above_20" if gap <= 20 else "above_far"] = 1.0
        if ranks[row] <= 5 and gap > 20:
            out["masthead"] = 1.0
    elif row <= last:
        gap = ranks[row] - ranks[first]
        out["inside_0" if gap == 0 else "inside_3" if gap <= 3 else "inside_8" if gap <= 8 else "inside_far"] = 1.0
    else:
        gap = ranks[row] - ranks[last]
        out["below_3" if gap <= 3 else "below_12" if gap <= 12 else "below_far"] = 1.0


def _others(scene: Scene, index: int, out: dict[str, float]) -> None:
    me, row = scene.found[index], scene.rows[index]
    near = same = distinct = 0
    seen: set[object] = set()
    for place, e in enumerate(scene.found):
        if place == index:
            continue
        if e.days == me.days:
            same += 1
            continue
        if e.days not in seen:
            seen.add(e.days)
            distinct += 1
        if abs(scene.ranks[scene.rows[place]] - scene.ranks[row]) <= 8 and scene.rows[place] != row:
            near += 1
    out["same_day_again"] = float(same > 0)
    out["others_near"] = float(min(4, near)) / 4
    out["only_day"] = float(distinct == 0)
    out["many_days"] = float(distinct > 4)
    latest = max((max(e.days) for e in scene.found if e.days), default=None)
    out["latest"] = float(bool(me.days) and latest in me.days)


def _first(scene: Scene, index: int, out: dict[str, float]) -> None:
    """Whether the date is the first stamp of the page, and whether it is the one nearest to where the article begins."""
    if index not in scene.stamps:
        return
    out["first_date"] = float(index == scene.stamps[0])
    first = scene.body.first
    if first < 0:
        return
    gaps = {place: scene.ranks[scene.rows[place]] - scene.ranks[first] for place in scene.stamps}
    if -_NEAR <= gaps[index] <= _NEAR // 2:
        out["nearest_to_body"] = float(abs(gaps[index]) == min(abs(gap) for gap in gaps.values()))


def _is_stamp(e: Expression, line: str) -> bool:
    """Whether the date's line could be a stamp: short, no sentence, no quoted post, no film, source or broadcast."""
    if len(line) > _STAMP or _POST.search(line) or _DURATION.search(line):
        return False
    rest = len(line.strip()) - (e.right - e.left)
    if rest > _CLAUSE and line.rstrip().endswith((".", "!", "?", "。")):
        return False
    return not _OTHER_THING.match(line.lstrip(" \t•*|-"))


def label_of(scene: Scene, index: int) -> tuple[Label | None, int]:
    """The word beside a date that says what it is of, and how many words lie between; None and 0 without.

    The words left of it in its line are read backwards up to the date before; where nothing stands there, the line
    above is read if it is short. Chinese, Japanese, Korean, Turkish and Hindi also put the word behind the date.
    """
    e, row = scene.found[index], scene.rows[index]
    begin = max(scene.starts[row], e.left - _LOOK, scene.found[index - 1].right if index else 0)
    left = scene.text[begin : e.left]
    label, distance = label_in(left)
    if label:
        return label, distance
    if _OTHER_THING.match(left.lstrip(" \t•*|-")):
        return "elsewhere", 0
    if not left.strip(" \t•|-–—:([*>"):
        above = next((scene.lines[r] for r in range(row - 1, max(-1, row - 4), -1) if scene.lines[r].strip()), "")
        if len(above) <= _CLAUSE and not any(ch.isdigit() for ch in above):
            label, distance = label_in(above)
            return (label, distance) if label != "elsewhere" and distance <= 1 else (None, 0)
    right = scene.text[e.right : e.right + 16].split("\n", 1)[0]
    if right and not right.isascii():
        return label_in(right, unspaced_only=True)
    return None, 0


def label_in(text: str, *, unspaced_only: bool = False) -> tuple[Label | None, int]:
    """The last word or phrase of `text` that is a label, and the number of words after it.

    >>> label_in("Zuletzt aktualisiert am")
    ('updated', 1)
    """
    table = lexicon.labels()
    if not text.isascii():
        best = max(((text.rfind(p), len(p), kind) for p, kind in lexicon.unspaced_labels() if p in text), default=None)
        if best:
            return best[2], 0
    if unspaced_only:
        return None, 0
    words = [calendars.folded(w) for w in _WORDS.findall(text)]
    for place in range(len(words) - 1, -1, -1):
        for size in (3, 2, 1):
            if place - size + 1 >= 0:
                label = table.get(" ".join(words[place - size + 1 : place + 1]))
                if label and (label != "elsewhere" or len(words) - 1 - place <= 1):
                    return label, len(words) - 1 - place
    return None, 0


def names_an_issue(scene: Scene, index: int) -> bool:
    """Whether the words before a date name the paper or issue that it appeared in ("Published in Dawn,")."""
    e = scene.found[index]
    left = scene.text[max(scene.starts[scene.rows[index]], e.left - _LOOK) : e.left]
    return bool(_ISSUE.search(left))
