"""Documents from envelope to all that is known of them: pure functions that any engine can run.

Documents come in chunks, since their lines are labelled together; nothing of one enters what is said of another.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from provcheck import checks, decode, duplicates, frame, memory, repair
from provcheck.checks import repeats
from provcheck.checks.corpus import Facts, facts_of
from provcheck.describe import Asked, descriptions, language
from provcheck.model import Document, Examined, Finding, Step, Unread
from provcheck.readers import headers, html, htmltags, records
from provcheck.text import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from provcheck.config import Settings
    from provcheck.model import Decoded, Described, Description, Envelope, Layout, Origin

ACTIONS: dict[str, Callable[..., str]] = {**decode.ACTIONS, **html.ACTIONS, **repair.ACTIONS}
"""Every step that a text can have come by: a function of the text (or, first, the bytes) and the step's arguments."""


class Row(NamedTuple):
    """What leaves a worker of one document: its record as JSON, and the little that corpus-wide steps need of it.

    `said` are the numbers of its lines (`provcheck.checks.repeats`), none where it could not be read.
    """

    line: bytes
    origin: Origin
    encoding: str | None
    doubtful: bool
    fingerprint: duplicates.Fingerprint | None
    facts: Facts
    said: bytes = b""


class Opened(NamedTuple):
    """A document that was decoded, repaired and laid out, with its language and the findings made on the way."""

    document: Document
    layout: Layout
    tongue: Described
    findings: list[Finding]


class _Read(NamedTuple):
    """An envelope whose bytes were read as text, with what its markup declares."""

    envelope: Envelope
    decoded: Decoded
    text: str
    declared: Mapping[str, str]
    steps: tuple[Step, ...]


def rows(
    envelopes: Sequence[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[Row]:
    """Examine documents and pack the results, in their order.

    `priors` gives, by folder, the share of each encoding among the documents there, to break ties of decoding.
    """
    yield from packed(finished([(one, settings) for one in opened(envelopes, settings, priors)]))


def packed(results: Sequence[Examined | Unread]) -> Iterator[Row]:
    """What was found out of documents, packed, in their order."""
    marks = duplicates.fingerprints([one.content if isinstance(one, Examined) else "" for one in results])
    for result, mark in zip(results, marks, strict=True):
        yield _row(result, mark if isinstance(result, Examined) else None)


def row(result: Examined | Unread) -> Row:
    """What was found out of one document, packed."""
    [made] = packed([result])
    return made


def _row(result: Examined | Unread, marks: duplicates.Fingerprint | None) -> Row:
    record = frame.record(result)
    return Row(
        line=frame.dump(record),
        origin=result.document.origin if isinstance(result, Examined) else result.envelope.origin,
        encoding=record["encoding"],
        doubtful=record["decode_doubtful"],
        fingerprint=marks,
        facts=facts_of(
            result.document.text[result.document.header_end :] if isinstance(result, Examined) else "",
            truncated=record["truncated"],
            date=record["date"],
            digest=marks.exact if marks else b"",
        ),
        said=_said(result, record) if isinstance(result, Examined) else b"",
    )


def _said(result: Examined, record: frame.Record) -> bytes:
    return repeats.numbers(result.document, result.layout, record["outlet"], record["title"])


def examine(envelope: Envelope, settings: Settings, prior: Mapping[str, float] | None = None) -> Examined | Unread:
    """Decode, repair, describe and check one document.

    `prior` gives the share of each encoding among the document's neighbours.
    """
    [one] = opened([envelope], settings, {envelope.origin.folder: prior} if prior else None)
    [result] = finished([(one, settings)])
    return result


def opened(
    envelopes: Sequence[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
) -> list[Opened | Unread]:
    """Read documents, label their lines, and tell their languages.

    Each step goes through all documents before the next begins: its tables stay in the processor's cache.
    """
    memory.keep()
    read = list(_documents(envelopes, settings, priors or {}))
    documents = [one[0] for one in read if not isinstance(one, Unread)]
    layouts = checks.boilerplate.layouts(documents)
    looked = zip(layouts, map(language.describe, documents, layouts), strict=True)
    return [one if isinstance(one, Unread) else Opened(one[0], *next(looked), one[1]) for one in read]


def finished(opened: Sequence[tuple[Opened | Unread, Settings]]) -> list[Examined | Unread]:
    """Describe documents that were opened, all together, and check them, each by the settings beside it."""
    asked = [
        Asked(one.document, one.layout, settings, one.tongue) for one, settings in opened if isinstance(one, Opened)
    ]
    described = iter(descriptions(asked))
    return [one if isinstance(one, Unread) else _checked(one, next(described)) for one, _ in opened]


def _checked(opened: Opened, description: Description) -> Examined:
    document, layout, _, findings = opened
    content = checks.boilerplate.content(document, layout, description.title.best)
    found = [*findings, *description.findings, *checks.check(document, layout)]
    return Examined(document, document.origin.length, layout, content, description, tuple(found))


def _documents(
    envelopes: Sequence[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[Document, list[Finding]] | Unread]:
    """The text of each envelope, unwrapped and repaired, with the findings made on the way; or why it has none."""
    read = [_read(envelope, settings, priors.get(envelope.origin.folder)) for envelope in envelopes]
    repaired = repair.repairs([one.text for one in read if not isinstance(one, Unread)])
    for one in read:
        yield one if isinstance(one, Unread) else _document(one, next(repaired))


def _read(envelope: Envelope, settings: Settings, prior: Mapping[str, float] | None) -> _Read | Unread:
    """Decode the bytes of an envelope, and take the text out of its markup."""
    if envelope.problem:
        return Unread(envelope, Finding.of(envelope.problem.code, detail=envelope.problem.detail))
    decoded = decode.decode(envelope.raw, declared=envelope.encoding or settings.encoding, prior=prior)
    envelope = records.settled(envelope, decoded.encoding)
    if envelope.media != "html":
        return _Read(envelope, decoded, decoded.text, envelope.declared, decoded.steps)
    declared = {**htmltags.declared(decoded.text), **envelope.declared}
    return _Read(envelope, decoded, html.extract(decoded.text), declared, (*decoded.steps, Step("extract-html")))


def _document(read: _Read, repaired: repair.Repaired) -> tuple[Document, list[Finding]] | Unread:
    """The document of a text; the steps taken replay to the same text."""
    envelope, decoded = read.envelope, read.decoded
    if not repaired.text.strip():
        return Unread(envelope, Finding.of("PC102"))
    header = headers.unwrap(repaired.text)
    document = Document(
        origin=envelope.origin,
        wrapper=envelope.wrapper,
        text=repaired.text,
        lines=Lines.of(repaired.text).beginning_at(header.end),
        declared={**read.declared, **header.declared},
        declared_spans=header.spans,
        extra={**envelope.extra, **header.extra},
        header_end=header.end,
        encoding=decoded.encoding,
        encoding_confidence=decoded.confidence,
        encoding_runner_up=decoded.runner_up,
        steps=(*read.steps, *repaired.steps),
        before=read.text if repaired.steps else None,
    )
    return document, [*decoded.findings, *repaired.findings]


def replay(raw: bytes, steps: tuple[Step, ...]) -> str:
    """The text that the steps make of the bytes.

    >>> replay(b"caf\\xe9", (Step("decode", ("cp1252",)),))
    'café'
    """
    value: bytes | str = raw
    for step in steps:
        value = partial(ACTIONS[step.action], value)(*step.args)
    return value if isinstance(value, str) else value.decode()
