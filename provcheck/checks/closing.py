"""What stands behind the last sentence of a whole article and is none itself.

Agencies and initials (``AFP/dpa``, ``mit dpa``, ``jd/ab``), tags (``#harbour``), a smiley or stars, the words that end
a story (``Fin``, ``Fortsetzung folgt``), who the author is, who contributed, a label with its value (``Admission:
free``), a farewell (``Best regards, Jane``), an address or ``here``, which a page turns into a link. All of them end
without a full stop, so a rule that asks for one takes each for a cut. The words are in ``data/truncation.json``; the
shapes are below.
"""

from __future__ import annotations

import unicodedata

from provcheck.checks import tail
from provcheck.patterns import late

LONGEST = 60
"""Characters of the longest sign-off of agencies."""
LONGEST_ADDRESS = 2000
"""Characters of the longest address."""
NOTE = 200
"""Characters of the longest note about authors or helpers."""
VALUE = 4
"""Words of the longest value behind a label, if it begins with a digit; others have one."""

# tags and handles, and nothing else
_TAGS = late(r"(?:[#@]\w[\w.-]{0,60}[\s,]{0,3}){1,40}")
# what parts two agencies or initials
_JOINT = late(r"\s*[/,&+|;]+\s*|\s+(?:und|and|et|y|e|i|och|og|en|ja|ve|и|та|و)\s+")
_INITIALS = late(r"[^\W\d_]{1,4}\.?|\d{1,3}")
_CAPITALS = late(r"[^\W\d_]{2,6}(?:-[^\W\d_]{2,6})?")
# a colon, an opening quotation mark, anything without such marks, and the closing one at the end
_SPEECH = late(r"""[:：]\s?(?:“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|"[^"]+")$""")
# a whole address: with http or www before it, an e-mail address, or a host with a known end and perhaps a path.
_PLACE = late(
    r"(?:https?://|www\.)\S+\.\S+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|(?:[\w-]+\.)+(?:com|org|net|info|edu|gov|tv|eu|de|fr|ru|uk|pl|nl|ch|cz|br|mx|jp|kr|za|au|ua)(?:/\S*)?$"
)
# a smiley or a heart in signs, what the writer does, or a name in waves, at the end: :-) ;) =D <3 ^^ *sigh* ~Jo~
_SMILEY = late(r"(?:^|\s)(?:[:;=8][-o^]?[)(dDpP|/\\]|<3|\^_?\^|\*[^\W\d_]{1,20}\*|~\s?[^\W\d_]{1,20}\s?~)$")
_LETTERS = 4
"""Letters of the longest initials that stand on a line of their own in lower case (``kas``)."""
_FAREWELL = 8
"""Words of the longest farewell, the names with it."""
_OFFER = 100
"""Characters of the longest sentence that ends in a link."""
_DRESS = " \t\u00a0-–—/|()[]*."
# a dash, a name of two or three words with capitals, perhaps who that is
_SPEAKER = late(r"[-–—]\s?((?:[^\W\d_][\w.'’-]{0,20}\s?){2,3})(?:,[^.,;:]{2,40})?")
# a label of one or two words, a colon, something short
_LABEL = late(r"([^\W\d_][\w-]{1,24}(?: [\w-]{1,24})?)\s?[:：]\s?([^:：]{1,60})")
# a number at the end, perhaps with its decimals, a sign of per cent or a bracket
_FIGURE = late(r"\d[\d.,:'’-]{0,12}\s?[%°)]?$")
_NUMBER = late(r"\d+")
_RESULT = 12
"""Words of the longest result: names and numbers."""
_SIGNATURE = 12
"""Words of the longest office or name in capitals that signs a notice."""
_PARAGRAPH, _PARAGRAPHS = 60, 2
"""A paragraph has more characters than this; so many of them without any full stop are the author's manner."""
_HEADING = 3
"""Words in capitals from which on a line is a heading or a sentence of one who shouts."""
_SIGNED = 4
"""Words of the longest name, office or place in the line that signs a letter."""
_PICTORIAL = 0x2190
"""Symbols from this character on are arrows, stars, pictures; those before belong to numbers and names (°, ®)."""


