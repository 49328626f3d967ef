"""A report's folder, written whole or not at all.

What else stands in it is a user's, such as a ``.gitignore`` or notes, and comes along when the report is replaced. Only
what lies below a folder of ours is taken for ours.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MARK = "results.json"
MARKS = (MARK, "documents.parquet")
"""The files by which a folder is known as a report of ours, which the next run may replace."""

OURS = frozenset(
    (
        MARK, "documents.parquet", "index.html", "assets", "data", "data_docs", "failing", "rules", "validations",
    )
)  # fmt: skip
"""All that a report may hold."""

TRIES = 5
"""How often a report is put into its place, while other runs put theirs there."""


@contextmanager
def whole(target: Path, marks: Sequence[str] = MARKS, ours: Collection[str] = OURS) -> Iterator[Path]:
    """A new folder beside `target` that takes its place once the block has ended well; a link is followed.

    A folder that is not empty and does not hold all of `marks` is left alone. What the old one holds besides `ours` is
    kept. Raises OutputError where nothing can be written; whatever else ends the block, the half-written folder is
    removed and the old one stays.
    """
    try:
        _refuse_foreign(target, marks)
        real = Path(os.path.realpath(target))
        real.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{real.name}-", dir=real.parent))
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    try:
        yield made
        made.chmod(0o777 & ~_umask())
        _keep(real, made, ours)
        _swap(made, real)
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def is_report(folder: Path) -> bool:
    """Tell whether a folder was written by `provcheck validate`."""
    return all((folder / mark).exists() for mark in MARKS)  # Spark's frame is a folder


def _refuse_foreign(target: Path, marks: Sequence[str]) -> None:
    names = _names(target)
    if names and not names >= set(marks):
        wanted = " and ".join(marks)
        raise OutputError(str(target), f"the folder is not empty and does not hold {wanted} of an earlier run")


def _names(folder: Path) -> set[str]:
    """What stands in a folder, none where it is not there; raises OutputError where it is a file.

    Another run may put its own folder there while this one looks, and take the old one to pieces.
    """
    for _ in range(TRIES):
        with suppress(FileNotFoundError):
            before = folder.stat()
            if not stat.S_ISDIR(before.st_mode):
                raise OutputError(str(folder), "it is a file")
            names = set(os.listdir(folder))  # noqa: PTH208  # at once, and not one by one
            if os.path.samestat(before, folder.stat()):
                return names
    return set()


def _keep(old: Path, made: Path, ours: Collection[str]) -> None:
    """Copy a user's own files into the new folder. To move them could lose them, if something failed on the way."""
    with suppress(FileNotFoundError):
        for path in old.iterdir():
            new = made / path.name
            if path.name in ours or os.path.lexists(new):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.copytree(path, new, symlinks=True)
            else:
                shutil.copy2(path, new, follow_symlinks=False)


def _swap(made: Path, target: Path) -> None:
    """Put the new folder into its place; the old one is gone only when that is done.

    Two runs may do so at once: then each puts its folder in the place of what the other one left there.
    """
    for left in reversed(range(TRIES)):
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        try:
            with suppress(FileNotFoundError):
                target.rename(old / "report")
            made.rename(target)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST) or not left:
                with suppress(OSError):
                    (old / "report").rename(target)
                raise
        else:
            return
        finally:
            shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
