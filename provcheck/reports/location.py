"""Where a finding stands, as other programs want to know it: a path from where they look, and a line of the file."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("doc_id", "path", "relative", "member", "row", "wrapper", "sha256", "findings")
"""The columns of the frame that reports for machines need."""

_LINED = ("txt", "md")
"""Wrappers whose text has the lines of the file: an editor shows them under the same numbers."""


def below(path: str, root: str) -> str:
    """The path as seen from the folder `root`, an absolute path; a path outside of it stays as it was given.

    >>> below("/home/me/corpus//a.txt", "/home/me"), below("./corpus/a.txt", "/home/me"), below("/tmp/a", "/home/me")
    ('corpus/a.txt', 'corpus/a.txt', '/tmp/a')
    """
    normal = posixpath.normpath(path)
    return normal.removeprefix(root.rstrip("/") + "/")


def uri(path: str, root: str) -> str:
    """The path as a URI reference, relative where the path lies below `root`.

    >>> uri("corpus/ä b#1.txt", "/home/me"), uri("/tmp/a.txt", "/home/me"), uri("a:b", "/")
    ('corpus/%C3%A4%20b%231.txt', 'file:///tmp/a.txt', 'a%3Ab')
    """
    shown = below(path, root)
    encoded = quote(shown, safe="/", errors="surrogatepass")
    return f"file://{encoded}" if shown.startswith("/") else encoded


def line(record: Mapping[str, Any], finding: Mapping[str, Any], key: str = "start_line") -> int | None:
    """The line of the file, or None where the finding has none, or stands in a text that was packed in something."""
    if record["member"] or record["row"] or record["wrapper"] not in _LINED:
        return None
    number: int | None = finding[key]
    return number


def inside(record: Mapping[str, Any]) -> str:
    """Where in its file a document stands: its member and record; empty for a file that is one document.

    >>> inside({"member": "a.csv", "row": 3}), inside({"member": None, "row": 3}), inside({"member": None, "row": None})
    ('a.csv#3', '#3', '')
    """
    return (record["member"] or "") + (f"#{record['row']}" if record["row"] else "")


def described(record: Mapping[str, Any], finding: Mapping[str, Any]) -> str:
    """What is wrong, in one sentence, with the place in the file that `line` cannot give."""
    at = finding["start_line"] if line(record, finding) is None else None
    place = " ".join(filter(None, (inside(record), f"line {at} of its text" if at else "")))
    said = f"{place}: {finding['message']}" if place else str(finding["message"])
    quoted = finding["quote"]
    return f"{said} “{quoted}”" if quoted and quoted not in said else said
