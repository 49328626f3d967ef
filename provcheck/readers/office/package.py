"""The parts of a docx or an odt, which is a zip of XML: opened under the limits of archives, and parsed as a stream.

Nothing that a stranger writes there can load or expand: a part with a doctype, which neither format knows, is refused,
so there are no entities; and the parser builds no tree, so that a part may be as long as it likes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from provcheck import shipped
from provcheck.model import Problem
from provcheck.readers import archives, streams
from provcheck.readers.office.layer import LONGEST
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    import io
    import zipfile
    from collections.abc import Callable, Iterator, Mapping

    from provcheck.readers.blob import Blob, Desk
    from provcheck.readers.office.layer import Beside
    from provcheck.readers.office.paper import Paper


@cache
def table(name: str) -> Any:  # noqa: ANN401  each table has its own shape
    """What the elements of a format do to the text, or the signs of symbol fonts."""
    return shipped.table("readers", "office.json")[name]


class Walk(Protocol):
    """What goes through a part, element by element; names come with their namespaces, as the parser gives them."""

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of text, of any length."""


class Package:
    """A zip whose members are parts of one document."""

    def __init__(self, blob: Blob, desk: Desk) -> None:
        """Open it; raises Refusal where it has no table of contents, or too many members."""
        self._meter, self.limit = desk.meter, desk.settings.limits.document_bytes
        self.archive = archives.opened(blob, desk)
        self._infos = {info.filename: info for info in self.archive.infolist()}
        if (count := len(self._infos)) > desk.settings.limits.archive_members:
            self.archive.close()
            raise Refusal("PC108", f"more than {desk.settings.limits.archive_members} members, {count} of them")

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def again(self, blob: Blob) -> Blob:
        """The file as it was before it was opened, to be read as something else."""
        if not blob.layers or self.archive.fp is None:
            return blob
        self.archive.fp.seek(0)
        return blob._replace(stream=streams.tapped(self.archive.fp, None))

    def opened(self, name: str) -> io.BufferedReader:
        """A part as a metered stream; raises Refusal where it is encrypted, or packed in an unknown way."""
        info: zipfile.ZipInfo = self._infos[name]
        if info.flag_bits & 0x41:
            raise Refusal("PC107", f"{name} needs a password; save the document without one")
        try:
            return streams.tapped(self.archive.open(info), self._meter)
        except archives.UNREADABLE as error:
            raise Refusal("PC106", f"{name}: {streams.damage(error)}") from error

    def walked(self, name: str, walk: Walk, paper: Paper | None = None) -> Iterator[str]:
        """Go through a part, and give what gets done on the paper meanwhile; nothing for a part that is not there."""
        if name in self._infos:
            with self.opened(name) as stream:
                yield from walked(stream, name, walk, paper)

    def gone_through(self, name: str, walk: Walk, beside: Beside, paper: Paper | None = None) -> str:
        """Go through a part beside the text, and give the first of what it wrote down, if it did.

        Where it cannot be read, that is told beside the text. Raises Refusal where it is longer than a document may be.
        """
        kept: list[str] = []
        try:
            if name in self._infos:
                with self.opened(name) as stream:
                    for piece in walked(stream, name, walk, paper, self.limit):
                        kept += [piece] if len(kept) < LONGEST else []
        except Refusal as refusal:
            code, detail = refusal.problem
            if code == "PC108":
                raise
            beside.problems.append(Problem(code, detail if name in detail else f"{name}: {detail}"))
        return "".join(kept) + (paper.text() if paper and len(kept) < LONGEST else "")


def walked(
    stream: io.BufferedReader, name: str, walk: Walk, paper: Paper | None = None, most: int | None = None
) -> Iterator[str]:
    """Go through a stream of XML, and give what gets done on the paper meanwhile.

    Raises Refusal for damage, and for more than `most` bytes.
    """
    from lxml import etree  # noqa: PLC0415  heavy, and only for XML

    parser = etree.XMLParser(target=_Guarded(walk), resolve_entities=False, load_dtd=False, no_network=True)
    count = 0
    try:
        while chunk := stream.read(streams.HEAD):
            count += len(chunk)
            if most and count > most:
                raise Refusal("PC108", f"{name} has more than {most} bytes (limits.document_bytes)")
            parser.feed(chunk)
            if paper:
                yield from paper.drained()
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise Refusal("PC104", f"{name}: {error}") from error
    if paper:
        yield from paper.drained()


class _Guarded:
    """The same walk, for a parser that would read a doctype."""

    def __init__(self, walk: Walk) -> None:
        self.start, self.end, self.data = walk.start, walk.end, walk.data

    def doctype(self, name: str, *_: str | None) -> None:
        raise Refusal("PC104", f"it declares a doctype ({name}), which no such document has")

    def close(self) -> None:
        pass


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def attribute(attrib: Mapping[str, str], name: str) -> str:
    """The value of an attribute by its name without a namespace; empty where there is none.

    >>> attribute({"{urn:w}val": "0"}, "val"), attribute({}, "val")
    ('0', '')
    """
    return next((value for key, value in attrib.items() if key.rpartition("}")[2] == name), "")


class Properties:
    """A walk through the properties of a document, each an element of text in the first or second row."""

    def __init__(self, names: Mapping[str, str], tell: Callable[[str, str], None]) -> None:
        """`names` maps elements to fields, which `tell` gets, in its order."""
        self._names, self._tell = names, tell
        self._held: list[str] | None = None
        self._found: dict[str, list[str]] = {}

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        """Hold the text of an element that has a name."""
        self._held = [] if local(tag) in self._names else None

    def data(self, text: str) -> None:
        """Go on with it."""
        if self._held is not None:
            self._held.append(text)

    def end(self, tag: str) -> None:
        """Keep it."""
        if self._held is not None:
            self._found.setdefault(local(tag), []).append("".join(self._held).strip())
        self._held = None

    def told(self) -> None:
        """Tell what was found; of two elements for one field the first in the table."""
        seen: set[str] = set()
        for name, own in self._names.items():
            value = ", ".join(filter(None, self._found.get(name, [])))
            if value and own not in seen:
                seen.add(own)
                self._tell(own, value)
