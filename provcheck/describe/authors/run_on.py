"""Bylines where words are not parted: the word for reporter before or after two to four characters.

``記者蔡宗憲／屏東報導``, ``作者：周宛如``, ``유주형 기자``. Captions name the photographer in the
same way, with one character more (``記者王小明攝``), and reports their place: neither is part of the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe.gazetteer import is_place
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = r"[\u4e00-\u9fff々]"
_HANGUL = r"[\uac00-\ud7af]"
_BEGIN = r"(?:^|[\s（(【\[〔「=＝／/|])"
_END = r"(?=[\s／/|｜)）】\]〕」、，,=＝]|$)"
_REPORTER = r"(?:記者|记者)[・:：]?|文[/／:：・]|撰文[/／:：]?|作者[:：]?|本報記者|本报记者|執筆者?[:：]"
_BYLINE = late(
    rf"{_BEGIN}(?:"
    rf"(?:{_REPORTER})\s*(?P<n1>(?:{_HAN}|·){{2,4}})(?<![攝摄影]){_END}"  # the reporter, no photographer
    rf"|(?:記者|记者)(?P<n4>{_HAN}{{2,3}})(?P<place>{_HAN}{{2,3}})(?:綜合)?(?:報導|报道){_END}"
    rf"|(?P<n2>{_HANGUL}{{2,4}})\s?(?:기자|특파원|논설위원)(?=[\s)|\]=,]|$)"
    rf"|기자명\s?(?P<n5>{_HANGUL}{{2,4}})(?=\s|$)"
    rf"|(?P<n3>{_HAN}{{1,4}}[ 　]?{_HAN}{{1,4}})\s?(?:記者)(?=[\s)）】\]]|$))"
)
_NAMES = ("n1", "n2", "n3", "n4", "n5")
_ROLES = frozenset(
    (  # noqa: SIM905  quotes around each would not help to review them
        "담당 인턴 선임 전문 수습 사진 영상 본지 객원 취재 현장 데스크 이하 "
        "募集 採用 紹介 一覧 本紙 本社 本報 特約 首席 實習 实习 见习 資深 资深"
    ).split()
)
"""What stands beside the word for reporter and is no name."""

_CUES = ("記者", "记者", "作者", "撰文", "文/", "文／", "文:", "文：", "文・", "執筆", "기자", "특파원", "논설위원")
_MARKS = "者文執기특논"
"""What the pattern looks for, and letters of which each of these holds one: most texts hold none."""


def promising(text: str, lines: Sequence[str]) -> list[int]:
    """The places of the lines of a text that hold a word for reporter.

    >>> promising("王小明 記者\\nA", ["王小明 記者", "A"])
    [0]
    """
    if not any(mark in text for mark in _MARKS):
        return []
    cues = [cue for cue in _CUES if cue in text]
    return [order for order, line in enumerate(lines) if any(cue in line for cue in cues)]


def _is_town(name: str) -> bool:
    """Whether a name is that of a place, perhaps without the word for city or county."""
    return any(is_place(name + end) for end in ("", "市", "縣", "县"))


def names(line: str) -> Iterator[tuple[int, int]]:
    """Where the names of reporters stand in a line.

    >>> line = "〔記者蔡宗憲／屏東報導〕"
    >>> [line[slice(*span)] for span in names(line)], list(names("（記者王小明攝）"))
    (['蔡宗憲'], [])
    """
    for found in _BYLINE.finditer(line):
        group = next(name for name in _NAMES if found[name])
        if found[group] in _ROLES or (found["place"] and not _is_town(found["place"])):
            continue
        yield found.span(group)
