"""The list of files as GNU `sha256sum` writes it and `sha256sum -c` reads it.

A line is the digest, two spaces and the name. A name that would end the line is written with escapes, and then a
backslash stands before the digest, so that every name that a file system allows comes through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ESCAPES = ((b"\\", b"\\\\"), (b"\n", b"\\n"), (b"\r", b"\\r"))
"""In this order: the backslashes of the later ones must not be doubled."""


def line(name: bytes, sha256: str) -> bytes:
    r"""One line for a name, whatever bytes it has.

    >>> line(b"a b.txt", "ab")
    b'ab  a b.txt\n'
    >>> line(b"two\nlines", "ab")
    b'\\ab  two\\nlines\n'
    """
    escaped = _escaped(name)
    return (b"\\" if escaped != name else b"") + sha256.encode() + b"  " + escaped + b"\n"


def lines(digests: Mapping[str, str | None], odd: Mapping[str, bytes]) -> Iterator[bytes]:
    """The list of these files, sorted by name; `odd` has the bytes of the names that are not UTF-8.

    A file that has no digest, because it cannot be read, is named in a comment, which `sha256sum` passes over.
    """
    for name in sorted(digests):
        digest, raw = digests[name], odd.get(name) or name.encode("utf-8", "surrogatepass")
        yield line(raw, digest) if digest else b"# no digest: " + _escaped(raw) + b"\n"


def _escaped(name: bytes) -> bytes:
    for plain, written in _ESCAPES:
        name = name.replace(plain, written)
    return name
