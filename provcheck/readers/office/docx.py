"""Word documents since 2007 (``.docx``, ``.docm``, ``.dotx``): ECMA-376, of which the parts that hold text.

Which part has the text, and which the notes, headers and styles, the relations of the package say; their own names are
only a habit. Notes follow behind the text, in the order of their part. A part that the document takes in as a whole
(`altChunk`), such as a page of HTML, is a row that names it. `provcheck.readers.office.word` goes through the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from provcheck.model import Problem
from provcheck.readers.office.package import Package, Properties, attribute, local, table
from provcheck.readers.office.paper import Paper
from provcheck.readers.office.word import Body, Styles
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provcheck.readers.office.layer import Beside

MAIN = "word/document.xml"
"""Where the text stands, unless the package says otherwise."""

HEADERS = 100
"""Headers and footers of pages that are looked into: an export has one for each article."""

_PARTS = ("styles", "header", "footer", "footnotes", "endnotes")


class Relation(NamedTuple):
    """What another part is to a part: the last word of its type, and its name in the package."""

    kind: str
    target: str


class _Relations:
    """A walk through the relations of the parts in a folder."""

    def __init__(self, folder: str) -> None:
        self.folder, self.found = folder, dict[str, Relation]()

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and attribute(attrib, "TargetMode") != "External":
            kind = attribute(attrib, "Type").rpartition("/")[2]
            target = unquote(attribute(attrib, "Target"))
            name = target[1:] if target.startswith("/") else f"{self.folder}{target}"
            self.found[attribute(attrib, "Id")] = Relation(kind, _plain(name))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


def _plain(name: str) -> str:
    """A name in the package without its detours.

    >>> _plain("word/./../word/header1.xml")
    'word/header1.xml'
    """
    parts: list[str] = []
    for part in name.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def read(package: Package, beside: Beside) -> Iterator[str]:
    """The text of a document in pieces, and what it tells beside it."""
    properties = Properties(table("docx")["properties"], beside.tell)
    package.gone_through("docProps/core.xml", properties, beside)
    properties.told()
    main = _main(package)
    folder = main.rpartition("/")[0] + "/" if "/" in main else ""
    known = _Relations(folder)
    package.gone_through(f"{folder}_rels/{main.rpartition('/')[2]}.rels", known, beside)
    # The relations of one kind, in the order in which they are written.
    parts = {kind: [each.target for each in known.found.values() if each.kind == kind] for kind in _PARTS}
    styles = Styles()
    for name in parts["styles"][:1]:
        package.gone_through(name, styles, beside)
    for kind in ("header", "footer"):
        for name in [name for name in parts[kind] if name in package][:HEADERS]:
            paper = Paper(package.limit)
            beside.tell_more(f"page_{kind}", package.gone_through(name, Body(paper, styles, beside), beside, paper))
    paper = Paper(package.limit)
    body = Body(paper, styles, beside)
    yield from package.walked(main, body, paper)
    if not body.is_text:
        raise Refusal("PC104", f"{main} holds no text of Word")
    for kind in ("footnotes", "endnotes"):
        for name in parts[kind][:1]:
            yield from package.walked(name, body, paper)
    paper.close()
    yield from paper.drained()
    for chunk in body.chunks:
        target = known.found.get(chunk, Relation("", chunk)).target
        beside.problems.append(Problem("PC110", f"the part {target}, which the document takes in as a whole"))
    if body.unnamed:
        beside.problems.append(Problem("PC110", f"{body.unnamed} more parts, which the document takes in as a whole"))


def is_document(package: Package) -> bool:
    """Whether a zip has the parts that every Word document has."""
    return MAIN in package or "[Content_Types].xml" in package


def _main(package: Package) -> str:
    """The name of the part with the text; raises Refusal where there is none."""
    known = _Relations("")
    for _ in package.walked("_rels/.rels", known):
        pass
    said = next((each.target for each in known.found.values() if each.kind == "officeDocument"), MAIN)
    if name := next((name for name in (said, MAIN) if name in package), None):
        return name
    raise Refusal("PC104", f"no document is in it: {said} is missing")