def signed_off(rest: str, *, alone: bool) -> bool:
    """Tell whether what stands behind the last full stop is no sentence; `alone` says that it has a line of its own.

    >>> [signed_off(rest, alone=True) for rest in ("AFP/dpa", "#harbour #ferry", "See you 🚢", "Fin", "The ferry")]
    [True, True, True, True, False]
    """
    if not rest or len(rest) > NOTE:
        return False
    if _TAGS.fullmatch(rest) or _SMILEY.search(rest) or _pictured(rest):
        return True
    return _agencies(rest, alone=alone) or _formula(rest) or (alone and _initialled(rest))


def note(line: str) -> bool:
    """Tell whether a line of its own says who wrote or helped, or gives a label its value.

    >>> [note(line) for line in ("The writer is a retired judge", "Admission: free", "— Jane Doe, mayor", "It is: the")]
    [True, True, True, False]
    """
    if len(line) > NOTE:
        return False
    table, low = tail.words(), line.lower()
    words = low.split()
    if line.isdigit() or (len(words) <= _FAREWELL and low.startswith(tuple(table["farewell"]))) or linked(line):
        return True
    if not words or words[-1] in table["function"] or line[-1] in ",;-–—":
        return False
    if low.startswith((*table["author"], *table["mourning"])) or any(phrase in low for phrase in table["helper"]):
        return True
    speaker = _SPEAKER.fullmatch(line)
    named = speaker is not None and all(word[0].isupper() for word in speaker[1].split())
    return named or _labelled(line)


def addressed(line: str) -> bool:
    """Tell whether a line ends in a place on the net or an e-mail address: no sentence is cut just there.

    >>> addressed("More at www.example.org"), addressed("Photo: example.com"), addressed("He left.The")
    (True, True, False)
    """
    last = line[-LONGEST_ADDRESS:].rsplit(None, 1)[-1:]
    return bool(last) and _PLACE.match(last[0].strip("()[]<>")) is not None


def linked(line: str) -> bool:
    """Tell whether a line leads elsewhere: it is short and ends in a word that pages make a link of.

    >>> linked("Vote here"), linked("The people who live")
    (True, False)
    """
    last = " ".join(tail.fragment(line).lower().rstrip(_DRESS).split())
    return len(last) <= _OFFER and last.endswith(tuple(f" {words}" for words in tail.words()["link"]))


def quoted(line: str) -> bool:
    """Tell whether a line ends in speech behind a colon: some leave out the full stop before or behind the marks.

    >>> quoted("He said: “Build it again”"), quoted("He said “build it again”")
    (True, False)
    """
    return _SPEECH.search(line[-tail.LOOKED_AT :]) is not None


def counted(line: str) -> bool:
    """Tell whether a line ends in names and numbers, two at least or behind a label: a result, prices, a score.

    >>> [counted(line) for line in ("High: R. Lund 244", "Mar 220, Dec 212.40", "On 12 May 20", "It left. Lund 3")]
    [True, True, False, False]
    """
    rest = tail.fragment(line)
    words = rest.split()
    if not 1 < len(words) <= _RESULT or not _FIGURE.search(rest[-20:]) or not words[0][0].isalpha():
        return False
    if words[0].lower() in tail.words()["function"] or not (":" in line[:40] or len(_NUMBER.findall(rest)) > 1):
        return False
    return all(word[0].isupper() or not any(map(str.isalpha, word)) for word in words)


def in_capitals(line: str, before: str) -> bool:
    """Tell whether a line in capitals stands below one that is not: an office that signs, a heading, an end.

    >>> in_capitals("THE CLERK OF THE COURT", "In Ashcombe, 3 May"), in_capitals("THE FERRY WILL", "THE FERRY LEFT.")
    (True, False)
    """
    words = [word for word in line.split() if word[:2].isalpha() and len(word) > 1]
    if not 1 < len(words) <= _SIGNATURE or line != line.upper() or line == line.lower():
        return False
    return before != before.upper() and line[-1].isalpha() and words[-1].lower() not in tail.words()["function"]


