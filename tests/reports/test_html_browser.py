"""The report in a real browser, with the network cut: inert, quick to filter, and usable by everybody."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from provcheck import diff, validation
from provcheck.config import Settings
from provcheck.frame import read_parquet, read_records
from provcheck.reports import difference
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync")  # fmt: skip
GROUNDS = {"light": "rgb(247, 248, 250)", "dark": "rgb(20, 23, 27)"}
"""The ground of a page; that it is there tells that the style was allowed."""

SCREENS = [(1280, "light"), (390, "dark")]
"""Widths of a screen and schemes of colours: what fits depends on the one, what contrasts on the other."""

HOSTILE = (
    "<script>document.title='PWNED'</script>",
    '"><img src=x onerror="document.title=\'PWNED\'">',
    "</script><script>document.title='PWNED'</script>",
    "<!--<script>",
    "${document.title='PWNED'} {{7*7}} {% raw %} `x` \\u003cb>",
    "\x1b[31mred\x07",
    "\u202egnp.exe\u2066\u200b",
    "javascript:document.title='PWNED'",
    "__proto__",
)
ARTICLE = (
    "The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a "
    "storm tore away the landing stage. The board has rented a vessel of forty metres that carried tourists."
)


class Watched(NamedTuple):
    """A page, and what it did that it must not do: requests beyond its folder, messages, errors, dialogs."""

    page: Page
    wrong: list[str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, best the one without windows, which takes less time."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed: run ci/system")
    with driver.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """Give the source of axe-core, which ci/system puts into build/."""
    source = root / "build" / "axe" / "package" / "axe.min.js"
    if not source.is_file():
        pytest.skip("axe-core is not installed: run ci/system")
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the demo corpus, which passes with warnings and so fails when judged by these."""
    folder = tmp_path_factory.mktemp("demo") / "report"
    settings = Settings(as_of=dt.date(2026, 1, 1), workers=1, output=str(folder), fail_on="warning")
    validation.validate([str(root / "fixtures" / "corpus")], settings)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of a corpus in which everything that a stranger can choose is hostile."""
    place = tmp_path_factory.mktemp("hostile")
    source = place / "corpus"
    source.mkdir()
    rows = []
    for number, bad in enumerate(HOSTILE):
        text = f"{bad}\n\nBERLIN (dpa) - {ARTICLE}\n{bad}\n\nPublished in {bad}, March 12th, 2024\n"
        name = bad.replace("/", "_").replace("\0", "")[:80]
        (source / f"{number}{name}.txt").write_text(text, encoding="utf-8")
        (source / f"copy{number}.txt").write_text(text, encoding="utf-8")
        rows.append({"title": bad, "outlet": bad, "author": bad, "date": bad, "id": bad, bad: bad, "text": text})
    (source / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (source / "broken<img src=x onerror=alert(1)>.json").write_text("{", encoding="utf-8")
    validation.validate([str(source)], Settings(as_of=dt.date(2026, 1, 1), workers=1, output=str(place / "report")))
    return place / "report"


def _context(browser: Browser, width: int = 1280, scheme: str = "light") -> BrowserContext:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "offline": True}
    return browser.new_context(reduced_motion="reduce", **options)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open a page of a report, and in the end hold against it whatever it did that it must not do."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def call(report: Path, address: str = "index.html#/", **options: Any) -> Watched:
        context, wrong = _context(browser, **options), list[str]()
        base = report.as_uri() + "/"
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.route(re.compile("^(?!file:)"), lambda route: route.abort())
        page.on("request", lambda r: None if r.url.startswith(base) else wrong.append(f"request {r.url}"))
        page.on("console", lambda m: wrong.append(f"console {m.text}"))
        page.on("pageerror", lambda e: wrong.append(f"error {e}"))
        page.on("dialog", lambda d: wrong.append(f"dialog {d.message}"))
        opened.append((context, wrong))
        page.goto(base + address)
        ready(page)
        return Watched(page, wrong)

    yield call
    for context, _ in opened:
        context.close()
    assert [each for _, wrong in opened for each in wrong] == []


def ready(page: Page) -> None:
    """Wait until what the address asks for is drawn."""
    page.wait_for_function(
        "() => { const v = document.getElementById('view'); return !v || v.hidden || v.ariaBusy === 'false'; }"
    )


def status(page: Page, said: str) -> None:
    """Wait until the live region says how many documents there are."""
    page.wait_for_function("said => document.querySelector('[role=status]')?.innerText.startsWith(said)", arg=said)


def titles(page: Page) -> list[str]:
    """Give the titles in the table, as they are shown."""
    return page.locator("table.documents tbody th").all_inner_texts()


def ids(report: Path) -> list[str]:
    """Give the ids of all documents."""
    columns = (report / "data" / "rows" / "0.js").read_text(encoding="utf-8")
    value = json.loads(columns.partition(",")[2].rpartition(")")[0])
    return list(value["id"])


def test_nothing_runs_and_nothing_leaves(hostile: Path, visit: Callable[..., Watched]) -> None:
    """No page of a hostile report runs what a document says, asks for anything elsewhere, or complains."""
    page = visit(hostile).page
    found = ids(hostile)
    assert len(found) == 3 * len(HOSTILE) + 1
    addresses = ["index.html#/", "index.html#/documents", *(f"index.html#/doc/{i}" for i in found)]
    addresses += [str(p.relative_to(hostile)) for p in sorted(hostile.rglob("*.html"))]
    for address in addresses:
        page.goto("about:blank")
        page.goto(f"{hostile.as_uri()}/{address}")
        ready(page)
        page.wait_for_timeout(20)
        assert page.title() != "PWNED", address
        odd = "script:not([src]), img, iframe, object, embed, base, [onerror], [onclick], [onload], [style]"
        away = "a[href^='javascript:'], [href^='http'], [src^='http']"
        assert page.locator(f"{odd}, {away}").count() == 0, address


def test_hostile_text_is_shown_as_text(hostile: Path, visit: Callable[..., Watched]) -> None:
    """What was tried can be read, letter for letter, with escapes for what cannot be seen."""
    page = visit(hostile, "index.html#/documents?q=img").page
    assert any("<img src=x onerror=" in title for title in titles(page))
    page.locator("table.documents tbody th a", has_text="onerror=").first.click()
    page.wait_for_selector("#text")
    assert "<img src=x onerror=" in page.locator("#text").inner_text()
    page.goto(f"{hostile.as_uri()}/index.html#/documents?q=gnp.exe")
    ready(page)
    shown = page.locator("main").inner_text()
    assert "\\u202egnp.exe" in shown
    assert not set(shown) & set("\u202e\u2066\u200b\x1b\x07")


def test_copies_stand_side_by_side(hostile: Path, visit: Callable[..., Watched]) -> None:
    """A document's copies are listed, and the passages that both have are marked."""
    page = visit(hostile, "index.html#/documents?q=copy0").page
    page.locator("table.documents tbody th a").first.click()
    page.get_by_role("button", name="Side by side").first.click()
    page.wait_for_selector(".beside mark.m-shared")
    assert page.locator(".beside .card").count() == 2
    assert "ferry will sail" in page.locator(".beside mark.m-shared").first.evaluate("e => e.closest('ol').innerText")


