"""Which parts of a message are no documents by their type, and the words by which the ledger counts them."""

from __future__ import annotations

MESSAGES = ("message/rfc822", "message/global", "message/news")
"""Types of a part that is a message of its own."""

_RULES = {
    rule: kinds.split()
    for rule, kinds in {
        "pictures, sounds and films in messages": "image audio video font",
        "signatures and keys in messages": "application/pgp-signature application/pkcs7-signature "
        "application/x-pkcs7-signature application/pgp-keys",
        "calendar entries and visiting cards in messages": "text/calendar text/vcard text/x-vcard text/directory "
        "application/ics",
        "parts for mail programs": "message text/rfc822-headers text/x-amp-html text/watch-html",
    }.items()
}
_NO_DOCUMENT = {kind: rule for rule, kinds in _RULES.items() for kind in kinds}


def rule_of(kind: str) -> str:
    """Why a part of a type is no document, and "" where it may be one.

    >>> rule_of("image/png"), rule_of("message/rfc822"), rule_of("application/pdf")
    ('pictures, sounds and films in messages', '', '')
    """
    return "" if kind in MESSAGES else _NO_DOCUMENT.get(kind) or _NO_DOCUMENT.get(kind.partition("/")[0], "")
