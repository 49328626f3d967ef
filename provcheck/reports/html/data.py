"""Data as scripts: JSON that a script element can carry from a disk, in files of bounded size."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

CHUNK = 1 << 18
"""Characters of a file of documents: it is read in a few milliseconds, and 100,000 documents make a thousand files."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(value: object) -> str:
    """JSON that is also a JavaScript expression, and that no HTML parser takes for markup.

    All three escaped characters can only stand inside strings, where the escapes mean the same.

    >>> encode(["</script>"])
    '["\\\\u003c/script>"]'
    """
    plain = _ENCODER.encode(value)
    return plain.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def put(folder: Path, name: str, value: str) -> None:
    """Write ``<name>.js``, which hands over a value, given as `encode` made it."""
    path = folder / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    script = f"provcheck.put({encode(name)},{value});\n"
    path.write_bytes(script.encode("utf-8", "backslashreplace"))  # a lone surrogate becomes its JSON escape


class Texts:
    """The documents as they pass, in chunks: ``texts/0.js`` and so on. Use it as a context manager.

    A chunk holds a list of documents and ends with the document that makes it longer than `CHUNK`.
    """

    def __init__(self, folder: Path) -> None:
        """Write below this folder."""
        self._folder = folder
        self._waiting: list[str] = []
        self._size = 0
        self._count = 0
        self._starts: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._waiting = []

    def add(self, value: object) -> None:
        """Take the next document."""
        line = encode(value)
        self._waiting.append(line)
        self._size += len(line)
        self._count += 1
        if self._size > CHUNK:
            self._flush()

    def close(self) -> list[int]:
        """Write what waits, and give the number of the first document of each chunk."""
        if self._waiting:
            self._flush()
        return self._starts

    def _flush(self) -> None:
        put(self._folder, f"texts/{len(self._starts)}", f"[{','.join(self._waiting)}]")
        self._starts.append(self._count - len(self._waiting))
        self._waiting, self._size = [], 0