def test_verdict_without_scripts(demo: Path, browser: Browser) -> None:
    """Verdict, reasons, remedies, ledger and charts need no script at all."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(f"{demo.as_uri()}/index.html")
    said = page.locator("main").inner_text()
    context.close()
    results = json.loads((demo / "results.json").read_text(encoding="utf-8"))
    failed = next(check for check in results["checks"] if not check["success"])
    measured = f"{failed['n_unexpected']} of 41 document"
    for part in ("Failed", measured, failed["remedy"], f"{results['ledger']['bytes']:,}", "Worst"):
        assert part in said


@pytest.mark.parametrize(
    ("chart", "bar"),
    [("Findings by rule", "PC501"), ("Outlets", "Moorstädter Tagblatt"), ("Languages", "ru"), ("Encodings", "koi8-r")],
)
def test_a_click_on_a_bar_filters(demo: Path, visit: Callable[..., Watched], chart: str, bar: str) -> None:
    """A bar leads to the documents that it counts, and Back leads to the charts."""
    frame = read_parquet(demo / "documents.parquet")
    codes = frame["findings"].map(lambda found: {finding["code"] for finding in found})
    columns = {"Outlets": "outlet", "Languages": "language", "Encodings": "encoding"}
    counted = frame[columns[chart]] == bar if chart in columns else codes.map(lambda found: bar in found)
    documents = int(counted.sum())
    assert documents > 0
    page = visit(demo).page
    figure = page.locator("figure", has=page.get_by_role("heading", name=chart, exact=True))
    figure.get_by_role("link", name=bar).click()
    status(page, f"{documents} of 41 document{'s' if documents > 1 else ''}")
    assert len(titles(page)) == documents
    page.go_back()
    page.wait_for_selector("#overview", state="visible")


@pytest.mark.parametrize("chart", ["Documents by month", "Lengths in characters", "Share of boilerplate"])
def test_a_click_on_a_histogram_filters(demo: Path, visit: Callable[..., Watched], chart: str) -> None:
    """Every number in a histogram's table is the number of documents that its link leads to."""
    page = visit(demo).page
    figure = page.locator("figure", has=page.get_by_role("heading", name=chart, exact=True))
    figure.locator("summary").click()
    rows = figure.locator("tbody tr").evaluate_all(
        "rows => rows.map(r => [r.querySelector('a').hash, r.cells[1].innerText])"
    )
    frame = read_parquet(demo / "documents.parquet")
    assert sum(int(number) for _, number in rows) == (frame["date"].count() if "month" in chart else 41)
    drawn = figure.locator("svg a").evaluate_all("links => links.map(l => l.getAttribute('href'))")
    assert {address for address, _ in rows} <= set(drawn)
    for address, number in rows:
        page.goto(f"{demo.as_uri()}/index.html{address}")
        status(page, f"{number} of 41 document")


