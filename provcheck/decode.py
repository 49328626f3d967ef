"""From bytes to text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from provcheck.model import Decoded, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def decode(raw: bytes, *, declared: str | None = None, prior: Mapping[str, float] | None = None) -> Decoded:
    """Read bytes as text by the most plausible encoding."""
    try:
        encoding = "utf-8"
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        encoding = best.encoding if best else "latin-1"
        text = raw.decode(encoding)
    return Decoded(text, encoding, 1.0, steps=(Step("decode", (encoding,)),))


def _decode(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding)


ACTIONS: dict[str, Callable[..., str]] = {"decode": _decode}
