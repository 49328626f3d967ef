"""The repaired corpus: what `repair` writes, file by file.

A file that is one plain document keeps its name and becomes UTF-8. All others (records, archives, HTML) become one
file of JSON lines each, with the text, the declared roles and the other fields of each document, so that reading the
result again gives the same documents.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN = ("txt", "md")


def name(relative: str, wrapper: str) -> str:
    """The repaired file's path below the output folder, for a document's file and wrapper.

    >>> name("a/b.txt", "txt"), name("a/b.csv", "csv"), name("c.jsonl", "jsonl")
    ('a/b.txt', 'a/b.csv.jsonl', 'c.jsonl')
    """
    if wrapper in PLAIN or (wrapper == "jsonl" and relative.endswith(".jsonl")):
        return relative
    return f"{relative}.jsonl"


def body(record: Mapping[str, Any]) -> bytes:
    """What the repaired file holds of one document: its text, or its line of JSON."""
    if record["wrapper"] in PLAIN:
        return str(record["text"]).encode("utf-8", "surrogatepass")
    fields = {**json.loads(record["declared"]), "text": record["text"], **json.loads(record["extra"])}
    if record["member"]:
        fields.setdefault("member", record["member"])
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def note(record: Mapping[str, Any]) -> bytes:
    """One line of the account: which document, its digest, and the steps that led to its text or why it has none."""
    place = {key: record[key] for key in ("path", "member", "row", "sha256") if record[key] is not None}
    if not record["read"]:
        return json.dumps({**place, "unread": record["findings"][0]["message"]}, ensure_ascii=False).encode() + b"\n"
    steps = [json.loads(step) for step in record["repairs"]]
    return json.dumps({**place, "steps": steps}, ensure_ascii=False).encode() + b"\n"