def test_search_sort_and_filters(demo: Path, visit: Callable[..., Watched]) -> None:
    """Typing narrows the table without steps in the history; a head sorts; filters add up and can be taken away."""
    page = visit(demo, "index.html#/documents").page
    page.get_by_label("Search").fill("nets lost")
    page.wait_for_function("() => document.querySelectorAll('table.documents tbody tr').length === 2")
    assert page.evaluate("history.length") <= 3
    assert "q=nets%20lost" in page.url
    page.get_by_label("Search").fill("")
    page.get_by_label("Language", exact=True).select_option("de")
    page.get_by_label("Month").select_option("2024-05")
    page.wait_for_function("() => document.querySelectorAll('table.documents tbody tr').length === 2")
    page.get_by_role("link", name="language: de").click()
    page.wait_for_function("() => document.querySelectorAll('table.documents tbody tr').length > 2")
    page.get_by_role("link", name="clear all").click()
    page.locator("thead a[data-sort=title]").click()
    page.wait_for_selector("th[aria-sort=ascending]")
    shown = [t for t in titles(page) if t.isascii() and t != "without a title"]
    assert shown == sorted(shown)
    page.locator("thead a[data-sort=chars]").click()
    page.wait_for_selector("th[aria-sort=descending].c-chars")
    sizes = [int(t) for t in page.locator("tbody td.c-chars").all_inner_texts()]
    assert sizes == sorted(sizes, reverse=True)
    page.get_by_label("Search").fill("no such words")
    page.wait_for_selector(".empty")


@pytest.mark.parametrize("link", ["tbody th a", "thead a", ".chip", "nav a"])
def test_a_click_wins_over_letters_just_typed(demo: Path, visit: Callable[..., Watched], link: str) -> None:
    """A page busy for long enough that the search is due before the click has an effect goes where the click said."""
    page = visit(demo, "index.html#/documents?language=de").page
    page.wait_for_selector("table.documents")
    asked = page.evaluate(
        """selector => {
            const box = document.getElementById("f-q");
            box.value = "nets";
            box.dispatchEvent(new Event("input"));
            const end = performance.now() + 300;
            while (performance.now() < end);
            const link = document.querySelector(selector);
            link.click();
            return link.hash;
        }""",
        link,
    )
    page.wait_for_timeout(500)
    ready(page)
    assert re.sub(r"q=nets&?", "", page.url).split("#")[1].rstrip("?") == asked[1:]


