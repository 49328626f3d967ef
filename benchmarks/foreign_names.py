"""Foreign names in texts that are ASCII otherwise: how often they keep their spelling when an old encoding is read.

    python benchmarks/foreign_names.py [GOLD]

Surnames of 19 countries that cp1252 can hold and ASCII cannot are drawn with Faker (extra ``train``), each is set into
three articles of ../shared/gold whose own marks and accents were taken away, and the bytes in cp1252 are decoded. There
is no more to go by than one or two bytes, and every file of names, minutes or agency news in English is such a text.
Prints one line for names as they are written, and one for capitals.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from faker import Faker

from provcheck.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLD = Path(__file__).parents[2] / "shared" / "gold"
COUNTRIES = (
    "cs_CZ da_DK de_DE es_ES es_MX fi_FI fr_CA fr_FR hr_HR hu_HU is_IS it_IT no_NO pl_PL pt_BR pt_PT sv_SE tr_TR vi_VN"
)
PLAIN = ("en", "de", "nl", "it", "id")
"""Languages of the articles: those that can nearly do without accents."""
DRAWN, KEPT, TEXTS = 4000, 40, 3
"""Names drawn of a country, names kept at most, and texts for each."""
SIZE = 6000
"""Characters of an article."""


def names(form: Callable[[str], str], rng: random.Random) -> Iterator[str]:
    """Surnames with at least one character beyond ASCII, all of them in cp1252."""
    for country in COUNTRIES.split():
        drawn = Faker(country)
        drawn.seed_instance(3)
        found = {form(drawn.last_name()) for _ in range(DRAWN)}
        fit = sorted(name for name in found if not name.isascii() and _fits(name))
        yield from rng.sample(fit, min(KEPT, len(fit)))


def _fits(name: str) -> bool:
    try:
        name.encode("cp1252")
    except UnicodeError:
        return False
    return True


def articles(gold: Path) -> list[str]:
    """Bodies without anything beyond ASCII."""
    with gzip.open(gold / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    bodies = ["\n".join(page["body"])[:SIZE] for page in pages if page["lang"] in PLAIN]
    return [unicodedata.normalize("NFKD", body).encode("ascii", "ignore").decode() for body in bodies]


def main() -> None:
    """Print the two lines."""
    texts = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
    for what, form in (("as they are written", str), ("in capitals", str.upper)):
        rng = random.Random(5)
        tried = wrong = 0
        for name in names(form, rng):
            for text in rng.sample(texts, TEXTS):
                middle = text.find(" ", len(text) // 2)
                whole = f"{text[:middle]} {name}{text[middle:]}"
                tried += 1
                wrong += decode(whole.encode("cp1252")).text != whole
        print(f"{tried} names {what}: {wrong} read wrongly, {wrong / tried:.1%}")


if __name__ == "__main__":
    main()
