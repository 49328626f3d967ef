"""The house stands as drawn: floors, sizes, and one importer of Great Expectations."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLOORS = (
    (
        "errors",
        "rules",
        "text",
        "characters",
        "globs",
        "memory",
        "patterns",
        "plainly",
        "plausible",
        "shipped",
        "today",
        "writing",
        "_version",
    ),
    ("model", "config", "waivers", "baseline", "engines"),
    (
        "readers",
        "decode",
        "repair",
        "describe",
        "checks",
        "duplicates",
        "frame",
        "gate",
        "reports",
        "diff",
        "certificate",
    ),
    ("examine", "rows", "cache", "lineage", "settle", "result", "witness"),
    ("corpus", "distributed"),  # two spines over the same stages: one machine, and many
    ("validation",),
    ("certification", "verification"),  # they let validate run, and hold its outcome against files
    ("cli",),
    ("__main__", "__init__"),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULE_LINES, FUNCTION_LINES = 300, 60


def modules(root: Path) -> Iterator[tuple[str, Path, ast.Module]]:
    """Give every module of the package with its dotted name."""
    for path in sorted((root / "provcheck").rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        yield name, path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Give the dotted names that a module imports, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """Give the room under provcheck that a dotted name stands in."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def test_imports_fall(root: Path) -> None:
    """No module imports a floor above its own, and no stage another stage."""
    wrong = []
    for name, _, tree in modules(root):
        here = room(name)
        assert here in FLOOR, f"{here} stands on no floor: add it to FLOORS"
        for target in imports(tree):
            if not target.startswith("provcheck."):
                continue
            there = room(target)
            if there != here and (FLOOR.get(there, 0) > FLOOR[here] or FLOOR.get(there) == FLOOR[here] == 2):
                wrong.append(f"{name} imports {target}")
    assert not wrong


def test_rooms_form_no_circle(root: Path) -> None:
    """The rooms can be laid in an order in which each imports only what came before."""
    edges: dict[str, set[str]] = {}
    for name, _, tree in modules(root):
        targets = {room(t) for t in imports(tree) if t.startswith("provcheck.")}
        edges.setdefault(room(name), set()).update(targets - {room(name)})
    while edges:
        free = [here for here, targets in edges.items() if not targets & edges.keys()]
        assert free, f"circle among {sorted(edges)}"
        for here in free:
            del edges[here]


def test_only_the_gate_imports_great_expectations(root: Path) -> None:
    """Great Expectations stays behind one door."""
    users = {
        room(name) for name, _, tree in modules(root) if any(t.startswith("great_expectations") for t in imports(tree))
    }
    assert users == {"gate"}


def test_sizes(root: Path) -> None:
    """No module and no function outgrows its room."""
    wrong = []
    for name, path, tree in modules(root):
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES:
            wrong.append(f"{name}: {lines} lines")
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
        wrong += [f"{name}.{f}: {length} lines" for f, length in lengths.items() if length > FUNCTION_LINES]
    assert not wrong