def test_settled_findings_are_marked(accepted: Path, axe: str, visit: Callable[..., Watched]) -> None:
    """Known and waived findings have a word of their own, in the table and in the document, and are summed apart."""
    page = visit(accepted).page
    facts = page.locator(".facts div").evaluate_all("all => all.map(d => [d.children[0].innerText, d.innerText])")
    numbers = {name: re.sub(r"\D", "", said) for name, said in facts}
    new = sum(int(numbers[name]) for name in ("critical findings", "warnings", "notes"))
    page.get_by_role("link", name="Documents", exact=True).click()
    status(page, f"43 documents with {new} findings; not counted: {numbers['known']} known, 1 waived")
    offered = "#f-rule option:not([value=''])"
    frame = read_parquet(accepted / "documents.parquet")
    for name in ("known", "waived"):
        counted = {f["code"] for found in frame["findings"] for f in found if not f["status"]}
        assert set(page.locator(offered).evaluate_all("all => all.map(o => o.value)")) == {*counted, "-"}
        page.get_by_label("Findings that are").select_option(name)
        page.wait_for_url(f"**status={name}")
        page.wait_for_selector(f".chip:has-text('{name}')")
        settled = {f["code"] for found in frame["findings"] for f in found if f["status"] == name}
        assert set(page.locator(offered).evaluate_all("all => all.map(o => o.value)")) == {*settled, "-"}
        rows = page.locator("table.documents tbody tr")
        assert rows.count() == page.locator("tbody tr", has=page.locator(f".tag:text-is('{name}')")).count() > 0
        if name == "known":
            page.get_by_label("Findings that are").select_option("")
            page.wait_for_url("**#/documents")
    assert len(titles(page)) == 1
    page.locator("table.documents tbody th a").first.click()
    page.wait_for_selector(".check .tag:text-is('waived')")
    assert "and 1 not counted" in page.locator("#view").inner_text()
    assert barriers(page, axe) == []


def test_a_document(demo: Path, visit: Callable[..., Watched]) -> None:
    """A stable link opens a document with values, findings, remedies and a marked text; Back leads to the table."""
    page = visit(demo, "index.html#/documents?q=Choir").page
    page.locator("table.documents tbody th a").first.click()
    page.wait_for_selector("#text")
    assert re.search(r"#/doc/[0-9a-f]{16}$", page.url)
    said = page.locator("#view").inner_text()
    for part in ("the text is cut", "Fetch the full text", "title.", "Confidence", "042_8a1fc7e920b4d653.txt"):
        assert part in said
    assert page.locator("#text mark.m-cut").count() == 1
    assert page.locator("#text mark.m-title").first.inner_text() == "Choir of retired miners sings in the capital"
    page.get_by_role("button", name="line 8").first.click()
    assert page.evaluate("document.activeElement.id") == "line-8"
    page.go_back()
    page.wait_for_selector("table.documents")
    assert len(titles(page)) == 1
    page.goto(f"{demo.as_uri()}/index.html#/doc/0000000000000000")
    page.wait_for_selector("text=No such document")


def test_repairs_show_before_and_after(root: Path, demo: Path, visit: Callable[..., Watched]) -> None:
    """The repaired places are marked, stand before and after in a table, and the text can be seen as it came."""
    page = visit(demo, "index.html#/documents?rule=PC204").page
    page.locator("table.documents tbody th a").first.click()
    page.wait_for_selector("#text mark.m-repair")
    assert page.locator("td.before").first.inner_text() != page.locator("td.after").first.inner_text()
    assert "Ã" not in page.locator("#text").inner_text()
    page.get_by_role("button", name="As it came").click()
    source = (root / "fixtures/corpus/tagblatt/012_4d83f7a2c90e6b15.txt").read_text(encoding="utf-8")
    came = [visible(line) for line in source.rstrip("\n").split("\n")]
    assert page.locator("#text .words").all_text_contents() == came