def letter(line: str, before: str) -> bool:
    """Tell whether a line signs a letter: a name below a farewell, or one with an age, an office or a place.

    A part in lower case (``teacher``) asks for another one beside it, since a sentence may begin with a name, too.

    >>> [letter(line, "It left.") for line in ("Ann Lee, 43, clerk", "Ann Lee, 7152 Elm", "Ann Lee, who", "Ann Lee")]
    [True, True, False, False]
    >>> letter("Ann", "Yours ever,"), letter("Ann", "He left, and then,")
    (True, False)
    """
    if before.endswith(",") and max(len(line.split()), len(before.split())) < _SIGNED and "," not in before[:-1]:
        return all(word[0].isupper() for word in line.split())
    name, *rest = [part.split() for part in line.split(", ")]
    if not 1 <= len(rest) <= 3 or len(name) < 2 or not tail.stopped(before):
        return False
    function = tail.words()["function"]
    if name[0].lower() in function or not (name[0][0].isupper() and name[-1][0].isupper()):
        return False
    if any(not 0 < len(part) <= _SIGNED or part[-1].lower() in function for part in (name, *rest)):
        return False
    plain = [part[0][0].islower() or (part[0].isalpha() and part[-1][0].islower()) for part in rest]
    return not any(plain) or (len(rest) > 1 and not all(plain))


def unstopped(found: tail.Tail) -> bool:
    """Tell whether a text without capitals does without full stops, too, as many do in Arabic: its end shows nothing.

    >>> lines = ("כך היה ", "כך היה. ", "So it is ")
    >>> [unstopped(tail.Tail(0, 0, "שם", (line * 12, line * 12))) for line in lines]
    [True, False, False]
    """
    paragraphs = [each for each in found.before if len(each) > _PARAGRAPH]
    if len(paragraphs) < _PARAGRAPHS or any(each.lower() != each.upper() for each in (found.text, *paragraphs)):
        return False
    return not any(tail.stopped(each) or tail.fragment(each) != each for each in (*found.before, found.text))


def _initialled(rest: str) -> bool:
    """Tell whether a line is no more than initials in lower case: no sentence begins so."""
    return rest.islower() and rest.isalpha() and 1 < len(rest) <= _LETTERS and rest not in tail.words()["function"]


def _pictured(rest: str) -> bool:
    """Tell whether the last character is a picture or a star, perhaps with the modifiers that belong to it."""
    bare = rest.rstrip("\ufe0f\u200d\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff ")
    return bool(bare) and ord(bare[-1]) >= _PICTORIAL and unicodedata.category(bare[-1]) == "So"


def _agencies(rest: str, *, alone: bool) -> bool:
    """Tell whether the words are agencies and initials: a name from the table, or two in capitals or of few letters."""
    bare = rest.strip(_DRESS).lower()
    if not bare or len(rest) > LONGEST:
        return False
    known = tail.words()["agency"]
    lead = max((lead for lead in tail.words()["with"] if bare.startswith(lead + " ")), key=len, default="")
    parts = [part.strip(_DRESS) for part in _JOINT.split(bare[len(lead) :].strip())]
    if any(part in known for part in parts):
        return all(part in known or _INITIALS.fullmatch(part) for part in parts)
    if not alone or lead:
        return False
    if len(parts) > 1 and "/" in rest:
        return all(_INITIALS.fullmatch(part) for part in parts)
    words = rest.strip(_DRESS).split()
    return len(words) < _HEADING and all(word.isupper() and _CAPITALS.fullmatch(word) for word in words)


def _formula(rest: str) -> bool:
    """Tell whether the words are those that end a story, and nothing else but initials behind a slash."""
    bare = rest.strip(tail.DRESS).lower()
    said, _, initials = bare.partition("/")
    return bare in tail.words()["closing"] or (len(initials) <= _LETTERS and said in tail.words()["closing"])


def _labelled(line: str) -> bool:
    """Tell whether a line is a label and its short value."""
    found = _LABEL.fullmatch(line)
    if not found:
        return False
    counted = found[2][0].isdigit()
    if len(found[2].split()) > (VALUE if counted else 1) or (not counted and " " in found[1]):
        return False  # in an interview, a name and a colon begin an answer
    if not found[2][0].isalnum():
        return False  # somebody begins to speak
    return found[1][0] != found[1][0].lower() or found[1][0] == found[1][0].upper()
