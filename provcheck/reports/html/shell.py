"""The frame of every page: the policy that lets nothing out, the head with its links, and what scripts it loads."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from provcheck.reports.html.charts import text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# `file:` stands beside `'self'` because a page opened from a disk has no origin of its own.
_SHELL = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; \
style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<link rel="icon" href="${root}assets/icon.svg">
<link rel="stylesheet" href="${root}assets/report.css">
$scripts
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="${root}index.html#/">provcheck</a>
<nav aria-label="Report">
<a href="${root}index.html#/" data-page="overview">Overview</a>
<a href="${root}index.html#/documents" data-page="documents">Documents</a>
<a href="${root}rules/index.html"$current>Rules</a>
<a href="${root}data_docs/index.html">Data Docs</a>
</nav>
<button type="button" id="theme" hidden>Dark</button>
</header>
<main id="main" tabindex="-1">
$body
</main>
<footer>$foot</footer>
</body>
</html>
""")


def page(title: str, body: str, *, root: str = "", scripts: Sequence[str] = ("theme",), foot: str = "") -> str:
    """A whole page round a body that is already safe; `root` leads to the report's folder.

    The scripts run in their order once the page is read, so that none holds up the first paint.
    """
    tags = "\n".join(f'<script defer src="{root}assets/{name}.js"></script>' for name in scripts)
    current = ' aria-current="page"' if root else ""  # the pages of rules are the ones below the folder
    return _SHELL.substitute(title=text(title), body=body, root=root, scripts=tags, foot=foot, current=current)


def put(path: Path, content: str) -> None:
    """Write a page; its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", errors="backslashreplace", newline="\n")
