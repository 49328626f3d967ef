"""Runs what follows the examination over rows that were made up, for benchmarks/memory.py.

    python benchmarks/made_up.py ROWS FILE.parquet

Writes the frame, and into FILE.parquet.bytes how many bytes of text the rows stand for.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import corpora
import numpy as np

from provcheck import examine, frame, lineage
from provcheck.checks.corpus import FACT
from provcheck.config import Settings
from provcheck.corpus import Corpus
from provcheck.duplicates import PRINT
from provcheck.engines.local import Workers
from provcheck.model import Envelope, Origin
from provcheck.readers.ledger import Ledger
from provcheck.rows import HEAD, Rows, pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BLOCK = 50_000
SIZE = 2500
"""Bytes of text that a row stands for, on average."""


def prints(count: int, chosen: np.random.Generator) -> NDArray[np.void]:
    """Fingerprints: of strangers, and of copies, edited copies and texts with a common passage among them."""
    made = np.zeros(count, PRINT)
    made["exact"] = chosen.integers(1, 1 << 63, (count, 2))
    made["words"], made["runs"], made["sketched"] = chosen.integers(80, 600, count), 64, True
    made["sketch"] = chosen.integers(0, 256, (count, 256), dtype=np.uint8)
    made["passages"] = chosen.integers(0, 1 << 32, (count, 64), dtype=np.uint32)
    copies, edited, sharing = np.split(np.arange(count // 2, count)[: count // 10], [count // 25, 2 * count // 25])
    made[copies] = made[chosen.integers(0, count // 2, len(copies))]
    before = made[chosen.integers(0, count // 2, len(edited))]
    made[edited] = before
    made["exact"][edited] += 1
    for name, share in (("sketch", 0.25), ("passages", 0.4)):
        values = made[name][edited]
        changed = chosen.random(values.shape) < share
        values[changed] = chosen.integers(0, 256 if name == "sketch" else 1 << 32, int(changed.sum()))
        made[name][edited] = values
    made["passages"][sharing, :20] = made["passages"][chosen.integers(0, count // 2, len(sharing)), :20]
    return made


def facts(count: int, chosen: np.random.Generator) -> NDArray[np.void]:
    """Lengths and days as news has them."""
    made = np.zeros(count, FACT)
    made["characters"] = np.clip(chosen.lognormal(7.6, 0.7, count), 60, 1e6)
    made["utf8_bytes"], made["words"] = made["characters"] * 1.03, made["characters"] // 6
    made["day"] = 735_000 + chosen.integers(0, 3000, count)
    made["digest"] = chosen.integers(1, 1 << 60, count)
    return made


def said(position: int, chosen: np.random.Generator, count: int) -> bytes:
    """Numbers of lines: those of one outlet in a hundred, a tenth of whose documents hold one line of it."""
    outlet = position % 100 << 20
    made = chosen.integers(1 << 32, 1 << 63, count, np.uint64) << np.uint64(1) | np.uint64(1)
    made[0] = outlet << 1
    if chosen.random() < 0.1 and count > 1:
        made[1] = (outlet | int(chosen.integers(1, 6))) << 1 | 1
    return made.tobytes()


def lines(packed: bytes) -> int:
    """How many numbers of lines a packed row holds."""
    return int(HEAD.unpack_from(packed)[-1]) // 8


def rows(count: int) -> Iterator[tuple[Origin, bytes, int]]:
    """Origins, packed rows, and the bytes of text that each stands for."""
    templates = [_template(number) for number in range(40)]
    for begin in range(0, count, BLOCK):
        size = min(BLOCK, count - begin)
        chosen = np.random.default_rng(begin)
        marks, sizes = prints(size, chosen), facts(size, chosen)
        for number in range(size):
            template, length = templates[number % len(templates)]
            position = begin + number
            at = HEAD.size + template[17]
            fixed = sizes[number].tobytes() + marks[number].tobytes() + said(position, chosen, lines(template))
            name = struct.pack("<Q", position * 0x9E3779B97F4A7C15 % (1 << 64))
            packed = template[:8] + name + template[16:at] + fixed + template[at + len(fixed) :]
            path = f"corpus/{position // 1000:05}/{position:07}.txt"
            yield Origin(path, path, length=length), packed, length


def _template(number: int) -> tuple[bytes, int]:
    """A packed row of a drawn document, and its bytes."""
    raw = corpora.document(number, SIZE).encode()
    origin = Origin("corpus/a.txt", "a.txt", length=len(raw), sha256=hashlib.sha256(raw).hexdigest())
    return pack(examine.row(examine.examine(Envelope(origin, "txt", raw), Settings())), 1, 1 << 30), len(raw)


def main(count: int, target: Path) -> None:
    """Run the steps."""
    made, size = Rows(), 0
    for origin, row, length in rows(count):
        made.append(origin, row)
        size += length
    made.sort()
    workers = Workers(2)
    amendments = lineage.amendments(made, workers.run)
    with Corpus(made, amendments, Ledger(), workers) as corpus:
        frame.write_tables(corpus.tables(), target)
    target.with_name(f"{target.name}.bytes").write_text(str(size))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
