"""The header of a message (RFC 5322), or of one of its parts, and what it declares.

The standard library takes fields apart; what it takes long for (comments, parameters and words without end) is bounded
before it is asked. Bytes beyond ASCII, which old programs wrote as they were, are UTF-8 or lone surrogates, as in
`provcheck.readers.records`.

Subject, Date, the name in From, Content-Language and Message-ID are declared. No outlet is: `Organization` names
whoever runs the server as often as a paper, and `List-Id` a list. All else is kept in `extra`, but not what tells of
the way and not of the text: who got the message and by which servers, signatures, and fields of programs (``X-…``)
that hold an address.
"""

from __future__ import annotations

from email.errors import MessageError
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from provcheck.model import ROLES
from provcheck.patterns import late
from provcheck.readers import roles
from provcheck.readers.charset import LARGER
from provcheck.readers.records import restored
from provcheck.text import charset

if TYPE_CHECKING:
    from email.message import Message

HEAD = 1 << 16
"""Bytes of a header that are read; a mail program writes a few thousand."""

_LONGEST = 2000
"""Characters of a field that are read: twice as many as a line of mail may have."""

_SHOWN, _MOST = 1000, 40
"""Characters of a field that are kept in `extra`, and fields."""

FAULTS = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError,
)  # fmt: skip
"""What the standard library raises where it stumbles over a field."""

# A mark of UTF-8; the line that stands before a message in a mailbox, if it was saved with it; fields, each with its
# folded lines; and the blank line behind them. What does not look so belongs to the body. Nothing is tried twice.
_HEAD = late(
    rb"(?:\xef\xbb\xbf)?+(?:>?From [^\n]*\n)?+"
    rb"(?P<fields>(?:[!-9;-~]{1,200}:[^\n]*(?:\n[ \t][^\n]*)*+(?:\n|\Z))*+)(?:\r?\n)?+"
)
_LONE_RETURN = late(rb"\r(?!\n)")
_ID = late(r"<([^<>\s]+)>")
_LANGUAGE = late(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
# Lists that must not send in the name of another write 'Ann Lee' via Town list.
_VIA = late(r"(?P<mark>['\"]?)(?P<name>.+)(?P=mark) via .+")

_ROLES = {
    "subject": "title", "date": "date", "from": "author", "content-language": "language", "message-id": "id",
}  # fmt: skip
_LEFT = frozenset(
    (  # noqa: SIM905  quotes around each of thirty names would not help to review them
        "subject date content-type content-transfer-encoding content-disposition content-id content-length "
        "mime-version lines status to cc bcc resent-to resent-cc resent-bcc apparently-to delivered-to envelope-to "
        "original-recipient received received-spf return-path errors-to authentication-results dkim-signature "
        "domainkey-signature dkim-filter list-unsubscribe list-unsubscribe-post feedback-id thread-index xref path "
        "nntp-posting-host x-originating-ip x-trace"
    ).split()
)
_LEFT_GROUPS = ("arc-", "disposition-notification")


def halves(raw: bytes, limit: int = HEAD) -> tuple[Message, bytes]:
    """The header, of which `limit` bytes are read, and the body of a message or part; what has no field is all body.

    >>> head, body = halves(b"Subject: Ferry\\n\\nIt was late.")
    >>> head["subject"], body
    ('Ferry', b'It was late.')
    """
    match = _HEAD.match(raw)
    fields = _LONE_RETURN.sub(b" ", match["fields"][:limit]) if match else b""
    return _PARSER.parsebytes(fields), raw[match.end() if match else 0 :]


class _Policy(Compat32):
    """Fields as they stand, unfolded and bounded; bytes beyond ASCII stay lone surrogates."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, _, value = "".join(sourcelines).partition(":")
        return name, " ".join(value.split())[:_LONGEST]

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  the contract of policies
        return value


_PARSER = BytesHeaderParser(policy=_Policy())


def words(value: str) -> str:
    """A field with its encoded words (RFC 2047) read; bytes of an encoding that nobody names stay lone surrogates.

    >>> words("=?iso-8859-1?Q?F=E4hre?= =?utf-8?B?IHNww6R0?= =?utf-8?Q?"), words("=?utf-8?B?!?=")
    ('Fähre spät =?utf-8?Q?', '=?utf-8?B?!?=')
    """
    raw = restored(value)
    plain = raw.decode("utf-8", "surrogateescape")
    if b"=?" not in raw:
        return plain
    try:
        found = decode_header(raw.decode("latin-1"))  # of surrogates it would make escapes
    except FAULTS:
        return plain
    return " ".join("".join(_word(word, label) for word, label in found).split()) or plain


def _word(word: str | bytes, label: str | None) -> str:
    raw = word.encode("latin-1") if isinstance(word, str) else word
    codec = charset(label.partition("*")[0]) if label else None
    try:
        return roles.whole(raw.decode(LARGER.get(codec, codec) if codec else "utf-8"))  # UTF-7 can write half pairs
    except UnicodeError:
        return raw.decode("utf-8", "surrogateescape")


def fields(head: Message) -> tuple[dict[str, str], dict[str, str]]:
    """What a header declares, by role, and its other fields under their own names.

    >>> head, _ = halves(b"From: Ann Lee <ann@example.org>\\nDate: Tue, 12 Mar 2024 10:00:00 +0100")
    >>> fields(head)
    ({'date': '2024-03-12T10:00:00+01:00', 'author': 'Ann Lee'}, {'From': 'Ann Lee <ann@example.org>'})
    """
    declared: dict[str, str] = {}
    extra: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, value in head.items():
        low = name.lower()
        role = _ROLES.get(low)
        told = _told(role, value, head) if role and role not in declared else ""
        if role and told:
            declared[role] = told
        shown = words(value)
        if not shown or _is_left(low, shown) or (told and low != "from"):
            continue
        key = names.setdefault(low, f"{name} (header)" if name in (*ROLES, "text") else name)
        if key in extra or len(extra) < _MOST:
            extra[key] = _cut(f"{extra[key]}\n{shown}" if key in extra else shown)
    return {role: declared[role] for role in ROLES if role in declared}, extra


def _is_left(low: str, value: str) -> bool:
    return low in _LEFT or low.startswith(_LEFT_GROUPS) or (low.startswith("x-") and "@" in value)


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


def _told(role: str, value: str, head: Message) -> str:
    """What a field says in its role; nothing where it says something else."""
    if role == "date":
        return _moment(value)
    if role == "author":
        return _author(value, listed="list-id" in head)
    if role == "id":
        match = _ID.search(value)
        return match[1] if match else ""
    if role == "language":
        return value if _LANGUAGE.fullmatch(value) else ""
    return words(value)


def _moment(value: str) -> str:
    """A date as ISO 8601 with its zone, where it has one; as it stands where there is no such day."""
    try:
        return parsedate_to_datetime(value).isoformat().replace("+00:00", "Z")
    except FAULTS:
        return words(value)


def _author(value: str, *, listed: bool) -> str:
    """The names in a From field; an address alone names nobody."""
    try:
        names = [words(name) for name, _ in getaddresses([value])]
    except FAULTS:
        return ""
    if listed:
        names = [match["name"] if (match := _VIA.fullmatch(name)) else name for name in names]
    return ", ".join(dict.fromkeys(name for name in names if name and "@" not in name))
