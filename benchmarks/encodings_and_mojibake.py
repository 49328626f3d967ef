"""Encodings and mojibake next to the libraries, in one run, as a Markdown table.

    python benchmarks/encodings_and_mojibake.py FOLDER

FOLDER holds ``pages.jsonl.gz`` and ``score.py``: the files are made by that scoreboard, so that provcheck and the
libraries see the same bytes. The figures are for publishers used in development, and for those held out.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chardet
import charset_normalizer
import ftfy
from holdout import held_out

from provcheck.decode import decode
from provcheck.repair import repair

if TYPE_CHECKING:
    from collections.abc import Callable

GENTLE = ftfy.TextFixerConfig(
    uncurl_quotes=False, normalization=None, fix_latin_ligatures=False, fix_character_width=False,
    fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, remove_terminal_escapes=False,
    unescape_html=False,
)  # fmt: skip
ROUND_TRIPS = ("cp1252", "latin-1", "mac-roman", "cp437", "cp1251", "cp1250")


def by_charset_normalizer(raw: bytes) -> str:
    """The best guess of charset-normalizer."""
    best = charset_normalizer.from_bytes(raw).best()
    return str(best) if best else raw.decode("utf-8", "replace")


def by_chardet(raw: bytes) -> str:
    """The best guess of chardet."""
    return raw.decode(chardet.detect(raw)["encoding"] or "utf-8", "replace")


def strict_first(guess: Callable[[bytes], str]) -> Callable[[bytes], str]:
    """Strict UTF-8, and a guess where that fails."""

    def read(raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return guess(raw)

    return read


def round_trip(text: str) -> str:
    """The first strict round trip of the whole text that works."""
    for codec in ROUND_TRIPS:
        try:
            return text.encode(codec).decode()
        except UnicodeError:
            continue
    return text


DECODERS: dict[str, Callable[[bytes], str]] = {
    "charset-normalizer": by_charset_normalizer,
    "UTF-8, then charset-normalizer": strict_first(by_charset_normalizer),
    "chardet": by_chardet,
    "UTF-8, then chardet": strict_first(by_chardet),
    "provcheck": lambda raw: decode(raw).text,
}
REPAIRERS: dict[str, Callable[[str], str]] = {
    "ftfy": ftfy.fix_text,
    "ftfy, gentle": lambda text: ftfy.fix_text(text, GENTLE),
    "strict round trips": round_trip,
    "provcheck": lambda text: repair(text).text,
}


def main() -> None:
    """Print both tables."""
    folder = Path(sys.argv[1])
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"no score.py in {folder}")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    pages = score.load(folder / "pages.jsonl.gz")
    parts = {
        "dev": [page for page in pages if not held_out(page["publisher"])],
        "held out": [page for page in pages if held_out(page["publisher"])],
    }
    print("| encodings | exact, dev | exact, held out | ms a file |\n|---|---|---|---|")
    for name, decoder in DECODERS.items():
        row = [_timed(score.encodings, part, decoder, as_text=False) for part in parts.values()]
        shown = " | ".join(f"{result['exact']:.3f} of {result['n']}" for result, _ in row)
        print(f"| {name} | {shown} | {row[0][1]:.2f} |")
    print("\n| mojibake | restored, dev | clean altered, dev | restored, held out | clean altered, held out | ms |")
    print("|---|---|---|---|---|---|")
    for name, repairer in REPAIRERS.items():
        row = [_timed(score.mojibake, part, repairer, as_text=True) for part in parts.values()]
        shown = " | ".join(f"{result['restored_all']:.3f} | {result['clean_altered']:.3f}" for result, _ in row)
        print(f"| {name} | {shown} | {row[0][1]:.2f} |")


def _timed(
    task: Callable[..., dict[str, Any]], pages: list[dict[str, Any]], function: Callable[..., str], *, as_text: bool
) -> tuple[dict[str, Any], float]:
    """What a task gives for a function, and milliseconds a file."""
    spent = [0.0, 0]

    def scan(files: dict[str, bytes]) -> dict[str, dict[str, str]]:
        start = time.perf_counter()
        found = {name: {"text": function(raw.decode() if as_text else raw)} for name, raw in files.items()}
        spent[0] += time.perf_counter() - start
        spent[1] += len(files)
        return found

    result = task(pages, scan)
    return result, 1000 * spent[0] / max(1, spent[1])


if __name__ == "__main__":
    main()
