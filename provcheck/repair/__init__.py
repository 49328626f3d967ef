"""From text to the text that was meant, by steps that can be replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from provcheck.model import Finding, Step


class Repaired(NamedTuple):
    """A repaired text, the steps that led to it, and what was found on the way."""

    text: str
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()


def repair(text: str) -> Repaired:
    """Undo what can be undone without guessing."""
    return Repaired(text)


ACTIONS: dict[str, Callable[..., str]] = {}