def test_data_docs_lead_back(demo: Path, visit: Callable[..., Watched]) -> None:
    """The report and the Data Docs link to each other."""
    page = visit(demo).page
    page.get_by_role("link", name="Data Docs", exact=True).first.click()
    page.get_by_role("link", name="provcheck report").click()
    page.wait_for_selector(".verdict.failed")


def test_keyboard(demo: Path, visit: Callable[..., Watched]) -> None:
    """The first stop is the skip link, which leads to the content and leaves the address alone."""
    page = visit(demo, "index.html#/documents").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#/documents")
    page.get_by_role("button", name="Dark colours").press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_accessibility(demo: Path, visit: Callable[..., Watched], axe: str, width: int, scheme: str) -> None:
    """Axe finds nothing serious or critical by WCAG 2.2 AA, and nothing is wider than the screen."""
    doc = next(i for i in re.findall(r"#/doc/(\w+)", (demo / "index.html").read_text(encoding="utf-8")))
    addresses = (
        "index.html#/",
        "index.html#/documents",
        f"index.html#/doc/{doc}",
        "rules/PC501.html",
        "rules/index.html",
    )
    for address in addresses:
        page = visit(demo, address, width=width, scheme=scheme).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert cut_off(page) == [], address
        assert barriers(page, axe) == [], address


def barriers(page: Page, axe: str) -> list[tuple[str, list[Any]]]:
    """Give what axe holds against a page by WCAG 2.2 AA, as far as it is serious or critical."""
    page.evaluate(axe)
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": levels, "preload": False}  # what axe would preload, the policy forbids
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]


def cut_off(page: Page) -> list[str]:
    """Give the tables that are wider than their place, so that a part of them can be seen by scrolling alone."""
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.ariaLabel || e.innerText.slice(0, 99))"
    return list(page.locator(".wide, .table-responsive").evaluate_all(wide))


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_data_docs_fit_the_screen(demo: Path, visit: Callable[..., Watched], width: int, scheme: str) -> None:
    """No page of the Data Docs is wider than the screen, and no table in it is cut off."""
    for path in sorted((demo / "data_docs").rglob("*.html")):
        page = visit(demo, str(path.relative_to(demo)), width=width, scheme=scheme).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        assert cut_off(page) == [], path.name


def test_data_docs_lead_to_documents(demo: Path, visit: Callable[..., Watched]) -> None:
    """The documents that fail a check can be opened from the Data Docs."""
    for name in ("index.html", "validations/content.html"):
        page = visit(demo, f"data_docs/{name}").page
        page.locator("a[href*='#/doc/']").first.click()
        page.wait_for_selector("#text")


@pytest.fixture(scope="session")
def comparison(hostile: Path, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page that compares the demo corpus with the hostile one, each document of which is new."""
    folder = tmp_path_factory.mktemp("comparison")
    old, new = (diff.corpus(read_records(r / "documents.parquet", diff.COLUMNS)) for r in (demo, hostile))
    page = difference.as_html(diff.compare(old, new))
    (folder / "changes.html").write_text(page, encoding="utf-8", errors="backslashreplace")
    return folder


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_comparison(comparison: Path, visit: Callable[..., Watched], axe: str, width: int, scheme: str) -> None:
    """The page of a comparison asks for nothing, runs nothing, shows what is hostile as text, and has no barriers."""
    page = visit(comparison, "changes.html", width=width, scheme=scheme).page
    assert page.title() == "What changed · provcheck"
    odd = "script, img, iframe, object, embed, base, link, a, form, [style], [onerror], [onclick], [onload]"
    assert page.locator(odd).count() == 0
    said = page.locator("main").inner_text()
    assert "<img src=x onerror=" in said
    assert "\\u202egnp.exe" in said
    assert not set(said) & set("\u202e\u2066\u200b\x1b\x07")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 99))"
    assert page.locator(".card").evaluate_all(wide) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == GROUNDS[scheme]
    assert barriers(page, axe) == []
