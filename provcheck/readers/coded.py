"""Articles whose fields are named by two or three letters, as Factiva exports them.

A code stands at the beginning of a line, with its value behind it or on the lines below::

    HD  Bridge closes in July
    PD  12 March 2024
    SN  The Example Gazette
    LP  The council said on Monday that the bridge will close.
    TD  The bridge has stood since 1901.

Sentences in capitals begin in the same way (``IN BRIEF``), so each code counts at one place only: those of the head
above the text, and those below it where they do not go on in capitals or say what they index by (``NS gcat : Energy``).
"""

from __future__ import annotations

import re

from provcheck.patterns import late
from provcheck.readers.mastheads import lines_of

HEAD = ("HD", "SE", "CLM", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY", "CX")
"""Headline, section, column, credit, author, words, day, hour, outlet and its code, edition, page, volume, language
and rights."""

TEXT = ("LP", "TD")
"""The lead, and the text."""

ROLES = {"HD": "title", "BY": "author", "PD": "date", "SN": "outlet", "LA": "language", "AN": "id"}
"""The codes of fields that have a role; all others keep their own names."""

INDEX = ("CO", "IN", "NS", "RE", "IPC", "DE")
"""What an article is about, in the database's own codes."""

FOOT = ("CT", "RF", "ART", "IPD", "PUB", "AN")
"""Contacts, references, notes on pictures, the publisher and the id."""

SHORT = 40
"""Characters of the longest line that may stand before the first code: the name of the database."""

_CODE = late(r"([A-Z]{2,3})(?:[ \t]+(\S.*))?")
_BEGIN = late(rb"(?:\xef\xbb\xbf)?(?:\w{0,40}\r?\n)?\s{0,999}(?:HD|SE|CLM)(?:[ \t]+\S|[ \t]*\r?\n)")
_DATED = late(rb"^[ \t]{0,4}PD(?:[ \t]+\S|[ \t]*\r?$)", re.MULTILINE)
_TEXTED = late(rb"^[ \t]{0,4}(?:LP|TD)(?:[ \t]+\S|[ \t]*\r?$)", re.MULTILINE)


def looks_coded(head: bytes) -> bool:
    """Tell whether a file begins with an article in coded fields.

    >>> looks_coded(b"HD  Bridge closes\\nPD  12 March 2024\\nLP  The council said so."), looks_coded(b"HD television")
    (True, False)
    """
    return bool(_BEGIN.match(head) and _DATED.search(head) and _TEXTED.search(head))


def record(text: str) -> dict[str, str] | None:
    """The fields of an article by their roles, or their own codes, and its text; None where there are no such fields.

    >>> text = "HD  Bridge\\n    closes\\nPD  12 March 2024\\n\\nLP\\nIt closes.\\n\\nIN SHORT\\n\\nYes.\\n\\nPUB Ex"
    >>> record(text)
    {'title': 'Bridge closes', 'date': '12 March 2024', 'PUB': 'Ex', 'text': 'It closes.\\n\\nIN SHORT\\n\\nYes.'}
    """
    found: dict[str, list[str]] = {}
    code = ""
    lines = [line.strip() for line in lines_of(text)]
    for number, line in enumerate(lines):
        named = _CODE.fullmatch(line)
        following = next(filter(None, lines[number + 1 : number + 3]), "")
        if named and _may_follow(named[1], named[2] or following, found):
            code = named[1]
            found[code] = [named[2]] if named[2] else []
        elif code:
            found[code].append(line)
        elif line := line.strip("\ufeff"):
            if len(line) > SHORT or "front_matter" in found:
                return None
            found["front_matter"] = [line]
    if "HD" not in found or not found.keys() & {"PD", "SN"} or not found.keys() & set(TEXT):
        return None
    values = {code: _value(code, lines) for code, lines in found.items()}
    text = "\n\n".join(filter(None, [values.pop(code, "") for code in TEXT]))
    if "AN" in values:
        values["AN"] = values["AN"].rpartition(" ")[2]  # Document GAZ0000020240312ek3c0001h
    return {ROLES.get(code, code): value for code, value in values.items() if value} | {"text": text}


def _may_follow(code: str, value: str, found: dict[str, list[str]]) -> bool:
    """Whether a code can stand behind those that were found: each once, and in the order of the three parts."""
    if code in found:
        return False
    texted = not found.keys().isdisjoint(TEXT)
    if code in HEAD:
        return not texted
    if code in TEXT:
        return "TD" not in found and not found.keys().isdisjoint(HEAD)
    return texted and ((code in FOOT and not value.isupper()) or (code in INDEX and " : " in value))


def _value(code: str, lines: list[str]) -> str:
    if code in TEXT:
        return "\n".join(lines).strip()
    return " ".join(filter(None, lines))
