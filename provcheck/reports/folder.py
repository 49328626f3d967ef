"""A report's folder, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "results.json"
"""The file by which a folder is known as a report of ours, which the next run may replace."""


@contextmanager
def whole(target: Path, mark: str = MARK) -> Iterator[Path]:
    """A new folder beside `target` that takes its place once the block has ended well.

    A folder that is not empty and does not hold `mark` is left alone. Raises OutputError where nothing can be
    written; whatever else ends the block, the half-written folder is removed and the old one stays.
    """
    _refuse_foreign(target, mark)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    try:
        yield made
        made.chmod(0o777 & ~_umask())
        _swap(made, target)
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _refuse_foreign(target: Path, mark: str) -> None:
    if target.is_dir() and any(target.iterdir()) and not (target / mark).exists():
        raise OutputError(str(target), f"the folder is not empty and holds no {mark} of an earlier run")
    if target.exists() and not target.is_dir():
        raise OutputError(str(target), "it is a file")


def _swap(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old / "report")
    made.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
