"""Count the rows of the gazetteer by continent, country and language, and measure what they are good for.

    python benchmarks/gazetteer.py [GOLD_FOLDER]

Prints the counts and, where the folder with ``pages.jsonl.gz`` is given, a table in Markdown of the outlets found in
the text of whole pages, as `score.py` compares them. "Without own rows" takes each row out of the gazetteer that bears
a name or domain of one of the pages' own publishers: what is left is what an outlet gets that nobody listed. The last
row is of the pages of all kinds in ``silver.jsonl.gz`` whose address is a listed outlet's: whether they say its name is
not known, so that not all of it can be found.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.holdout import held_out  # after the path
from provcheck.checks import boilerplate  # after the path
from provcheck.describe import language, outlet  # after the path
from provcheck.describe.outlets import gazetteer  # after the path
from provcheck.describe.outlets.gazetteer import Gazetteer, rows  # after the path
from provcheck.model import Document  # after the path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.model import Layout

Page = dict[str, Any]

CONTINENTS = {
    "Africa": (
        "ao bf bi bj bw cd cf cg ci cm cv dj dz eg er et ga gh gm gn gw ke km lr ls ly ma mg ml mr mu mw "
        "mz na ne ng rw sc sd sl sn so ss st sz td tg tn tz ug za zm zw "
    ),
    "Asia": (
        "ae af am az bd bh bn bt cn cy ge hk id il in iq ir jo jp kg kh kp kr kw kz la lb lk mm mn mo mv "
        "my np om ph pk ps qa sa sg sy th tj tl tm tr tw uz vn ye "
    ),
    "Europe": (
        "ad al at ba be bg by ch cz de dk ee es fi fo fr gb gr hr hu ie is it li lt lu lv mc md me mk mt "
        "nl no pl pt ro rs ru se si sk sm ua va xk "
    ),
    "North America": ("ag bb bm bs bz ca cr cu cw dm do gd gl gt hn ht jm kn ky lc mx ni pa pr sv sx tt us vc vi "),
    "Oceania": ("as au ck fj gu mh mp nc nz pf pg pw sb to vu ws "),
    "South America": ("ar bo br cl co ec gy pe py sr uy ve "),
}


def norm(text: str | None) -> str:
    """The text as `score.py` compares it, without its case."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "")).strip().lower()


def without(pages: Sequence[Page]) -> Gazetteer:
    """The gazetteer without the rows of the pages' own publishers."""
    own = {norm(name) for page in pages for name in page["outlet_aliases"]}
    names = [row for table in ("outlets.tsv", "agencies.tsv", "organisations.tsv") for row in rows(table)]
    return Gazetteer(
        tuple(
            row for row in names
            if own.isdisjoint(norm(name.removeprefix("~")) for name in (row.name, *row.aliases, *row.domains))
        )
    )  # fmt: skip


def prepared(text: str) -> tuple[Document, Layout, str | None]:
    """A text with its boilerplate and its language."""
    document = Document.of(text)
    layout = boilerplate.layout(document)
    return document, layout, language.describe(document, layout).value


def measured(pages: Sequence[Page], shelf: Gazetteer) -> list[float]:
    """Recall and share of wrong values on whole pages that bear their outlet, and values invented from bodies."""
    with mock.patch.object(gazetteer, "load", return_value=shelf):
        named = [page for page in pages if page["outlet_in_full"]]
        given = [(outlet.describe(*prepared(page["full"]))[0].value, page) for page in named]
        bodies = [(outlet.describe(*prepared("\n\n".join(page["body"])))[0].value, page) for page in pages]
    right = [norm(value) in map(norm, page["outlet_aliases"]) for value, page in given]
    wrong = [bool(value) and not hit for (value, _), hit in zip(given, right, strict=True)]
    invented = [bool(value) and norm(value) not in map(norm, page["outlet_aliases"]) for value, page in bodies]
    return [sum(right) / len(right), sum(wrong) / len(wrong), sum(invented) / len(invented)]


def figures(pages: Sequence[Page]) -> None:
    """Print the table, for the publishers that were looked at and for those that were held out."""
    print("\n| pages | recall | wrong | invented from the body alone |\n|---|---|---|---|")
    full, less = gazetteer.load(), without(pages)
    for title, shelf in (("", full), (", without own rows", less)):
        for part, name in ((False, "training publishers"), (True, "held-out publishers")):
            cells = measured([page for page in pages if held_out(page["publisher"]) is part], shelf)
            print(f"| {name}{title} | {' | '.join(f'{cell:.3f}' for cell in cells)} |")


def crawled(pages: Sequence[Page]) -> str:
    """Of the pages at an address of a listed outlet: how many give it, and how many give another one."""
    shelf = gazetteer.load()
    owned = [(page, owner) for page in pages if (owner := shelf.hosted(urlsplit(page["url"]).netloc))]
    given = [(outlet.describe(*prepared(page["full"]))[0].value, owner.name) for page, owner in owned]
    right = sum(value == name for value, name in given)
    wrong = sum(value is not None for value, _ in given) - right
    return f"| {len(given)} pages of listed sites | {right / len(given):.3f} | {wrong / len(given):.3f} | |"


def load(path: Path) -> list[Page]:
    """The pages in a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    """Print three tables of counts, largest first, the totals, and the figures if asked for."""
    outlets = list(rows("outlets.tsv"))
    home = {country: name for name, countries in CONTINENTS.items() for country in countries.split()}
    tables = {
        "continent": Counter(home[o.country] for o in outlets),
        "country": Counter(o.country for o in outlets),
        "language": Counter(o.language for o in outlets),
    }
    for title, counts in tables.items():
        shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        print(f"{title} ({len(counts)}): " + ", ".join(f"{name} {count}" for name, count in shown))
    names = sum(1 + len(o.aliases) for o in outlets)
    print(f"outlets {len(outlets)}, names {names}, domains {sum(len(o.domains) for o in outlets)}")
    print(f"agencies {len(list(rows('agencies.tsv')))}, organisations {len(list(rows('organisations.tsv')))}")
    if len(sys.argv) > 1:
        gold = Path(sys.argv[1])
        figures(load(gold / "pages.jsonl.gz"))
        print(crawled(load(gold / "silver.jsonl.gz")))


if __name__ == "__main__":
    main()
