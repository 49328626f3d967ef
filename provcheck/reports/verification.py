"""What `provcheck verify` tells: whether a statement holds, as text for people or as JSON."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN = 20
"""How many files of a kind people are shown; JSON has all of them."""

VERSION = 1
"""The version of the JSON; it grows when a key changes its meaning or goes."""

SCHEMAS = {name: Path(__file__).parent / "schema" / f"{name}-{VERSION}.json" for name in ("statement", "verification")}
"""The JSON Schemas of what `certify` writes and of what ``verify --format json`` prints."""

_SIGNATURES = {
    "good": "good, of the key {keyid}…",
    "bad": "not of the key {keyid}…",
    "missing": "none, though a key was given",
    "unchecked": "there is one, which was not checked; --key PUBLIC.pem does",
    "none": "none; whoever can write the files can write the statement",
}
_KINDS = {
    "changed": "Changed, other bytes than stated",
    "missing": "Missing, stated and not there",
    "added": "Added, there and not stated",
    "unreadable": "Unreadable, stated and there",
}


def as_json(found: Mapping[str, Any]) -> str:
    """The whole verification."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_text(found: Mapping[str, Any], width: int) -> str:
    """The verification for a terminal, in lines of `width` characters; colours are as in `terminal.report`."""
    stated = found["statement"]
    word = click.style(" HOLDS ", bg="green", fg="black")
    if not found["holds"]:
        word = click.style(" DOES NOT HOLD ", bg="red", fg="white")
        first, *rest = found["reasons"]
    else:
        first, rest = f"all {stated['files']:,} files are those of the statement, byte for byte", []
    lines = _wrapped(f"{word} {visible(first)}", width, "  ", len(word) - len(click.unstyle(word)))
    lines += [line for each in rest for line in _wrapped(f"  {visible(each)}", width, "  ")]
    lines += [line for name, said in _about(found) for line in _wrapped(f"  {name:10} {said}", width, " " * 13)]
    for kind, title in _KINDS.items():
        names = found["files"][kind]
        if names:
            lines += ["", click.style(f"{title}: {len(names):,}", bold=True)]
            lines += [f"  {visible(name)}" for name in names[:SHOWN]]
            lines += [f"  and {len(names) - SHOWN:,} more; --format json has all"] if len(names) > SHOWN else []
    lines += _again(found["again"], width)
    return "\n".join(lines) + "\n"


FORMATS = ("text", "json")


def _about(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The lines about the statement itself, each with its name."""
    stated, signature = found["statement"], found["signature"]
    if stated:
        suites = ", ".join(visible(name) for name in stated["suites"])
        by = f"by provcheck {visible(stated['provcheck'])}"
        yield "stated", f"{stated['result']} {by}, as of {visible(str(stated['as_of']))}; suites: {suites}"
        if stated["without_digest"]:
            yield "", f"{stated['without_digest']:,} files could not be read, so nothing is stated of their bytes"
    yield "signature", _SIGNATURES[signature["state"]].format(keyid=(signature["keyid"] or "")[:16])


def _again(again: Mapping[str, Any] | None, width: int) -> Iterator[str]:
    """What came of another examination."""
    if again is None:
        return
    yield ""
    outcome = "it is not as it was stated" if again["contradicts"] else "it is as it was stated"
    yield click.style(f"Examined again: {outcome}", bold=True)
    for title, kind in (("the gate", "reasons"), ("differs", "differs")):
        for said in again[kind]:
            yield from _wrapped(f"  {title:10} {visible(squeeze(said))}", width, " " * 13)


def _wrapped(line: str, width: int, indent: str, unseen: int = 0) -> list[str]:
    """A line in several; `unseen` are the characters of its colours."""
    return textwrap.wrap(line, width + unseen, subsequent_indent=indent, break_on_hyphens=False) or [line]
