"""Count the rows of the gazetteer by continent, country and language: ``python benchmarks/gazetteer.py``."""

from __future__ import annotations

from collections import Counter

from provcheck.describe.outlets.gazetteer import rows

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
    "North America": ("ag bb bm bs bz ca cr cu cw do gl gt hn ht jm ky lc mx ni pa pr sv tt us "),
    "Oceania": ("au fj gu nc nz pg sb to vu ws "),
    "South America": ("ar bo br cl co ec gy pe py sr uy ve "),
}


def main() -> None:
    """Print three tables of counts, largest first, and the totals."""
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
    print(f"agencies {len(list(rows('agencies.tsv')))}")


if __name__ == "__main__":
    main()
