"""How long the report takes to write, how large it is, and how soon a browser shows it.

    python benchmarks/report.py [documents]

Writes a report of so many documents (100,000 unless told) with a finding each, made by varying the demo corpus with a
fixed seed, and opens it in Debian's Chromium with the network cut.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provcheck import corpus
from provcheck.config import Settings
from provcheck.readers.ledger import Ledger
from provcheck.reports import html
from provcheck.reports.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync")  # fmt: skip
STEPS = {"filter": "rule=PC303", "search": "q=library%20lends", "sort by title": "sort=title-up", "page": "page=1000"}
TIMED = """async (address) => {
  const start = performance.now();
  const painted = (done) => requestAnimationFrame(() => setTimeout(done));
  const drawn = (done) => addEventListener("hashchange", () => painted(done), { once: true });
  location.hash = address;
  await new Promise(drawn);
  return performance.now() - start;
}"""
WATCH = """new MutationObserver(() => {
  if (document.querySelector("table.documents tbody tr")) window.firstRows ??= performance.now();
}).observe(document, { subtree: true, childList: true });"""
FINDING = {"code": "PC303", "severity": "warning", "message": "no outlet", "start_line": None, "end_line": None,
           "quote": ""}  # fmt: skip


def records(number: int) -> Iterator[dict[str, Any]]:
    """Vary the demo corpus: other names, titles, days and outlets, texts five times as long, a finding for each."""
    settings = Settings(as_of=dt.date(2026, 1, 1), workers=1)
    with corpus.examine_corpus([str(ROOT / "fixtures" / "corpus")], settings) as demo:
        base = list(demo.records())
    rng = random.Random(7)
    for i in range(number):
        record = dict(base[i % len(base)])
        day = (dt.date(2015, 1, 1) + dt.timedelta(days=rng.randrange(3650))).isoformat()
        text = "\n\n".join([record["text"]] * 5)
        record.update(
            doc_id=f"{rng.getrandbits(64):016x}", path=f"corpus/{i // 500:04}/{i:06}_{rng.getrandbits(64):016x}.txt",
            title=f"{record['title']} ({i})", date=day, date_day=day, month=day[:7], text=text, n_chars=len(text),
            outlet=f"Outlet {int(rng.expovariate(0.05))}", duplicate_cluster=None,
        )  # fmt: skip
        if not record["findings"]:
            record.update(findings=[FINDING], n_findings=1, n_warning=1)
        yield record


def measure(number: int, folder: Path) -> None:
    """Write a report and print what was measured of the writing."""
    summary = Summary()
    made = list(summary.watch(records(number)))
    story = html.Story(False, "critical", ("a reason",), (), summary, Ledger(files=number, documents=number))
    start, busy = time.perf_counter(), time.process_time()
    html.write(folder, story, iter(made))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    files = [p for p in folder.rglob("*") if p.is_file()]
    size = sum(p.stat().st_size for p in files)
    parts = {name: sum(p.stat().st_size for p in files if name in p.parts) for name in ("rows", "texts")}
    findings = sum(r["n_findings"] for r in made)
    print(f"documents        {number:,} with {findings:,} findings, {sum(r['n_chars'] for r in made):,} characters")
    print(f"written in       {seconds:.1f} s, {busy:.1f} s of them at work")
    print(f"on disk          {size / 1e6:.1f} MB in {len(files):,} files ({parts['rows'] / 1e6:.1f} MB of table, "
          f"{parts['texts'] / 1e6:.1f} MB of texts)")  # fmt: skip


def memory(number: int) -> None:
    """Print the most memory that writing takes, beside the rows that are passed in; it must not grow with them."""
    for share in (4, 1):
        with tempfile.TemporaryDirectory() as folder:
            story = html.Story(True, "critical", (), (), Summary(), Ledger())
            tracemalloc.start()
            html.write(Path(folder), story, records(number // share))
            print(
                f"Python's peak    {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB for {number // share:,} documents"
            )
            tracemalloc.stop()


def browse(folder: Path) -> None:
    """Open the report and print how long each step takes a person's browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is a browser

    page_url = (folder / html.PAGE).as_uri()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        page = browser.new_context(offline=True).new_page()
        page.add_init_script(WATCH)
        paint = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        for name, address in (("overview", "#/"), ("table", "#/documents")):
            page.goto("about:blank")
            page.goto(page_url + address)
            page.wait_for_function(f"() => ({paint})() !== undefined")
            if name == "table":
                page.wait_for_selector("#view[aria-busy=false]")
                rows = page.evaluate("window.firstRows")
                print(f"table            first rows after {rows:.0f} ms, all sorted after "
                      f"{page.evaluate('performance.now()'):.0f} ms")  # fmt: skip
            print(f"first paint      {page.evaluate(paint):.0f} ms ({name})")
        for name, query in STEPS.items():
            print(f"{name:16} {page.evaluate(TIMED, f'#/documents?{query}'):.0f} ms")
        start = time.perf_counter()
        page.click("table.documents tbody th a")
        page.wait_for_selector("#text")
        print(f"a document       {1000 * (time.perf_counter() - start):.0f} ms")
        browser.close()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as place:
        measure(wanted, Path(place))
        browse(Path(place))
    memory(wanted // 5)
