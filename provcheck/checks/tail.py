"""The end of an article: its last line that is no boilerplate, what hangs on it, and what it looks like.

A line that ends without a full stop is a cut sentence, or it was never a sentence: a credit, a date, an entry of a
list, a link. Which of the two it is shows in its shape, and in words that no sentence ends with. `features` puts that
in numbers between 0 and 1, which `provcheck.checks.truncation` weighs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.patterns import late
from provcheck.writing import CLOSERS, DOUBLED, STOPS, TIGHT, VOWELS, has_case, is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Document, Layout

_SPEECH = "\"'”’»“«›‹」』"
_GREEK_ONLY = ";·"
"""Question marks, in Greek alone."""
_STOPS = frozenset(STOPS + _GREEK_ONLY)
SHORT_LINE = 56
"""Characters below which a line is short: lines wrapped by a program are longer."""
LOOKED_AT = 4000
"""Characters of a line's end that are looked at."""
_PART = rf"[^\W_]+(?:[{VOWELS}]+[^\W_]*)*"  # letters, with vowel signs between them
_WORD = late(rf"{_PART}(?:['’\-]{_PART})*")
# A sentence end inside a line: a stop, perhaps closing marks, and white space (none in Chinese and Japanese).
_SENTENCE_END = late(rf"[.!?؟۔।።]['\"”’»“)\]]*\s+|(?:[{TIGHT}]|{DOUBLED})['\"”’」』）]*\s*")
# A place on the net, an e-mail address, or a telephone number.
_ADDRESS = late(r"https?://|www\.|\b[\w.-]+@\w|\w\.(?:com|org|net|de|fr|ru|uk|eu|info)\b|\+?\d[\d /()-]{7,}\d")
_NUMBER = late(r"\d+")
_BULLET = late(r"[-–—*•·▪■►▶→>»|#/+]|\d+[.)]\s")
# What hangs on a finished sentence: an agency or initials after a dash, slash or bar ("— AFP", "/ ab"), a short word
# in capitals ("EFE"), or a credit that names a picture ("Foto: photocase.de").
DRESS = " \t\u00a0\u200b[](){}<>«»‹›→⟶➔➜▶►▸▾⏵»›>.…:!·•*_-–—|/\"'”“"
"""What an offer to read on is dressed in: bullets and brackets before it, arrows and dots after it."""
_STATEMENT = 160
"""Characters of the longest statement of publication."""
# A day with its year: the year, and up to a word and a number beside it, or a date in digits; and one in brackets.
_STATED_DAY = late(
    r"(?<!\d)\d{1,2}(?!\d)[^\d\n]{0,24}(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[^\d\n]{1,24}\d{1,2}(?!\d)"
)
_BRACKETED = late(r"[(（\[【〔][^()（）\[\]【】〔〕]{6,80}[)）\]】〕][.。]?")
_SIGNED = late(
    r"[-–—/|•·∙]{1,3}\s*[^\W\d_][\w./ -]{0,24}|[^\W\d_a-z]{2,6}|[^\W\d_]{2,16}:\s*\S{2,40}(?: \S{1,20}){0,3}"
)
_YEAR = late(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
# Words of pages and licences that are alike in many languages.
_PAGE = late(
    r"[©®™ⓒ]|\(c\)|\bcc[- ]by|copyright|reserved|vorbehalten|réservés|riservat|reservad|newsletter|facebook|twitter"
    r"|instagram|whatsapp|telegram|youtube|tiktok|podcast|\bpdf\b|\brss\b|e-?mail\b|wikipedia|\bclick\b|klick|\bapp\b|#\w",
    re.IGNORECASE,
)
_CASED = late(r"[^\W\d_]")


class Tail(NamedTuple):
    """The last line of the content: its span in the text without outer white space, and the lines before it."""

    start: int
    end: int
    text: str
    before: tuple[str, ...]


@cache
def words() -> dict[str, frozenset[str]]:
    """The word tables: ``read_more``, ``credit`` and ``function``, all lower case."""
    tables = shipped.table("checks", "truncation.json")
    return {name: frozenset(table) for name, table in tables.items() if isinstance(table, list)}


def tails(document: Document, layout: Layout, most: int = 24) -> Tail | None:
    """The last line that is neither blank nor boilerplate, with up to `most` such lines before it, in order.

    Statements of publication at the end are passed over.
    """
    lines, bare = document.lines, document.lines.stripped
    found = [n for n in content_lines(document, layout) if lines.starts[n] >= document.header_end][: -most - 2 : -1]
    while len(found) > 1 and stated(bare[found[0]]):
        del found[0]
    if not found:
        return None
    last = found[0]
    raw = lines.texts[last]
    start = lines.starts[last] + len(raw) - len(raw.lstrip())
    before = tuple([bare[number] for number in reversed(found[1:])])
    return Tail(start, start + len(bare[last]), bare[last], before)


def content_lines(document: Document, layout: Layout) -> list[int]:
    """The lines (from 0), in order, that are neither blank nor boilerplate; the wrapper's header is among them."""
    filled, kinds = document.lines.filled, layout.kinds
    return [number for number in filled[: bisect_left(filled, len(kinds))] if kinds[number] is None]


def stopped(line: str) -> bool:
    """Tell whether a line ends as a sentence does: in a stop, perhaps with closing marks after or inside it.

    >>> [stopped(line) for line in ("He left.", "„Er ging.“", "He left", "「はい」", "(see above)", "Նա գնաց:")]
    [True, True, False, True, False, True]
    """
    bare = line.rstrip(CLOSERS + " \u00a0\u200b")
    if not bare:
        return False
    last = bare[-1]
    if last in _GREEK_ONLY:
        return any("\u0370" <= each <= "\u03ff" for each in bare[-40:])
    if last == ":":  # what Armenian ends a sentence with looks so, and is written so
        return any("\u0531" <= each <= "\u0588" for each in bare[-40:])
    if last in _STOPS or bare.endswith(DOUBLED) or (last == "…" and line[-1] in _SPEECH):
        return True  # speech that trails off is whole
    # Japanese and Chinese leave the stop out before a closing bracket.
    return line[-1] in "」』】" and "\u3040" <= last <= "\u9fff"


def stated(line: str) -> bool:
    """Tell whether a line says where and when the text was published, and is no sentence.

    >>> stated("Published in The Gazette, 3 May 2021"), stated("(浜沢新報、2021年5月3日)"), stated("Published in it")
    (True, True, False)
    """
    if not 8 < len(line) <= _STATEMENT or not _STATED_DAY.search(line):
        return False
    if _BRACKETED.fullmatch(line):
        return True
    table, low = words()["published"], line.lower().rstrip(" .")
    found = _WORD.findall(low)[:5]
    begins = not table.isdisjoint(found[:1]) or (not table.isdisjoint(found) and line[:1].isupper())
    # What is said goes on behind the day in a sentence.
    rest = line[[*_STATED_DAY.finditer(line)][-1].end() :]
    return (begins and len(_WORD.findall(rest)) < 4) or low.endswith(tuple(table))


def fragment(line: str) -> str:
    """What follows the last sentence end inside a line.

    >>> fragment("It rained. Then the sun")
    'Then the sun'
    """
    tail = line[-LOOKED_AT:]
    at = 0
    for match in _SENTENCE_END.finditer(tail):
        if match.end() < len(tail):
            at = match.end()
    return tail[at:]


def signed(line: str) -> bool:
    """Tell whether a line is a finished sentence with a credit behind it, without brackets.

    >>> [signed(line) for line in ("He left. — AFP", "He left. / ab", "He left. The")]
    [True, True, False]
    """
    rest = fragment(line)
    return len(rest) < len(line) and len(rest) < 60 and _SIGNED.fullmatch(rest) is not None


def appended(line: str) -> bool:
    """Tell whether a line was never a sentence: a copyright or date line, a link, a short footnote, a named author.

    >>> [appended(line) for line in ("© 2021 The Gazette", "Monday, 3 May 2021", "www.example.org", "By Jane Example")]
    [True, True, True, True]
    """
    found = _WORD.findall(line[:200])
    if line[0] in "©®" or (line[0] == "*" and len(found) < 7):
        return True
    if len(line) < 60 and len(found) < 10 and len(_NUMBER.findall(line)) > 1 and _YEAR.search(line):
        return True
    if not re.search(r"\s", line):
        return _ADDRESS.search(line[:300]) is not None
    table = words()
    people = [part.split() for part in re.split(r",\s|\s?/\s|;\s", line[:200])]
    if len(people) > 1 and all(1 < len(part) < 5 and all(w[0].isupper() for w in part) for part in people):
        return True  # several authors
    if re.split(r"\s*[:：]", line.lower(), maxsplit=1)[0] in table["credit"] and len(line) < 120 and line[-1].isalnum():
        return ":" in line or "：" in line
    if not 1 < len(found) < 6 or any(word[0] == word[0].lower() for word in found[1:]):
        return False
    first, rest = found[0].lower(), [word.lower() for word in found[1:]]
    named = len(found) < 5 and len(line) < 40 and found[0][0] != first[0] and first not in table["function"]
    return (named and not table["function"].intersection(rest)) or _credited(line, table["credit"])


def listed(tail: Tail) -> bool:
    """Tell whether the last line is one of many that are no sentences: a list, a poem, a table, or a lone headline.

    >>> listed(Tail(0, 0, "- a lamp", ("To bring:", "- two ropes", "- paint"))), listed(Tail(0, 0, "It is", ("No.",)))
    (True, False)
    """
    if len(tail.text) >= SHORT_LINE or len(fragment(tail.text)) < len(tail.text):
        return False
    near = tail.before[-4:]
    if len(near) > 2 and all(len(each) < SHORT_LINE and not stopped(each) for each in near):
        return True
    last = _WORD.findall(tail.text)[-1:]
    if tail.text[-1] in ",;-–—" or (last and last[0].lower() in words()["function"]):
        return False
    if not tail.before:
        return True
    if _BULLET.match(tail.text) and _BULLET.match(near[-1]):
        return not stopped(near[-1])
    return len(near) > 2 and sum(len(each) < SHORT_LINE and not stopped(each) for each in near) >= len(near) - 1


def features(tail: Tail, text: str) -> dict[str, float]:
    """What the last line looks like; all values lie in 0 to 1. `text` is the whole text, for its vocabulary."""
    line = tail.text
    rest = fragment(line)
    found = _WORD.findall(rest)
    cased = [word for word in found if _CASED.match(word)]
    lower = sum(is_small(word[0]) for word in cased)
    last = found[-1] if found else ""
    paragraphs = [each for each in tail.before if len(each) > 60]
    ended = sum(stopped(each) or _SENTENCE_END.search(each) is not None for each in paragraphs)
    whole_line = len(rest) == len(line)
    table = words()
    return {
        "long": min(1.0, len(found) / 20),
        "short": float(len(found) < 4),
        "after_sentence": float(not whole_line),
        "lower_share": lower / len(cased) if cased else 0.0,
        "lower_last": float(is_small(last[:1])),
        "function_last": float(last.lower() in table["function"]),
        "upper_only": float(len(rest) > 3 and rest.upper() == rest != rest.lower()),
        "digit_last": float(last[-1:].isdigit()),
        "comma_last": float(line[-1] in ",،、，;；-–—"),
        "colon_last": float(line[-1] in ":：»>›"),
        "colon_inside": float(":" in rest[:40] or "：" in rest[:20]),
        "address": float(_ADDRESS.search(rest[-40:]) is not None),
        "bullet": float(_BULLET.match(line) is not None),
        "credit": float(_credited(rest, table["credit"])),
        "bracketed": float(line[-1] in ")]】）"),
        "open": float(_left_open(rest)),
        "caseless": float(not any(map(has_case, rest))),
        "prose": ended / len(paragraphs) if paragraphs else 0.5,
        "prose_before": float(bool(tail.before) and stopped(tail.before[-1])),
        "cut_word": float(_cut_word(last, text)),
        "known_word": float(_known_word(last, text, len(line))),
        "comma_inside": min(1.0, rest.count(",") / 2),
        "bars": min(1.0, (rest.count("|") + rest.count("/") + rest.count("•") + rest.count("\t")) / 2),
        "mark_last": float(not line[-1].isalnum()),
        "names": float(whole_line and 1 < len(found) < 5 and not lower and len(cased) == len(found)),
        "function_first": float(bool(found) and found[0].lower() in table["function"]),
        "page": float(_PAGE.search(rest[-160:]) is not None),
    }


def _credited(rest: str, table: frozenset[str]) -> bool:
    """Tell whether a line begins with a word of the table, alone, before a colon, or before at most a few words."""
    head = rest.lstrip("-–—*•·[(|#+ /").lower()
    if re.split(r"\s*[:：/|]", head, maxsplit=1)[0] in table:
        return True
    parts = head.split()
    return any(" ".join(parts[:count]).strip(":.,") in table for count in (1, 2, 3))


_PAIRS = ("“”", "„“", "«»", "()", "[]", "「」", "（）", "『』")


def _left_open(rest: str) -> bool:
    """Tell whether a quotation or bracket opens in the fragment and does not close."""
    opened = any(rest.rfind(pair[0]) > rest.rfind(pair[1]) for pair in _PAIRS)
    return opened or rest.count('"') % 2 == 1


def _cut_word(last: str, text: str) -> bool:
    """Tell whether the last word is the beginning of a longer word of the text, and no word of it."""
    if len(last) < 3 or not last.isalpha():
        return False
    seen = list(_following(last, text[-20000:]))
    return len(seen) > 1 and not any(following == "" for following in seen[:-1])


def _known_word(last: str, text: str, length: int) -> bool:
    """Tell whether the last word stands elsewhere in the text too."""
    if len(last) < 2:
        return False
    earlier = text[: max(0, len(text.rstrip()) - length)][-20000:]
    return "" in _following(last, earlier)


def _following(word: str, text: str) -> Iterator[str]:
    """For each place where the word begins a word of the text, the letter or digit behind it, or nothing.

    To compile a regular expression for one word takes ten times as long as to look for it.
    """
    at = text.find(word)
    while at >= 0:
        if not text[at - 1 : at].isalnum():
            following = text[at + len(word) : at + len(word) + 1]
            yield following if following.isalnum() else ""
        at = text.find(word, at + 1)
