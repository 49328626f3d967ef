"""Corpora of any size for measurements: the words of the demo corpus, drawn anew, in its languages and encodings.

    python benchmarks/corpora.py FOLDER DOCUMENTS [BYTES]

One document in fifty is a copy of an earlier one, and one in fifty an edited copy. The same arguments give the same
bytes. Drawn words are no articles: what is measured on them is memory and the work around the examination.
"""

from __future__ import annotations

import random
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

FOLDER_SIZE = 1000
"""Documents in one folder."""


@cache
def _vocabularies() -> list[tuple[str, list[str]]]:
    """The words of each document of the demo corpus that is UTF-8, with its name."""
    found = []
    for path in sorted((ROOT / "fixtures" / "corpus").rglob("*.txt")):
        try:
            words = path.read_text(encoding="utf-8").split()
        except UnicodeDecodeError:
            continue
        if len(words) > 50:
            found.append((path.stem, words))
    return found


def document(number: int, size: int, edition: int = 0) -> str:
    """The text of a document by its number, of some `size` bytes; another `edition` has other words."""
    chosen = random.Random(f"{number} {edition}")
    kind = number % 50
    if kind in (48, 49) and not edition:
        text = document(number - 2 * FOLDER_SIZE // 50 - kind, size) if number > 200 else document(0, size)
        return text if kind == 48 else f"{text.rstrip()} Edited for the late edition.\n"
    _, words = chosen.choice(_vocabularies())
    lines = [f"{' '.join(chosen.choices(words, k=6))}\n"]
    wanted = size * chosen.uniform(0.4, 1.6)
    while sum(map(len, lines)) < wanted:
        # Not always as many: else the numbers of words would pile up, which is a finding of each document.
        lines.append(f"{' '.join(chosen.choices(words, k=chosen.randint(30, 50))).rstrip('.,')}.\n")
    return "\n".join(lines)


def write(folder: Path, documents: int, size: int = 2500) -> None:
    """Write a corpus of text files below a folder."""
    for number in range(documents):
        place = folder / f"{number // FOLDER_SIZE:05}"
        if number % FOLDER_SIZE == 0:
            place.mkdir(parents=True, exist_ok=True)
        name(folder, number).write_text(document(number, size), encoding="utf-8")


def name(folder: Path, number: int) -> Path:
    """The file of a document."""
    return folder / f"{number // FOLDER_SIZE:05}" / f"{number:07}.txt"


def change(folder: Path, documents: int, size: int = 2500, one_in: int = 100, edition: int = 1) -> None:
    """Give one document in so many another text."""
    for number in range(0, documents, one_in):
        name(folder, number).write_text(document(number, size, edition), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2500)
