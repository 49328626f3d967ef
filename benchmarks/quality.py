"""Scores provcheck on the gold pages, all of them and the held-out publishers alone, and writes the figures down.

    python benchmarks/quality.py             prints the figures beside the last ones
    python benchmarks/quality.py --write     also writes benchmarks/quality.json and benchmarks/quality.md

It needs ../shared/gold beside the checkout. The rows of quality.md that measure libraries come from the other scripts
of this folder, run one after the other in the same call.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent.parent / "shared" / "gold"
FIGURES = HERE / "quality.json"

TOLERANCE = 0.005
"""How much a figure may fall before the ratchet catches: less is noise of a page or two."""

GOALS = {
    ("boilerplate_full", "f1"): 0.955,
    ("boilerplate_residual", "f1"): 0.965,
    ("metadata", "date_recall_full"): 0.90,
    ("metadata", "date_wrong_full"): 0.03,
    ("metadata", "date_invented_residual"): 0.02,
    ("metadata", "outlet_recall_full"): 0.75,
    ("metadata", "outlet_wrong_full"): 0.05,
    ("metadata", "outlet_invented_body"): 0.02,
    ("metadata", "title_recall_full"): 0.85,
    ("metadata", "language_accuracy"): 0.98,
    ("truncation", "false_alarms"): 0.02,
    ("truncation", "recall_all"): 0.98,
    ("encodings", "exact"): 0.998,
    ("mojibake", "restored_all"): 0.97,
    ("mojibake", "clean_altered"): 0.0,
    ("duplicates", "recall_all"): 0.97,
    ("duplicates", "wrongly_joined"): 0.0,
}
"""What is aimed at on publishers that nobody has looked at."""

_LOWER_IS_BETTER = ("wrong", "invented", "false_alarms", "altered", "joined")
_NO_SCORE = ("n", "f1_of_keeping_all")
_LIBRARIES = (
    ("boilerplate.py",),
    ("dates.py", str(GOLD), "--most", "40"),  # dateparser takes up to half a second a page
    ("titles_and_languages.py", str(GOLD)),
    ("authors.py",),
    ("truncation.py",),
    ("encodings_and_mojibake.py", str(GOLD)),
    ("duplicates.py",),
)

Scores = dict[str, dict[str, float]]


def measure(pages: list[dict[str, Any]]) -> Scores:
    """Score the command on these pages, by the scoreboard that comes with them."""
    os.environ.setdefault("PROVCHECK", f"{sys.executable} -m provcheck")
    board = scoreboard()
    scores: Scores = board.score(pages, scan=board.cli_scan)
    return scores


def scoreboard() -> ModuleType:
    """Load score.py, which stands with the pages."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scoreboard at {GOLD}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fallen(before: Scores, now: Scores) -> list[str]:
    """Name every figure that is worse than before by more than the tolerance.

    >>> fallen({"mojibake": {"restored_all": 0.9}}, {"mojibake": {"restored_all": 0.8}})
    ['mojibake restored_all: 0.900 before, 0.800 now']
    """
    worse = []
    for task, measures in before.items():
        for name, old in measures.items():
            new = now[task][name]
            if name.startswith("n_") or name in _NO_SCORE or old != old:  # noqa: PLR0124  # NaN: nothing was measured
                continue
            lost = new - old if any(word in name for word in _LOWER_IS_BETTER) else old - new
            if not lost <= TOLERANCE:
                worse.append(f"{task} {name}: {old:.3f} before, {new:.3f} now")
    return worse


def table(everything: Scores, held_out: Scores) -> str:
    """The goals and where we stand, as Markdown."""
    rows = ["| task | measure | goal | all pages | held-out publishers |", "|---|---|---|---|---|"]
    for (task, name), goal in GOALS.items():
        sign = "≤" if any(word in name for word in _LOWER_IS_BETTER) else "≥"
        rows.append(
            f"| {task} | {name} | {sign} {goal:g} | {everything[task][name]:.3f} | {held_out[task][name]:.3f} |"
        )
    return "\n".join(rows)


def libraries() -> str:
    """What the libraries score, by the scripts of this folder, run now."""
    parts = []
    for name, *arguments in _LIBRARIES:
        command = [sys.executable, str(HERE / name), *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
        parts.append(f"## {name.removesuffix('.py').replace('_', ' ').capitalize()}\n\n{ended.stdout.strip()}\n")
    return "\n".join(parts)


def main() -> int:
    """Measure, compare, and write if asked to."""
    sys.path.insert(0, str(HERE))
    from holdout import held_out  # noqa: PLC0415  # stands beside this script

    pages = scoreboard().load(GOLD / "pages.jsonl.gz")
    now = {"all": measure(pages), "held_out": measure([p for p in pages if held_out(p["publisher"])])}
    text = table(now["all"], now["held_out"])
    print(text)
    before = json.loads(FIGURES.read_text(encoding="utf-8"))["all"] if FIGURES.is_file() else {}
    worse = fallen(before, now["all"]) if before else []
    print(*worse, sep="\n")
    if "--write" in sys.argv:
        FIGURES.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        head = (HERE / "quality.head.md").read_text(encoding="utf-8")
        (HERE / "quality.md").write_text(f"{head}\n{text}\n\n{libraries()}", encoding="utf-8")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
