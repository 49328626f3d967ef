"""The report that people read: ``index.html``, a page for each rule, and the documents as data.

What is known when the report is written (verdict, ledger, charts, rules) is plain HTML and needs no script. The table
of documents and the view of one document are drawn by the scripts in `assets/` from the files in ``data/``: the
columns of the table in blocks, the texts in chunks that are loaded when a document is opened. All are script elements,
since a page opened from a disk may not read files in any other way.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck.reports.html import overview, rulepages, shell
from provcheck.reports.html.data import Texts
from provcheck.reports.html.documents import document
from provcheck.reports.html.rows import Rows
from provcheck.reports.html.story import Story
from provcheck.reports.html.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

__all__ = ["PAGE", "Story", "write"]

PAGE = "index.html"
"""The report's first page in its folder."""

_ASSETS = Path(__file__).resolve().parent / "assets"


def write(folder: Path, story: Story, records: Iterable[Mapping[str, Any]]) -> None:
    """Write the report below `folder`, which must be there, from one pass over the rows.

    Besides counts, and each distinct outlet, language, encoding, day and cluster once, nothing of the rows is kept in
    memory. The same story and rows give the same bytes.
    """
    shutil.copytree(_ASSETS, folder / "assets", ignore=shutil.ignore_patterns("__pycache__"))
    tally = Tally()
    with Texts(folder / "data") as texts, Rows(folder / "data") as rows:
        for record in records:
            tally.count(record)
            texts.add(document(record))
            rows.add(record)
        rows.close(texts.close())
    shell.put(folder / PAGE, overview.page(story, tally))
    rulepages.write(folder / "rules", story)
