"""Documents from envelope to all that is known of them: pure functions that any engine can run.

Documents come in chunks, since their lines are labelled together; nothing of one enters what is said of another.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from provcheck import checks, decode, duplicates, frame, repair
from provcheck.checks.corpus import Facts, facts_of
from provcheck.describe import Asked, descriptions
from provcheck.model import Document, Envelope, Examined, Finding, Layout, Origin, Step, Unread
from provcheck.readers import headers, html
from provcheck.text import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from provcheck.config import Settings
    from provcheck.model import Description

ACTIONS: dict[str, Callable[..., str]] = {**decode.ACTIONS, **html.ACTIONS, **repair.ACTIONS}
"""Every step that a text can have come by: a function of the text (or, first, the bytes) and the step's arguments."""


class Row(NamedTuple):
    """What leaves a worker of one document: its record as JSON, and the little that corpus-wide steps need of it."""

    line: bytes
    origin: Origin
    encoding: str | None
    doubtful: bool
    fingerprint: duplicates.Fingerprint | None
    facts: Facts


class Opened(NamedTuple):
    """A document that was decoded, repaired and laid out, with the findings made on the way."""

    document: Document
    layout: Layout
    findings: list[Finding]


def rows(
    envelopes: Sequence[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[Row]:
    """Examine documents and pack the results, in their order.

    `priors` gives, by folder, the share of each encoding among the documents there, to break ties of decoding.
    """
    yield from map(row, finished([(one, settings) for one in opened(envelopes, settings, priors)]))


def row(result: Examined | Unread) -> Row:
    """What was found out, packed."""
    record = frame.record(result)
    marks = duplicates.fingerprint(result.content) if isinstance(result, Examined) else None
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
    )


def examine(envelope: Envelope, settings: Settings, prior: Mapping[str, float] | None = None) -> Examined | Unread:
    """Decode, repair, describe and check one document.

    `prior` gives the share of each encoding among the document's neighbours.
    """
    [one] = opened([envelope], settings, {envelope.origin.folder: prior} if prior else None)
    [result] = finished([(one, settings)])
    return result


def opened(
    envelopes: Sequence[Envelope], settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[Opened | Unread]:
    """Read documents and label their lines; each is let go of once it was given, with all that is made of it."""
    read = deque(_read(envelope, settings, (priors or {}).get(envelope.origin.folder)) for envelope in envelopes)
    layouts = iter(checks.boilerplate.layouts([one[0] for one in read if not isinstance(one, Unread)]))
    while read:
        one = read.popleft()
        yield one if isinstance(one, Unread) else Opened(one[0], next(layouts), one[1])


def finished(opened: Sequence[tuple[Opened | Unread, Settings]]) -> Iterator[Examined | Unread]:
    """Describe documents that were opened, all together, and check them, each by the settings beside it."""
    asked = [Asked(one.document, one.layout, settings) for one, settings in opened if isinstance(one, Opened)]
    described = iter(descriptions(asked))
    for one, _ in opened:
        yield one if isinstance(one, Unread) else _checked(one, next(described))


def _checked(opened: Opened, description: Description) -> Examined:
    document, layout, findings = opened
    content = checks.boilerplate.content(document, layout, description.title.best)
    found = [*findings, *description.findings, *checks.check(document, layout)]
    return Examined(document, document.origin.length, layout, content, description, tuple(found))


def _read(
    envelope: Envelope, settings: Settings, prior: Mapping[str, float] | None
) -> tuple[Document, list[Finding]] | Unread:
    if envelope.problem:
        return Unread(envelope, Finding.of(envelope.problem.code, detail=envelope.problem.detail))
    document, findings = open_document(envelope, settings, prior)
    return (document, findings) if document.text.strip() else Unread(envelope, Finding.of("PC102"))


def open_document(
    envelope: Envelope, settings: Settings, prior: Mapping[str, float] | None = None
) -> tuple[Document, list[Finding]]:
    """Read, unwrap and repair the text of an envelope; the steps taken replay to the same text."""
    declared = dict(envelope.declared)
    decoded = decode.decode(envelope.raw, declared=envelope.encoding or settings.encoding, prior=prior)
    text, steps = decoded.text, list(decoded.steps)
    if envelope.media == "html":
        declared = {**html.declared(text), **declared}
        text = html.extract(text)
        steps.append(Step("extract-html"))
    repaired = repair.repair(text)
    header = headers.unwrap(repaired.text)
    document = Document(
        origin=envelope.origin,
        wrapper=envelope.wrapper,
        text=repaired.text,
        lines=Lines.of(repaired.text).beginning_at(header.end),
        declared={**declared, **header.declared},
        declared_spans=header.spans,
        extra={**envelope.extra, **header.extra},
        header_end=header.end,
        encoding=decoded.encoding,
        encoding_confidence=decoded.confidence,
        encoding_runner_up=decoded.runner_up,
        steps=(*steps, *repaired.steps),
        before=text if repaired.steps else None,
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
