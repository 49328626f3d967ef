"""Rebuild the tables by which `provcheck.plausible` tells text from nonsense: ``python ci/train_plausibility.py``.

The words and their frequencies come from the package `wordfreq` (3.1.1, ``pip install wordfreq==3.1.1``), which is
needed here and nowhere else. No page, no sentence and no publisher stands behind the tables: they hold how often one
letter follows another. What stands between words (quotation marks, dashes, money) is set by hand in `GLUE` below,
after the typographic customs of each language. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import math
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import msgpack
import wordfreq

DATA = Path(__file__).parent.parent / "provcheck" / "plausible" / "data"
WORDS = 30_000
LEVELS = "".join(chr(i) for i in range(35, 127) if chr(i) != "\\")
STEP = 0.2
"""A level is a step of 0.2 nats of surprise: level 0 is certain, the last of 91 levels is one in e to the 18."""

SCRIPTS = {
    "latin": "en de fr es it pt nl sv nb da fi is ca ro pl cs sk hu sl sh lt lv et tr id fil vi",
    "cyrillic": "ru uk bg mk sr be",
    "greek": "el",
    "hebrew": "he",
    "arabic": "ar fa ur",
    "thai": "th",
}

GLUE = {
    " ": 100, ", ": 9, ". ": 7, "-": 1, ": ": 0.6, " (": 0.6, ") ": 0.6, "? ": 0.2, "! ": 0.2, "/": 0.1,
    " 0": 2, "0 ": 2, "\n": 3, ".\n": 2, " – ": 0.6, " — ": 0.2, "–": 0.1, "—": 0.05, "0–0": 0.1, "… ": 0.15,
    " …": 0.05, "\xa0": 0.3, "0\xa0": 0.1, "0 €": 0.1, "€0": 0.05, "£0": 0.03, " § ": 0.02, "0° ": 0.02, "• ": 0.1,
    " © ": 0.03, "® ": 0.01, "™ ": 0.01, "²": 0.01, "0½": 0.005, " · ": 0.03, "0 ‰": 0.002, "±0": 0.002, " ‘": 0.03,
    "’ ": 0.06, "’": 0.15, " “": 0.15, "” ": 0.15, ".” ": 0.08, ",” ": 0.08, "”.": 0.05, "”, ": 0.05, "\n“": 0.05,
    " «": 0.06, "» ": 0.06, "», ": 0.02, "».": 0.02, " „": 0.06, "“ ": 0.06, "“, ": 0.03, "\u200b": 0.002,
    "\xad": 0.03, " ‚": 0.005, "‘ ": 0.005, " ›": 0.005, "‹ ": 0.005, "µ": 0.002, " × ": 0.003, "0º ": 0.004,
    "0ª ": 0.004, "³ ": 0.004, "¢ ": 0.001, "¥0": 0.001, " † ": 0.001, " ¶ ": 0.0005, "¼": 0.002, "¾": 0.002,
}  # fmt: skip
"""What stands between two words, and how often for a hundred plain spaces; ``0`` is any digit."""

MANNERS = {
    "en": {"’s ": 1.0, "’": 0.6, " “": 0.8, "” ": 0.4, ".” ": 0.4, ",” ": 0.4, "—": 0.2, " £0": 0.1},
    "fr": {"’": 4.0, " « ": 0.1, " «\xa0": 0.5, "\xa0» ": 0.5, "\xa0: ": 0.3, " » ": 0.1},
    "it": {"’": 3.0, " «": 0.3, "» ": 0.3},
    "ca": {"’": 2.0, " «": 0.3, "» ": 0.3, "·": 0.02},
    "es": {" «": 0.3, "» ": 0.3, " ¿": 0.15, " ¡": 0.1},
    "pt": {" «": 0.2, "» ": 0.2},
    "de": {" „": 0.7, "“ ": 0.4, "“, ": 0.2, ".“ ": 0.2, " »": 0.2, "« ": 0.2, "0 Prozent": 0.0},
    "pl": {" „": 0.6, "” ": 0.5}, "ro": {" „": 0.6, "” ": 0.5}, "hu": {" „": 0.6, "” ": 0.5},
    "cs": {" „": 0.6, "“ ": 0.5}, "sk": {" „": 0.6, "“ ": 0.5}, "sl": {" „": 0.4, "“ ": 0.4, " »": 0.3, "« ": 0.3},
    "sh": {" „": 0.5, "” ": 0.4, "“ ": 0.3}, "lt": {" „": 0.6, "“ ": 0.6}, "lv": {" „": 0.4, "” ": 0.4},
    "bg": {" „": 0.6, "“ ": 0.6}, "mk": {" „": 0.6, "“ ": 0.6}, "sr": {" „": 0.6, "” ": 0.4, "“ ": 0.3},
    "is": {" „": 0.6, "“ ": 0.6}, "da": {" »": 0.3, "« ": 0.3}, "nb": {" «": 0.4, "» ": 0.4},
    "sv": {" ”": 0.4, "” ": 0.4}, "fi": {" ”": 0.4, "” ": 0.4, " »": 0.1},
    "ru": {" «": 0.7, "» ": 0.6, " — ": 1.0, " №": 0.1, " № ": 0.1}, "be": {" «": 0.7, "» ": 0.6, " — ": 0.6},
    "uk": {" «": 0.6, "» ": 0.6, " — ": 0.8, "’": 0.2, " № ": 0.1, " “": 0.1}, "el": {" «": 0.7, "» ": 0.6, "· ": 0.1},
    "tr": {"’": 0.8, " “": 0.5, "” ": 0.5, " ‘": 0.1}, "he": {"”": 0.1, "״": 0.05},
    "ar": {"، ": 4, "؟ ": 0.2, "؛ ": 0.1, " «": 0.3, "» ": 0.3}, "fa": {"، ": 4, "؟ ": 0.2, " «": 0.5, "» ": 0.5},
    "ur": {"، ": 2, "۔ ": 5, "؟ ": 0.2}, "vi": {" “": 0.5, "” ": 0.5},
}  # fmt: skip
"""What a language does otherwise than `GLUE`."""

SERBIAN = (
    ("lj", "љ"), ("nj", "њ"), ("dž", "џ"), ("a", "а"), ("b", "б"), ("c", "ц"), ("č", "ч"), ("ć", "ћ"), ("d", "д"),
    ("đ", "ђ"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "ј"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("š", "ш"), ("t", "т"), ("u", "у"),
    ("v", "в"), ("z", "з"), ("ž", "ж"),
)  # fmt: skip
BELARUSIAN = (
    "аiн ў і не што на з у да як па гэта ад за але яго быў для пра беларусі мінск год людзі часу ён яна яны ёсць "
    "цяпер вельмі дзень жыццё свеце пасля толькі можна трэба краіны улады расіі мы вы нашай "
)
CEDILLA = str.maketrans("șț", "şţ")
ESTONIAN = (
    "ja on ei see et oli ta aga kui ka mis ma või nii oma selle siis mida kõik väga üks veel kes pärast ning juba "
    "välja seda mitte pole ning eesti tallinna tartu aasta aastal inimesed inimeste päeva päev töö tööd öö öösel "
    "õhtul õhtu hommikul täna homme eile riigi riigikogu linna valla politsei politseinik kohtu kohus minister "
    "peaminister president valitsus valitsuse ütles sõnul sõnas rääkis teatas lisas märkis võib võiks võimalik "
    "võimalus võttis võtab vaja peab peaks saab saanud sai olla olnud oleks ole tuleb tuli läheb läks lapsed "
    "lapse lapsi õpetaja õpilased kool kooli ülikool ülikooli raha eurot miljonit protsenti rohkem vähem suur "
    "suurem väike väikese hea parem halb uus uue vana kõige kõrge kõrgem lõpuks lõpp algus alates kuni üle alla "
    "ümber läbi koos ilma jaoks kohta tõttu kõrval juures järgi järel ees taga ning nagu samuti sest kuid siiski "
    "ainult just isegi küll muidugi näiteks praegu varem hiljem varsti ülle jõe mõne mõned mõni kuu kuus nädal "
    "nädala nädalal põhjus põhja lõuna lääne ida mäng mängu võistlus võit võitis kaotas tervis haigla arst "
    "perekond pere ema isa poeg tütar naine naised mees mehed sõber sõbrad sõda sõja vägi kaitse väed ülemine "
    "ülesanne äri ettevõte ettevõtte õigus õiguse seadus seaduse küsimus küsis vastas arvas usub loodab tahab "
    "teha teeb tegi anda annab andis näha näeb nägi käis käib käia mõtles mõte kõne kõneles pühapäeval laupäeval "
    "reedel neljapäeval kolmapäeval teisipäeval esmaspäeval "
)
MARKS = {
    "。": 0.02, "，": 0.04, "、": 0.02, "「": 0.006, "」": 0.006, "：": 0.004, "？": 0.002, "！": 0.002, "（": 0.004,
    "）": 0.004, "《": 0.002, "》": 0.002, "“": 0.004, "”": 0.004, "　": 0.006, "・": 0.004, "；": 0.001, "『": 0.001,
    "』": 0.001, "…": 0.001, "—": 0.001, "·": 0.001, "～": 0.0005, "％": 0.0005, "■": 0.0003, "０": 0.001,
    "１": 0.002, "２": 0.002, "３": 0.001, "４": 0.001, "５": 0.001, "６": 0.001, "７": 0.001, "８": 0.001,
    "９": 0.001, "【": 0.0005, "】": 0.0005, "▲": 0.0003, "◆": 0.0003, "●": 0.0003, "①": 0.0001, "②": 0.0001,
    "‘": 0.002, "’": 0.002, "ー": 0.00001, "〜": 0.0003, "★": 0.0001, "△": 0.0001, "○": 0.0002, "→": 0.0001,
    "※": 0.0002, "―": 0.0005, "–": 0.0003, "ㆍ": 1e-7,
}  # fmt: skip
"""The shares of marks in Chinese, Japanese and Korean, which lists of words do not have; from general knowledge."""

OWN_MARKS = {"ja": {"ー": 0.01}, "ko": {"ㆍ": 0.0005}}
THAI = {
    "า": 86, "น": 67, "ร": 66, "อ": 53, "ก": 50, "เ": 48, "ง": 44, "่": 43, "ม": 39, "ย": 37, "ว": 37,
    "ั": 36, "้": 36,
    "ี": 34, "ท": 32, "ล": 30, "ต": 27, "ด": 25, "ะ": 24, "ส": 24, "ป": 21, "ิ": 21, "ไ": 18, "บ": 18, "ห": 18, "ค": 17,
    "แ": 16, "จ": 14, "ข": 13, "ใ": 13, "พ": 13, "ช": 12, "์": 12,
    "ุ": 12, "โ": 10, "ู": 10, "ำ": 9, "ื": 9, "ผ": 7, "ถ": 6,
    "ึ": 5, "ซ": 5, "ธ": 5, "ณ": 4, "ศ": 4, "ภ": 4, "็": 4, "ญ": 3,
    "ษ": 2, "ฟ": 2, "ๆ": 2, "ฐ": 2, "ฝ": 1, "ฉ": 1, "ฎ": 0.6,
    "ฏ": 0.3, "ฑ": 0.3, "ฒ": 0.3, "ฤ": 0.6, "ฮ": 0.6, "ฆ": 0.3, "ฬ": 0.2, "ฯ": 0.3, "ฌ": 0.02,
}  # fmt: skip
"""Letters of Thai, roughly by how often they occur; written from general knowledge, since no list of words has them."""


def words(language: str) -> dict[str, float]:
    """The words of a language with their shares; those of Serbian and Belarusian are derived or few."""
    if language == "be":
        return dict.fromkeys(BELARUSIAN.split(), 1.0) | {
            w: f * 5 for w, f in words("uk").items() if not set(w) & set("ищї'")
        }
    if language == "et":
        return dict.fromkeys(ESTONIAN.split(), 1.0)
    if language == "sr":
        found: dict[str, float] = defaultdict(float)
        for word, share in words("sh").items():
            written = word
            for latin, cyrillic in SERBIAN:
                written = written.replace(latin, cyrillic)
            found[written] += share
        return dict(found)
    table = wordfreq.get_frequency_dict(language)
    kept = sorted(table.items(), key=lambda item: (-item[1], item[0]))[:WORDS]
    found = {unicodedata.normalize("NFC", spelt(word, language)): share for word, share in kept}
    if language == "ro":  # code page 1250 has the letters with a cedilla only, and most old pages use them
        found.update({w.translate(CEDILLA): 0.5 * n for w, n in sorted(found.items()) if w != w.translate(CEDILLA)})
    if language == "vi":
        found.update(
            {windows_1258(word): 0.2 * share for word, share in sorted(found.items()) if word != windows_1258(word)}
        )
    return found


def windows_1258(word: str) -> str:
    """A Vietnamese word as code page 1258 has it: the tone of a letter is a character of its own after it."""
    out = []
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
        try:
            char.encode("cp1258")
            out.append(char)
        except UnicodeEncodeError:
            out.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones)) + tones)
    return "".join(out)


def spelt(word: str, language: str) -> str:
    """A word as it is printed, where the list has it in another form."""
    if language == "el" and word.endswith("σ"):
        return word[:-1] + "ς"
    return word


def fold(char: str) -> str:
    """A character as the tables know it: small letters, ``0`` for a digit, a space for white space, a dot for ASCII."""
    if char.isspace() and char != "\xa0":
        return " "
    if char.isascii():
        return char.lower() if char.isalpha() else "0" if char.isdigit() else "."
    return char.lower() if len(char.lower()) == 1 else char


def pairs(language: str, *, latin: bool) -> Counter[tuple[str, str]]:
    """How often one symbol follows another in a language."""
    counts: Counter[tuple[str, str]] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for word, share in sorted(words(language).items()):
        symbols = [fold(c) if latin or not (c.isascii() and c.isalpha()) else "a" for c in word]
        if not symbols:
            continue
        first[symbols[0]] += share
        last[symbols[-1]] += share
        for pair in pairwise(symbols):
            counts[pair] += share
    total = sum(first.values())
    glue = dict(GLUE)
    for string, weight in MANNERS.get(language, {}).items():
        glue[string] = glue.get(string, 0) + weight
    everything = sum(glue.values())
    for string, weight in sorted(glue.items()):
        inner = [fold(c) if latin or not (c.isascii() and c.isalpha()) else "a" for c in string]
        share = weight / everything
        for pair in pairwise(inner):
            counts[pair] += share * total
        for symbol, count in last.items():
            counts[symbol, inner[0]] += share * count
        for symbol, count in first.items():
            counts[inner[-1], symbol] += share * count
    return counts


def thai_pairs() -> Counter[tuple[str, str]]:
    """Thai as letters that follow one another by chance, with a space now and then."""
    counts: Counter[tuple[str, str]] = Counter()
    shares = {**THAI, " ": 25, ".": 3, "0": 10, "“": 0.3, "”": 0.3, "–": 0.1}
    total = sum(shares.values())
    for a, x in shares.items():
        for b, y in shares.items():
            counts[a, b] += x * y / total
    return counts


def belongs(symbol: str, script: str) -> bool:
    """Tell whether a symbol is part of a script: its letters, and everything that is no letter."""
    if symbol.isascii() or (
        unicodedata.category(symbol)[0] != "L" and not (script != "latin" and unicodedata.category(symbol) == "Mn")
    ):
        return True
    return unicodedata.name(symbol, "").startswith(script.upper())


def level(probability: float) -> str:
    """A probability as one character."""
    return LEVELS[min(len(LEVELS) - 1, round(-math.log(max(probability, 1e-12)) / STEP))]


def table(counts: Counter[tuple[str, str]], script: str) -> dict[str, object]:
    """The symbols of a language and one row for each: how surprising each symbol is after it.

    Pairs are mixed with single symbols (Witten and Bell): a symbol that many others follow trusts its pairs less.
    """
    single: Counter[str] = Counter()
    for (_, b), n in counts.items():
        single[b] += n
    total = sum(single.values())
    symbols = sorted(s for s, n in single.items() if n / total > 2e-6 and belongs(s, script))
    share = {s: single[s] / total for s in symbols}
    rows = []
    for a in symbols:
        follow = {b: counts[a, b] for b in symbols if counts[a, b]}
        n = sum(follow.values())
        trust = 0.97 if n / total > 1e-4 else 0.85 if n / total > 1e-5 else 0.6
        rows.append(
            "".join(level(trust * follow.get(b, 0) / n + (1 - trust) * share[b] if n else share[b]) for b in symbols)
        )
    return {"symbols": "".join(symbols), "single": "".join(level(share[s]) for s in symbols), "rows": rows}


def average(tables: dict[str, dict[str, float]]) -> dict[str, float]:
    """The share of each letter, averaged over languages: what a name from elsewhere brings."""
    found: dict[str, float] = defaultdict(float)
    for shares in tables.values():
        for symbol, share in shares.items():
            found[symbol] += share / len(tables)
    return dict(found)


def bigrams() -> dict[str, object]:
    """All tables for alphabets."""
    out: dict[str, object] = {"step": STEP, "levels": LEVELS, "scripts": {}}
    for script, names in SCRIPTS.items():
        languages, singles = {}, {}
        for name in names.split():
            counts = thai_pairs() if name == "th" else pairs(name, latin=script == "latin")
            languages[name] = table(counts, script)
            total = sum(counts.values())
            singles[name] = Counter()
            for (_, b), n in counts.items():
                singles[name][b] += n / total
        foreign = {
            s: v for s, v in sorted(average(singles).items()) if v > 1e-8 and not s.isascii() and belongs(s, script)
        }
        out["scripts"][script] = {
            "languages": languages,
            "foreign": {"symbols": "".join(foreign), "levels": "".join(level(v) for v in foreign.values())},
        }
    return out


def traditional() -> dict[str, str]:
    """Simplified characters and the traditional ones that are written for them, from the mapping of `wordfreq`."""
    path = Path(wordfreq.__file__).parent / "data" / "_chinese_mapping.msgpack.gz"
    with gzip.open(path, "rb") as file:
        mapping = msgpack.load(file, strict_map_key=False)
    found: dict[str, str] = defaultdict(str)
    for old, new in sorted(mapping.items()):
        found[new if isinstance(new, str) else chr(new)] += old if isinstance(old, str) else chr(old)
    return dict(found)


def ideographs() -> dict[str, object]:
    """Characters of Chinese (both ways of writing), Japanese and Korean, grouped by how surprising each is."""
    variants = traditional()
    out: dict[str, object] = {"step": STEP, "languages": {}}
    for name in ("zh", "zh-hant", "ja", "ko"):
        counts: dict[str, float] = defaultdict(float)
        for word, share in sorted(wordfreq.get_frequency_dict(name[:2]).items()):
            for char in word:
                if char.isascii():
                    continue
                forms = variants.get(char, char) if name == "zh-hant" else char
                for form in forms:
                    counts[form] += share / len(forms)
        letters = sum(counts.values())
        marks = {**MARKS, **OWN_MARKS.get(name, {})}
        groups: dict[int, list[str]] = defaultdict(list)
        for char, count in sorted(counts.items()):
            if char not in marks and count / letters > 3e-7:
                groups[round(-math.log(count / letters * 0.86) / STEP)].append(char)
        for char, share in marks.items():
            groups[round(-math.log(share) / STEP)].append(char)
        out["languages"][name] = {str(k): "".join(v) for k, v in sorted(groups.items())}
    return out


def main() -> None:
    """Write both files."""
    for name, value in (("bigrams.json", bigrams()), ("ideographs.json", ideographs())):
        path = DATA / name
        path.write_text(json.dumps(value, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
